/**
 * Labels that are given in a camera's own axes (x right, y down, z forward). Without a lidar their frame is still to
 * have its z pointing up, so they are placed in the camera's level axes: x forward, y left, z up, same origin.
 */
import { multiplyQuaternions, quaternionFromEuler } from '../../geometry/rotation.ts';
import type { Mat4, Quaternion, Vec3 } from '../../model/pose.ts';

/** Name of the space in `Frame.space`. */
export const LEVEL_SPACE = 'camera-level';

export const cameraFromLevel: Mat4 = [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1];
export const levelFromCamera: Mat4 = [0, 0, 1, 0, -1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 1];

/** A cuboid's own axes in the camera's where all angles are 0: length along x, width along z, height against y. */
const UNTURNED: Quaternion = [Math.SQRT1_2, 0, 0, Math.SQRT1_2];

/**
 * Rotation of a cuboid (own axes: x length, y width, z height) in camera axes, where the file turns it by angles about
 * the camera's x, y and z, in this order, from lying along x with its height against y.
 */
export function rotationInCamera([x, y, z]: Vec3): Quaternion {
  return multiplyQuaternions(quaternionFromEuler(x, y, z), UNTURNED);
}
