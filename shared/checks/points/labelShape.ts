/** A label as the checks of points draw it: its shape, and places on its faces. */
import type { CuboidShape } from '../../geometry/cuboid.ts';
import { rotationFromQuaternion } from '../../geometry/rotation.ts';
import type { Vec3 } from '../../model/pose.ts';
import type { Evidence } from '../evidence.ts';
import type { CheckScene } from '../scene.ts';

export function shapeOfRow({ index }: CheckScene, row: number): CuboidShape {
  const { center, size, rotation } = index.labels.cuboids;
  return {
    center: [center[3 * row]!, center[3 * row + 1]!, center[3 * row + 2]!],
    size: [size[3 * row]!, size[3 * row + 1]!, size[3 * row + 2]!],
    rotation: [rotation[4 * row]!, rotation[4 * row + 1]!, rotation[4 * row + 2]!, rotation[4 * row + 3]!],
  };
}

/** A distance behind (positive) or before one of the label's faces, in the order of `faceNames`, in its middle. */
export function segmentAtFace(scene: CheckScene, row: number, face: number, meters: number): Evidence {
  const { center, size, rotation } = shapeOfRow(scene, row);
  const turn = rotationFromQuaternion(rotation);
  const axis = face >> 1;
  const sign = face % 2 === 0 ? 1 : -1;
  const place = (along: number): [number, number, number] => [
    center[0] + sign * along * turn[axis]!,
    center[1] + sign * along * turn[3 + axis]!,
    center[2] + sign * along * turn[6 + axis]!,
  ];
  const half = size[axis]! / 2;
  return {
    kind: 'segment',
    role: 'gap',
    from: place(half),
    to: place(half - meters),
    text: `${Math.abs(meters).toFixed(2)} m`,
  };
}

/** Middle of the label's bottom, in the frame's space. */
export function bottomOf(scene: CheckScene, row: number): Vec3 {
  const { center, size, rotation } = shapeOfRow(scene, row);
  const turn = rotationFromQuaternion(rotation);
  const half = size[2] / 2;
  return [center[0] - half * turn[2]!, center[1] - half * turn[5]!, center[2] - half * turn[8]!];
}

/** Two digits: what metres are told with. */
export const metres = (value: number): number => Math.round(100 * value) / 100;
