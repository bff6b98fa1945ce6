/** The sweeps before and after a frame, placed where the frame's own points are: several looks at what stands still. */
import type { Frame, FrameList, SweepRef } from '../model/delivery.ts';
import type { Mat4 } from '../model/pose.ts';
import { identityMatrix, invert, multiply } from './matrix.ts';

/** A sweep of another instant, placed in the frame's space by `spaceFromPoints`. */
export interface MergedSweep extends SweepRef {
  /** When it was taken: the frame it belongs to, and the time; `isOfFrame` false = before that frame. */
  readonly taken: { readonly frame: number; readonly nanos: string | null; readonly isOfFrame: boolean };
}

/**
 * Up to `reach` sweeps of each lidar before and as many after the frame's own time, nearest first, each with
 * `spaceFromPoints` into the frame's space. Sweeps in between frames are used where the delivery has them; those of
 * `hidden` lidars (by name) never. Empty where the poses are not known; the scene's ends cut it short.
 */
export function mergedSweeps(
  frames: FrameList,
  at: number,
  reach: number,
  hidden: readonly string[] = [],
): MergedSweep[] {
  const frame = frames.at(at);
  if (!frame || reach <= 0) return [];
  const ways = [sweepsBefore(frames, at, frame, reach), sweepsAfter(frames, at, frame, reach)];
  return ways.flatMap((sweeps) => nearestOfEach(sweeps, reach, hidden));
}

/** The first `reach` of every lidar that is not hidden. */
function nearestOfEach(
  sweeps: Iterable<MergedSweep>,
  reach: number,
  hidden: readonly string[],
): MergedSweep[] {
  const found = new Map<string, number>();
  const kept: MergedSweep[] = [];
  for (const sweep of sweeps) {
    const count = found.get(sweep.lidar) ?? 0;
    if (count >= reach || hidden.includes(sweep.lidar)) continue;
    found.set(sweep.lidar, count + 1);
    kept.push(sweep);
  }
  return kept;
}

/** The sweeps of `most` frames backwards, nearest first. */
function* sweepsBefore(frames: FrameList, at: number, frame: Frame, most: number): Iterable<MergedSweep> {
  for (let near = at; near >= Math.max(0, at - most); near--) {
    const other = frames.at(near)!;
    const pose = poseBetween(frame, other);
    if (other.scene !== frame.scene || !pose) return;
    if (near !== at) for (const sweep of other.sweeps) yield placed(sweep, pose, near, other, true);
    for (const sweep of (other.between ?? []).toReversed()) yield placed(sweep, pose, near, other, false);
  }
}

/** The sweeps of `most` frames onwards, nearest first. */
function* sweepsAfter(frames: FrameList, at: number, frame: Frame, most: number): Iterable<MergedSweep> {
  for (let near = at + 1; near < Math.min(frames.length, at + 1 + most); near++) {
    const other = frames.at(near)!;
    const pose = poseBetween(frame, other);
    if (other.scene !== frame.scene || !pose) return;
    for (const sweep of other.between ?? []) yield placed(sweep, pose, near, other, false);
    for (const sweep of other.sweeps) yield placed(sweep, pose, near, other, true);
  }
}

/** The frame's space from another's, through the world; null where one of them has no pose. */
export function poseBetween(frame: Frame, other: Frame): Mat4 | null {
  if (frame === other || frame.id === other.id) return identityMatrix;
  const spaceFromWorld = frame.worldFromSpace && invert(frame.worldFromSpace);
  return spaceFromWorld && other.worldFromSpace ? multiply(spaceFromWorld, other.worldFromSpace) : null;
}

function placed(
  sweep: SweepRef,
  pose: Mat4,
  frame: number,
  { timestampNanos }: Frame,
  isOfFrame: boolean,
): MergedSweep {
  const spaceFromPoints = sweep.spaceFromPoints ? multiply(pose, sweep.spaceFromPoints) : pose;
  const nanos = sweep.timestampNanos ?? (isOfFrame ? timestampNanos : null);
  return { ...sweep, spaceFromPoints, taken: { frame, nanos, isOfFrame } };
}
