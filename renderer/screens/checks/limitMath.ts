/** The numbers behind the histogram of a check: what lies beyond a limit, where a limit may stand, how bars are drawn. */
import type { LimitPair, Quantity } from '../../../shared/checks/contract.ts';
import type { HistogramCounts } from '../../../shared/checks/histogram.ts';

export type LimitName = 'soft' | 'hard';

/**
 * About how many values lie beyond a limit. Within the bin that the limit cuts, values count as evenly spread; those
 * outside the range are in the end bins, beyond whatever limit lies within it.
 */
export function beyondCount(
  { low, high, counts }: HistogramCounts,
  limit: number | null,
  wrong: Quantity['wrong'],
): number {
  if (limit === null) return 0;
  const width = (high - low) / counts.length;
  const share = (bin: number): number => {
    const below = Math.min(1, Math.max(0, (limit - (low + bin * width)) / width));
    return wrong === 'above' ? 1 - below : below;
  };
  return Math.round(counts.reduce((sum, count, bin) => sum + count * share(bin), 0));
}

export function totalOf({ counts }: HistogramCounts): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Steps of the arrow keys: a two-hundredth of the range. */
export const stepsOfRange = 200;

/**
 * A limit moved to a value: on the grid of the steps, within the range, and never past the other limit, since what is
 * beyond the hard one is beyond the soft one, too.
 */
export function movedLimit(
  pair: LimitPair,
  name: LimitName,
  value: number,
  { range: [low, high], wrong }: Pick<Quantity, 'range' | 'wrong'>,
): LimitPair {
  const step = (high - low) / stepsOfRange;
  const onGrid = low + Math.round((value - low) / step) * step;
  const other = name === 'soft' ? pair.hard : pair.soft;
  const isOuter = (name === 'hard') === (wrong === 'above');
  const least = isOuter ? Math.max(low, other ?? low) : low;
  const most = isOuter ? high : Math.min(high, other ?? high);
  const held = Math.min(most, Math.max(least, onGrid));
  return { ...pair, [name]: Number(held.toPrecision(6)) };
}

/** Height of a bar, 0..1: logarithmic, since a handful beyond the limits matters beside thousands within. */
export function barHeight(count: number, most: number): number {
  return most === 0 ? 0 : Math.log1p(count) / Math.log1p(most);
}

export function isSamePair(a: LimitPair, b: LimitPair): boolean {
  return a.soft === b.soft && a.hard === b.hard;
}
