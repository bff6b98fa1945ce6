/** Moves the cuboids of every frame from the global frame into the frame's own space, in place. */
import { invertRigid } from '../../geometry/matrix.ts';
import { quaternionFromRotation } from '../../geometry/rotation.ts';
import type { CuboidColumns } from '../../model/labels.ts';
import { CuboidFlag } from '../../model/labels.ts';
import type { Mat4, Quaternion } from '../../model/pose.ts';

/** `worldFromSpace` null: the frame's place in the world is unknown, so its cuboids have none and are unusable. */
export function placeCuboids(cuboids: CuboidColumns, frame: number, worldFromSpace: Mat4 | null): void {
  const { frameStart, center, rotation, flags } = cuboids;
  const [start, end] = [frameStart[frame]!, frameStart[frame + 1]!];
  if (worldFromSpace === null) {
    center.fill(Number.NaN, 3 * start, 3 * end);
    for (let row = start; row < end; row++) flags[row]! |= CuboidFlag.unusable;
    return;
  }
  const spaceFromWorld = invertRigid(worldFromSpace);
  moveCenters(center, start, end, spaceFromWorld);
  turn(rotation, start, end, quaternionFromRotation(spaceFromWorld, 4));
}

// Loops over nothing but numbers: a list made for each of a million rows would be most of the time they take.

function moveCenters(center: Float64Array, start: number, end: number, m: Mat4): void {
  for (let at = 3 * start; at < 3 * end; at += 3) {
    const x = center[at]!;
    const y = center[at + 1]!;
    const z = center[at + 2]!;
    center[at] = m[0]! * x + m[1]! * y + m[2]! * z + m[3]!;
    center[at + 1] = m[4]! * x + m[5]! * y + m[6]! * z + m[7]!;
    center[at + 2] = m[8]! * x + m[9]! * y + m[10]! * z + m[11]!;
  }
}

function turn(rotation: Float64Array, start: number, end: number, [ax, ay, az, aw]: Quaternion): void {
  for (let at = 4 * start; at < 4 * end; at += 4) {
    const bx = rotation[at]!;
    const by = rotation[at + 1]!;
    const bz = rotation[at + 2]!;
    const bw = rotation[at + 3]!;
    rotation[at] = aw * bx + ax * bw + ay * bz - az * by;
    rotation[at + 1] = aw * by - ax * bz + ay * bw + az * bx;
    rotation[at + 2] = aw * bz + ax * by - ay * bx + az * bw;
    rotation[at + 3] = aw * bw - ax * bx - ay * by - az * bz;
  }
}
