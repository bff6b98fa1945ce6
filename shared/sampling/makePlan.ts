/** One door to every plan that a QA spec or a command line can ask for. */
import { done, type Result } from '../base/problem.ts';
import { type DiscoveryRequest, planDiscovery } from './discovery.ts';
import { type DoubleRequest, planDouble } from './doubleScheme.ts';
import { type IsoPlanRequest, lookUpIsoPlan } from './iso2859.ts';
import { type IsolatedRequest, planIsolated } from './isolatedPlan.ts';
import type { SamplingPlan } from './samplingPlan.ts';
import { planSequential, type SequentialRequest } from './sequentialScheme.ts';
import { lookUpZ14Plan } from './z14.ts';

export type PlanRequest =
  | ({ readonly scheme: 'iso2859-1' } & IsoPlanRequest)
  | ({ readonly scheme: 'z1.4' } & IsoPlanRequest)
  | ({ readonly scheme: 'c0' } & DiscoveryRequest)
  | ({ readonly scheme: 'isolated' } & IsolatedRequest)
  | ({ readonly scheme: 'double' } & DoubleRequest)
  | ({ readonly scheme: 'sprt' } & SequentialRequest);

export function makePlan(request: PlanRequest): Result<SamplingPlan> {
  switch (request.scheme) {
    case 'iso2859-1':
      return lookUpIsoPlan(request);
    case 'z1.4':
      return lookUpZ14Plan(request);
    case 'c0':
      return planDiscovery(request);
    case 'isolated':
      return planIsolated(request);
    case 'double':
      return planDouble(request);
    case 'sprt':
      return planSequential(request);
  }
}

/** Printed on the plan of a lot that is too small for any table. */
export const wholeLotStandardName = 'whole lot of one unit (ISO 2859-1 begins at two)';

/**
 * The plan a QA spec's rule gives for a real lot. A lot of a single unit has no plan in the standards and needs none:
 * the unit is inspected.
 */
export function planForLot(request: PlanRequest): Result<SamplingPlan> {
  if (request.lotSize !== 1 || request.scheme === 'c0') return makePlan(request);
  // With one unit in the lot every rate and confidence ask for that unit.
  const whole = planDiscovery({ lotSize: 1, limitingRate: 0.5, confidence: 0.5 });
  if (!whole.ok) return whole;
  return done({ ...whole.value, standard: wholeLotStandardName, limitingRate: null, confidence: null });
}
