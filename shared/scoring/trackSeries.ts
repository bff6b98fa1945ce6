/** A track over time: what each of its frames says of place, heading, size and motion. */
import { transformPoint } from '../geometry/matrix.ts';
import { quaternionFromRotation, wrapAngle, yawFromQuaternion } from '../geometry/rotation.ts';
import { cuboidAt } from '../model/labelRow.ts';
import type { DeliveryIndex } from '../model/labels.ts';
import type { Vec3 } from '../model/pose.ts';
import { type MotionMoment, trackMotion } from './trackMotion.ts';

export interface TrackMoment extends MotionMoment {
  readonly row: number;
  readonly frame: number;
  /** Over the ground, m/s; null where poses or times are missing, or there is one frame only. */
  readonly speed: number | null;
  /** Direction of motion in the world, radians; null where it is slow or unknown. */
  readonly course: number | null;
  /** Amount over the ground, m/s², fitted over a second. */
  readonly acceleration: number | null;
  /** Amount of turning, rad/s, fitted over a second; null where headings are known relative to the vehicle only. */
  readonly yawRate: number | null;
  /** In the world where there are poses, otherwise relative to the vehicle; unwrapped along the track. Radians. */
  readonly yaw: number;
  /** In the world where there are poses, otherwise in the frame's space. */
  readonly center: Vec3;
}

/** One entry for each row; the rows are in order of time. */
export function trackSeries(index: DeliveryIndex, rows: readonly number[]): TrackMoment[] {
  const placed = rows.map((row) => placeInWorld(index, row));
  const start = placed.find(({ nanos }) => nanos !== null)?.nanos ?? null;
  let yaw = 0;
  const moments = placed.map((moment, at) => {
    yaw = at === 0 ? moment.yaw : yaw + wrapAngle(moment.yaw - yaw);
    return {
      row: moment.row,
      frame: moment.frame,
      seconds: start === null || moment.nanos === null ? null : Number(moment.nanos - start) / 1e9,
      place: moment.isInWorld ? moment.center : null,
      yaw,
      size: moment.size,
      missedBefore: at === 0 ? 0 : labelledBetween(index, placed[at - 1]!.frame, moment.frame),
      center: moment.center,
    };
  });
  const motion = trackMotion(moments);
  return moments.map((moment, at) => ({
    ...moment,
    speed: motion.speed[at]!,
    course: motion.course[at]!,
    acceleration: motion.acceleration[at]!,
    yawRate: placed[at]!.isInWorld ? motion.yawRate[at]! : null,
  }));
}

interface Placed {
  readonly row: number;
  readonly frame: number;
  readonly nanos: bigint | null;
  readonly center: Vec3;
  readonly yaw: number;
  readonly size: Vec3;
  readonly isInWorld: boolean;
}

function placeInWorld(index: DeliveryIndex, row: number): Placed {
  const label = cuboidAt(index.labels, row);
  const { timestampNanos, worldFromSpace } = index.delivery.frames.at(label.frame)!;
  const yaw = yawFromQuaternion(label.rotation);
  return {
    row,
    frame: label.frame,
    nanos: timestampNanos === null ? null : BigInt(timestampNanos),
    center: worldFromSpace ? transformPoint(worldFromSpace, label.center) : label.center,
    yaw: worldFromSpace ? wrapAngle(yaw + yawFromQuaternion(quaternionFromRotation(worldFromSpace, 4))) : yaw,
    size: label.size,
    isInWorld: worldFromSpace !== undefined,
  };
}

/** Frames that somebody labelled strictly between two. */
function labelledBetween(index: DeliveryIndex, from: number, to: number): number {
  let count = 0;
  for (let frame = from + 1; frame < to; frame++) if (!index.delivery.frames.at(frame)!.isBetween) count++;
  return count;
}

const known = new WeakMap<readonly number[], readonly TrackMoment[]>();

/** The same, made once for each list of rows: a locator's lists stay the same from frame to frame. */
export function seriesOfTrack(index: DeliveryIndex, rows: readonly number[]): readonly TrackMoment[] {
  const made = known.get(rows) ?? trackSeries(index, rows);
  known.set(rows, made);
  return made;
}
