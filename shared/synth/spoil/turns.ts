/** Small turns of a shape, from arithmetic that is the same on every machine. */
import type { CuboidShape } from '../../geometry/cuboid.ts';
import { multiplyQuaternions } from '../../geometry/rotation.ts';
import type { Quaternion } from '../../model/pose.ts';
import { cos, sin } from '../portableMath.ts';

export function turnAbout(axis: 0 | 1 | 2, radians: number): Quaternion {
  const s = sin(radians / 2);
  return [axis === 0 ? s : 0, axis === 1 ? s : 0, axis === 2 ? s : 0, cos(radians / 2)];
}

/** Turned about one of its own axes, through its centre. */
export function turned(shape: CuboidShape, axis: 0 | 1 | 2, radians: number): CuboidShape {
  return { ...shape, rotation: unit(multiplyQuaternions(shape.rotation, turnAbout(axis, radians))) };
}

function unit([x, y, z, w]: Quaternion): Quaternion {
  const norm = Math.sqrt(x * x + y * y + z * z + w * w);
  return [x / norm, y / norm, z / norm, w / norm];
}
