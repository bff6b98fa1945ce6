/** The lot that a spec cuts out of the open delivery, asked of the host again whenever the spec changes. */
import { useEffect, useState } from 'react';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { useHost, useSession } from '../../state/context.tsx';
import { type Task, useTask } from '../../ui/useTask.ts';

export function useLot(spec: QaSpec): { readonly lot: LotPreview | null; readonly task: Task } {
  const host = useHost();
  const delivery = useSession((state) => state.opened?.delivery ?? null);
  const [lot, setLot] = useState<LotPreview | null>(null);
  const task = useTask();
  const { restart } = task;
  useEffect(() => {
    if (delivery === null) return;
    void restart((options) => host.call('audits.lot', { delivery, spec }, options)).then(
      (answer) => answer && setLot(answer),
    );
  }, [host, delivery, spec, restart]);
  return { lot, task };
}
