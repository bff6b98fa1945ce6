/** Changes of one box: a face moved, the whole moved or turned. All in metres and radians along its own axes. */
import type { Vec3 } from '../model/pose.ts';
import { fromBoxAxes } from './boxAxes.ts';
import type { CuboidShape } from './cuboid.ts';
import { identityRotation, multiplyQuaternions, normalizeQuaternion, quaternionFromYaw } from './rotation.ts';

/** Least extent that an edit leaves, metres: below it a box can hardly be taken hold of again. */
export const leastExtentMeters = 0.05;

/** Moves one face (as in `faceNames`) outwards; the opposite one stays. Never thinner than `leastExtentMeters`. */
export function withFaceMoved(shape: CuboidShape, face: number, outwards: number): CuboidShape {
  const axis = face >> 1;
  const sign = face % 2 === 0 ? 1 : -1;
  const extent = Math.max(leastExtentMeters, shape.size[axis]! + outwards);
  const shift: [number, number, number] = [0, 0, 0];
  shift[axis] = (sign * (extent - shape.size[axis]!)) / 2;
  const size: [number, number, number] = [...shape.size];
  size[axis] = extent;
  return { center: fromBoxAxes(shape, shift), size, rotation: shape.rotation };
}

export function moved(shape: CuboidShape, by: Vec3): CuboidShape {
  return { ...shape, center: fromBoxAxes(shape, by) };
}

/** Turns about the box's own upright axis, counter-clockwise seen from above. */
export function turned(shape: CuboidShape, yaw: number): CuboidShape {
  const rotation = multiplyQuaternions(shape.rotation, quaternionFromYaw(yaw));
  return { ...shape, rotation: normalizeQuaternion(rotation) ?? identityRotation };
}
