/** ANSI/ASQ Z1.4 (MIL-STD-105E): the same tables for normal and tightened inspection under its own name. */
import { done, type Result } from '../base/problem.ts';
import { type IsoPlanRequest, lookUpIsoPlan } from './iso2859.ts';
import { refused } from './refused.ts';
import type { SamplingPlan } from './samplingPlan.ts';

export const z14StandardName = 'ANSI/ASQ Z1.4';

/** Problems: those of `lookUpIsoPlan`, and `plan-z14-reduced-unknown`. */
export function lookUpZ14Plan(request: IsoPlanRequest): Result<SamplingPlan> {
  if (request.inspection === 'reduced') return refused('plan-z14-reduced-unknown', {});
  const plan = lookUpIsoPlan(request);
  return plan.ok ? done({ ...plan.value, scheme: 'z1.4', standard: z14StandardName }) : plan;
}
