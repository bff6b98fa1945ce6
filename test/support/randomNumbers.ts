/** Seeded random numbers for property tests (mulberry32): the seed goes into the failure message. */
export interface RandomNumbers {
  /** In [0, 1). */
  next(): number;
  /** Whole, in [0, below). */
  below(limit: number): number;
}

export function randomNumbers(seed: number): RandomNumbers {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, below: (limit) => Math.floor(next() * limit) };
}
