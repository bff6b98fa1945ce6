/** Waymo's range images as points: a row per beam from the highest down, a column per direction from behind around. */
import type { Mat4 } from '../../model/pose.ts';

export interface RangeImage {
  readonly height: number;
  readonly width: number;
  /** Range in metres, intensity, elongation and a flag for each pixel, row by row. */
  readonly values: ArrayLike<number>;
}

/** Numbers of one pixel of a range image, and of an image of poses. */
export const RANGE_CHANNELS = 4;
export const POSE_CHANNELS = 6;

export interface LaserPlace {
  /** Vehicle from the laser. */
  readonly extrinsic: Mat4;
  /** Angle of each row above the laser's horizon, from the top row down; radians. */
  readonly inclinations: ArrayLike<number>;
  /**
   * Roll, pitch, yaw and position in the world of the vehicle as each pixel was taken, and the frame's vehicle from
   * the world; null where the sweep is taken as if at once.
   */
  readonly motion: { readonly poses: ArrayLike<number>; readonly vehicleFromWorld: Mat4 } | null;
}

/** `values`, or evenly spread angles between the two ends; turned around, since files state them from the lowest up. */
export function rowInclinations(
  values: ArrayLike<number> | null,
  min: number,
  max: number,
  height: number,
): number[] | null {
  if (values && values.length === height) return Array.from(values).reverse();
  if (!Number.isFinite(min) || !Number.isFinite(max)) return null;
  return Array.from({ length: height }, (_, row) => ((height - row - 0.5) / height) * (max - min) + min);
}

/** Pixels that hold a return. */
export function countReturns({ values, height, width }: RangeImage): number {
  let count = 0;
  for (let pixel = 0; pixel < height * width; pixel++) if (values[pixel * RANGE_CHANNELS]! > 0) count++;
  return count;
}

/** Floats of a written point: x, y, z in the frame's vehicle, intensity, row of the beam. */
export const POINT_FLOATS = 5;

/** Writes a point for each return from `out[at]` on, and answers where the next would go. */
export function writeReturns(image: RangeImage, place: LaserPlace, out: Float32Array, at: number): number {
  const { values, height, width } = image;
  const { extrinsic: e, inclinations, motion } = place;
  const correction = Math.atan2(e[4]!, e[0]!);
  const cosines = new Float64Array(width);
  const sines = new Float64Array(width);
  for (let column = 0; column < width; column++) {
    const azimuth = ((2 * (width - column - 0.5)) / width - 1) * Math.PI - correction;
    cosines[column] = Math.cos(azimuth);
    sines[column] = Math.sin(azimuth);
  }
  const point = new Float64Array(3);
  let to = at;
  for (let row = 0; row < height; row++) {
    const [level, rise] = [Math.cos(inclinations[row]!), Math.sin(inclinations[row]!)];
    for (let column = 0; column < width; column++) {
      const pixel = row * width + column;
      const range = values[pixel * RANGE_CHANNELS]!;
      if (!(range > 0)) continue;
      const x = range * cosines[column]! * level;
      const y = range * sines[column]! * level;
      const z = range * rise;
      point[0] = e[0]! * x + e[1]! * y + e[2]! * z + e[3]!;
      point[1] = e[4]! * x + e[5]! * y + e[6]! * z + e[7]!;
      point[2] = e[8]! * x + e[9]! * y + e[10]! * z + e[11]!;
      if (motion) carry(point, motion.poses, pixel * POSE_CHANNELS, motion.vehicleFromWorld);
      out[to] = point[0];
      out[to + 1] = point[1];
      out[to + 2] = point[2];
      out[to + 3] = values[pixel * RANGE_CHANNELS + 1]!;
      out[to + 4] = row;
      to += POINT_FLOATS;
    }
  }
  return to;
}

/** From the vehicle as the pixel was taken, through the world, into the frame's vehicle. R = Rz(yaw) Ry(pitch) Rx(roll). */
function carry(point: Float64Array, poses: ArrayLike<number>, at: number, vehicleFromWorld: Mat4): void {
  const [sr, cr] = [Math.sin(poses[at]!), Math.cos(poses[at]!)];
  const [sp, cp] = [Math.sin(poses[at + 1]!), Math.cos(poses[at + 1]!)];
  const [sy, cy] = [Math.sin(poses[at + 2]!), Math.cos(poses[at + 2]!)];
  const [x, y, z] = [point[0]!, point[1]!, point[2]!];
  const worldX = cy * cp * x + (cy * sp * sr - sy * cr) * y + (cy * sp * cr + sy * sr) * z + poses[at + 3]!;
  const worldY = sy * cp * x + (sy * sp * sr + cy * cr) * y + (sy * sp * cr - cy * sr) * z + poses[at + 4]!;
  const worldZ = -sp * x + cp * sr * y + cp * cr * z + poses[at + 5]!;
  const m = vehicleFromWorld;
  point[0] = m[0]! * worldX + m[1]! * worldY + m[2]! * worldZ + m[3]!;
  point[1] = m[4]! * worldX + m[5]! * worldY + m[6]! * worldZ + m[7]!;
  point[2] = m[8]! * worldX + m[9]! * worldY + m[10]! * worldZ + m[11]!;
}
