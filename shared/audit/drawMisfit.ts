/** Whether a way of drawing serves the plans that judge the sample. */
import type { Problem } from '../base/problem.ts';
import type { DrawRule } from './drawRule.ts';
import type { FrozenPlan } from './eventPlan.ts';
import { refusal } from './refusal.ts';

type JudgingPlan = Pick<FrozenPlan, 'severity' | 'sampleSize' | 'sequential' | 'double'>;

/**
 * Why the plans cannot judge a sample of this design, or null. A sequential plan's risks hold for a random order alone.
 * A systematic sample is one only as a whole: a plan that judges a part of it would judge the beginning of the lot.
 * Strata need a property to tell them apart by.
 */
export function drawMisfit(
  { design, strata }: Pick<DrawRule, 'design' | 'strata'>,
  plans: readonly JudgingPlan[],
): Problem | null {
  if (design === 'simple') return null;
  if (design === 'stratified' && strata.length === 0) return refusal('draw-without-strata');
  const sequential = plans.find((plan) => plan.sequential);
  if (sequential) return refusal('draw-not-random', { severity: sequential.severity });
  if (design !== 'systematic') return null;
  const sizes = new Set(
    plans.flatMap(({ sampleSize, double }) => (double ? [double.n1, sampleSize] : [sampleSize])),
  );
  if (sizes.size <= 1) return null;
  return refusal('draw-systematic-one-size', { sizes: [...sizes].sort((a, b) => a - b).join(', ') });
}
