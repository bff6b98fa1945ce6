/** What a vendor's numbers mean: units, axes and ways to state a turn, brought to metres, radians and x forward, z up. */
import { invert, isRigid } from '../../geometry/matrix.ts';
import { multiplyQuaternions, normalizeQuaternion, quaternionFromRotation } from '../../geometry/rotation.ts';
import type { Mat4, Quaternion, Vec3 } from '../../model/pose.ts';
import { asNumber } from '../jsonValues.ts';
import { levelFromCamera } from '../toolExports/cameraAxes.ts';
import type { axesNames, lengthUnits, RotationMapping } from './mappingDocument.ts';
import { type Row, type ValuePath, valuePath } from './valuePath.ts';

export type AxesName = (typeof axesNames)[number];

/** Metres in one of them. */
export const metresOf: Readonly<Record<(typeof lengthUnits)[number], number>> = { m: 1, cm: 0.01, mm: 0.001 };

/** x forward, y left, z up from the vendor's axes. */
export const levelFromAxes: Readonly<Record<AxesName, Mat4>> = {
  'x-forward-y-left-z-up': [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  'x-right-y-forward-z-up': [0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  'x-right-y-down-z-forward': levelFromCamera,
};

/** The way up in the vendor's axes. */
export const upOf: Readonly<Record<AxesName, Vec3>> = {
  'x-forward-y-left-z-up': [0, 0, 1],
  'x-right-y-forward-z-up': [0, 0, 1],
  'x-right-y-down-z-forward': [0, -1, 0],
};

/** The axis that points forward. */
export const forwardOf: Readonly<Record<AxesName, RotationMapping['zero']>> = {
  'x-forward-y-left-z-up': '+x',
  'x-right-y-forward-z-up': '+y',
  'x-right-y-down-z-forward': '+z',
};

function axisOf(name: RotationMapping['zero']): Vec3 {
  const sign = name[0] === '-' ? -1 : 1;
  return [name[1] === 'x' ? sign : 0, name[1] === 'y' ? sign : 0, name[1] === 'z' ? sign : 0];
}

const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Own axes of an object whose angles are all 0, in the vendor's axes; null where it would look up or down. */
export function unturned(zero: RotationMapping['zero'], axes: AxesName): Quaternion | null {
  const [forward, up] = [axisOf(zero), upOf[axes]];
  const left = cross(up, forward);
  if (left.every((part) => part === 0)) return null;
  return quaternionFromRotation([0, 1, 2].flatMap((row) => [forward[row]!, left[row]!, up[row]!]));
}

function turnAbout([x, y, z]: Vec3, angle: number): Quaternion {
  const sine = Math.sin(angle / 2);
  return [x * sine, y * sine, z * sine, Math.cos(angle / 2)];
}

const NO_ROTATION: Quaternion = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];

/** Reads the turn of a row, in the vendor's axes. Numbers that are missing make it NaN. */
export function rotationReader(mapping: RotationMapping, axes: AxesName): (row: Row) => Quaternion {
  const rest = unturned(mapping.zero, axes);
  const factor = mapping.unit === 'degrees' ? Math.PI / 180 : 1;
  const sign = mapping.sign === 'cw' ? -1 : 1;
  const part = (field: string | null) => numberReader(field);
  if (rest === null) return () => NO_ROTATION;
  if (mapping.kind === 'none') return () => rest;
  if (mapping.kind === 'yaw') {
    const yaw = part(mapping.yaw);
    return (row) => multiplyQuaternions(turnAbout(upOf[axes], sign * factor * yaw(row)), rest);
  }
  const parts = { x: part(mapping.x), y: part(mapping.y), z: part(mapping.z) };
  if (mapping.kind === 'euler') {
    const order = [...mapping.order] as ('x' | 'y' | 'z')[];
    return (row) =>
      order.reduce(
        (turned, axis) =>
          multiplyQuaternions(turnAbout(axisOf(`+${axis}`), sign * factor * parts[axis](row)), turned),
        rest,
      );
  }
  const w = part(mapping.w);
  return (row) => {
    const [x, y, z] = [parts.x(row), parts.y(row), parts.z(row)];
    const quaternion = normalizeQuaternion([sign * x, sign * y, sign * z, w(row)]);
    return quaternion ? multiplyQuaternions(quaternion, rest) : NO_ROTATION;
  };
}

/** The number of a field, NaN where there is none. */
export function numberReader(field: string | null): (row: Row) => number {
  if (field === null) return () => Number.NaN;
  const path: ValuePath = valuePath(field);
  return (row) => asNumber(path.of(row)) ?? Number.NaN;
}

/** A given matrix where it is rigid, else the turn that the axes mean. */
export function placementOf(given: readonly number[] | null, axes: AxesName): Mat4 {
  return given !== null && isRigid(given) ? given : levelFromAxes[axes];
}

/** 16 numbers of a 4x4 or 3x4 in one list; null where they are no rigid motion. */
export function rigidOf(numbers: readonly number[] | null, metres: number): Mat4 | null {
  if (numbers === null || (numbers.length !== 12 && numbers.length !== 16)) return null;
  const matrix = [...numbers.slice(0, 12), ...(numbers.length === 16 ? numbers.slice(12) : [0, 0, 0, 1])];
  for (const at of [3, 7, 11]) matrix[at]! *= metres;
  return isRigid(matrix) && invert(matrix) !== null ? matrix : null;
}
