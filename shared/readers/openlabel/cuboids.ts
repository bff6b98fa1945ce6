/** Cuboid and box values of OpenLABEL as the canonical model holds them. */
import { transformCuboid } from '../../geometry/cuboid.ts';
import {
  multiplyQuaternions,
  normalizeQuaternion,
  quaternionFromEuler,
  quaternionFromRotation,
} from '../../geometry/rotation.ts';
import type { Mat4, Quaternion, Vec3 } from '../../model/pose.ts';
import { asNumbers } from '../jsonValues.ts';

export interface PlacedCuboid {
  readonly center: Vec3;
  readonly size: Vec3;
  readonly rotation: Quaternion;
}

/** Nine values (Euler angles, R = Rz Ry Rx) or ten (quaternion x, y, z, w); null for anything else. */
export function cuboidFromValue(value: unknown): PlacedCuboid | null {
  const numbers = asNumbers(value, 9, 10);
  if (!numbers) return null;
  const [x, y, z, ...rest] = numbers as [number, number, number, ...number[]];
  const size = rest.slice(-3) as unknown as Vec3;
  const rotation =
    rest.length === 6
      ? quaternionFromEuler(rest[0]!, rest[1]!, rest[2]!)
      : (normalizeQuaternion(rest.slice(0, 4) as unknown as Quaternion) ?? ([0, 0, 0, 0] as const));
  return { center: [x, y, z], size, rotation };
}

/**
 * How the axes of a cuboid are to be renamed so that its z is the one that points up, when its sizes follow a
 * coordinate system that stands otherwise in space: in camera axes the height lies along y, which points down.
 */
interface AxisTurn {
  readonly rotation: Quaternion;
  /** Which written size becomes length, width and height. */
  readonly order: readonly [0 | 1 | 2, 0 | 1 | 2, 0 | 1 | 2];
}

const UPRIGHT: AxisTurn = { rotation: [0, 0, 0, 1], order: [0, 1, 2] };

/** Decided by the two systems, never by one cuboid: a cuboid on a slope is not renamed. */
export function axisTurn(spaceFromSystem: Mat4): AxisTurn {
  const [x, y, z] = [spaceFromSystem[8]!, spaceFromSystem[9]!, spaceFromSystem[10]!];
  const steepest = Math.max(Math.abs(x), Math.abs(y), Math.abs(z));
  if (Math.abs(z) === steepest) return UPRIGHT;
  const sign = Math.sign(steepest === Math.abs(y) ? y : x);
  // Columns are the new x, y, z in the written axes; the new z is the written axis that is vertical, pointing up.
  return steepest === Math.abs(y)
    ? { rotation: quaternionFromRotation([1, 0, 0, 0, 0, sign, 0, -sign, 0]), order: [0, 2, 1] }
    : { rotation: quaternionFromRotation([0, 0, sign, 1, 0, 0, 0, sign, 0]), order: [1, 2, 0] };
}

/** A cuboid written in one system, in the space of the frame's points and standing on its own z. */
export function placeCuboid(cuboid: PlacedCuboid, spaceFromSystem: Mat4): PlacedCuboid {
  const turn = axisTurn(spaceFromSystem);
  const placed = transformCuboid(spaceFromSystem, cuboid);
  const [length, width, height] = turn.order.map((axis) => cuboid.size[axis]!) as [number, number, number];
  return {
    center: placed.center,
    size: [length, width, height],
    rotation: turn === UPRIGHT ? placed.rotation : multiplyQuaternions(placed.rotation, turn.rotation),
  };
}

/** Left, top, right, bottom of `bbox` (centre x, y, width, height) or of `rbbox` (and an angle): its upright hull. */
export function ltrbFromValue(value: unknown): [number, number, number, number] | null {
  const numbers = asNumbers(value, 4, 5);
  if (!numbers) return null;
  const [x, y, w, h, angle = 0] = numbers as [number, number, number, number, number?];
  const [s, c] = [Math.abs(Math.sin(angle)), Math.abs(Math.cos(angle))];
  const [halfWidth, halfHeight] = [(w * c + h * s) / 2, (w * s + h * c) / 2];
  return [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight];
}
