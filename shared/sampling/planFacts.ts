/** What a plan of any scheme promises, as numbers for curves and tables; `planLimits` says it in a sentence. */
import { defectivesAtRate, outgoing, outgoingLimit, tie } from './operatingCharacteristic.ts';
import { mostAccepted, planAt, planInLot, rateOfPlan } from './planPoint.ts';
import type { SamplingPlan } from './samplingPlan.ts';

export { planLimits } from './planLimits.ts';

/** A lot of this quality passes once in ten: the limit by which consumers' protection is usually stated. */
export const consumerProbability = 0.1;

export interface PlanFacts {
  /** Pa for a process that makes a share p of nonconforming units (p defects per unit for DPHU plans). */
  readonly oc: readonly { readonly p: number; readonly pa: number }[];
  /** Pa for the real lot; empty for DPHU plans, which count defects rather than units. */
  readonly ocLot: readonly { readonly defectives: number; readonly p: number; readonly pa: number }[];
  /** Probability that work of `producerRate` is not accepted; `null` where the plan names no such rate. */
  readonly producerRisk: number | null;
  /** The AQL, the good rate of an isolated or a sequential plan; as a share, or defects per unit. */
  readonly producerRate: number | null;
  /** Probability that work of `consumerRate` is accepted. */
  readonly consumerRisk: number;
  /** The plan's own limiting rate, the bad rate of a sequential plan, else `ltpd`. */
  readonly consumerRate: number;
  /** The quality that is still accepted with probability 10 %. */
  readonly ltpd: number;
  /** Mean number of units inspected; constant for a single plan inspected to its end. No curtailment. */
  readonly asn: readonly { readonly p: number; readonly n: number }[];
  /**
   * Average outgoing quality and total inspection, which hold only where every lot not accepted is inspected in full
   * and corrected. `null` for what is not a single plan of nonconforming units, and where the whole lot is inspected.
   */
  readonly aoq: readonly { readonly p: number; readonly aoq: number; readonly ati: number }[] | null;
  /** The worst average outgoing quality, and the rate at which it comes about. */
  readonly aoql: { readonly p: number; readonly aoq: number } | null;
}

export function planFacts(plan: SamplingPlan): PlanFacts {
  const ltpd = rateOfPlan(plan, consumerProbability);
  const rates = curveRates(plan);
  const points = rates.map((p) => ({ p, ...planAt(plan, p) }));
  return {
    oc: points.map(({ p, pa }) => ({ p, pa })),
    ocLot: plan.model === 'poisson' ? [] : lotCurve(plan, rates),
    ...producerOf(plan),
    ...consumerOf(plan, ltpd),
    ltpd,
    asn: points.map(({ p, asn }) => ({ p, n: asn })),
    ...outgoingOf(plan, rates),
  };
}

function producerOf(plan: SamplingPlan): Pick<PlanFacts, 'producerRisk' | 'producerRate'> {
  const { aql, producer, sequential, lotSize } = plan;
  if (producer) {
    // The most bad units that are no more than this share: the point the plan was searched for.
    const defectives = Math.floor(lotSize * producer.rate * (1 + tie));
    return { producerRate: producer.rate, producerRisk: planInLot(plan, defectives).notAccepted };
  }
  const rate = sequential ? sequential.p0 : aql === null ? null : Number(aql) / 100;
  return { producerRate: rate, producerRisk: rate === null ? null : planAt(plan, rate).notAccepted };
}

function consumerOf(plan: SamplingPlan, ltpd: number): Pick<PlanFacts, 'consumerRisk' | 'consumerRate'> {
  const { limitingRate, lotSize, sequential } = plan;
  if (limitingRate !== null) {
    const { pa } = planInLot(plan, defectivesAtRate(lotSize, limitingRate));
    return { consumerRate: limitingRate, consumerRisk: pa };
  }
  const rate = sequential ? sequential.p1 : ltpd;
  return { consumerRate: rate, consumerRisk: planAt(plan, rate).pa };
}

function outgoingOf(plan: SamplingPlan, rates: readonly number[]): Pick<PlanFacts, 'aoq' | 'aoql'> {
  const { double, sequential, model, fullInspection, lotSize, sampleSize } = plan;
  if (double || sequential || model === 'poisson' || fullInspection) return { aoq: null, aoql: null };
  const ac = mostAccepted(plan);
  return {
    aoq: rates.map((p) => ({ p, ...outgoing(lotSize, sampleSize, ac, p) })),
    aoql: outgoingLimit(lotSize, sampleSize, ac),
  };
}

/** Rates at round steps, from 0 to where hardly anything passes. */
function curveRates(plan: SamplingPlan): number[] {
  const last = rateOfPlan(plan, 0.001);
  const points = curvePoints(plan);
  const power = 10 ** Math.ceil(-Math.log10(last / points));
  const digit = [1, 2, 5, 10].find((candidate) => candidate / power >= last / points) ?? 10;
  const steps = Math.ceil((last * power) / digit);
  const rates = Array.from({ length: steps + 1 }, (_, step) => (step * digit) / power);
  return plan.model === 'poisson' ? rates : rates.filter((rate) => rate <= 1);
}

/** As many as can be redrawn while a slider moves: each point of a sequential plan is a walk between its lines. */
function curvePoints({ sequential }: SamplingPlan): number {
  if (!sequential) return 100;
  const { truncateAt, hAccept, hReject } = sequential;
  return Math.max(16, Math.min(100, Math.floor(1.5e6 / (truncateAt * (hAccept + hReject + 1)))));
}

function lotCurve(plan: SamplingPlan, rates: readonly number[]): PlanFacts['ocLot'] {
  const { lotSize } = plan;
  const counts = new Set(rates.map((rate) => defectivesAtRate(lotSize, rate)));
  return [...counts].map((defectives) => ({
    defectives,
    p: defectives / lotSize,
    pa: planInLot(plan, defectives).pa,
  }));
}
