/** Moves the cuboids of every frame from the global frame into the frame's own space, in place. */
import { invertRigid } from '../../geometry/matrix.ts';
import { quaternionFromRotation } from '../../geometry/rotation.ts';
import type { CuboidColumns } from '../../model/labels.ts';
import { CuboidFlag } from '../../model/labels.ts';
import type { Mat4 } from '../../model/pose.ts';

/** `worldFromSpace` null: the frame's place in the world is unknown, so its cuboids have none and are unusable. */
export function placeCuboids(cuboids: CuboidColumns, frame: number, worldFromSpace: Mat4 | null): void {
  const { frameStart, center, rotation, flags } = cuboids;
  const [start, end] = [frameStart[frame]!, frameStart[frame + 1]!];
  if (worldFromSpace === null) {
    center.fill(Number.NaN, 3 * start, 3 * end);
    for (let row = start; row < end; row++) flags[row]! |= CuboidFlag.unusable;
    return;
  }
  const m = invertRigid(worldFromSpace);
  const [ax, ay, az, aw] = quaternionFromRotation(m, 4);
  for (let row = start; row < end; row++) {
    const at = 3 * row;
    const [x, y, z] = [center[at]!, center[at + 1]!, center[at + 2]!];
    center[at] = m[0]! * x + m[1]! * y + m[2]! * z + m[3]!;
    center[at + 1] = m[4]! * x + m[5]! * y + m[6]! * z + m[7]!;
    center[at + 2] = m[8]! * x + m[9]! * y + m[10]! * z + m[11]!;
    const q = 4 * row;
    const [bx, by, bz, bw] = [rotation[q]!, rotation[q + 1]!, rotation[q + 2]!, rotation[q + 3]!];
    rotation[q] = aw * bx + ax * bw + ay * bz - az * by;
    rotation[q + 1] = aw * by - ax * bz + ay * bw + az * bx;
    rotation[q + 2] = aw * bz + ax * by - ay * bx + az * bw;
    rotation[q + 3] = aw * bw - ax * bx - ay * by - az * bz;
  }
}
