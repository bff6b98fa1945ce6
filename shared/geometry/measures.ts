/** What an auditor measures by hand: lengths, angles and heights between clicked points. Metres and radians. */
import type { Quaternion, Vec3 } from '../model/pose.ts';
import type { CuboidShape } from './cuboid.ts';
import { rotationFromQuaternion, wrapAngle } from './rotation.ts';

/** A way along a label's own axes: forward, left, up. */
export interface LabelParts {
  readonly along: number;
  readonly across: number;
  readonly up: number;
}

export function distanceBetween(from: Vec3, to: Vec3): number {
  return Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]);
}

/** The way between two points of the label's space, in the label's own axes. */
export function partsInLabel(from: Vec3, to: Vec3, rotation: Quaternion): LabelParts {
  const r = rotationFromQuaternion(rotation);
  const way = [to[0] - from[0], to[1] - from[1], to[2] - from[2]] as const;
  const along = (axis: number): number => way[0] * r[axis]! + way[1] * r[3 + axis]! + way[2] * r[6 + axis]!;
  return { along: along(0), across: along(1), up: along(2) };
}

/** Angle at `corner` between the ways to two points, [0, pi]; null where one of them is the corner itself. */
export function angleAt(corner: Vec3, first: Vec3, second: Vec3): number | null {
  const a = wayOf(corner, first);
  const b = wayOf(corner, second);
  if (Math.hypot(...a) === 0 || Math.hypot(...b) === 0) return null;
  // By both products: the arc cosine alone loses small angles.
  return Math.atan2(Math.hypot(...cross(a, b)), a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}

/**
 * How far a line through two points is turned from the label's heading about the label's own upward axis, in
 * (-pi/2, pi/2]: positive to the left. A line has no front, so it never differs by more than a right angle. Null
 * where it stands upright on the label's floor.
 */
export function angleFromHeading(from: Vec3, to: Vec3, rotation: Quaternion): number | null {
  const { along, across } = partsInLabel(from, to, rotation);
  if (Math.hypot(along, across) < 1e-9) return null;
  const angle = Math.atan2(across, along);
  if (angle > Math.PI / 2) return wrapAngle(angle - Math.PI);
  return angle <= -Math.PI / 2 ? wrapAngle(angle + Math.PI) : angle;
}

/** Middle of a cuboid's floor. */
export function floorOf({ center, size, rotation }: CuboidShape): Vec3 {
  const r = rotationFromQuaternion(rotation);
  const half = size[2] / 2;
  return [center[0] - half * r[2]!, center[1] - half * r[5]!, center[2] - half * r[8]!];
}

/** The place on a ray nearest to a point: metres along it, and metres beside it. `direction` has length 1. */
export function besideRay(
  origin: Vec3,
  direction: Vec3,
  point: Vec3,
): { readonly along: number; readonly aside: number } {
  const way = wayOf(origin, point);
  const along = way[0] * direction[0] + way[1] * direction[1] + way[2] * direction[2];
  return { along, aside: Math.hypot(...cross(way, direction)) };
}

function wayOf(from: Vec3, to: Vec3): Vec3 {
  return [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
}

function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
