/** The three spellings of a transform: matrix, quaternion with translation, Euler angles with translation. */
import { isRigid, matrixFromPose } from '../../geometry/matrix.ts';
import { multiplyQuaternions, normalizeQuaternion } from '../../geometry/rotation.ts';
import type { Mat4, Quaternion, Vec3 } from '../../model/pose.ts';
import { asNumbers, asRecord, asText } from '../jsonValues.ts';

/** Files carry rounded matrices; one further from a rotation than this is another thing. */
const RIGID_TOLERANCE = 1e-2;

function aboutAxis(axis: string, angle: number): Quaternion {
  const [s, c] = [Math.sin(angle / 2), Math.cos(angle / 2)];
  return [axis === 'X' ? s : 0, axis === 'Y' ? s : 0, axis === 'Z' ? s : 0, c];
}

/** R = R(first axis) R(second) R(third), the angles listed in the order of the sequence; `ZYX` when none is given. */
function fromEuler(angles: readonly number[], sequence: string): Quaternion | null {
  if (!/^[XYZ]{3}$/.test(sequence)) return null;
  const [first, second, third] = angles.map((angle, i) => aboutAxis(sequence[i]!, angle));
  return multiplyQuaternions(multiplyQuaternions(first!, second!), third!);
}

/** Null when nothing is given, 'bad' when what is given is no rigid transform. */
export function transformFrom(value: unknown): Mat4 | null | 'bad' {
  const record = asRecord(value);
  if (!record) return value === undefined || value === null ? null : 'bad';
  if (record.matrix4x4 !== undefined) {
    const matrix = asNumbers(record.matrix4x4, 16);
    return matrix && isRigid(matrix, RIGID_TOLERANCE) ? matrix : 'bad';
  }
  const translation = asNumbers(record.translation ?? [0, 0, 0], 3) as Vec3 | null;
  const quaternion = asNumbers(record.quaternion, 4) as Quaternion | null;
  const euler = asNumbers(record.euler_angles, 3);
  const sequence = (asText(record.sequence) ?? 'ZYX').toUpperCase();
  const rotation = quaternion ? normalizeQuaternion(quaternion) : euler && fromEuler(euler, sequence);
  return rotation && translation ? matrixFromPose(rotation, translation) : 'bad';
}
