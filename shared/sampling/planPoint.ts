/** What a plan of any scheme does at one quality: of a process, or of the real lot. */
import { binomialTails, hypergeometricTails, poissonTails } from './distributions.ts';
import { doublePlanAt, doublePlanInLot, type PlanPoint } from './doublePlan.ts';
import { rateAcceptedWith } from './operatingCharacteristic.ts';
import { findRoot } from './rootFinding.ts';
import type { SamplingPlan } from './samplingPlan.ts';
import { sequentialPlanAt, sequentialPlanInLot } from './sequentialCurve.ts';

/** `p`: share of nonconforming units that the process makes; defects per unit where the plan counts defects. */
export function planAt(plan: SamplingPlan, p: number): PlanPoint {
  if (plan.sequential) return sequentialPlanAt(plan.sequential, p);
  if (plan.double) return doublePlanAt(lastCounts(plan.double), p, plan.model);
  const n = plan.sampleSize;
  const { lower, upper } =
    plan.model === 'binomial'
      ? binomialTails(mostAccepted(plan), n, p)
      : poissonTails(mostAccepted(plan), n * p);
  return { pa: lower, notAccepted: upper, asn: n };
}

/** For the plan's own lot with `defectives` bad units. For plans that count units. */
export function planInLot(plan: SamplingPlan, defectives: number): PlanPoint {
  const { lotSize: lot, sampleSize: n } = plan;
  if (plan.sequential) return sequentialPlanInLot(plan.sequential, lot, defectives);
  if (plan.double) return doublePlanInLot(lastCounts(plan.double), lot, defectives);
  const { lower, upper } = hypergeometricTails(mostAccepted(plan), { lot, defectives, n });
  return { pa: lower, notAccepted: upper, asn: n };
}

/** The process quality that the plan accepts with probability `pa` in (0, 1); 1 where it accepts everything. */
export function rateOfPlan(plan: SamplingPlan, pa: number): number {
  const single = () => rateAcceptedWith(pa, plan.sampleSize, mostAccepted(plan), plan.model);
  if (!plan.sequential && !plan.double) return single();
  // Both samples together, or a sequential plan's end, let through no less than the plan does: start beyond that.
  let high = plan.model === 'binomial' ? 1 : single();
  while (plan.model === 'poisson' && planAt(plan, high).pa > pa) high *= 2;
  if (planAt(plan, high).pa > pa) return 1;
  // Chances fall steeply with the rate: their logarithms are what a root is found in quickly.
  return findRoot((rate) => Math.log(Math.max(planAt(plan, rate).pa, Number.MIN_VALUE) / pa), 0, high);
}

/** A count in the gap of reduced inspection accepts the lot too. */
export function mostAccepted({ rejectionNumber }: SamplingPlan): number {
  return rejectionNumber - 1;
}

function lastCounts(stages: NonNullable<SamplingPlan['double']>) {
  return { ...stages, ac2: stages.re2 - 1 };
}
