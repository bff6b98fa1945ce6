/**
 * A box as a lidar sees it: beams from the sensor's place, ring by ring, meet the box, its neighbours and the ground;
 * what is nearer hides what is behind. Range noise is normal.
 */
import type { CuboidShape } from '../../shared/geometry/cuboid.ts';
import { rayToCuboid } from '../../shared/geometry/ray.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import type { SeededRandom } from './seededRandom.ts';

export interface Scan {
  /** What returns beams; the first is the object. */
  readonly boxes: readonly CuboidShape[];
  /** Height of the ground at the sensor and its rise along x. */
  readonly ground: { readonly height: number; readonly rise: number };
  /** Of the range, standard deviation in metres. */
  readonly noise: number;
  /** Angle between beams along a ring, and between rings, radians. */
  readonly step: readonly [number, number];
  /** Beams near the object only: half the angle looked at, radians. */
  readonly aperture: number;
}

export function scan(
  { boxes, ground, noise, step, aperture }: Scan,
  sensor: Vec3,
  random: SeededRandom,
): Float64Array {
  const object = boxes[0]!;
  const middle = Math.atan2(object.center[1] - sensor[1], object.center[0] - sensor[0]);
  const points: number[] = [];
  for (let azimuth = middle - aperture; azimuth <= middle + aperture; azimuth += step[0]) {
    for (let elevation = -0.45; elevation <= 0.15; elevation += step[1]) {
      const level = Math.cos(elevation);
      const direction: Vec3 = [level * Math.cos(azimuth), level * Math.sin(azimuth), Math.sin(elevation)];
      let range = toGround(sensor, direction, ground);
      for (const box of boxes)
        range = Math.min(range, rayToCuboid({ origin: sensor, direction }, box) ?? range);
      if (!(range < 80)) continue;
      const measured = range + noise * random.normal();
      points.push(...sensor.map((value, axis) => value + measured * direction[axis]!));
    }
  }
  return Float64Array.from(points);
}

function toGround(sensor: Vec3, direction: Vec3, { height, rise }: Scan['ground']): number {
  const falling = direction[2] - rise * direction[0];
  if (falling >= 0) return Number.POSITIVE_INFINITY;
  return (height + rise * sensor[0] - sensor[2]) / falling;
}
