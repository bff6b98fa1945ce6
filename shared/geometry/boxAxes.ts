/** Places told along a box's own axes (forward, left, up from its centre) and back again. */
import type { Vec3 } from '../model/pose.ts';
import type { CuboidShape } from './cuboid.ts';
import { rotationFromQuaternion } from './rotation.ts';

/** The place `along`, `across`, `up` metres from the box's centre, in the space of the shape. */
export function fromBoxAxes({ center, rotation }: CuboidShape, [along, across, up]: Vec3): Vec3 {
  const r = rotationFromQuaternion(rotation);
  return [
    center[0] + r[0]! * along + r[1]! * across + r[2]! * up,
    center[1] + r[3]! * along + r[4]! * across + r[5]! * up,
    center[2] + r[6]! * along + r[7]! * across + r[8]! * up,
  ];
}

/** A place of the shape's space along, across and up from the box's centre, metres. */
export function inBoxAxes(shape: CuboidShape, place: Vec3): Vec3 {
  const { center } = shape;
  return directionInBoxAxes(shape, [place[0] - center[0], place[1] - center[1], place[2] - center[2]]);
}

/** A direction of the shape's space in the box's own axes; its length stays. */
export function directionInBoxAxes({ rotation }: CuboidShape, [x, y, z]: Vec3): Vec3 {
  const r = rotationFromQuaternion(rotation);
  return [
    r[0]! * x + r[3]! * y + r[6]! * z,
    r[1]! * x + r[4]! * y + r[7]! * z,
    r[2]! * x + r[5]! * y + r[8]! * z,
  ];
}
