/**
 * The draw: one random order over the whole population, of which each severity judges its first n. A pure
 * function of the unit ids and the seed; the population is sorted and hashed first, so the order the ids come in
 * does not matter and a third person can check that nothing was left out.
 */
import type { Sha256Hex } from '../base/bytes.ts';
import { done, type Result } from '../base/problem.ts';
import { generatorName, randomSource, seedPattern, stateFromSeed } from './randomSource.ts';
import { refused } from './refused.ts';

export interface Draw {
  readonly prng: string;
  readonly seed: string;
  readonly population: number;
  /** SHA-256 over the sorted ids joined by line feeds, UTF-8. */
  readonly populationHash: string;
  /** Indices into the ids as they were given, in drawn order. */
  readonly order: Uint32Array;
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
  if (!seedPattern.test(seed)) return refused('draw-seed-malformed', { seed });
  const sorted = sortedIndices(unitIds);
  for (let place = 1; place < sorted.length; place++) {
    const id = unitIds[sorted[place]!]!;
    if (id === unitIds[sorted[place - 1]!]) return refused('draw-unit-twice', { unit: id });
  }
  const populationHash = sha256(joinedBytes(unitIds, sorted));
  const random = randomSource(stateFromSeed(seed, populationHash, sha256));
  const drawn = Math.min(Math.max(0, n), sorted.length);
  // Fisher and Yates from the front: after step i the first i + 1 places are final, whatever n is.
  for (let place = 0; place < drawn; place++) {
    const other = place + random.below(sorted.length - place);
    const kept = sorted[place]!;
    sorted[place] = sorted[other]!;
    sorted[other] = kept;
  }
  return done({
    prng: generatorName,
    seed,
    population: unitIds.length,
    populationHash,
    order: sorted.slice(0, drawn),
  });
}

function sortedIndices(ids: readonly string[]): Uint32Array {
  return Uint32Array.from(ids.keys()).sort((a, b) => {
    const [idA, idB] = [ids[a]!, ids[b]!];
    return idA < idB ? -1 : idA > idB ? 1 : 0;
  });
}

/** The joined ids as bytes, encoded in blocks: a population of millions does not fit one string. */
function joinedBytes(ids: readonly string[], sorted: Uint32Array): Uint8Array {
  const encoder = new TextEncoder();
  const block = 16_384;
  const blocks: Uint8Array[] = [];
  for (let from = 0; from < sorted.length; from += block) {
    const text = Array.from(sorted.subarray(from, from + block), (index) => ids[index]!).join('\n');
    blocks.push(encoder.encode(from === 0 ? text : `\n${text}`));
  }
  const joined = new Uint8Array(blocks.reduce((sum, bytes) => sum + bytes.length, 0));
  let at = 0;
  for (const bytes of blocks) {
    joined.set(bytes, at);
    at += bytes.length;
  }
  return joined;
}
