/** A track over time: speed, heading and length in each of its frames, for the strip and its small plots. */
import { transformPoint } from '../../../shared/geometry/matrix.ts';
import { quaternionFromRotation, wrapAngle, yawFromQuaternion } from '../../../shared/geometry/rotation.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';

export interface TrackMoment {
  readonly row: number;
  readonly frame: number;
  /** Seconds from the track's first frame; null without timestamps. */
  readonly seconds: number | null;
  /** Over the ground, m/s; null where poses or times are missing, or there is one frame only. */
  readonly speed: number | null;
  /** In the world where there are poses, otherwise relative to the vehicle; unwrapped along the track. Radians. */
  readonly yaw: number;
  readonly lengthMeters: number;
  readonly center: Vec3;
}

/** One entry for each row; the rows are in order of time. */
export function trackSeries(index: DeliveryIndex, rows: readonly number[]): TrackMoment[] {
  const placed = rows.map((row) => placeInWorld(index, row));
  const start = placed.find(({ nanos }) => nanos !== null)?.nanos ?? null;
  let yaw = 0;
  return placed.map((moment, at) => {
    yaw = at === 0 ? moment.yaw : yaw + wrapAngle(moment.yaw - yaw);
    return {
      row: moment.row,
      frame: moment.frame,
      seconds: start === null || moment.nanos === null ? null : Number(moment.nanos - start) / 1e9,
      speed: speedAt(placed, at),
      yaw,
      lengthMeters: moment.lengthMeters,
      center: moment.center,
    };
  });
}

/** Speed of one label: over the span from the frame before to the one after, where there are both. */
export function speedOfRow(series: readonly TrackMoment[], row: number): number | null {
  return series.find((moment) => moment.row === row)?.speed ?? null;
}

interface Placed {
  readonly row: number;
  readonly frame: number;
  readonly nanos: bigint | null;
  readonly center: Vec3;
  readonly yaw: number;
  readonly lengthMeters: number;
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
    lengthMeters: label.size[0],
    isInWorld: worldFromSpace !== undefined,
  };
}

function speedAt(placed: readonly Placed[], at: number): number | null {
  const from = placed[Math.max(0, at - 1)]!;
  const to = placed[Math.min(placed.length - 1, at + 1)]!;
  if (!from.isInWorld || !to.isInWorld || from.nanos === null || to.nanos === null) return null;
  const seconds = Number(to.nanos - from.nanos) / 1e9;
  if (!(seconds > 0)) return null;
  return Math.hypot(to.center[0] - from.center[0], to.center[1] - from.center[1]) / seconds;
}
