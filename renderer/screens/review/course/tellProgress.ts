/** Counts how far the person at the desk is, and tells the header. */
import { useEffect } from 'react';
import type { AuditState } from '../../../../shared/audit/state.ts';
import { type DeskProgress, deskProgress } from '../../../state/deskProgress.ts';
import type { Desk, DeskState } from '../deskContract.ts';
import { useVisibleAudit } from '../pace/useVisibleAudit.ts';
import { useDeskState, useDeskValue } from '../useDesk.ts';
import { askedUnits, labelsOf } from './askedUnits.ts';

/** What is held of units judged once more counts as judged: they cannot be told from the others. */
export function progressAtDesk(
  { units }: Pick<Desk, 'units'>,
  audit: AuditState,
  warmUp: DeskState['warmUp'],
): DeskProgress {
  const asked = askedUnits(units, labelsOf(audit));
  const isJudged = (id: string): boolean => audit.verdicts.has(id) || (warmUp?.held.has(id) ?? false);
  return { judged: units.slice(0, asked).filter(({ id }) => isJudged(id)).length, asked };
}

/** Tells the header while the desk is on screen. */
export function useTellProgress(): void {
  const { desk, queue } = useDeskValue();
  const warmUp = useDeskState((state) => state.warmUp);
  const audit = useVisibleAudit();
  useEffect(() => {
    if (queue !== 'sample') return;
    deskProgress.setState({ labels: progressAtDesk(desk, audit, warmUp) });
  }, [desk, queue, audit, warmUp]);
  useEffect(() => () => deskProgress.setState({ labels: null }), []);
}
