/**
 * Labels whose own place, size or heading departs from their track's. What the points say of one frame alone may be due
 * to what stood in the way then; that a label is wrong in one frame shows in the label as well.
 */
import { wrapAngle } from '../../geometry/rotation.ts';
import type { TrackMoment } from '../../scoring/trackSeries.ts';
import type { CheckScene } from '../scene.ts';
import { median } from './trackMedians.ts';

/** Tracks with fewer labels tell nothing of any of them. */
const fewest = 4;
/** Metres and radians that right labels keep within from one frame to the next. */
const sizeMeters = 0.04;
const placeMeters = 0.07;
const yawRadians = 0.03;
/** What motion may add to the places in between, m/s². */
const acceleration = 1.5;
/** Without times labels are taken to be so far apart, seconds. */
const usualSeconds = 0.1;

/** Rows of which the track says that they are as its others: a departure of the points alone says little there. */
export function steadyRows(scene: CheckScene): ReadonlySet<number> {
  const steady = new Set<number>();
  for (const { moments } of scene.tracks) {
    if (moments.length < fewest) continue;
    const usual = [0, 1, 2].map((axis) => median(moments.map(({ size }) => size[axis]!)));
    for (const [at, moment] of moments.entries()) {
      const isSized = moment.size.every((extent, axis) => Math.abs(extent - usual[axis]!) <= sizeMeters);
      if (isSized && !leavesWay(moments[at - 1], moment, moments[at + 1])) steady.add(moment.row);
    }
  }
  return steady;
}

/** Whether the middle one of three labels stands off the line between the others; at a track's end nothing is known. */
function leavesWay(
  before: TrackMoment | undefined,
  moment: TrackMoment,
  after: TrackMoment | undefined,
): boolean {
  if (!before || !after) return false;
  const [ahead, whole] =
    before.seconds === null || moment.seconds === null || after.seconds === null
      ? [usualSeconds, 2 * usualSeconds]
      : [moment.seconds - before.seconds, after.seconds - before.seconds];
  if (!(whole > 0)) return false;
  const share = ahead / whole;
  const allowed = placeMeters + (acceleration * ahead * (whole - ahead)) / 2;
  const off = moment.center.map(
    (value, axis) => value - before.center[axis]! - share * (after.center[axis]! - before.center[axis]!),
  );
  const turned = wrapAngle(moment.yaw - before.yaw - share * (after.yaw - before.yaw));
  return Math.hypot(...off) > allowed || Math.abs(turned) > yawRadians + allowed / 20;
}
