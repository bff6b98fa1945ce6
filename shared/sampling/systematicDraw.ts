/**
 * Systematic sampling: evenly spaced units of an ordered population from a random start, so that a long recording is
 * covered from its beginning to its end. The step need not be a whole number; every unit has the chance n/N exactly.
 */
import type { Sha256Hex } from '../base/bytes.ts';
import { done, type Result } from '../base/problem.ts';
import type { ProbabilityDraw } from './drawOrder.ts';
import { openPopulation } from './population.ts';
import { generatorName } from './randomSource.ts';

export interface SystematicRequest {
  readonly unitIds: readonly string[];
  /** Where each unit stands, in the order of `unitIds`: units are walked by rank, those of one rank by id. */
  readonly rank: (unit: number) => number;
  readonly n: number;
  readonly seed: string;
}

/**
 * The units come in the order walked. With start r, evenly distributed over 0 .. N - 1, they are the places
 * floor((r + k N) / n) for k = 0 .. n - 1; whole-number arithmetic for n N up to 2^53. Problems as of `drawOrder`.
 */
export function drawSystematic(request: SystematicRequest, sha256: Sha256Hex): Result<ProbabilityDraw> {
  const { unitIds, rank, seed } = request;
  const population = openPopulation(unitIds, seed, sha256);
  if (!population.ok) return population;
  const { sorted, hash, random } = population.value;
  const size = sorted.length;
  const n = Math.min(Math.max(0, request.n), size);
  const walked = Uint32Array.from(sorted.keys())
    .sort((a, b) => rank(sorted[a]!) - rank(sorted[b]!) || a - b)
    .map((place) => sorted[place]!);
  const start = n === 0 ? 0 : random('start').below(size);
  return done({
    prng: generatorName,
    seed,
    population: size,
    populationHash: hash,
    order: Uint32Array.from({ length: n }, (_, step) => walked[Math.floor((start + step * size) / n)]!),
    probability: new Float64Array(n).fill(n / size),
  });
}
