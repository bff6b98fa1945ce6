/**
 * Rotations: quaternion (x, y, z, w) to and from a 3x3 matrix (9 numbers, row-major), Euler angles and yaw.
 * Right-handed, radians. Yaw turns counter-clockwise about +z, 0 along +x.
 */
import type { Quaternion } from '../model/pose.ts';

export const identityRotation: Quaternion = [0, 0, 0, 1];

/** The same angle in (-pi, pi]. */
export function wrapAngle(radians: number): number {
  if (radians > -Math.PI && radians <= Math.PI) return radians;
  const turned = radians - 2 * Math.PI * Math.round(radians / (2 * Math.PI));
  if (turned <= -Math.PI) return turned + 2 * Math.PI;
  return turned > Math.PI ? turned - 2 * Math.PI : turned;
}

/** Scaled to length 1; `null` where the numbers are no rotation at all (all zero, NaN). */
export function normalizeQuaternion(q: Quaternion): Quaternion | null {
  const norm = Math.hypot(q[0], q[1], q[2], q[3]);
  if (!(norm > 0) || !Number.isFinite(norm)) return null;
  return [q[0] / norm, q[1] / norm, q[2] / norm, q[3] / norm];
}

/** First `right`, then `left`. */
export function multiplyQuaternions(left: Quaternion, right: Quaternion): Quaternion {
  const [ax, ay, az, aw] = left;
  const [bx, by, bz, bw] = right;
  return [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ];
}

export function conjugate(q: Quaternion): Quaternion {
  return [-q[0], -q[1], -q[2], q[3]];
}

/** 3x3 rotation of a unit quaternion, row-major, written into `out` from `at` on. */
export function writeRotation(
  out: Float64Array,
  at: number,
  x: number,
  y: number,
  z: number,
  w: number,
): void {
  out[at] = 1 - 2 * (y * y + z * z);
  out[at + 1] = 2 * (x * y - z * w);
  out[at + 2] = 2 * (x * z + y * w);
  out[at + 3] = 2 * (x * y + z * w);
  out[at + 4] = 1 - 2 * (x * x + z * z);
  out[at + 5] = 2 * (y * z - x * w);
  out[at + 6] = 2 * (x * z - y * w);
  out[at + 7] = 2 * (y * z + x * w);
  out[at + 8] = 1 - 2 * (x * x + y * y);
}

export function rotationFromQuaternion(q: Quaternion): Float64Array {
  const rotation = new Float64Array(9);
  writeRotation(rotation, 0, q[0], q[1], q[2], q[3]);
  return rotation;
}

/**
 * Unit quaternion (w >= 0) of a rotation given by its rows; `stride` 3 for a 3x3, 4 for the rotation part of a
 * 4x4. The largest of the four components is taken first, so that nothing is divided by a small number.
 */
export function quaternionFromRotation(m: ArrayLike<number>, stride: 3 | 4 = 3): Quaternion {
  const [m00, m01, m02] = [m[0]!, m[1]!, m[2]!];
  const [m10, m11, m12] = [m[stride]!, m[stride + 1]!, m[stride + 2]!];
  const [m20, m21, m22] = [m[2 * stride]!, m[2 * stride + 1]!, m[2 * stride + 2]!];
  const squares = [1 + m00 - m11 - m22, 1 - m00 + m11 - m22, 1 - m00 - m11 + m22, 1 + m00 + m11 + m22];
  const largest = squares.indexOf(Math.max(...squares));
  const four = 2 * Math.sqrt(squares[largest] ?? Number.NaN);
  const candidates: Quaternion[] = [
    [four / 4, (m01 + m10) / four, (m02 + m20) / four, (m21 - m12) / four],
    [(m01 + m10) / four, four / 4, (m12 + m21) / four, (m02 - m20) / four],
    [(m02 + m20) / four, (m12 + m21) / four, four / 4, (m10 - m01) / four],
    [(m21 - m12) / four, (m02 - m20) / four, (m10 - m01) / four, four / 4],
  ];
  const [x, y, z, w] = candidates[largest] ?? [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  const norm = Math.hypot(x, y, z, w) * (w < 0 ? -1 : 1);
  return [x / norm, y / norm, z / norm, w / norm];
}

/** Turn about +z only: w >= 0 for yaw in (-pi, pi]. */
export function quaternionFromYaw(yaw: number): Quaternion {
  return [0, 0, Math.sin(yaw / 2), Math.cos(yaw / 2)];
}

/** Heading of the x axis seen from above, in (-pi, pi]; any pitch and roll are left out of account. */
export function yawFromQuaternion(q: Quaternion): number {
  const [x, y, z, w] = q;
  const yaw = Math.atan2(2 * (x * y + z * w), 1 - 2 * (y * y + z * z));
  return yaw === -Math.PI ? Math.PI : yaw;
}

/** R = Rz(yaw) * Ry(pitch) * Rx(roll): roll about x first, each about the fixed axes. */
export function quaternionFromEuler(roll: number, pitch: number, yaw: number): Quaternion {
  const [sr, cr] = [Math.sin(roll / 2), Math.cos(roll / 2)];
  const [sp, cp] = [Math.sin(pitch / 2), Math.cos(pitch / 2)];
  const [sy, cy] = [Math.sin(yaw / 2), Math.cos(yaw / 2)];
  return [
    sr * cp * cy - cr * sp * sy,
    cr * sp * cy + sr * cp * sy,
    cr * cp * sy - sr * sp * cy,
    cr * cp * cy + sr * sp * sy,
  ];
}

/** Largest tilt away from the upright, radians: 0 for a cuboid that is only turned about z. */
export function tiltOf(q: Quaternion): number {
  return Math.acos(Math.min(1, Math.max(-1, 1 - 2 * (q[0] * q[0] + q[1] * q[1]))));
}
