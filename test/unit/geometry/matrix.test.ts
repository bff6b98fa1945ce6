import { describe, expect, it } from 'vitest';
import {
  determinant3,
  identityMatrix,
  invert,
  invertRigid,
  isRigid,
  matrixFromPose,
  multiply,
  transformDirection,
  transformPoint,
} from '../../../shared/geometry/matrix.ts';
import {
  conjugate,
  multiplyQuaternions,
  normalizeQuaternion,
  quaternionFromEuler,
  quaternionFromRotation,
  quaternionFromYaw,
  tiltOf,
  wrapAngle,
  yawFromQuaternion,
} from '../../../shared/geometry/rotation.ts';
import type { Mat4, Quaternion } from '../../../shared/model/pose.ts';
import { type SeededRandom, seededRandom } from '../../support/seededRandom.ts';

function randomRotation(random: SeededRandom): Quaternion {
  return normalizeQuaternion([random.normal(), random.normal(), random.normal(), random.normal()])!;
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance = 1e-12): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, index) => {
    expect(Math.abs(value - expected[index]!)).toBeLessThanOrEqual(tolerance);
  });
}

describe('transforms', () => {
  it('reads products right to left', () => {
    const quarterTurn = matrixFromPose(quaternionFromYaw(Math.PI / 2), [0, 0, 0]);
    const shift = matrixFromPose([0, 0, 0, 1], [1, 0, 0]);
    expectClose(transformPoint(multiply(quarterTurn, shift), [1, 0, 0]), [0, 2, 0]);
    expectClose(transformPoint(multiply(shift, quarterTurn), [1, 0, 0]), [1, 1, 0]);
    expectClose(transformDirection(multiply(shift, quarterTurn), [1, 0, 0]), [0, 1, 0]);
  });

  it('undoes rigid and general matrices', () => {
    const random = seededRandom(1);
    for (let round = 0; round < 200; round++) {
      const pose = matrixFromPose(randomRotation(random), [random.between(-9, 9), random.normal(), 4]);
      expectClose(multiply(invertRigid(pose), pose), identityMatrix);
      expectClose(invert(pose)!, invertRigid(pose), 1e-10);
      const general: Mat4 = Array.from({ length: 16 }, () => random.normal());
      expectClose(multiply(invert(general)!, general), identityMatrix, 1e-7);
    }
  });

  it('has no inverse for singular or unusable matrices', () => {
    expect(invert([1, 2, 3, 4, 2, 4, 6, 8, 0, 0, 1, 0, 0, 0, 0, 1])).toBeNull();
    expect(invert([Number.NaN, ...identityMatrix.slice(1)])).toBeNull();
    expect(invert(new Array<number>(16).fill(0))).toBeNull();
  });

  it('tells poses from scaled and mirrored matrices', () => {
    expect(isRigid(matrixFromPose(quaternionFromEuler(0.1, 0.2, 0.3), [5, 6, 7]))).toBe(true);
    const mirrored = [-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
    expect(determinant3(mirrored)).toBe(-1);
    expect(isRigid(mirrored)).toBe(false);
    expect(isRigid([2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1])).toBe(false);
    expect(isRigid([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0.1, 1])).toBe(false);
  });
});

describe('rotations', () => {
  it('goes from quaternion to matrix and back', () => {
    const random = seededRandom(2);
    for (let round = 0; round < 500; round++) {
      const q = randomRotation(random);
      const sign = q[3] < 0 ? -1 : 1;
      const back = quaternionFromRotation(matrixFromPose(q, [1, 2, 3]), 4);
      expectClose(
        back,
        q.map((value) => sign * value),
      );
    }
    // Half turns: w is 0, and a naive formula divides by it.
    for (const q of [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
    ] as const) {
      expectClose(quaternionFromRotation(matrixFromPose(q, [0, 0, 0]), 4).map(Math.abs), q);
    }
  });

  it('composes like the matrices do', () => {
    const random = seededRandom(3);
    const [a, b] = [randomRotation(random), randomRotation(random)];
    expectClose(
      matrixFromPose(multiplyQuaternions(a, b), [0, 0, 0]),
      multiply(matrixFromPose(a, [0, 0, 0]), matrixFromPose(b, [0, 0, 0])),
    );
    expectClose(multiplyQuaternions(a, conjugate(a)), [0, 0, 0, 1]);
  });

  it('applies roll first, then pitch, then yaw', () => {
    const about = (axis: 0 | 1 | 2, angle: number): Mat4 => {
      const q: [number, number, number, number] = [0, 0, 0, Math.cos(angle / 2)];
      q[axis] = Math.sin(angle / 2);
      return matrixFromPose(q, [0, 0, 0]);
    };
    expectClose(
      matrixFromPose(quaternionFromEuler(0.3, -0.4, 2), [0, 0, 0]),
      multiply(about(2, 2), multiply(about(1, -0.4), about(0, 0.3))),
    );
  });

  it('keeps yaw in (-pi, pi]', () => {
    for (const yaw of [-3.1, -1, 0, 0.5, 3.1, Math.PI]) {
      expect(yawFromQuaternion(quaternionFromYaw(yaw))).toBeCloseTo(yaw, 12);
      expect(yawFromQuaternion(quaternionFromEuler(0.1, 0.2, yaw))).toBeCloseTo(yaw, 12);
    }
    expect(wrapAngle(-Math.PI)).toBe(Math.PI);
    expect(wrapAngle(3 * Math.PI)).toBeCloseTo(Math.PI, 12);
    expect(wrapAngle(-3.5)).toBeCloseTo(2 * Math.PI - 3.5, 12);
    expect(yawFromQuaternion([0, 0, -1, 0])).toBe(Math.PI);
    const random = seededRandom(4);
    for (let round = 0; round < 1000; round++) {
      const angle = random.between(-100, 100);
      const wrapped = wrapAngle(angle);
      expect(wrapped > -Math.PI && wrapped <= Math.PI).toBe(true);
      expect(Math.cos(wrapped)).toBeCloseTo(Math.cos(angle), 10);
    }
  });

  it('measures tilt and refuses nothing-quaternions', () => {
    expect(tiltOf(quaternionFromYaw(1))).toBe(0);
    expect(tiltOf(quaternionFromEuler(0, 0.25, 1))).toBeCloseTo(0.25, 10);
    expect(normalizeQuaternion([0, 0, 0, 0])).toBeNull();
    expect(normalizeQuaternion([Number.NaN, 0, 0, 1])).toBeNull();
    expect(normalizeQuaternion([0, 0, 0, 2])).toEqual([0, 0, 0, 1]);
  });
});
