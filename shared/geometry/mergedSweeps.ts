/** The sweeps before and after a frame, placed where the frame's own points are: several looks at what stands still. */
import type { Frame, FrameList, SweepRef } from '../model/delivery.ts';
import type { Mat4 } from '../model/pose.ts';
import { identityMatrix, invert, multiply } from './matrix.ts';

/**
 * Up to `reach` sweeps before and as many after the frame's own time, nearest first, each with `spaceFromPoints` into
 * the frame's space. Sweeps in between frames are used where the delivery has them. Empty where the poses are not
 * known; the scene's ends cut it short.
 */
export function mergedSweeps(frames: FrameList, at: number, reach: number): SweepRef[] {
  const frame = frames.at(at);
  if (!frame || reach <= 0) return [];
  return [...sweepsBefore(frames, at, frame, reach), ...sweepsAfter(frames, at, frame, reach)];
}

function sweepsBefore(frames: FrameList, at: number, frame: Frame, reach: number): SweepRef[] {
  const found: SweepRef[] = [];
  for (let near = at; near >= 0 && found.length < reach; near--) {
    const other = frames.at(near)!;
    const pose = poseBetween(frame, other);
    if (other.scene !== frame.scene || !pose) break;
    if (near !== at) found.push(...other.sweeps.map((sweep) => placed(sweep, pose)));
    found.push(...(other.between ?? []).toReversed().map((sweep) => placed(sweep, pose)));
  }
  return found.slice(0, reach);
}

function sweepsAfter(frames: FrameList, at: number, frame: Frame, reach: number): SweepRef[] {
  const found: SweepRef[] = [];
  for (let near = at + 1; near < frames.length && found.length < reach; near++) {
    const other = frames.at(near)!;
    const pose = poseBetween(frame, other);
    if (other.scene !== frame.scene || !pose) break;
    found.push(...(other.between ?? []).map((sweep) => placed(sweep, pose)));
    found.push(...other.sweeps.map((sweep) => placed(sweep, pose)));
  }
  return found.slice(0, reach);
}

/** The frame's space from another's, through the world; null where one of them has no pose. */
function poseBetween(frame: Frame, other: Frame): Mat4 | null {
  if (frame === other || frame.id === other.id) return identityMatrix;
  const spaceFromWorld = frame.worldFromSpace && invert(frame.worldFromSpace);
  return spaceFromWorld && other.worldFromSpace ? multiply(spaceFromWorld, other.worldFromSpace) : null;
}

function placed(sweep: SweepRef, pose: Mat4): SweepRef {
  const spaceFromPoints = sweep.spaceFromPoints ? multiply(pose, sweep.spaceFromPoints) : pose;
  return { ...sweep, spaceFromPoints };
}
