/** One door to every plan that a QA spec or a command line can ask for. */
import type { Result } from '../base/problem.ts';
import { type DiscoveryRequest, planDiscovery } from './discovery.ts';
import { type IsoPlanRequest, lookUpIsoPlan } from './iso2859.ts';
import type { SamplingPlan } from './samplingPlan.ts';

export type PlanRequest =
  | ({ readonly scheme: 'iso2859-1' } & IsoPlanRequest)
  | ({ readonly scheme: 'c0' } & DiscoveryRequest);

export function makePlan(request: PlanRequest): Result<SamplingPlan> {
  return request.scheme === 'iso2859-1' ? lookUpIsoPlan(request) : planDiscovery(request);
}
