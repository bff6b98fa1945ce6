/**
 * The heaviest measures of the checks as one would write them first: every box against every point, every box against
 * every other, every point against every point. What the checks' own way is held against, in time and in counts.
 */
import { type CuboidShape, createCuboidFrame, setCuboidFrame } from '../../../shared/geometry/cuboid.ts';
import { iou3d, iouFromAbove, writeBox } from '../../../shared/geometry/iou.ts';
import { isInside } from '../../../shared/geometry/pointsInCuboid.ts';
import { yawFromQuaternion } from '../../../shared/geometry/rotation.ts';
import type { Sweep } from '../../../shared/model/sweep.ts';

export interface NaiveFrame {
  readonly inside: readonly number[];
  readonly shell: readonly number[];
  /** Height of the lowest points around each box; Infinity where there are none. */
  readonly ground: readonly number[];
  /** Points nearer than the box, within the angle that it fills. */
  readonly before: readonly number[];
  readonly overlaps: number;
  readonly clusters: number;
}

const shellMeters = 0.3;
const groundMeters = 3;
const neighbourMeters = 0.5;
const leastPoints = 20;

export function naiveFrame(sweep: Sweep, boxes: readonly CuboidShape[]): NaiveFrame {
  const points = placesOf(sweep);
  const ground = boxes.map(({ center }) => lowestAround(points, center));
  const isLabelled = new Uint8Array(points.length / 3);
  const inside = boxes.map((box) => countIn(points, box, 0, isLabelled));
  const shell = boxes.map((box, at) => countIn(points, box, shellMeters) - inside[at]!);
  const before = boxes.map((box) => countBefore(points, box));
  return {
    ...{ inside, shell, ground, before },
    overlaps: overlapsOf(boxes),
    clusters: clustersOf(points, isLabelled, median(ground.filter(Number.isFinite))),
  };
}

function placesOf({ interleaved, strideFloats, position, count, origin }: Sweep): Float64Array {
  const places = new Float64Array(3 * count);
  for (let at = 0; at < count; at++)
    for (let axis = 0; axis < 3; axis++)
      places[3 * at + axis] = interleaved[at * strideFloats + position + axis]! + origin[axis]!;
  return places;
}

function countIn(points: Float64Array, box: CuboidShape, margin: number, marks?: Uint8Array): number {
  const frame = setCuboidFrame(createCuboidFrame(), box);
  let count = 0;
  for (let at = 0; at < points.length; at += 3) {
    if (!isInside(frame, points[at]!, points[at + 1]!, points[at + 2]!, margin)) continue;
    count++;
    if (marks) marks[at / 3] = 1;
  }
  return count;
}

/** The twentieth part of the points around, sorted by height, is taken for the ground. */
function lowestAround(points: Float64Array, [x, y]: readonly number[]): number {
  const heights: number[] = [];
  for (let at = 0; at < points.length; at += 3)
    if (Math.hypot(points[at]! - x!, points[at + 1]! - y!) < groundMeters) heights.push(points[at + 2]!);
  return heights.sort((a, b) => a - b)[Math.floor(heights.length / 20)] ?? Infinity;
}

function countBefore(points: Float64Array, { center, size }: CuboidShape): number {
  const range = Math.hypot(...center);
  const reach = Math.hypot(...size) / 2;
  const cosine = Math.cos(Math.atan2(reach, range));
  let count = 0;
  for (let at = 0; at < points.length; at += 3) {
    const [x, y, z] = [points[at]!, points[at + 1]!, points[at + 2]!];
    const away = Math.hypot(x, y, z);
    const along = (x * center[0] + y * center[1] + z * center[2]) / (away * range);
    if (away < range - reach && along > cosine) count++;
  }
  return count;
}

function overlapsOf(boxes: readonly CuboidShape[]): number {
  const [a, b] = [new Float64Array(7), new Float64Array(7)];
  let overlaps = 0;
  for (const [at, box] of boxes.entries())
    for (const other of boxes.slice(at + 1)) {
      writeBox(a, 0, box.center, box.size, yawFromQuaternion(box.rotation));
      writeBox(b, 0, other.center, other.size, yawFromQuaternion(other.rotation));
      if (iou3d(a, b) > 0.02 || iouFromAbove(a, b) > 0.5) overlaps++;
    }
  return overlaps;
}

/** Points without a label that stand on the ground, joined to all that lie near them, each asked of each. */
function clustersOf(points: Float64Array, isLabelled: Uint8Array, ground: number): number {
  const free: number[] = [];
  for (let at = 0; at < points.length; at += 3) {
    const height = points[at + 2]! - ground;
    if (isLabelled[at / 3] === 0 && height > 0.3 && height < 4) free.push(at);
  }
  const isTaken = new Uint8Array(free.length);
  let clusters = 0;
  for (let start = 0; start < free.length; start++) {
    if (isTaken[start] === 1) continue;
    isTaken[start] = 1;
    const members = [start];
    for (const member of members) {
      const at = free[member]!;
      for (let other = 0; other < free.length; other++) {
        if (isTaken[other] === 1) continue;
        const to = free[other]!;
        const [dx, dy] = [points[at]! - points[to]!, points[at + 1]! - points[to + 1]!];
        const dz = points[at + 2]! - points[to + 2]!;
        if (dx * dx + dy * dy + dz * dz > neighbourMeters * neighbourMeters) continue;
        isTaken[other] = 1;
        members.push(other);
      }
    }
    if (members.length >= leastPoints) clusters++;
  }
  return clusters;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
