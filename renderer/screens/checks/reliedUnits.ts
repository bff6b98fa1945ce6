/** Which judged units of an audit are among the labels that somebody names. */
import type { DrawnUnit } from '../../../shared/audit/events.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { targetQueue, unitOfTarget } from '../../../shared/audit/targets.ts';

/** Units of the sample first, then those of the targeted queue. `labels`: `frame|label` of cuboids. */
export function reliedUnits(audit: AuditState, labels: ReadonlySet<string>): DrawnUnit[] {
  const drawn = (audit.sample?.labels.units ?? []).filter(
    ({ id, kind }) => kind === 'cuboid' && labels.has(id) && audit.verdicts.has(id),
  );
  const queued = targetQueue(audit).flatMap(({ targets, verdict }) => {
    const { target } = targets[0];
    return verdict !== null && target.kind === 'cuboid' && labels.has(target.unit)
      ? [unitOfTarget(targets[0])]
      : [];
  });
  return [...drawn, ...queued];
}
