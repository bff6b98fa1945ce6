/** The frames of a scene as the strip's columns: where the label is, where it is missing, what was drawn and judged. */
import type { DrawnUnit } from '../../../../shared/audit/events.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';
import type { CuboidShape } from '../../../../shared/geometry/cuboid.ts';
import { invert, transformPoint } from '../../../../shared/geometry/matrix.ts';
import {
  multiplyQuaternions,
  quaternionFromRotation,
  quaternionFromYaw,
  wrapAngle,
} from '../../../../shared/geometry/rotation.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import type { TrackMoment } from '../../../../shared/scoring/trackSeries.ts';
import { type UnitMark, unitMark } from '../unitMarks.ts';

/** `gap`: between two frames of the track, without the label; `outside`: before its first or after its last. */
export type ColumnState = 'present' | 'gap' | 'outside';

export interface TrackColumn {
  /** Index into `Delivery.frames`. */
  readonly frame: number;
  /** Row of the label's cuboid, or null. */
  readonly row: number | null;
  readonly state: ColumnState;
}

/**
 * Every frame of the scene that somebody labelled or the label is in. `rowByFrame` holds the label's rows; a unit
 * without a row (a 2D box, a whole frame) is present where `frames` says so.
 */
export function trackColumns(
  index: DeliveryIndex,
  ownFrame: number,
  rowByFrame: ReadonlyMap<number, number>,
  frames: ReadonlySet<number>,
): TrackColumn[] {
  const { delivery } = index;
  const { frameStart, frameCount } = delivery.scenes[delivery.frames.at(ownFrame)!.scene]!;
  const isPresent = (frame: number): boolean => rowByFrame.has(frame) || frames.has(frame);
  const present = [...frames, ...rowByFrame.keys()];
  const [first, last] = [Math.min(...present), Math.max(...present)];
  const columns: TrackColumn[] = [];
  for (let frame = frameStart; frame < frameStart + frameCount; frame++) {
    if (!isPresent(frame) && delivery.frames.at(frame)!.isBetween) continue;
    const isInside = frame > first && frame < last;
    columns.push({
      frame,
      row: rowByFrame.get(frame) ?? null,
      state: isPresent(frame) ? 'present' : isInside ? 'gap' : 'outside',
    });
  }
  return columns;
}

/** What the sample and the findings say about one frame of the track. */
export interface FrameMark {
  /** A unit drawn here, and what became of it; null = none was drawn. */
  readonly drawn: UnitMark | null;
  /** Codes of the defects found here. */
  readonly codes: readonly string[];
}

/** By frame id. `track` null: only the unit itself is meant. */
export function trackMarks(
  audit: Pick<AuditState, 'verdicts' | 'findings'>,
  units: readonly DrawnUnit[],
  unit: DrawnUnit,
  track: string | null,
): ReadonlyMap<string, FrameMark> {
  const marks = new Map<string, FrameMark>();
  const isOurs = (other: Pick<DrawnUnit, 'track' | 'label' | 'frame'>): boolean =>
    track === null ? other.label === unit.label && other.frame === unit.frame : other.track === track;
  for (const drawn of units) {
    if (!isOurs(drawn)) continue;
    marks.set(drawn.frame, { drawn: unitMark(audit, drawn), codes: [] });
  }
  for (const finding of audit.findings) {
    if (!isOurs(finding)) continue;
    const { drawn = null, codes = [] } = marks.get(finding.frame) ?? {};
    if (!codes.includes(finding.defect.code)) {
      marks.set(finding.frame, { drawn, codes: [...codes, finding.defect.code] });
    }
  }
  return marks;
}

/**
 * Where the label of a gap would be, in that frame's space: between its neighbours in the world, by time where there
 * are times, by frames where there are none. Null where poses are missing.
 */
export function placeInGap(
  index: DeliveryIndex,
  series: readonly TrackMoment[],
  frameIndex: number,
): CuboidShape | null {
  const after = series.findIndex((moment) => moment.frame > frameIndex);
  const [from, to] = [series[after - 1], series[after]];
  const { worldFromSpace, timestampNanos } = index.delivery.frames.at(frameIndex)!;
  const spaceFromWorld = worldFromSpace && invert(worldFromSpace);
  if (!from?.place || !to?.place || !spaceFromWorld) return null;
  const nanosOf = (frame: number): string | null => index.delivery.frames.at(frame)!.timestampNanos;
  const share = shareBetween(
    [nanosOf(from.frame), timestampNanos, nanosOf(to.frame)],
    [from.frame, frameIndex, to.frame],
  );
  const mixed = (a: Vec3, b: Vec3): Vec3 => [
    a[0] + share * (b[0] - a[0]),
    a[1] + share * (b[1] - a[1]),
    a[2] + share * (b[2] - a[2]),
  ];
  const yaw = from.yaw + share * wrapAngle(to.yaw - from.yaw);
  return {
    center: transformPoint(spaceFromWorld, mixed(from.place, to.place)),
    size: mixed(from.size, to.size),
    rotation: multiplyQuaternions(quaternionFromRotation(spaceFromWorld, 4), quaternionFromYaw(yaw)),
  };
}

function shareBetween(
  [start, now, end]: readonly (string | null)[],
  [from, at, to]: readonly [number, number, number],
): number {
  if (start && now && end && BigInt(end) > BigInt(start)) {
    return Number(BigInt(now) - BigInt(start)) / Number(BigInt(end) - BigInt(start));
  }
  return (at - from) / (to - from);
}
