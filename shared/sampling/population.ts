/** What every draw starts from: the population in one order, hashed, and the random numbers that belong to it. */
import type { Sha256Hex } from '../base/bytes.ts';
import { done, type Result } from '../base/problem.ts';
import { type RandomSource, randomSource, seedPattern, stateFromSeed } from './randomSource.ts';
import { refused } from './refused.ts';

export interface Population {
  /** Indices into the ids as they were given, in ascending order of the ids' UTF-16 code units. */
  readonly sorted: Uint32Array;
  /** SHA-256 over the sorted ids joined by line feeds, UTF-8. */
  readonly hash: string;
  /** The numbers of this population and seed. Parts of one draw that must not depend on each other name themselves. */
  random(part?: string): RandomSource;
}

/** Problems: `draw-seed-malformed`, `draw-unit-twice`. */
export function openPopulation(
  unitIds: readonly string[],
  seed: string,
  sha256: Sha256Hex,
): Result<Population> {
  if (!seedPattern.test(seed)) return refused('draw-seed-malformed', { seed });
  const sorted = sortedIndices(unitIds);
  for (let place = 1; place < sorted.length; place++) {
    const id = unitIds[sorted[place]!]!;
    if (id === unitIds[sorted[place - 1]!]) return refused('draw-unit-twice', { unit: id });
  }
  const hash = sha256(joinedBytes(unitIds, sorted));
  return done({
    sorted,
    hash,
    random: (part) =>
      randomSource(stateFromSeed(seed, part === undefined ? hash : `${hash}:${part}`, sha256)),
  });
}

/**
 * Fisher and Yates from the front, in place: after step i the first i + 1 places are final, so that the first `n` do
 * not depend on n.
 */
export function shuffleFront(items: Uint32Array, n: number, random: RandomSource): void {
  for (let place = 0; place < n; place++) {
    const other = place + random.below(items.length - place);
    const kept = items[place]!;
    items[place] = items[other]!;
    items[other] = kept;
  }
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
