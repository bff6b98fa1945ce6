/** Which of two labels that do not fit is the one that is off: the one that departs from its own course. */
import type { Ltrb } from '../../geometry/polygon.ts';
import type { Vec3 } from '../../model/pose.ts';
import type { CheckScene } from '../scene.ts';
import type { FitPair } from './shownObjects.ts';

export interface SideOff {
  readonly says: 'box' | 'cuboid' | 'apart';
  readonly code: 'BOX2D' | 'POS';
}

/** A label that lies so far beside the middle of its neighbours departs from its course: metres; share of a box. */
const oddMeters = 0.3;
const oddShare = 0.1;

/** `near`: pairs of the same object in the same camera, in frames around. */
export function sideOff(scene: CheckScene, { row, ltrb, view }: FitPair, near: readonly FitPair[]): SideOff {
  const before = near.findLast((one) => one.view.frame < view.frame);
  const after = near.find((one) => one.view.frame > view.frame);
  if (!before || !after) return { says: 'apart', code: 'BOX2D' };
  const share = (view.frame - before.view.frame) / (after.view.frame - before.view.frame);
  const boxOff = farthestSide(ltrb, before.ltrb, after.ltrb, share) / (ltrb[2] - ltrb[0] + ltrb[3] - ltrb[1]);
  const cuboidOff = Math.hypot(
    ...between(placeOf(scene, before.row), placeOf(scene, after.row), share).map(
      (value, axis) => value - placeOf(scene, row)[axis]!,
    ),
  );
  if (cuboidOff > oddMeters && boxOff <= oddShare) return { says: 'cuboid', code: 'POS' };
  if (boxOff > oddShare && cuboidOff <= oddMeters) return { says: 'box', code: 'BOX2D' };
  return { says: 'apart', code: 'BOX2D' };
}

function farthestSide(ltrb: Ltrb, before: Ltrb, after: Ltrb, share: number): number {
  return Math.max(
    ...ltrb.map((side, at) => Math.abs(side - before[at]! - share * (after[at]! - before[at]!))),
  );
}

function between(from: Vec3, to: Vec3, share: number): Vec3 {
  return [
    from[0] + share * (to[0] - from[0]),
    from[1] + share * (to[1] - from[1]),
    from[2] + share * (to[2] - from[2]),
  ];
}

/** In the frame's space: over a few frames the vehicle moves evenly enough. */
function placeOf({ index }: CheckScene, row: number): Vec3 {
  const { center } = index.labels.cuboids;
  return [center[3 * row]!, center[3 * row + 1]!, center[3 * row + 2]!];
}
