/** Frames that KITTI names by a padded number, joined by that number and never by a position in a listing. */
import type { Problem } from '../../base/problem.ts';
import type { FrameKey } from '../frameFiles.ts';
import { stemOf } from '../paths.ts';

/** The number a file's whole name is, or null. */
export function numberOfPath(path: string): number | null {
  const stem = stemOf(path);
  return /^\d{1,10}$/.test(stem) ? Number(stem) : null;
}

/** Numbers of every file, and those given, each once and in order. */
export function frameNumbers(paths: Iterable<string>, further: Iterable<number>): number[] {
  const numbers = new Set(further);
  for (const path of paths) {
    const number = numberOfPath(path);
    if (number !== null) numbers.add(number);
  }
  return [...numbers].sort((a, b) => a - b);
}

/** What files are paired by: no time, so that the sweep of a neighbour never takes the place of a missing one. */
export function frameKey(number: number, digits: number): FrameKey {
  return { stem: String(number).padStart(digits, '0'), timestampNanos: null };
}

/** One problem for a recording whose times do not rise from frame to frame; null where they do, or are not known. */
export function fallingTimes(
  keys: readonly FrameKey[],
  times: readonly (string | null)[],
  path: string,
): Problem | null {
  let before: bigint | null = null;
  let first = -1;
  let count = 0;
  for (const [i, time] of times.entries()) {
    if (time === null) continue;
    const nanos = BigInt(time);
    if (before !== null && nanos <= before) {
      if (count === 0) first = i;
      count++;
    }
    before = nanos;
  }
  if (count === 0) return null;
  const params = { frames: count, frame: keys[first]!.stem };
  return { code: 'kitti-times-falling', severity: 'warning', path, params };
}
