/** How a queued unit stands, for whoever counts: as a unit of the sample would. */
import { differing } from './disagreement.ts';
import type { AuditState, QueuedTarget } from './state.ts';
import { isInSample, queuedUnit, targetVerdict } from './targets.ts';

/** `open`: unsure, uninspectable or disagreed upon; it counts both ways. `on-hold`: a fault of the data. */
export type TargetStanding = 'unjudged' | 'good' | 'bad' | 'open' | 'on-hold';

/** What was found and taken back by an upheld dispute no longer makes a unit bad. */
export function targetStanding(state: AuditState, queued: Pick<QueuedTarget, 'target'>): TargetStanding {
  const { target } = queued;
  const verdict = targetVerdict(state, queued);
  if (verdict === null) return 'unjudged';
  const isSampled = isInSample(state, target) && state.verdicts.has(target.unit);
  if (isSampled && differing(state.opinions.get(target.unit)).length > 0) return 'open';
  switch (verdict.verdict) {
    case 'accept':
      return 'good';
    case 'sensor-limited':
      return 'on-hold';
    case 'reject':
      break;
    default:
      return 'open';
  }
  const keys = new Set(queuedUnit(state, target)?.targets.map((one) => one.target.id));
  const overturned = new Set(
    state.findings
      .filter(({ status }) => status === 'overturned')
      .filter(({ source, unit, key }) =>
        isSampled
          ? source === 'sample' && unit === target.unit
          : source === 'targeted' && keys.has(key ?? ''),
      )
      .map(({ defect }) => defect.code),
  );
  return verdict.defects.some(({ code }) => !overturned.has(code)) ? 'bad' : 'good';
}
