/**
 * Estimates of a rate from samples that are not simply random: strata, clusters and unequal probabilities, with
 * standard errors (Cochran, "Sampling Techniques", 3rd ed. 1977) and the design effect.
 */
import { studentTwoSided } from './betaFunctions.ts';
import type { Interval } from './intervals.ts';

export interface Estimate {
  readonly rate: number;
  /** `null` where the sample tells nothing of the spread: one cluster, or one unit of a stratum. */
  readonly se: number | null;
  /** Degrees of freedom of `se`, for Student's t. */
  readonly degrees: number;
}

/** One stratum: its population, the units drawn and the bad ones among them. */
export interface StratumCount {
  readonly population: number;
  readonly drawn: number;
  readonly defects: number;
}

/** p = sum W p_h; variance with the finite population correction of each stratum. */
export function estimateStratified(strata: readonly StratumCount[]): Estimate {
  const total = strata.reduce((sum, { population }) => sum + population, 0);
  let rate = 0;
  let variance: number | null = 0;
  for (const { population, drawn, defects } of strata) {
    const weight = population / total;
    const p = defects / drawn;
    rate += weight * p;
    // A stratum inspected in full adds nothing to the error, however small it is.
    if (drawn === population) continue;
    if (drawn < 2) variance = null;
    if (variance !== null) variance += weight ** 2 * (1 - drawn / population) * ((p * (1 - p)) / (drawn - 1));
  }
  const degrees = strata.reduce((sum, { drawn }) => sum + drawn, 0) - strata.length;
  return { rate, se: variance === null ? null : Math.sqrt(variance), degrees };
}

export interface ClusterEstimate extends Estimate {
  /** Variance over that of as many units drawn one by one; finite population left out on both sides. */
  readonly deff: number | null;
  /** Units drawn one by one that would tell as much. */
  readonly effectiveN: number | null;
}

/**
 * Ratio of totals over whole clusters (scenes): `sizes` units and `defects` bad ones in each drawn cluster.
 * `clusters` is the number of clusters in the population; left out, it is taken as without end.
 */
export function estimateClusters(
  sizes: readonly number[],
  defects: readonly number[],
  clusters = Number.POSITIVE_INFINITY,
): ClusterEstimate {
  const k = sizes.length;
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const rate = defects.reduce((sum, bad) => sum + bad, 0) / units;
  const degrees = k - 1;
  if (k < 2) return { rate, se: k === clusters ? 0 : null, degrees, deff: null, effectiveN: null };
  const squares = sizes.reduce((sum, size, i) => sum + (defects[i]! - rate * size) ** 2, 0);
  const withoutEnd = ((k / (k - 1)) * squares) / units ** 2;
  const se = Math.sqrt(Math.max(0, 1 - k / clusters) * withoutEnd);
  const oneByOne = (rate * (1 - rate)) / (units - 1);
  const deff = oneByOne > 0 ? withoutEnd / oneByOne : null;
  return { rate, se, degrees, deff, effectiveN: deff === null || deff === 0 ? null : units / deff };
}

export interface UnequalEstimate extends Estimate {
  readonly total: number;
  readonly totalSe: number | null;
}

/**
 * Units drawn with known chances: the total by Horvitz and Thompson, the mean by Hajek, both variances in the
 * with-replacement form (on the safe side).
 */
export function estimateUnequal(probability: readonly number[], y: readonly number[]): UnequalEstimate {
  const n = y.length;
  const weights = probability.reduce((sum, pi) => sum + 1 / pi, 0);
  const expanded = y.map((value, i) => value / probability[i]!);
  const total = expanded.reduce((sum, z) => sum + z, 0);
  const rate = total / weights;
  const spread = (z: readonly number[]): number | null => {
    if (n < 2) return null;
    const mean = z.reduce((sum, value) => sum + value, 0) / n;
    return Math.sqrt((n / (n - 1)) * z.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  };
  const residuals = y.map((value, i) => (value - rate) / (probability[i]! * weights));
  return { rate, se: spread(residuals), degrees: n - 1, total, totalSe: spread(expanded) };
}

/**
 * Student's interval on the logit scale, so that it stays within [0, 1]. `null` where the estimate has no error
 * to build on (no `se`, no degrees of freedom, or a rate of 0 or 1).
 */
export function logitInterval({ rate, se, degrees }: Estimate, confidence: number): Interval | null {
  if (se === null || degrees < 1 || !(rate > 0 && rate < 1)) return null;
  const half = (studentTwoSided(degrees, 1 - confidence) * se) / (rate * (1 - rate));
  const logit = Math.log(rate / (1 - rate));
  const back = (value: number): number => 1 / (1 + Math.exp(-value));
  return { lower: back(logit - half), upper: back(logit + half) };
}
