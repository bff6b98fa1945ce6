/** How far a label is from the vehicle. */
import { CuboidFlag, type LabelTable, NO_LINK } from '../model/labels.ts';

/** Ground-plane distance of a cuboid's centre from the origin of its frame's space, metres; null without usable numbers. */
export function cuboidRange({ cuboids }: LabelTable, row: number): number | null {
  if (row === NO_LINK || (cuboids.flags[row]! & CuboidFlag.unusable) !== 0) return null;
  return Math.hypot(cuboids.center[3 * row]!, cuboids.center[3 * row + 1]!);
}
