/** What a measured value usually is over the labels of a track near in time: what one label departs from. */
import type { CheckScene } from '../scene.ts';

/** So many of the labels around must have the value. */
const fewest = 3;

export interface Usual {
  readonly median: number;
  /** What a quarter of them stay below. */
  readonly low: number;
  /** Median amount by which the others depart from it. */
  readonly scatter: number;
}

/**
 * For each judged row of a track that has the value, what it usually is in the rows up to `reach` labels before and
 * after, itself left out.
 */
export function usualInTracks(
  scene: CheckScene,
  measureOf: (row: number) => number,
  reach = 10,
): ReadonlyMap<number, Usual> {
  const usual = new Map<number, Usual>();
  for (const { moments } of scene.tracks) {
    const values = moments.map(({ row }) => measureOf(row));
    for (const [at, { row }] of moments.entries()) {
      if (Number.isNaN(values[at]!)) continue;
      const near = values
        .slice(Math.max(0, at - reach), at + reach + 1)
        .filter((value, place) => place !== Math.min(at, reach) && !Number.isNaN(value));
      if (near.length < fewest) continue;
      const middle = median(near);
      const low = near.toSorted((a, b) => a - b)[near.length >> 2]!;
      const scatter = median(near.map((value) => Math.abs(value - middle)));
      usual.set(row, { median: middle, low, scatter });
    }
  }
  return usual;
}

/** The upper one of the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** Whether a value goes on in the labels around: most of them come near the same limit. */
export function goesOn(usual: Usual | undefined, limit: number | null): boolean {
  return usual !== undefined && usual.median >= 0.7 * (limit ?? Number.POSITIVE_INFINITY);
}
