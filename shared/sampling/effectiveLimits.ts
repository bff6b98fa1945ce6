/**
 * Limits of a rate from samples that are not simply random, built on the effective number of units: exact binomial
 * limits for as many units drawn one by one as would tell as much (E. L. Korn and B. I. Graubard, "Confidence
 * intervals for proportions with small expected number of positive counts estimated from survey data", Survey
 * Methodology 24, 1998). They keep their confidence where few defects are found, which Student's interval does not.
 */
import { studentTwoSided } from './betaFunctions.ts';
import {
  type Estimate,
  estimateClusters,
  estimateStratified,
  estimateUnequal,
  type StratumCount,
} from './estimates.ts';
import { clopperPearson, type Interval, shareLimits } from './intervals.ts';

/** What an interval is built on, said wherever one is shown. */
export const bounds = [
  /** Exact, for the real lot, from units drawn one by one. */
  'finite-lot',
  /** Exact, for units drawn one by one out of any number. */
  'one-by-one',
  /** Exact on the effective number of units, measured from the spread that was seen. */
  'effective',
  /** Nothing (or nothing but) was found, so there is no spread to measure: the worst lot that would still show it. */
  'none-found',
  /** Exact, for defects of which a unit may have several. */
  'defect-counts',
  /** Everything was judged: there is nothing to estimate. */
  'all-judged',
] as const;
export type Bound = (typeof bounds)[number];

export interface Limits extends Interval {
  readonly rate: number;
  readonly bound: Bound;
  /** Units drawn one by one that would tell as much; null where that says nothing. */
  readonly effectiveN: number | null;
}

/**
 * Limits on the effective number of units of an estimate from `n` units. `most` caps it: a spread that by luck looks
 * smaller than that of units drawn one by one is not believed. Few degrees of freedom make it smaller. `null` where
 * the estimate has no error to build on.
 */
export function effectiveLimits(
  { rate, se, degrees }: Estimate,
  n: number,
  confidence: number,
  most: number = n,
): Limits | null {
  if (se === null || degrees < 1 || n < 2 || !(rate > 0 && rate < 1)) return null;
  const risk = 1 - confidence;
  const shrink = degrees < n - 1 ? (studentTwoSided(n - 1, risk) / studentTwoSided(degrees, risk)) ** 2 : 1;
  const effectiveN = Math.min(most, ((rate * (1 - rate)) / se ** 2) * shrink);
  if (effectiveN === Number.POSITIVE_INFINITY) return judgedAll(rate);
  return {
    rate,
    ...clopperPearson(rate * effectiveN, effectiveN, confidence),
    bound: 'effective',
    effectiveN,
  };
}

function judgedAll(rate: number): Limits {
  return { rate, lower: rate, upper: rate, bound: 'all-judged', effectiveN: null };
}

/** Units drawn one by one from an endless lot that tell as much as `n` drawn from one of `lot`. */
function withoutEnd(n: number, lot: number): number {
  return n >= lot ? Number.POSITIVE_INFINITY : (n * (lot - 1)) / (lot - n);
}

/**
 * A stratified sample. `null` where a stratum that is not judged in full has fewer than two units: its spread is
 * unknown, and a stratum nobody looked into may be anything.
 */
export function stratifiedLimits(strata: readonly StratumCount[], confidence: number): Limits | null {
  const seen = strata.filter(({ population }) => population > 0);
  if (seen.length === 0 || seen.some(({ drawn }) => drawn === 0)) return null;
  const n = seen.reduce((sum, { drawn }) => sum + drawn, 0);
  const lot = seen.reduce((sum, { population }) => sum + population, 0);
  const estimate = estimateStratified(seen);
  if (n === lot) return judgedAll(estimate.rate);
  const found = seen.reduce((sum, { defects }) => sum + defects, 0);
  if (found === 0 || found === n) return oneSided(seen, found > 0, confidence);
  return effectiveLimits(estimate, n, confidence, withoutEnd(n, lot));
}

