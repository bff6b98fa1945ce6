/** Questions about the list of a delivery's frames. */
import type { FrameList, StringColumn } from './delivery.ts';

/** Indices of the frames somebody labelled, ascending: sweeps in between are shown, never judged. */
export function labelledFrames(frames: FrameList): number[] {
  const labelled: number[] = [];
  for (const [at, { isBetween }] of frames.entries()) if (!isBetween) labelled.push(at);
  return labelled;
}

/** Up to `most` frames of the scene, evenly spread, `frame` among them. */
export function spreadFrames(start: number, count: number, frame: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(count / most));
  const first = start + ((frame - start) % step);
  const frames: number[] = [];
  for (let at = first; at < start + count; at += step) frames.push(at);
  return frames;
}

const known = new WeakMap<StringColumn, ReadonlyMap<string, number>>();

/** Position of every id; made once for each list. */
export function positionsOf(ids: StringColumn): ReadonlyMap<string, number> {
  const made = known.get(ids);
  if (made) return made;
  const positions = new Map<string, number>();
  let at = 0;
  for (const id of ids) positions.set(id, at++);
  known.set(ids, positions);
  return positions;
}
