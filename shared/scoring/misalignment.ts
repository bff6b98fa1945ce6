/**
 * What would explain the offsets of one camera: nothing, another time, a turned camera, a turned and shifted one, or
 * another time and a turn together. Each is fitted by least squares that give far-off objects little weight
 * (Huber, 1964), and they are compared by what they leave unexplained against how many numbers they take (Schwarz,
 * 1978).
 */
import { type BoxResidual, median, type Shift } from './boxResiduals.ts';

export const causes = ['none', 'time', 'rotation', 'pose', 'time-and-rotation'] as const;
export type Cause = (typeof causes)[number];

export interface Fit {
  readonly cause: Cause;
  /** How many numbers it takes. */
  readonly unknowns: number;
  /** How much later the picture was taken than the delivery says, seconds. */
  readonly seconds: number;
  readonly secondsError: number;
  /** Turn that the extrinsic lacks, about the camera's x, y, z, radians, and its standard errors. */
  readonly rotation: readonly [number, number, number];
  readonly rotationError: readonly [number, number, number];
  /** Shift that it lacks, metres. */
  readonly translation: readonly [number, number, number];
  /** What is left of each offset, in the order of the residuals. */
  readonly left: readonly Shift[];
  /** Median length of what is left, pixels. */
  readonly medianLeft: number;
  /** What is left of the fifth of the objects that it explains worst, pixels at least. */
  readonly largeLeft: number;
  /** Lower explains better; differences above 10 are beyond doubt. */
  readonly score: number;
}

/** Beyond this many standard deviations an offset weighs less and less. */
const huberLimit = 1.345;
const rounds = 25;
/** 2D boxes are drawn to about a pixel: no fit is taken to be better than that. */
const leastSpread = 1;

/** What is taken for possible before looking: a fit that the offsets say nothing about stays near 0. */
const expected = { seconds: 0.1, radians: 0.06, meters: 0.3 } as const;

interface Unknowns {
  readonly cause: Cause;
  /** Columns of one offset's slope, each with its expected size. */
  readonly columns: (residual: BoxResidual) => readonly Shift[];
  readonly sizes: readonly number[];
}

const { seconds, radians, meters } = expected;
const unknowns: readonly Unknowns[] = [
  { cause: 'none', columns: () => [], sizes: [] },
  { cause: 'time', columns: ({ perSecond }) => [perSecond ?? [0, 0]], sizes: [seconds] },
  { cause: 'rotation', columns: ({ perRadian }) => perRadian, sizes: [radians, radians, radians] },
  {
    cause: 'pose',
    columns: ({ perRadian, perMeter }) => [...perRadian, ...perMeter],
    sizes: [radians, radians, radians, meters, meters, meters],
  },
  {
    cause: 'time-and-rotation',
    columns: ({ perRadian, perSecond }) => [perSecond ?? [0, 0], ...perRadian],
    sizes: [seconds, radians, radians, radians],
  },
];

/** All causes over the comparable ones of the residuals, the best first. Time only where there are poses. */
export function fitCauses(residuals: readonly BoxResidual[]): Fit[] {
  const comparable = residuals.filter(({ isComparable }) => isComparable);
  const hasTime = comparable.some(({ perSecond }) => perSecond && Math.hypot(...perSecond) > 0);
  const raw = unknowns
    .filter(({ cause }) => hasTime || !cause.startsWith('time'))
    .map((unknown) => ({ unknown, solved: solve(comparable, unknown) }));
  // All are measured with one spread, that of the one which leaves least.
  const spread = Math.max(leastSpread, Math.min(...raw.map(({ solved }) => spreadOf(solved.left))));
  return raw
    .map(({ unknown, solved }) => describe(comparable, unknown, solved, spread))
    .sort((a, b) => a.score - b.score);
}

interface Solved {
  readonly values: readonly number[];
  readonly errors: readonly number[];
  readonly left: readonly Shift[];
}

