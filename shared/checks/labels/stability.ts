/** How far a distribution has moved from what it was: the population stability index, and what chance makes of it. */

export interface Stability {
  /** Sum over bins of (after - before) ln(after / before), shares; 0 where nothing changed. */
  readonly index: number;
  /** The index that chance alone exceeds in one delivery of a hundred, by how many were counted then and now. */
  readonly chance: number;
  /** The bin that moved the most, with its shares then and now. */
  readonly bin: string;
  readonly before: number;
  readonly after: number;
}

/** Added to every bin, so that an empty one is no infinite change. */
const pseudoCount = 0.5;
/** Of the normal distribution: exceeded once in a hundred. */
const onceInHundred = 2.3263;

/** Counts by bin; a bin that one side lacks counts 0. Null where either side holds nothing. */
export function stabilityOf(
  history: ReadonlyMap<string, number>,
  delivery: ReadonlyMap<string, number>,
): Stability | null {
  const bins = [...new Set([...history.keys(), ...delivery.keys()])].sort();
  const total = (counts: ReadonlyMap<string, number>): number =>
    [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [n, m] = [total(history), total(delivery)];
  if (n === 0 || m === 0) return null;
  const share = (counts: ReadonlyMap<string, number>, bin: string, all: number): number =>
    ((counts.get(bin) ?? 0) + pseudoCount) / (all + pseudoCount * bins.length);
  const parts = bins.map((bin) => {
    const [before, after] = [share(history, bin, n), share(delivery, bin, m)];
    return { bin, before, after, part: (after - before) * Math.log(after / before) };
  });
  const { bin, before, after } = parts.reduce((most, one) => (one.part > most.part ? one : most));
  const index = parts.reduce((sum, { part }) => sum + part, 0);
  return { index, chance: chiSquared(bins.length - 1) * (1 / n + 1 / m), bin, before, after };
}

/**
 * Two samples of one distribution: the index over (1/n + 1/m) is nearly chi-squared with a degree of freedom less than
 * there are bins (Yurdakul and Naranjo, Statistical properties of the population stability index, 2020). Its upper
 * hundredth by Wilson and Hilferty's cube, within 2 % from one degree on.
 */
function chiSquared(degrees: number): number {
  if (degrees <= 0) return 0;
  const part = 2 / (9 * degrees);
  return degrees * (1 - part + onceInHundred * Math.sqrt(part)) ** 3;
}
