/** A label as it stands in one frame: the cuboid in the lidar's axes, what is said of it, its boxes in the images. */
import { createCuboidFrame, setCuboidFrame } from '../../geometry/cuboid.ts';
import { isInside } from '../../geometry/pointsInCuboid.ts';
import type { Quaternion } from '../../model/pose.ts';
import { type MadeSweep, POINT_FLOATS } from '../lidar/sweep.ts';
import { cos, roundTo, sin, square, wrapAngle } from '../portableMath.ts';
import type { Activity, ClassName, UprightBox } from '../world/actor.ts';
import type { Placement } from '../world/motion.ts';

/** Share of the object that other things hide from the lidar. */
export type Occlusion = 'none' | 'partial' | 'heavy';

export interface MadeBox2d {
  readonly camera: string;
  /** Left, top, right, bottom, pixels; pixel (0, 0) is the centre of the first pixel. */
  readonly ltrb: readonly [number, number, number, number];
  /** Share of the object's pixels that nothing hides. */
  readonly visibility: number;
  /** Cut by the image's border. */
  readonly isTruncated: boolean;
}

export interface MadeLabel {
  readonly object: number;
  readonly className: ClassName;
  /** In the lidar's axes. */
  readonly box: UprightBox;
  /** Points of the sweep inside the box as written. */
  readonly points: number;
  readonly activity: Activity;
  readonly occlusion: Occlusion;
  readonly boxes2d: readonly MadeBox2d[];
}

/** A cuboid as it is written: millimetres, and a quaternion of eight decimals. */
export interface WrittenCuboid {
  readonly center: readonly [number, number, number];
  readonly size: readonly [number, number, number];
  readonly rotation: Quaternion;
  readonly yaw: number;
}

export function written({ center, size, yaw }: UprightBox): WrittenCuboid {
  const millimetres = (value: readonly [number, number, number]) =>
    value.map((v) => roundTo(v, 3)) as [number, number, number];
  const turn = wrapAngle(yaw);
  return {
    center: millimetres(center),
    size: millimetres(size),
    rotation: [0, 0, roundTo(sin(turn / 2), 8), roundTo(cos(turn / 2), 8)],
    yaw: roundTo(turn, 6),
  };
}

const frame = createCuboidFrame();

/** Points inside the box as written: full rotation, faces inclusive, in doubles. */
export function countInside(sweep: MadeSweep, box: UprightBox): number {
  setCuboidFrame(frame, written(box));
  let inside = 0;
  const { rows, count } = sweep;
  for (let at = 0; at < POINT_FLOATS * count; at += POINT_FLOATS)
    if (isInside(frame, rows[at]!, rows[at + 1]!, rows[at + 2]!)) inside++;
  return inside;
}

/** The same box seen from the lidar. */
export function boxFromWorld(box: UprightBox, lidar: Placement): UprightBox {
  const c = cos(lidar.yaw);
  const s = sin(lidar.yaw);
  const dx = box.center[0] - lidar.x;
  const dy = box.center[1] - lidar.y;
  return {
    center: [c * dx + s * dy, -s * dx + c * dy, box.center[2] - lidar.z],
    size: box.size,
    yaw: box.yaw - lidar.yaw,
  };
}

export function boxToWorld(box: UprightBox, lidar: Placement): UprightBox {
  const c = cos(lidar.yaw);
  const s = sin(lidar.yaw);
  return {
    center: [
      lidar.x + c * box.center[0] - s * box.center[1],
      lidar.y + s * box.center[0] + c * box.center[1],
      lidar.z + box.center[2],
    ],
    size: box.size,
    yaw: box.yaw + lidar.yaw,
  };
}

/** Ground distance from the sensor to the box's centre. */
export function rangeOf(box: UprightBox): number {
  return Math.sqrt(square(box.center[0]) + square(box.center[1]));
}