/** Nothing found in any stratum, or nothing but defects. */
function oneSided(strata: readonly StratumCount[], isAll: boolean, confidence: number): Limits {
  const most = mostThatShowsNone(strata, 1 - confidence);
  const limits = isAll ? { rate: 1, lower: 1 - most, upper: 1 } : { rate: 0, lower: 0, upper: most };
  return { ...limits, bound: 'none-found', effectiveN: null };
}

/**
 * The highest overall rate under which a sample that finds nothing in any stratum still has probability `tail`:
 * the sum of W p under product (1 - p)^n >= tail. At the worst each stratum's 1 - p is in proportion to n / W, or 1.
 * With the sample in proportion to the strata it is the exact limit of a simple sample.
 */
export function mostThatShowsNone(strata: readonly StratumCount[], tail: number): number {
  const lot = strata.reduce((sum, { population }) => sum + population, 0);
  const open = strata
    .filter(({ population, drawn }) => drawn < population)
    .map(({ population, drawn }) => ({ weight: population / lot, drawn, ratio: (drawn * lot) / population }))
    .toSorted((a, b) => a.ratio - b.ratio);
  let best = 0;
  let [units, logs] = [0, 0];
  // The strata with the thinnest samples hold the defects; how many of them do is found by trying.
  for (const [at, { drawn, ratio }] of open.entries()) {
    units += drawn;
    logs += drawn * Math.log(ratio);
    const scale = Math.exp((Math.log(tail) - logs) / units);
    if (scale * ratio > 1) continue;
    const rate = open.slice(0, at + 1).reduce((sum, one) => sum + one.weight * (1 - scale * one.ratio), 0);
    best = Math.max(best, rate);
  }
  return best;
}

export interface ClusterSample {
  /** Units and bad ones among them, by drawn cluster. */
  readonly sizes: readonly number[];
  readonly defects: readonly number[];
  /** How many clusters there are to draw from. */
  readonly clusters: number;
  /** How alike units of one cluster are taken to be, at least: the spread between few clusters is a poor witness. */
  readonly rho: number;
}

/**
 * Whole clusters drawn one by one. The effective number of units is the smaller one of what the spread between them
 * says and what `rho` predicts. `null` with fewer than two clusters that hold anything.
 */
export function clusterLimits(
  { sizes, defects, clusters, rho }: ClusterSample,
  confidence: number,
): Limits | null {
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const filled = sizes.filter((size) => size > 0).length;
  if (units === 0) return null;
  if (sizes.length === clusters) return judgedAll(defects.reduce((sum, bad) => sum + bad, 0) / units);
  if (filled < 2) return null;
  const estimate = estimateClusters(sizes, defects, clusters);
  const squares = sizes.reduce((sum, size) => sum + size ** 2, 0);
  const predicted = units / Math.max(1, 1 + (squares / units - 1) * rho);
  const most = predicted;
  const measured = effectiveLimits(estimate, units, confidence, most);
  if (measured) return measured;
  const isAll = estimate.rate === 1;
  return {
    rate: estimate.rate,
    ...shareLimits(isAll ? predicted : 0, predicted, confidence),
    bound: 'none-found',
    effectiveN: predicted,
  };
}

/**
 * Units drawn with known chances, each bad (1) or not (0). They are never taken to be worth more than their chances
 * leave of them whatever is found: where bad units were drawn with small chances, few of them are seen and the spread
 * looks too small. `null` where there is but one unit.
 */
export function unequalLimits(
  probability: readonly number[],
  y: readonly number[],
  confidence: number,
): Limits | null {
  if (y.length < 2) return null;
  const estimate = estimateUnequal(probability, y);
  const kish = weightedSize(probability);
  const measured = effectiveLimits(estimate, y.length, confidence, kish);
  if (measured) return measured;
  const isAll = estimate.rate > 0.5;
  return {
    rate: isAll ? 1 : 0,
    ...shareLimits(isAll ? kish : 0, kish, confidence),
    bound: 'none-found',
    effectiveN: kish,
  };
}

/** Units with equal chances that tell as much, for a rate that has nothing to do with them (Kish 1965). */
export function weightedSize(probability: readonly number[]): number {
  const sum = probability.reduce((total, pi) => total + 1 / pi, 0);
  return sum ** 2 / probability.reduce((total, pi) => total + 1 / pi ** 2, 0);
}
