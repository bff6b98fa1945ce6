/**
 * A cuboid as geometry sees it: its corners, faces and edges, and the flat record (`CuboidFrame`) that the inner
 * loops read. Any label row that has centre, size and rotation fits `CuboidShape`.
 */
import type { CuboidColumns } from '../model/labels.ts';
import type { Mat4, Quaternion, Vec3 } from '../model/pose.ts';
import { transformPoint } from './matrix.ts';
import { multiplyQuaternions, quaternionFromRotation, writeRotation } from './rotation.ts';

export interface CuboidShape {
  /** Geometric centre, metres. */
  readonly center: Vec3;
  /** Length, width, height along the cuboid's own x (forward), y (left), z (up). */
  readonly size: Vec3;
  readonly rotation: Quaternion;
}

/**
 * Signs of the eight corners along the cuboid's own axes: front-left-bottom first, counter-clockwise seen from
 * above, then the same at the top.
 */
export const cornerSigns: readonly Vec3[] = [
  [1, 1, -1],
  [-1, 1, -1],
  [-1, -1, -1],
  [1, -1, -1],
  [1, 1, 1],
  [-1, 1, 1],
  [-1, -1, 1],
  [1, -1, 1],
];

/** The twelve edges as pairs of corners: four at the bottom, four at the top, four upright. */
export const cuboidEdges: readonly (readonly [number, number])[] = [
  ...([0, 1, 2, 3] as const).map((corner) => [corner, (corner + 1) % 4] as const),
  ...([0, 1, 2, 3] as const).map((corner) => [4 + corner, 4 + ((corner + 1) % 4)] as const),
  ...([0, 1, 2, 3] as const).map((corner) => [corner, 4 + corner] as const),
];

/** Corners of the front face (own +x), going round. */
export const frontCorners = [0, 3, 7, 4] as const;

/** The six faces in the order of `faceGaps`: front, rear, left, right, top, bottom. */
export const faceNames = ['front', 'rear', 'left', 'right', 'top', 'bottom'] as const;
export type FaceName = (typeof faceNames)[number];

/** Centre (3), half sizes (3), rotation as 3x3 row-major (9). */
export type CuboidFrame = Float64Array;
export const cuboidFrameLength = 15;

export function createCuboidFrame(): CuboidFrame {
  return new Float64Array(cuboidFrameLength);
}

/** Fills `frame` from a shape; the centre is taken relative to `origin` (a sweep's), so stored points compare directly. */
export function setCuboidFrame(frame: CuboidFrame, shape: CuboidShape, origin: Vec3 = zero): CuboidFrame {
  const { center, size, rotation } = shape;
  for (let axis = 0; axis < 3; axis++) {
    frame[axis] = center[axis]! - origin[axis]!;
    frame[3 + axis] = size[axis]! / 2;
  }
  writeRotation(frame, 6, rotation[0], rotation[1], rotation[2], rotation[3]);
  return frame;
}

/** The same from one row of the label columns, without making an object. */
export function setCuboidFrameFromRow(
  frame: CuboidFrame,
  columns: CuboidColumns,
  row: number,
  origin: Vec3 = zero,
): CuboidFrame {
  const { center, size, rotation } = columns;
  for (let axis = 0; axis < 3; axis++) {
    frame[axis] = center[3 * row + axis]! - origin[axis]!;
    frame[3 + axis] = size[3 * row + axis]! / 2;
  }
  const at = 4 * row;
  writeRotation(frame, 6, rotation[at]!, rotation[at + 1]!, rotation[at + 2]!, rotation[at + 3]!);
  return frame;
}

const zero: Vec3 = [0, 0, 0];
const scratchFrame = createCuboidFrame();

/** The eight corners as 24 numbers, in the order of `cornerSigns` and in the space of the shape. */
export function cuboidCorners(shape: CuboidShape, out: Float64Array = new Float64Array(24)): Float64Array {
  const f = setCuboidFrame(scratchFrame, shape);
  for (let corner = 0; corner < 8; corner++) {
    const [sx, sy, sz] = cornerSigns[corner]!;
    const [x, y, z] = [sx * f[3]!, sy * f[4]!, sz * f[5]!];
    for (let axis = 0; axis < 3; axis++) {
      out[3 * corner + axis] = f[axis]! + f[6 + 3 * axis]! * x + f[7 + 3 * axis]! * y + f[8 + 3 * axis]! * z;
    }
  }
  return out;
}

/** The cuboid seen from another space; `bFromA` must be rigid. */
export function transformCuboid(bFromA: Mat4, shape: CuboidShape): CuboidShape {
  return {
    center: transformPoint(bFromA, shape.center),
    size: shape.size,
    rotation: multiplyQuaternions(quaternionFromRotation(bFromA, 4), shape.rotation),
  };
}

/** Numbers that geometry can work with: everything finite, sizes above zero, a rotation of length 1 (within 1e-3). */
export function isUsableShape(shape: CuboidShape): boolean {
  const { center, size, rotation } = shape;
  return (
    center.every(Number.isFinite) &&
    size.every((extent) => Number.isFinite(extent) && extent > 0) &&
    Math.abs(Math.hypot(...rotation) - 1) <= 1e-3
  );
}
