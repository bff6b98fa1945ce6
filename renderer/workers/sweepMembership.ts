/** Which labelled cuboid each point of a sweep lies in, and the spans its colour maps are drawn over. */
import { type CuboidShape, transformCuboid } from '../../shared/geometry/cuboid.ts';
import { type SweepGrid, visitInGrid } from '../../shared/geometry/sweepGrid.ts';
import type { Mat4 } from '../../shared/model/pose.ts';
import type { Sweep } from '../../shared/model/sweep.ts';
import { memberLength } from './protocol.ts';

/** The member at `row` of the flat list, in the frame's space. */
export function memberAt(members: Float64Array, row: number): CuboidShape {
  const at = memberLength * row;
  const number = (offset: number): number => members[at + offset]!;
  return {
    center: [number(0), number(1), number(2)],
    size: [number(3), number(4), number(5)],
    rotation: [number(6), number(7), number(8), number(9)],
  };
}

export interface Membership {
  readonly classes: Uint8Array<ArrayBuffer>;
  readonly instances: Uint8Array<ArrayBuffer>;
}

/**
 * Two bytes a point: the code of the class and that of the object. Where cuboids overlap the later one wins.
 * `pointsFromSpace` is null where the points are in the frame's space already.
 */
export function sweepMembership(
  grid: SweepGrid,
  pointCount: number,
  members: Float64Array,
  codes: Uint8Array,
  objects: Uint8Array,
  pointsFromSpace: Mat4 | null,
): Membership {
  const classes = new Uint8Array(pointCount);
  const instances = new Uint8Array(pointCount);
  for (let row = 0; row < codes.length; row++) {
    const inSpace = memberAt(members, row);
    const shape = pointsFromSpace ? transformCuboid(pointsFromSpace, inSpace) : inSpace;
    const code = codes[row]!;
    const object = objects[row]!;
    visitInGrid(grid, shape, 0, (point) => {
      classes[point] = code;
      instances[point] = object;
    });
  }
  return { classes, instances };
}

/** At most this many points are looked at: the spans only steer colours. */
const looked = 4096;

/** 2nd and 98th percentile of the height in the frame's space. */
export function heightRange(grid: SweepGrid, spaceFromPoints: Mat4 | null): [number, number] {
  const [a, b, c, d] = spaceFromPoints
    ? [spaceFromPoints[8]!, spaceFromPoints[9]!, spaceFromPoints[10]!, spaceFromPoints[11]!]
    : [0, 0, 1, 0];
  const step = Math.max(1, Math.floor(grid.count / looked));
  const heights: number[] = [];
  for (let slot = 0; slot < grid.count; slot += step) {
    const x = grid.positions[3 * slot]! + grid.origin[0];
    const y = grid.positions[3 * slot + 1]! + grid.origin[1];
    const z = grid.positions[3 * slot + 2]! + grid.origin[2];
    heights.push(a * x + b * y + c * z + d);
  }
  return [percentile(heights, 0.02), percentile(heights, 0.98)];
}

/** 98th percentile of the finite intensities, 0 where there are none. */
export function intensityTop(sweep: Sweep): number {
  if (sweep.intensity < 0) return 0;
  const step = Math.max(1, Math.floor(sweep.count / looked));
  const values: number[] = [];
  for (let point = 0; point < sweep.count; point += step) {
    const value = sweep.interleaved[point * sweep.strideFloats + sweep.intensity]!;
    if (Number.isFinite(value)) values.push(value);
  }
  return percentile(values, 0.98);
}

/** Least and largest finite value of one field, at `offset` floats in a row; null where it is not there or nowhere finite. */
export function fieldSpan(sweep: Sweep, offset: number): [number, number] | null {
  if (offset < 0) return null;
  const { interleaved, strideFloats, count } = sweep;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let point = 0, at = offset; point < count; point++, at += strideFloats) {
    const value = interleaved[at]!;
    if (value < low && value > Number.NEGATIVE_INFINITY) low = value;
    if (value > high && value < Number.POSITIVE_INFINITY) high = value;
  }
  return low <= high ? [low, high] : null;
}

/** Nearest rank; sorts in place. 0 for an empty list. */
export function percentile(values: number[], share: number): number {
  values.sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.max(0, Math.ceil(share * values.length) - 1))] ?? 0;
}
