/** One door to every plan that a QA spec or a command line can ask for. */
import { done, type Result } from '../base/problem.ts';
import { type DiscoveryRequest, planDiscovery } from './discovery.ts';
import { type IsoPlanRequest, lookUpIsoPlan } from './iso2859.ts';
import type { SamplingPlan } from './samplingPlan.ts';

export type PlanRequest =
  | ({ readonly scheme: 'iso2859-1' } & IsoPlanRequest)
  | ({ readonly scheme: 'c0' } & DiscoveryRequest);

export function makePlan(request: PlanRequest): Result<SamplingPlan> {
  return request.scheme === 'iso2859-1' ? lookUpIsoPlan(request) : planDiscovery(request);
}

/** Printed on the plan of a lot that is too small for any table. */
export const wholeLotStandardName = 'whole lot of one unit (ISO 2859-1 begins at two)';

/**
 * The plan a QA spec's rule gives for a real lot. A lot of a single unit has no plan in the standard and needs none:
 * the unit is inspected.
 */
export function planForLot(request: PlanRequest): Result<SamplingPlan> {
  if (request.scheme === 'c0' || request.lotSize !== 1) return makePlan(request);
  // With one unit in the lot every rate and confidence ask for that unit.
  const whole = planDiscovery({ lotSize: 1, limitingRate: 0.5, confidence: 0.5 });
  if (!whole.ok) return whole;
  return done({ ...whole.value, standard: wholeLotStandardName, limitingRate: null, confidence: null });
}
