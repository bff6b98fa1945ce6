/** Poses as exports write them: a position as `{x, y, z}` and a quaternion as `{x, y, z, w}` or `{qx, qy, qz, qw}`. */
import { matrixFromPose } from '../../geometry/matrix.ts';
import { normalizeQuaternion } from '../../geometry/rotation.ts';
import type { Mat4, Quaternion } from '../../model/pose.ts';
import { asNumber, asRecord } from '../jsonValues.ts';
import { isWhole, vectorOf } from './fields.ts';

export function quaternionOf(value: unknown): Quaternion | null {
  const record = asRecord(value);
  const component = (name: string) => asNumber(record?.[`q${name}`] ?? record?.[name]) ?? Number.NaN;
  const quaternion: Quaternion = [component('x'), component('y'), component('z'), component('w')];
  return isWhole(quaternion) ? normalizeQuaternion(quaternion) : null;
}

/** `outer from own`: null where a number is missing or the quaternion is none. */
export function poseOf(position: unknown, rotation: unknown): Mat4 | null {
  const [translation, quaternion] = [vectorOf(position), quaternionOf(rotation)];
  return quaternion && isWhole(translation) ? matrixFromPose(quaternion, translation) : null;
}