/** Offsets are outline minus box: the cause's own offset is the opposite of what has to be applied. */
function solve(residuals: readonly BoxResidual[], { columns, sizes }: Unknowns): Solved {
  const count = sizes.length;
  let values = new Array<number>(count).fill(0);
  let errors = new Array<number>(count).fill(0);
  let left = leftOver(residuals, columns, values);
  if (count === 0) return { values, errors, left };
  for (let round = 0; round < rounds; round++) {
    const spread = Math.max(leastSpread, spreadOf(left));
    const normal = Array.from({ length: count }, (_, row) =>
      Array.from({ length: count }, (_, column) => (row === column ? (spread / sizes[row]!) ** 2 : 0)),
    );
    const right = new Array<number>(count).fill(0);
    for (const [at, residual] of residuals.entries()) {
      const weight = huberWeight(Math.hypot(...left[at]!) / spread);
      const slopes = columns(residual);
      for (let row = 0; row < count; row++) {
        for (const axis of [0, 1] as const) {
          right[row]! -= weight * slopes[row]![axis] * residual.offset[axis];
          for (let column = 0; column < count; column++) {
            normal[row]![column]! += weight * slopes[row]![axis] * slopes[column]![axis];
          }
        }
      }
    }
    const inverse = inverseOf(normal);
    const next = inverse.map((row) => row.reduce((sum, value, at) => sum + value * right[at]!, 0));
    errors = inverse.map((row, at) => spread * Math.sqrt(Math.max(0, row[at]!)));
    const isSettled = next.every((value, at) => Math.abs(value - values[at]!) < 1e-9 * sizes[at]!);
    values = next;
    left = leftOver(residuals, columns, values);
    if (isSettled) break;
  }
  return { values, errors, left };
}

function leftOver(
  residuals: readonly BoxResidual[],
  columns: Unknowns['columns'],
  values: readonly number[],
): Shift[] {
  return residuals.map((residual) => {
    const [u, v] = effectOf(columns(residual), values);
    return [residual.offset[0] + u, residual.offset[1] + v];
  });
}

function effectOf(slopes: readonly Shift[], values: readonly number[]): Shift {
  let [u, v] = [0, 0];
  for (const [at, [slopeU, slopeV]] of slopes.entries()) {
    u += slopeU * values[at]!;
    v += slopeV * values[at]!;
  }
  return [u, v];
}

function describe(
  residuals: readonly BoxResidual[],
  { cause, sizes }: Unknowns,
  { values, errors, left }: Solved,
  spread: number,
): Fit {
  const cost = left.reduce((sum, shift) => sum + huberCost(Math.hypot(...shift) / spread), 0);
  const timeAt = cause.startsWith('time') ? 0 : -1;
  const turnAt = cause === 'time-and-rotation' ? 1 : cause === 'rotation' || cause === 'pose' ? 0 : -1;
  const three = (list: readonly number[], at: number): readonly [number, number, number] =>
    at < 0 ? [0, 0, 0] : [list[at]!, list[at + 1]!, list[at + 2]!];
  const large = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(0.8 * values.length)] ?? 0;
  return {
    cause,
    unknowns: sizes.length,
    seconds: timeAt < 0 ? 0 : values[timeAt]!,
    secondsError: timeAt < 0 ? 0 : errors[timeAt]!,
    rotation: three(values, turnAt),
    rotationError: three(errors, turnAt),
    translation: three(values, cause === 'pose' ? 3 : -1),
    left,
    medianLeft: median(left.map((shift) => Math.hypot(...shift))),
    largeLeft: large(left.map((shift) => Math.hypot(...shift))),
    score: 2 * cost + sizes.length * Math.log(Math.max(1, 2 * residuals.length)),
  };
}

function huberWeight(deviations: number): number {
  return deviations <= huberLimit ? 1 : huberLimit / deviations;
}

function huberCost(deviations: number): number {
  return deviations <= huberLimit ? deviations ** 2 / 2 : huberLimit * (deviations - huberLimit / 2);
}

/** Standard deviation of one coordinate, from the median length: for even noise that is 1.1774 of it. */
function spreadOf(shifts: readonly Shift[]): number {
  return shifts.length === 0 ? leastSpread : median(shifts.map((shift) => Math.hypot(...shift))) / 1.1774;
}

/** Inverse of a small positive definite matrix (Gauss-Jordan; the expected sizes keep it away from singular). */
function inverseOf(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, at) => [
    ...row,
    ...Array.from({ length: size }, (_, column) => (column === at ? 1 : 0)),
  ]);
  for (let column = 0; column < size; column++) {
    const pivot = rows[column]![column]!;
    for (let at = 0; at < 2 * size; at++) rows[column]![at]! /= pivot;
    for (let row = 0; row < size; row++) {
      const factor = row === column ? 0 : rows[row]![column]!;
      for (let at = 0; at < 2 * size; at++) rows[row]![at]! -= factor * rows[column]![at]!;
    }
  }
  return rows.map((row) => row.slice(size));
}
