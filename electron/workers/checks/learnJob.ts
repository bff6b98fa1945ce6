/** Learns what labels usually are from a whole delivery, with the points inside each of them. */
import { checkRules } from '../../../shared/audit/checkRules.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { done } from '../../../shared/base/problem.ts';
import type { PriorsDocument } from '../../../shared/checks/priors.ts';
import { type LotFacts, learnPriors } from '../../../shared/checks/priorsLearned.ts';
import { deliveryCacheAt } from '../../services/deliveryCache.ts';
import type { Job, RealRoots } from '../job.ts';
import { indexOf } from '../lotJobs.ts';
import { notCounted, pointCounts } from '../pointCounts.ts';
import { withBytes } from '../roots.ts';

export interface LearnInput {
  readonly roots: RealRoots;
  readonly spec: QaSpec;
  /** What was learned before; null = nothing. */
  readonly previous: PriorsDocument | null;
  readonly about: LotFacts;
}

export const learnPriorsJob: Job<LearnInput, PriorsDocument> = ({ roots, spec, previous, about }, context) =>
  withBytes(roots, async (open) => {
    const cache = deliveryCacheAt(roots.cacheFolder, roots.key);
    const index = await indexOf(cache.index);
    if (!index.ok) return index;
    const counts = await pointCounts(index.value, open, cache.pointCounts, context);
    const pointsInside = (row: number): number | null => (counts[row] === notCounted ? null : counts[row]!);
    return done(learnPriors(previous, { index: index.value, rules: checkRules(spec), pointsInside }, about));
  });
