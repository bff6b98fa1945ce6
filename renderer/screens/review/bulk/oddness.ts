/**
 * How far a label stands out among its like, so that the odd ones come first. Only what the delivery's index says is
 * asked: the order is known before a single picture is, and nothing moves once it is shown.
 */
import type { LabelTable } from '../../../../shared/model/labels.ts';
import { NOT_STATED } from '../../../../shared/model/labels.ts';

export const traits = ['length', 'width', 'height', 'points', 'offset'] as const;
export type Trait = (typeof traits)[number];

export interface Oddness {
  readonly row: number;
  /** Largest robust z of all traits, without sign; 0 where nothing can be compared. */
  readonly score: number;
  /** The trait it stands out by most, and its robust z with sign; null where nothing can be compared. */
  readonly worst: { readonly trait: Trait; readonly z: number } | null;
  /** Size less the median of the group along its own axes, metres. */
  readonly sizeDeviation: readonly [number, number, number];
}

/** Fewer than these say nothing about what is usual. */
const leastGroup = 4;
/** A median absolute deviation is this share of a normal distribution's standard deviation. */
const normalShare = 0.6745;
/**
 * Least deviation that counts as one step, by trait: sizes and points by ratio, the offset in metres. Without it
 * the smallest rounding in a group of equal boxes would be the greatest of oddities.
 */
const leastSpread: Readonly<Record<Trait, number>> = {
  length: 0.05,
  width: 0.05,
  height: 0.05,
  points: 0.2,
  offset: 0.05,
};

/** The middle of the values; of an even count the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length % 2 === 1) return sorted[Math.floor(middle)]!;
  return (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Robust z of each value (Iglewicz and Hoaglin): 0.6745 times its distance from the median over the median absolute
 * deviation, which is taken for at least `leastSpread`. NaN values are left out and get 0.
 */
export function robustScores(values: readonly number[], spread: number): number[] {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length < leastGroup) return values.map(() => 0);
  const middle = median(known);
  const deviation = Math.max(median(known.map((value) => Math.abs(value - middle))), spread * normalShare);
  return values.map((value) => (Number.isNaN(value) ? 0 : (normalShare * (value - middle)) / deviation));
}

/** How odd each of these cuboid rows is among all of them, in their order. */
export function oddnessOf(labels: LabelTable, rows: readonly number[]): Oddness[] {
  const { size, center, statedPoints } = labels.cuboids;
  const at = (column: Float64Array, row: number, axis: number): number => column[3 * row + axis]!;
  const values: Readonly<Record<Trait, readonly number[]>> = {
    length: rows.map((row) => Math.log(at(size, row, 0))),
    width: rows.map((row) => Math.log(at(size, row, 1))),
    height: rows.map((row) => Math.log(at(size, row, 2))),
    points: rows.map((row) => pointDensity(statedPoints[row]!, at(center, row, 0), at(center, row, 1))),
    offset: rows.map((row) => at(center, row, 2) - at(size, row, 2) / 2),
  };
  const scores = traits.map((trait) => robustScores(values[trait], leastSpread[trait]));
  const medians = [0, 1, 2].map((axis) => median(rows.map((row) => at(size, row, axis))));
  return rows.map((row, place) => {
    const zs = scores.map((trait) => trait[place]!);
    const sizes = zs.map(Math.abs);
    const score = Math.max(...sizes);
    const worst = sizes.indexOf(score);
    return {
      row,
      score,
      worst: score === 0 ? null : { trait: traits[worst]!, z: zs[worst]! },
      sizeDeviation: [0, 1, 2].map((axis) => at(size, row, axis) - medians[axis]!) as [
        number,
        number,
        number,
      ],
    };
  });
}

/** Logarithm of the points as they would be at 10 m: they thin out with the square of the range. NaN = not stated. */
function pointDensity(points: number, x: number, y: number): number {
  if (points === NOT_STATED) return Number.NaN;
  return Math.log1p(points) + 2 * Math.log(Math.max(1, Math.hypot(x, y)) / 10);
}
