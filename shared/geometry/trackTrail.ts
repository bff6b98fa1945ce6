/**
 * Where a track was and will be, seen from one frame: its positions of other frames brought into this frame's space
 * through the world, so that the vehicle's own motion is taken out, and its velocity over the ground.
 */
import { cuboidAt } from '../model/labelRow.ts';
import type { DeliveryIndex } from '../model/labels.ts';
import type { Vec3 } from '../model/pose.ts';
import { invert, multiply, transformPoint } from './matrix.ts';
import { floorOf } from './measures.ts';

export interface TrailStop {
  readonly row: number;
  readonly frame: number;
  /** Middle of the label's floor, in the space of the frame looked from, metres. */
  readonly place: Vec3;
  /** Later than the frame looked from, seconds; null where a time is missing. */
  readonly seconds: number | null;
}

/** Stops each way; a longer trail hides more than it tells. */
const mostStops = 60;

/**
 * The usable stops of a track in order of time, those nearest to `from` where there are many; `rows` are the track's
 * rows in order of time. Empty where `from` has no pose: positions in a moving space say nothing about the ground.
 * Frames without a pose are left out.
 */
export function trackTrail(index: DeliveryIndex, rows: readonly number[], from: number): TrailStop[] {
  const here = index.delivery.frames.at(from);
  const spaceFromWorld = here?.worldFromSpace && invert(here.worldFromSpace);
  if (!here || !spaceFromWorld) return [];
  const { frame: frameOf } = index.labels.cuboids;
  const first = rows.findIndex((row) => frameOf[row]! >= from);
  const middle = first < 0 ? rows.length : first;
  return rows.slice(Math.max(0, middle - mostStops), middle + mostStops + 1).flatMap((row): TrailStop[] => {
    const label = cuboidAt(index.labels, row);
    const there = index.delivery.frames.at(label.frame);
    if (!label.isUsable || !there?.worldFromSpace || there.scene !== here.scene) return [];
    const hereFromThere = multiply(spaceFromWorld, there.worldFromSpace);
    return [
      {
        row,
        frame: label.frame,
        place: transformPoint(hereFromThere, floorOf(label)),
        seconds: secondsBetween(here.timestampNanos, there.timestampNanos),
      },
    ];
  });
}

/**
 * Velocity over the ground at one stop, metres a second in the space of the frame looked from: from the stop before
 * to the stop after, or one-sided at an end. Null with a single stop or without times.
 */
export function velocityAt(trail: readonly TrailStop[], at: number): Vec3 | null {
  const before = trail[Math.max(0, at - 1)];
  const after = trail[Math.min(trail.length - 1, at + 1)];
  if (!before || !after || before.seconds === null || after.seconds === null) return null;
  const seconds = after.seconds - before.seconds;
  if (!(seconds > 0)) return null;
  const speed = (axis: 0 | 1 | 2): number => (after.place[axis] - before.place[axis]) / seconds;
  return [speed(0), speed(1), speed(2)];
}

function secondsBetween(from: string | null, to: string | null): number | null {
  // Whole nanoseconds since 1970 do not fit a double; their difference does.
  return from === null || to === null ? null : Number(BigInt(to) - BigInt(from)) / 1e9;
}
