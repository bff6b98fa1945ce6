/** Finds a frame by what a person types: its full id, or the bare stem of its files where that is unique. */
import type { Result } from '../base/problem.ts';
import { done, failed } from '../base/problem.ts';
import type { Delivery, Frame } from '../model/delivery.ts';
import { stemOf } from './paths.ts';

/** The names a frame answers to beside its id: the last part of the id, and the stems of its sweeps. */
function otherNames(frame: Frame): Set<string> {
  const lastPart = frame.id.slice(frame.id.lastIndexOf('/') + 1);
  return new Set([lastPart, ...frame.sweeps.map((sweep) => stemOf(sweep.path))]);
}

/** Indices of the frames that `name` may mean: the one with that very id, else all that answer to it. */
export function frameIdCandidates(delivery: Delivery, name: string): number[] {
  for (let index = 0; index < delivery.frameIds.length; index++) {
    if (delivery.frameIds.at(index) === name) return [index];
  }
  return delivery.frames.flatMap((frame, index) => (otherNames(frame).has(name) ? [index] : []));
}

/** Index into `delivery.frames`. Fails with `frame-unknown` or `frame-ambiguous` (names a few candidates). */
export function frameById(delivery: Delivery, name: string): Result<number> {
  const candidates = frameIdCandidates(delivery, name);
  if (candidates.length === 1) return done(candidates[0]!);
  if (candidates.length === 0) {
    return failed({ code: 'frame-unknown', severity: 'error', path: '', params: { frame: name } });
  }
  const ids = candidates.slice(0, 5).map((index) => delivery.frames.at(index)!.id);
  const params = { frame: name, count: candidates.length, candidates: ids.join(', ') };
  return failed({ code: 'frame-ambiguous', severity: 'error', path: '', params });
}
