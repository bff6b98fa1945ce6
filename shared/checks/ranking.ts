/** Which finding to look at first: how sure the check is of it, times how often the check was right here. */
import type { CheckFinding } from './finding.ts';
import { type Precision, type PrecisionByCheck, precisionOf } from './precision.ts';

const unanswered = precisionOf(0, 0);

/** In [0, 1). */
export function rankOf({ score }: Pick<CheckFinding, 'score'>, precision: Precision = unanswered): number {
  return score * precision.estimate;
}

/** The surest first; of equals those that go on longest, then in the order they were found. */
export function ranked<Finding extends Pick<CheckFinding, 'check' | 'score' | 'frames'>>(
  findings: readonly Finding[],
  precision: PrecisionByCheck,
): readonly Finding[] {
  const keyed = findings.map((finding, place) => ({
    finding,
    place,
    rank: rankOf(finding, precision.get(finding.check)),
  }));
  keyed.sort((a, b) => b.rank - a.rank || b.finding.frames - a.finding.frames || a.place - b.place);
  return keyed.map(({ finding }) => finding);
}
