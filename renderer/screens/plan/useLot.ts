/** The lot that a spec cuts out of the open delivery, asked of the host again whenever what cuts it changes. */
import { useEffect, useState } from 'react';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { useHost, useSession } from '../../state/context.tsx';
import { type Task, useTask } from '../../ui/useTask.ts';

export function useLot(spec: QaSpec): { readonly lot: LotPreview | null; readonly task: Task } {
  const host = useHost();
  const delivery = useSession((state) => state.opened?.delivery ?? null);
  const [lot, setLot] = useState<LotPreview | null>(null);
  const [asked, setAsked] = useState(spec);
  if (asked !== spec && lotKey(asked) !== lotKey(spec)) setAsked(spec);
  const task = useTask();
  const { restart } = task;
  useEffect(() => {
    if (delivery === null) return;
    void restart((options) => host.call('audits.lot', { delivery, spec: asked }, options)).then(
      (answer) => answer && setLot(answer),
    );
  }, [host, delivery, asked, restart]);
  return { lot, task };
}

/** Everything but the plans, which do not move the lot's border: sliders ask the host for nothing. */
function lotKey(spec: QaSpec): string {
  const { plans: _plans, classes, defects: _defects, tolerances: _tolerances, search, ...rest } = spec;
  const { plans: _cellPlans, ...cells } = search;
  return JSON.stringify([rest, cells, classes.map(({ name, aliases }) => [name, aliases])]);
}
