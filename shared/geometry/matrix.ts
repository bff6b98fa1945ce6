/**
 * 4x4 transforms as in the canonical model: 16 numbers, row-major, `aFromB` maps column vectors of B to A.
 * Products therefore read right to left: `multiply(cFromB, bFromA)` is `cFromA`.
 */
import type { Mat4, Quaternion, Vec3 } from '../model/pose.ts';
import { rotationFromQuaternion } from './rotation.ts';

export const identityMatrix: Mat4 = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

export function multiply(left: Mat4, right: Mat4): Mat4 {
  const product = new Array<number>(16);
  for (let row = 0; row < 16; row += 4) {
    for (let column = 0; column < 4; column++) {
      product[row + column] =
        left[row]! * right[column]! +
        left[row + 1]! * right[4 + column]! +
        left[row + 2]! * right[8 + column]! +
        left[row + 3]! * right[12 + column]!;
    }
  }
  return product;
}

/** `parentFromChild` of a pose: a unit quaternion and the child's origin in the parent, metres. */
export function matrixFromPose(rotation: Quaternion, translation: Vec3): Mat4 {
  const r = rotationFromQuaternion(rotation);
  return [
    ...[r[0]!, r[1]!, r[2]!, translation[0]],
    ...[r[3]!, r[4]!, r[5]!, translation[1]],
    ...[r[6]!, r[7]!, r[8]!, translation[2]],
    ...[0, 0, 0, 1],
  ];
}

/** Inverse of a rotation with a translation, by transposing: exact where the matrix is rigid, wrong elsewhere. */
export function invertRigid(m: Mat4): Mat4 {
  const [x, y, z] = [m[3]!, m[7]!, m[11]!];
  return [
    ...[m[0]!, m[4]!, m[8]!, -(m[0]! * x + m[4]! * y + m[8]! * z)],
    ...[m[1]!, m[5]!, m[9]!, -(m[1]! * x + m[5]! * y + m[9]! * z)],
    ...[m[2]!, m[6]!, m[10]!, -(m[2]! * x + m[6]! * y + m[10]! * z)],
    ...[0, 0, 0, 1],
  ];
}

/**
 * Inverse of any 4x4 matrix, affine and projective ones included (Gauss-Jordan with partial pivoting).
 * `null` where there is none: a singular matrix, or one that holds NaN or infinity.
 */
export function invert(m: Mat4): Mat4 | null {
  const work = Float64Array.from(m);
  const inverse = Float64Array.from(identityMatrix);
  for (let column = 0; column < 4; column++) {
    let pivotRow = column;
    for (let row = column + 1; row < 4; row++) {
      if (Math.abs(work[4 * row + column]!) > Math.abs(work[4 * pivotRow + column]!)) pivotRow = row;
    }
    const pivot = work[4 * pivotRow + column]!;
    if (!(Math.abs(pivot) > 0) || !Number.isFinite(pivot)) return null;
    swapRows(work, pivotRow, column);
    swapRows(inverse, pivotRow, column);
    for (let k = 0; k < 4; k++) {
      work[4 * column + k]! /= pivot;
      inverse[4 * column + k]! /= pivot;
    }
    for (let row = 0; row < 4; row++) {
      const factor = row === column ? 0 : work[4 * row + column]!;
      if (factor === 0) continue;
      for (let k = 0; k < 4; k++) {
        work[4 * row + k]! -= factor * work[4 * column + k]!;
        inverse[4 * row + k]! -= factor * inverse[4 * column + k]!;
      }
    }
  }
  return inverse.every(Number.isFinite) ? Array.from(inverse) : null;
}

function swapRows(m: Float64Array, a: number, b: number): void {
  if (a === b) return;
  for (let k = 0; k < 4; k++) {
    const kept = m[4 * a + k]!;
    m[4 * a + k] = m[4 * b + k]!;
    m[4 * b + k] = kept;
  }
}

/** Rotation part orthonormal and right-handed within `tolerance`, last row 0 0 0 1: a pose, nothing scaled. */
export function isRigid(m: Mat4, tolerance = 1e-3): boolean {
  if (m[12] !== 0 || m[13] !== 0 || m[14] !== 0 || m[15] !== 1) return false;
  return rigidDeviation(m) <= tolerance;
}

/**
 * How far the columns of the rotation part are from being at right angles and of length 1: largest difference of their
 * products from those of a rotation. At least 1 where it is a mirror image, or no numbers at all.
 */
export function rigidDeviation(m: Mat4): number {
  let largest = determinant3(m) > 0 ? 0 : 1;
  for (let a = 0; a < 3; a++) {
    for (let b = a; b < 3; b++) {
      const dot = m[a]! * m[b]! + m[4 + a]! * m[4 + b]! + m[8 + a]! * m[8 + b]!;
      largest = Math.max(largest, Math.abs(dot - (a === b ? 1 : 0)));
    }
  }
  return Number.isFinite(largest) ? largest : Number.MAX_VALUE;
}

/** Determinant of the upper left 3x3: 1 for a rotation, -1 for a mirror image. */
export function determinant3(m: Mat4): number {
  return (
    m[0]! * (m[5]! * m[10]! - m[6]! * m[9]!) -
    m[1]! * (m[4]! * m[10]! - m[6]! * m[8]!) +
    m[2]! * (m[4]! * m[9]! - m[5]! * m[8]!)
  );
}

/** `m` applied to a point (rotation and translation; the last row is taken as 0 0 0 1). */
export function transformPoint(m: Mat4, point: Vec3): Vec3 {
  const [x, y, z] = point;
  return [
    m[0]! * x + m[1]! * y + m[2]! * z + m[3]!,
    m[4]! * x + m[5]! * y + m[6]! * z + m[7]!,
    m[8]! * x + m[9]! * y + m[10]! * z + m[11]!,
  ];
}

/** `m` applied to a direction: no translation. */
export function transformDirection(m: Mat4, direction: Vec3): Vec3 {
  const [x, y, z] = direction;
  return [
    m[0]! * x + m[1]! * y + m[2]! * z,
    m[4]! * x + m[5]! * y + m[6]! * z,
    m[8]! * x + m[9]! * y + m[10]! * z,
  ];
}
