/** In which frames of its life an object goes wrong, and how much. */
import type { Random } from '../random.ts';
import type { SpoilSize } from './kinds.ts';
import type { SpoilSpans } from './plan.ts';

/** Times what is tolerated, from and to. */
const timesOf: Readonly<Record<SpoilSize, readonly [number, number]>> = { mild: [1, 2], gross: [2, 4] };
const stretchFrames = [3, 9] as const;

export function drawTimes(size: SpoilSize, random: Random): number {
  const [from, to] = timesOf[size];
  return random.between(from, to);
}

/** One, some or all of the labels that can be spoiled, in order of time. */
export function drawSpan<Item>(rows: readonly Item[], spans: SpoilSpans, random: Random): readonly Item[] {
  const draw = random.unit();
  const start = random.integer(0, rows.length - 1);
  if (draw < spans.whole) return rows;
  if (draw < spans.whole + spans.frame) return rows.slice(start, start + 1);
  return drawStretch(rows, random, ...stretchFrames);
}

/** Some one after the other; all where there are fewer. */
export function drawStretch<Item>(
  rows: readonly Item[],
  random: Random,
  least: number,
  most: number,
): readonly Item[] {
  const length = Math.min(rows.length, random.integer(least, most));
  const start = random.integer(0, rows.length - length);
  return rows.slice(start, start + length);
}
