/**
 * Which points of a sweep lie in a cuboid, by looking at every point. Full rotation, doubles, faces inclusive, no
 * margin unless asked for. `sweepGrid.ts` gives the same answers faster when a sweep is asked more than a few times.
 */
import type { Sweep } from '../model/sweep.ts';
import { type CuboidFrame, type CuboidShape, createCuboidFrame, setCuboidFrame } from './cuboid.ts';

/**
 * Whether a point lies in the cuboid grown by `margin` metres on every face. The point is given relative to the
 * same origin as the frame. A NaN coordinate is never inside.
 */
export function isInside(frame: CuboidFrame, x: number, y: number, z: number, margin = 0): boolean {
  const dx = x - frame[0]!;
  const dy = y - frame[1]!;
  const dz = z - frame[2]!;
  return (
    Math.abs(dx * frame[6]! + dy * frame[9]! + dz * frame[12]!) <= frame[3]! + margin &&
    Math.abs(dx * frame[7]! + dy * frame[10]! + dz * frame[13]!) <= frame[4]! + margin &&
    Math.abs(dx * frame[8]! + dy * frame[11]! + dz * frame[14]!) <= frame[5]! + margin
  );
}

const scratchFrame = createCuboidFrame();

/** How many points of the sweep lie inside. The shape is in the space of the sweep's own coordinates. */
export function countPointsInside(sweep: Sweep, shape: CuboidShape): number {
  const frame = setCuboidFrame(scratchFrame, shape, sweep.origin);
  const { interleaved, strideFloats, position, count } = sweep;
  let inside = 0;
  for (let point = 0, at = position; point < count; point++, at += strideFloats) {
    if (isInside(frame, interleaved[at]!, interleaved[at + 1]!, interleaved[at + 2]!)) inside++;
  }
  return inside;
}

/** Indices of the points inside the cuboid grown by `margin`, ascending. */
export function pointsInside(sweep: Sweep, shape: CuboidShape, margin = 0): Uint32Array {
  const frame = setCuboidFrame(scratchFrame, shape, sweep.origin);
  const { interleaved, strideFloats, position, count } = sweep;
  const found: number[] = [];
  for (let point = 0, at = position; point < count; point++, at += strideFloats) {
    if (isInside(frame, interleaved[at]!, interleaved[at + 1]!, interleaved[at + 2]!, margin))
      found.push(point);
  }
  return Uint32Array.from(found);
}
