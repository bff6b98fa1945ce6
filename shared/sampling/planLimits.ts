/** What a plan does and does not promise, in one plain sentence with the numbers of this very lot. */
import { finiteLotUpper } from './intervals.ts';
import { defectivesAtRate } from './operatingCharacteristic.ts';
import { mostAccepted, planAt, planInLot, rateOfPlan } from './planPoint.ts';
import { firstWhole } from './rootFinding.ts';
import type { SamplingPlan, Sentence } from './samplingPlan.ts';

/** As a catalogue key with its numbers: percentages and times in a hundred, rounded for reading. */
export function planLimits(plan: SamplingPlan): Sentence {
  const { sampleSize: n, acceptanceNumber: ac, rejectionNumber: re } = plan;
  if (plan.sequential) return limits('sequential', { n, ...sequentialNumbers(plan, plan.sequential) });
  if (plan.double) {
    const { n1, n2, ac1, re1 } = plan.double;
    const isPerHundred = plan.model === 'poisson';
    const worst = isPerHundred ? tenTimes(plan) : exampleOf(plan);
    return limits(isPerHundred ? 'doublePerHundred' : 'double', {
      ...{ n1, n2, ac1, re1, ac: mostAccepted(plan) },
      ...worst,
    });
  }
  if (plan.fullInspection) return limits('full', { n, ac: mostAccepted(plan) });
  if (plan.model === 'poisson') return limits('perHundred', { n, ac: mostAccepted(plan), ...tenTimes(plan) });
  if (re > ac + 1) return limits('gap', { n, ac, re, ...exampleOf(plan) });
  const isIsolated = plan.scheme === 'isolated';
  if (ac === 0) {
    const upper = readable(100 * finiteLotUpper(plan.lotSize, n, 0, 0.95).rate);
    if (!isIsolated) return limits('zero', { n, upper, ...tenTimes(plan) });
    const { rate, times } = isolatedNumbers(plan);
    return limits('isolatedZero', { n, upper, rate, times });
  }
  if (isIsolated) return limits('isolated', { n, ac, ...isolatedNumbers(plan) });
  return limits('usual', { n, ac, ...exampleOf(plan) });
}

function limits(name: string, params: Sentence['params']): Sentence {
  return { key: `plan.limits.${name}`, params };
}

/** The process quality that passes once in ten: percent, or defects per hundred units. */
function tenTimes(plan: SamplingPlan): { ltpd: number } {
  return { ltpd: readable(100 * rateOfPlan(plan, 0.1)) };
}

/**
 * The round rate whose chance of passing is nearest to one in four: bad enough to matter, likely enough to tell. And
 * the share of bad units from which on this lot passes once in ten at most.
 */
function exampleOf(plan: SamplingPlan): { rate: number; times: number; tenth: number } {
  let best = { rate: 1, times: 0, miss: Number.POSITIVE_INFINITY };
  for (const rate of roundRates) {
    const { pa } = planInLot(plan, defectivesAtRate(plan.lotSize, rate));
    const miss = Math.abs(pa - 0.25);
    if (miss < best.miss) best = { rate, times: Math.round(100 * pa), miss };
  }
  return { rate: readable(100 * best.rate), times: best.times, tenth: readable(100 * shareOfTenth(plan)) };
}

function shareOfTenth(plan: SamplingPlan): number {
  const isRare = (defectives: number): boolean => planInLot(plan, defectives).pa <= 0.1;
  return (firstWhole(isRare, 0, plan.lotSize) ?? plan.lotSize) / plan.lotSize;
}

/** The lot at its limit, and one half as bad. */
function isolatedNumbers(plan: SamplingPlan) {
  const rate = plan.limitingRate!;
  const times = (share: number) => readable(100 * planInLot(plan, defectivesAtRate(plan.lotSize, share)).pa);
  return {
    rate: readable(100 * rate),
    times: times(rate),
    half: readable(50 * rate),
    halfTimes: times(rate / 2),
  };
}

/** The two points the lines were drawn for as they really come out, and where the plan takes longest. */
function sequentialNumbers(plan: SamplingPlan, terms: NonNullable<SamplingPlan['sequential']>) {
  const { p0, p1, slope } = terms;
  const mean = planAt(plan, p0).asn;
  return {
    good: readable(100 * p0),
    turnedAway: readable(100 * planAt(plan, p0).notAccepted),
    bad: readable(100 * p1),
    passes: readable(100 * planAt(plan, p1).pa),
    mean: Math.ceil(mean),
    // A plan that a small lot cuts short may take longest at p0.
    longest: Math.ceil(Math.max(mean, planAt(plan, slope).asn)),
  };
}

/** 0.01 % to 90 % in steps that people say aloud. */
const roundRates = [1e4, 1e3, 100, 10].flatMap((power) =>
  [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9].map((digit) => digit / power),
);

function readable(value: number): number {
  return Number(value.toPrecision(3));
}
