/** Random numbers for property tests: a plain linear congruential generator, so that a seed replays a failure. */
export interface SeededRandom {
  /** [0, 1). */
  next(): number;
  between(low: number, high: number): number;
  /** Whole number in [low, high]. */
  integer(low: number, high: number): number;
  /** Mean 0, standard deviation 1 (Box and Muller). */
  normal(): number;
}

export function seededRandom(seed: number): SeededRandom {
  let state = BigInt(seed) * 2654435761n + 1n;
  const next = (): number => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffff_ffff_ffff_ffffn;
    return Number(state >> 11n) / 2 ** 53;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    integer: (low, high) => low + Math.floor((high - low + 1) * next()),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
