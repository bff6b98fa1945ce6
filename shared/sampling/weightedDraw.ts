/**
 * Sampling with unequal probability: units that look doubtful are drawn more often, each with a chance that is known
 * exactly, so that estimates can undo it. Systematic sampling over the cumulated weights in a random order (W. G.
 * Madow, 1949): the chance of a unit is n w / W whatever its neighbours are.
 */
import type { Sha256Hex } from '../base/bytes.ts';
import { done, type Result } from '../base/problem.ts';
import type { ProbabilityDraw } from './drawOrder.ts';
import { openPopulation, shuffleFront } from './population.ts';
import { generatorName, type RandomSource } from './randomSource.ts';
import { refused } from './refused.ts';

export interface WeightedRequest {
  readonly unitIds: readonly string[];
  /** Weight of each unit in the order of `unitIds`, above 0 and finite; only their ratios matter. */
  readonly weights: readonly number[];
  readonly n: number;
  readonly seed: string;
}

export interface WeightedDraw extends ProbabilityDraw {
  /** Units so heavy that they are in every sample. */
  readonly certain: number;
}

/**
 * `n` units in a random order. Where n w / W would exceed 1 the unit is taken for certain and the rest is shared out
 * again. Problems: `draw-weight-not-positive` (unit) and those of `drawOrder`.
 */
export function drawWeighted(request: WeightedRequest, sha256: Sha256Hex): Result<WeightedDraw> {
  const { unitIds, weights, seed } = request;
  const bad = weights.findIndex((weight) => !(weight > 0 && Number.isFinite(weight)));
  if (bad >= 0) return refused('draw-weight-not-positive', { unit: unitIds[bad]! });
  const population = openPopulation(unitIds, seed, sha256);
  if (!population.ok) return population;
  const { sorted: order, hash, random } = population.value;
  const n = Math.min(Math.max(0, request.n), unitIds.length);
  shuffleFront(order, order.length, random('order'));
  const { whole, isCertain, open, total } = chances(weights, n);
  const drawn: number[] = [];
  // Distance from the current unit's end to the next mark, in units of weight x open places; marks lie `total` apart.
  let distance = open === 0 ? 0 : belowWide(random('start'), total);
  for (const unit of order) {
    if (isCertain[unit]) drawn.push(unit);
    else if (open > 0) {
      const reach = whole[unit]! * open;
      if (distance < reach) {
        drawn.push(unit);
        distance += total;
      }
      distance -= reach;
    }
  }
  return done({
    prng: generatorName,
    seed,
    population: unitIds.length,
    populationHash: hash,
    order: Uint32Array.from(drawn),
    probability: Float64Array.from(drawn, (unit) => (isCertain[unit] ? 1 : (open * whole[unit]!) / total)),
    certain: n - open,
  });
}

interface Chances {
  /** Weights as whole numbers. */
  readonly whole: Float64Array;
  readonly isCertain: Uint8Array;
  /** Places left for the units that are not certain, and the sum of their weights. */
  readonly open: number;
  readonly total: number;
}

function chances(weights: readonly number[], n: number): Chances {
  const whole = wholeWeights(weights);
  const isCertain = new Uint8Array(weights.length);
  let open = n;
  let total = whole.reduce((sum, weight) => sum + weight, 0);
  for (;;) {
    const [openBefore, totalBefore] = [open, total];
    for (const [unit, weight] of whole.entries()) {
      if (isCertain[unit] || weight * openBefore < totalBefore) continue;
      isCertain[unit] = 1;
      open -= 1;
      total -= weight;
    }
    if (open === openBefore || open <= 0) return { whole, isCertain, open, total };
  }
}

/**
 * Weights as multiples of the largest over 2^m (at least 1), m as large as keeps their sum within 2^52: from there on
 * all arithmetic is exact, the stored chances are those of these whole numbers, and every machine gives the same.
 */
function wholeWeights(weights: readonly number[]): Float64Array {
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  let steps = 2 ** 32;
  while (steps * weights.length > 2 ** 52) steps /= 2;
  return Float64Array.from(weights, (weight) => Math.max(1, Math.round((weight / largest) * steps)));
}

/** Whole number in [0, limit), every one equally likely; limit up to 2^53. */
function belowWide(random: RandomSource, limit: number): number {
  const usable = 2 ** 53 - (2 ** 53 % limit);
  const wide = (): number => (random.next() >>> 11) * 2 ** 32 + random.next();
  let value = wide();
  while (value >= usable) value = wide();
  return value % limit;
}
