/**
 * The draw: one random order over the whole population, of which each severity judges its first n. A pure
 * function of the unit ids and the seed; the population is sorted and hashed first, so the order the ids come in
 * does not matter and a third person can check that nothing was left out.
 */
import type { Sha256Hex } from '../base/bytes.ts';
import { done, type Result } from '../base/problem.ts';
import { openPopulation, shuffleFront } from './population.ts';
import { generatorName } from './randomSource.ts';

export interface Draw {
  readonly prng: string;
  readonly seed: string;
  readonly population: number;
  /** SHA-256 over the sorted ids joined by line feeds, UTF-8. */
  readonly populationHash: string;
  /** Indices into the ids as they were given, in drawn order. */
  readonly order: Uint32Array;
}

/** A draw with the chance that each drawn unit had to be in it, in the order of `order`; above 0, at most 1. */
export interface ProbabilityDraw extends Draw {
  readonly probability: Float64Array;
}

/**
 * The first `n` (all when left out) of the random order. A larger n with the same seed only adds to the end.
 * Ids are sorted by UTF-16 code units. Problems: `draw-seed-malformed`, `draw-unit-twice`.
 */
export function drawOrder(
  unitIds: readonly string[],
  seed: string,
  sha256: Sha256Hex,
  n: number = unitIds.length,
): Result<Draw> {
  const population = openPopulation(unitIds, seed, sha256);
  if (!population.ok) return population;
  const { sorted, hash, random } = population.value;
  const drawn = Math.min(Math.max(0, n), sorted.length);
  shuffleFront(sorted, drawn, random());
  return done({
    prng: generatorName,
    seed,
    population: unitIds.length,
    populationHash: hash,
    order: sorted.slice(0, drawn),
  });
}
