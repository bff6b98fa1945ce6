/** Cuboids of the instants between two that were labelled: linear in place, along the shortest turn in rotation. */
import { CuboidFlag } from '../../model/labels.ts';
import type { Quaternion } from '../../model/pose.ts';
import type { CuboidRows } from '../labelColumns.ts';
import { NO_TOKEN } from '../tables/tokenTable.ts';
import type { Annotations } from './annotations.ts';
import type { Moment } from './sceneFrames.ts';

/** More than this many made cuboids are not made: they would outweigh the labels tenfold. */
export const MOST_INTERPOLATED = 4_000_000;

/** Shortest way from `a` (t = 0) to `b` (t = 1), both unit. */
export function slerp(a: Quaternion, b: Quaternion, t: number): Quaternion {
  const dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  // A rotation and its negative are the same: take the nearer of the two.
  const sign = dot < 0 ? -1 : 1;
  const angle = Math.acos(Math.min(1, sign * dot));
  const sine = Math.sin(angle);
  const [from, to] =
    sine < 1e-9 ? [1 - t, t] : [Math.sin((1 - t) * angle) / sine, Math.sin(t * angle) / sine];
  return [0, 1, 2, 3].map((i) => from * a[i]! + to * sign * b[i]!) as unknown as Quaternion;
}

/** A run of in-between frames and the labelled ones around it. */
interface Gap {
  readonly before: number;
  readonly after: number;
  /** Frames between and how far along each is, 0 .. 1. */
  readonly frames: readonly { readonly frame: number; readonly share: number }[];
}

/** `timeOf`: microseconds of a moment. `firstFrame`: index of the scene's first frame in the delivery. */
export function gapsOf(
  moments: readonly Moment[],
  firstFrame: number,
  timeOf: (moment: Moment) => number,
): Gap[] {
  const keys = [...moments.keys()].filter((i) => moments[i]!.sample >= 0);
  return keys.slice(1).flatMap((after, k): Gap[] => {
    const before = keys[k]!;
    const [start, end] = [timeOf(moments[before]!), timeOf(moments[after]!)];
    if (after - before < 2 || !(end > start)) return [];
    const frames = moments.slice(before + 1, after).map((moment, i) => ({
      frame: firstFrame + before + 1 + i,
      share: (timeOf(moment) - start) / (end - start),
    }));
    return [{ before: firstFrame + before, after: firstFrame + after, frames }];
  });
}

/** Growing columns of made cuboids: few enough to be plain lists. */
interface Made {
  readonly frame: number[];
  readonly source: number[];
  readonly center: number[];
  readonly size: number[];
  readonly rotation: number[];
}

/** Cuboids for every frame within the gaps, of each instance that both of its ends have. Ids are the instances' own. */
export function interpolatedRows(annotations: Annotations, gaps: readonly Gap[]): CuboidRows {
  const rowsOfFrame = new Map<number, Map<number, number>>();
  for (let row = 0; row < annotations.count; row++) {
    const frame = annotations.frame[row]!;
    const instance = annotations.instance[row]!;
    if (frame < 0 || instance === NO_TOKEN) continue;
    const rows = rowsOfFrame.get(frame) ?? new Map<number, number>();
    rowsOfFrame.set(frame, rows);
    if (!rows.has(instance)) rows.set(instance, row);
  }
  const made: Made = { frame: [], source: [], center: [], size: [], rotation: [] };
  for (const { before, after, frames } of gaps) {
    for (const [instance, from] of rowsOfFrame.get(before) ?? []) {
      const to = rowsOfFrame.get(after)?.get(instance);
      if (to === undefined) continue;
      for (const { frame, share } of frames) {
        made.frame.push(frame);
        made.source.push(from);
        addBetween(made, annotations, from, to, share);
      }
    }
  }
  return rowsOf(made, annotations);
}

function addBetween(
  made: Made,
  { center, size, rotation }: Annotations,
  from: number,
  to: number,
  t: number,
) {
  const mix = (values: Float64Array, i: number) => (1 - t) * values[3 * from + i]! + t * values[3 * to + i]!;
  for (let i = 0; i < 3; i++) made.center.push(mix(center.values, i));
  for (let i = 0; i < 3; i++) made.size.push(mix(size.values, i));
  made.rotation.push(...slerp(unitAt(rotation.values, from), unitAt(rotation.values, to), t));
}

function unitAt(values: Float64Array, row: number): Quaternion {
  const parts = Array.from(values.subarray(4 * row, 4 * row + 4));
  const norm = Math.hypot(...parts);
  return parts.map((part) => part / norm) as unknown as Quaternion;
}

function rowsOf(made: Made, annotations: Annotations): CuboidRows {
  const count = made.frame.length;
  const encoder = new TextEncoder();
  const idBytes = (row: number) =>
    encoder.encode(annotations.instanceText(annotations.instance[made.source[row]!]!));
  return {
    count,
    frame: Int32Array.from(made.frame),
    classIndex: Uint16Array.from(made.source, (row) => annotations.classIndex[row]!),
    track: Uint32Array.from(made.source, (row) => annotations.track[row]!),
    attributes: new Uint32Array(count),
    flags: new Uint8Array(count).fill(CuboidFlag.derived | CuboidFlag.interpolated),
    statedPoints: new Int32Array(count).fill(-1),
    center: { values: Float64Array.from(made.center) },
    size: { values: Float64Array.from(made.size) },
    rotation: { values: Float64Array.from(made.rotation) },
    sizeOrder: annotations.sizeOrder,
    rotationOrder: annotations.rotationOrder,
    idLength: (row) => idBytes(row).length,
    writeId: (row, out, at) => out.set(idBytes(row), at),
    path: annotations.path,
    place: (row) => annotations.place(made.source[row]!),
  };
}
