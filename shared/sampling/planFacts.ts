/** What a plan promises and what it does not, as numbers for curves and tables and as one plain sentence. */
import { finiteLotUpper } from './intervals.ts';
import {
  acceptanceProbability,
  defectivesAtRate,
  lotAcceptanceProbability,
  rateAcceptedWith,
} from './operatingCharacteristic.ts';
import type { SamplingPlan, Sentence } from './samplingPlan.ts';

/** A lot of this quality passes once in ten: the limit by which consumers' protection is usually stated. */
const consumerProbability = 0.1;

export interface PlanFacts {
  /** Pa for a process that makes a share p of nonconforming units (p defects per unit for DPHU plans). */
  readonly oc: readonly { readonly p: number; readonly pa: number }[];
  /** Pa for the real lot; empty for DPHU plans, which count defects rather than units. */
  readonly ocLot: readonly { readonly defectives: number; readonly p: number; readonly pa: number }[];
  /** Probability that a process at the AQL is not accepted; `null` where the plan names no AQL. */
  readonly producerRisk: number | null;
  /** Probability that a lot of the limiting quality is accepted: the plan's own rate (c0), else `ltpd`. */
  readonly consumerRisk: number;
  /** The quality that is still accepted with probability 10 %. */
  readonly ltpd: number;
  /** Mean number of units inspected; constant for a single plan inspected to its end. */
  readonly asn: readonly { readonly p: number; readonly n: number }[];
}

export function planFacts(plan: SamplingPlan): PlanFacts {
  const { sampleSize: n, acceptanceNumber: ac, lotSize: lot, model } = plan;
  const ltpd = rateAcceptedWith(consumerProbability, n, ac, model);
  const rates = ocRates(plan);
  return {
    oc: rates.map((p) => ({ p, pa: acceptanceProbability(n, ac, p, model) })),
    ocLot: model === 'poisson' ? [] : lotCurve(plan, rates),
    producerRisk: plan.aql === null ? null : 1 - acceptanceProbability(n, ac, Number(plan.aql) / 100, model),
    consumerRisk:
      plan.limitingRate === null
        ? acceptanceProbability(n, ac, ltpd, model)
        : lotAcceptanceProbability(n, ac, lot, defectivesAtRate(lot, plan.limitingRate)),
    ltpd,
    asn: rates.map((p) => ({ p, n })),
  };
}

/** About a hundred rates at round steps, from 0 to where hardly anything passes. */
function ocRates(plan: SamplingPlan): number[] {
  const { sampleSize: n, acceptanceNumber: ac, model } = plan;
  const last = rateAcceptedWith(0.001, n, ac, model);
  const power = 10 ** Math.ceil(-Math.log10(last / 100));
  const digit = [1, 2, 5, 10].find((candidate) => candidate / power >= last / 100) ?? 10;
  const steps = Math.ceil((last * power) / digit);
  const rates = Array.from({ length: steps + 1 }, (_, step) => (step * digit) / power);
  return model === 'poisson' ? rates : rates.filter((rate) => rate <= 1);
}

function lotCurve(plan: SamplingPlan, rates: readonly number[]): PlanFacts['ocLot'] {
  const { sampleSize: n, acceptanceNumber: ac, lotSize: lot } = plan;
  const counts = new Set(rates.map((rate) => defectivesAtRate(lot, rate)));
  return [...counts].map((defectives) => ({
    defectives,
    p: defectives / lot,
    pa: lotAcceptanceProbability(n, ac, lot, defectives),
  }));
}

/**
 * The sentence that says what the plan does not promise, as a catalogue key with its numbers: percentages and
 * times in a hundred, rounded for reading.
 */
export function planLimits(plan: SamplingPlan): Sentence {
  const { sampleSize: n, acceptanceNumber: ac, lotSize: lot, model } = plan;
  if (plan.fullInspection) return { key: 'plan.limits.full', params: { n, ac } };
  if (model === 'poisson') {
    const ltpd = rateAcceptedWith(consumerProbability, n, ac, model);
    return { key: 'plan.limits.perHundred', params: { n, ac, ltpd: readable(100 * ltpd) } };
  }
  const ltpd = readable(100 * rateAcceptedWith(consumerProbability, n, ac, model));
  if (ac === 0) {
    const { rate } = finiteLotUpper(lot, n, 0, 0.95);
    return { key: 'plan.limits.zero', params: { n, upper: readable(100 * rate), ltpd } };
  }
  const example = exampleRate(plan);
  return {
    key: 'plan.limits.usual',
    params: { n, ac, rate: readable(100 * example.p), times: example.times, ltpd },
  };
}

/** The round rate whose chance of passing is nearest to one in four: bad enough to matter, likely enough to tell. */
function exampleRate(plan: SamplingPlan): { p: number; times: number } {
  const { sampleSize: n, acceptanceNumber: ac, lotSize: lot } = plan;
  let best = { p: 1, times: 0, miss: Number.POSITIVE_INFINITY };
  for (const p of roundRates) {
    const pa = lotAcceptanceProbability(n, ac, lot, defectivesAtRate(lot, p));
    const miss = Math.abs(pa - 0.25);
    if (miss < best.miss) best = { p, times: Math.round(100 * pa), miss };
  }
  return { p: best.p, times: best.times };
}

/** 0.01 % to 90 % in steps that people say aloud. */
const roundRates = [1e4, 1e3, 100, 10].flatMap((power) =>
  [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9].map((digit) => digit / power),
);

function readable(value: number): number {
  return Number(value.toPrecision(3));
}
