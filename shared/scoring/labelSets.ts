/**
 * Two sets of labels of the same frames, brought to one list of classes and cut into places where labels may be
 * paired: a frame for cuboids, a camera's picture in a frame for 2D boxes.
 */
import { boxLength, iou3d, writeBox } from '../geometry/iou.ts';
import { iouOfRectangles, type Ltrb } from '../geometry/polygon.ts';
import { yawFromQuaternion } from '../geometry/rotation.ts';
import { CuboidFlag, type LabelTable, NO_TRACK } from '../model/labels.ts';

/** How alike two labels are said to be: by their centres on the ground, or by what they share. */
export const likenesses = ['center', 'iou3d', 'iou2d'] as const;
export type Likeness = (typeof likenesses)[number];

export interface LabelSet {
  /** Rows of the label table, in its order; what cannot be used or is not to be counted is left out. */
  readonly rows: Uint32Array;
  /** By position in `rows`: what labels may be paired within, the frame or a picture in it. */
  readonly place: Float64Array;
  readonly frame: Uint32Array;
  /** Index into the classes of both. */
  readonly classIndex: Uint16Array;
  /** Index into the set's own tracks, or -1. */
  readonly track: Int32Array;
  /** Cuboids: seven numbers each as `geometry/iou.ts` reads them. 2D boxes: left, top, right, bottom. */
  readonly numbers: Float64Array;
}

export interface LabelSets {
  /** Each once without regard to case; spelled as the reference does. */
  readonly classes: readonly string[];
  readonly reference: LabelSet;
  readonly candidate: LabelSet;
  readonly likeness: Likeness;
}

/** `isCounted`: whether labels of a class are objects at all (a region to be ignored is none). */
export function labelSets(
  reference: LabelTable,
  candidate: LabelTable,
  likeness: Likeness,
  isCounted: (className: string) => boolean,
): LabelSets {
  const classes: string[] = [];
  const known = new Map<string, number>();
  const indexOf = (name: string): number => {
    const key = name.trim().toLowerCase();
    if (!known.has(key)) known.set(key, classes.push(name) - 1);
    return known.get(key)!;
  };
  const make = likeness === 'iou2d' ? rectangles : cuboids;
  const set = (table: LabelTable): LabelSet =>
    make(table, table.classes.map(indexOf), table.classes.map(isCounted));
  return { reference: set(reference), candidate: set(candidate), classes, likeness };
}

function cuboids(table: LabelTable, classOf: readonly number[], isCounted: readonly boolean[]): LabelSet {
  const { frame, classIndex, track, flags, center, size, rotation, count } = table.cuboids;
  const unusable = CuboidFlag.unusable | CuboidFlag.interpolated;
  const rows = rowsWhere(count, (row) => (flags[row]! & unusable) === 0 && isCounted[classIndex[row]!]!);
  const numbers = new Float64Array(rows.length * boxLength);
  for (const [at, row] of rows.entries()) {
    const [x, y, z, w] = rotation.subarray(4 * row, 4 * row + 4);
    const yaw = yawFromQuaternion([x!, y!, z!, w!]);
    const [from, to] = [3 * row, 3 * row + 3];
    writeBox(numbers, boxLength * at, center.subarray(from, to), size.subarray(from, to), yaw);
  }
  const frames = rows.map((row) => frame[row]!);
  return {
    ...common(rows, frames, { classIndex, track }, classOf),
    place: Float64Array.from(frames),
    numbers,
  };
}

function rectangles(table: LabelTable, classOf: readonly number[], isCounted: readonly boolean[]): LabelSet {
  const { frame, camera, classIndex, track, ltrb, count } = table.boxes2d;
  const isFlat = (row: number): boolean =>
    !(ltrb[4 * row + 2]! > ltrb[4 * row]! && ltrb[4 * row + 3]! > ltrb[4 * row + 1]!);
  const rows = rowsWhere(count, (row) => !isFlat(row) && isCounted[classIndex[row]!]!);
  const numbers = new Float64Array(rows.length * 4);
  for (const [at, row] of rows.entries()) numbers.set(ltrb.subarray(4 * row, 4 * row + 4), 4 * at);
  const frames = rows.map((row) => frame[row]!);
  const place = Float64Array.from(rows, (row) => frame[row]! * camerasPerFrame + camera[row]!);
  return { ...common(rows, frames, { classIndex, track }, classOf), place, numbers };
}

/** As many as the column can tell apart. */
const camerasPerFrame = 65_536;

function common(
  rows: Uint32Array,
  frame: Uint32Array,
  { classIndex, track }: Pick<LabelTable['cuboids'], 'classIndex' | 'track'>,
  classOf: readonly number[],
): Pick<LabelSet, 'rows' | 'frame' | 'classIndex' | 'track'> {
  return {
    rows,
    frame,
    classIndex: Uint16Array.from(rows, (row) => classOf[classIndex[row]!]!),
    track: Int32Array.from(rows, (row) => (track[row] === NO_TRACK ? -1 : track[row]!)),
  };
}

function rowsWhere(count: number, keep: (row: number) => boolean): Uint32Array {
  const rows = new Uint32Array(count);
  let kept = 0;
  for (let row = 0; row < count; row++) if (keep(row)) rows[kept++] = row;
  return rows.slice(0, kept);
}

/** Share of the union of two labels at positions of the two sets, in [0, 1]. */
export function overlapOf({ reference, candidate, likeness }: LabelSets, a: number, b: number): number {
  if (likeness !== 'iou2d') return iou3d(reference.numbers, candidate.numbers, boxLength * a, boxLength * b);
  return iouOfRectangles(rectangleAt(reference, a), rectangleAt(candidate, b));
}

function rectangleAt({ numbers }: LabelSet, at: number): Ltrb {
  return [numbers[4 * at]!, numbers[4 * at + 1]!, numbers[4 * at + 2]!, numbers[4 * at + 3]!];
}

/** Metres between two cuboids' centres on the ground plane. */
export function groundDistance({ reference, candidate }: LabelSets, a: number, b: number): number {
  const [i, j] = [boxLength * a, boxLength * b];
  return Math.hypot(
    reference.numbers[i]! - candidate.numbers[j]!,
    reference.numbers[i + 1]! - candidate.numbers[j + 1]!,
  );
}
