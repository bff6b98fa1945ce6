/**
 * The named and versioned generator behind every draw. It uses 32-bit integer arithmetic only, so a seed gives
 * the same numbers on every machine and in every language. The steps are those of xoshiro128** 1.1 by D. Blackman
 * and S. Vigna (prng.di.unimi.it).
 */
import type { Sha256Hex } from '../base/bytes.ts';

/** Stands in every draw; any change to how numbers come about takes a new name. */
export const generatorName = 'assay-xoshiro128ss-1';

export interface RandomSource {
  /** Next whole number in [0, 2^32). */
  next(): number;
  /** Whole number in [0, limit), every one equally likely; limit in [1, 2^32]. */
  below(limit: number): number;
}

/** Four 32-bit words, not all zero. */
export type GeneratorState = readonly [number, number, number, number];

export function randomSource(state: GeneratorState): RandomSource {
  let [a, b, c, d] = state.map((word) => word >>> 0) as [number, number, number, number];
  const next = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
  const below = (limit: number): number => {
    // Numbers from the largest multiple of the limit on would favour small remainders; they are drawn again.
    const usable = 2 ** 32 - (2 ** 32 % limit);
    let value = next();
    while (value >= usable) value = next();
    return value % limit;
  };
  return { next, below };
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

export const seedPattern = /^[0-9a-f]{32}$/;

/**
 * State for one draw: the first 128 bits of SHA-256 over `generator name:seed:purpose` as four big-endian words.
 * The purpose (the hash of the population) keeps two draws with one seed independent of each other.
 */
export function stateFromSeed(seed: string, purpose: string, sha256: Sha256Hex): GeneratorState {
  const digest = sha256(new TextEncoder().encode(`${generatorName}:${seed}:${purpose}`));
  const word = (index: number): number => Number.parseInt(digest.slice(8 * index, 8 * index + 8), 16);
  const state: GeneratorState = [word(0), word(1), word(2), word(3)];
  return state.every((value) => value === 0) ? [1, 0, 0, 0] : state;
}
