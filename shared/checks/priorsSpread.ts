/**
 * Medians and spreads of lots that come one after the other, without keeping every value. Values are counted in steps
 * of one percent, so counts of two lots simply add up and the order of lots does not matter; median and spread are
 * those of the steps' middles, each within half a percent of the exact one.
 */
import type { Spread } from './priors.ts';

/** Natural logarithm of the ratio of two steps. */
const step = 0.01;

/** Values below count as nothing at all: an empty box, a thing that stands. */
const least = 1e-3;

/** Null where neither holds a value. Values that are no numbers are left out; `previous` without counts begins anew. */
export function spreadWith(previous: Spread | null, values: Iterable<number>): Spread | null {
  const seen: Record<string, number> = { ...previous?.seen };
  for (const value of values) {
    if (!Number.isFinite(value) || value < 0) continue;
    const key = keyOf(value);
    seen[key] = (seen[key] ?? 0) + 1;
  }
  const spread = spreadOf(seen);
  if (!spread || !previous?.seen) return spread;
  const before = spreadOf(previous.seen);
  const isSetByHand = before?.median !== previous.median || before.mad !== previous.mad;
  return isSetByHand ? { ...spread, median: previous.median, mad: previous.mad } : spread;
}

function spreadOf(seen: Readonly<Record<string, number>>): Spread | null {
  const counted = Object.entries(seen)
    .map(([key, count]) => ({ value: Number(key), count }))
    .sort((a, b) => a.value - b.value);
  const objects = counted.reduce((sum, { count }) => sum + count, 0);
  if (objects === 0) return null;
  const median = medianOf(counted, objects);
  const apart = counted.map(({ value, count }) => ({ value: Math.abs(value - median), count }));
  const mad = medianOf(
    apart.sort((a, b) => a.value - b.value),
    objects,
  );
  return {
    ...{ median, mad: Number(mad.toFixed(4)), objects },
    seen: Object.fromEntries(counted.map(({ value, count }) => [String(value), count])),
  };
}

/** The middle of the value's step, as a person reads it. */
function keyOf(value: number): string {
  if (value < least) return '0';
  return String(Number(Math.exp(step * Math.round(Math.log(value) / step)).toPrecision(5)));
}

interface Counted {
  readonly value: number;
  readonly count: number;
}

/** Of the values in ascending order, the one at which half of the objects are reached. */
function medianOf(ascending: readonly Counted[], objects: number): number {
  let reached = 0;
  for (const { value, count } of ascending) {
    reached += count;
    if (2 * reached >= objects) return value;
  }
  return ascending.at(-1)!.value;
}
