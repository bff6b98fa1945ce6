/**
 * How far the label's faces stand beyond its points, for the faces the sensor can have seen: a hidden face says
 * nothing, since no points were to be had there.
 */
import type { CuboidShape } from '../../../shared/geometry/cuboid.ts';
import { type FaceName, faceNames } from '../../../shared/geometry/cuboid.ts';
import type { FaceGaps } from '../../../shared/geometry/faceGaps.ts';
import { rotationFromQuaternion } from '../../../shared/geometry/rotation.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';

export interface FaceFinding {
  readonly face: FaceName;
  /** As in `faceNames`. */
  readonly at: number;
  /** From the face inwards to the nearest point. */
  readonly meters: number;
  readonly limitMeters: number | null;
  readonly isOver: boolean;
}

/** Below this many points the gaps say nothing about the shape. */
export const fewestPoints = 5;
/** A face seen more flatly than this (degrees from its plane) returns too few points to measure by. */
const flattestDegrees = 12;

/**
 * Worst first: by the share of the limit, or by metres where there is none. `limits` are along the label's own
 * axes; `sensor` is in the space of the shape.
 */
export function faceFindings(
  shape: CuboidShape,
  gaps: FaceGaps,
  limits: readonly [number, number, number] | null,
  sensor: Vec3,
): FaceFinding[] {
  if (gaps.inside < fewestPoints) return [];
  return faceNames
    .flatMap((face, at): FaceFinding[] => {
      const meters = gaps.inward[at]!;
      // The underside stands on the ground, whose points reach into the box.
      if (face === 'bottom' || !Number.isFinite(meters) || !isSeen(shape, at, sensor)) return [];
      const limitMeters = limits ? limits[at >> 1]! : null;
      return [{ face, at, meters, limitMeters, isOver: limitMeters !== null && meters > limitMeters }];
    })
    .sort((a, b) => b.meters / (b.limitMeters ?? 1) - a.meters / (a.limitMeters ?? 1));
}

function isSeen(shape: CuboidShape, face: number, sensor: Vec3): boolean {
  const axis = face >> 1;
  const sign = face % 2 === 0 ? 1 : -1;
  const r = rotationFromQuaternion(shape.rotation);
  const normal: Vec3 = [sign * r[axis]!, sign * r[3 + axis]!, sign * r[6 + axis]!];
  const half = shape.size[axis]! / 2;
  const way = sensor.map((value, at) => value - (shape.center[at]! + half * normal[at]!));
  const distance = Math.hypot(...way);
  if (distance === 0) return false;
  const sine = way.reduce((sum, value, at) => sum + value * normal[at]!, 0) / distance;
  return sine > Math.sin((flattestDegrees * Math.PI) / 180);
}
