/**
 * Pairs frames with files: by frame id (the file's stem), then by the number in it (`7` and `000007`), then by time.
 * Each file serves one frame, and both kinds of leftovers are told.
 */
import { stemOf } from './paths.ts';
import { nanosOfStem } from './timestamps.ts';

export interface FrameKey {
  /** Name the frame's files carry. */
  readonly stem: string;
  readonly timestampNanos: string | null;
}

export interface FramePairs {
  /** File of each frame, or null. */
  readonly files: readonly (string | null)[];
  readonly unmatched: readonly string[];
}

/** Half the period of a 10 Hz lidar: a file further away in time belongs to another frame. */
const NEAREST_NANOS = 50_000_000n;

/** The only run of digits in a name, without leading zeros; null where there are none or several, or a bare `-7`. */
export function numberOfStem(stem: string): string | null {
  const match = /^(?!-\d+$)\D*0*(\d+)\D*$/.exec(stem);
  return match ? match[1]! : null;
}

export function pairFrames(frames: readonly FrameKey[], paths: readonly string[]): FramePairs {
  const files: (string | null)[] = frames.map(() => null);
  const free = new Set(paths);
  const take = (frame: number, path: string | undefined) => {
    if (files[frame] !== null || path === undefined || !free.delete(path)) return;
    files[frame] = path;
  };
  const byStem = new Map(paths.map((path) => [stemOf(path), path]));
  for (const [i, frame] of frames.entries()) take(i, byStem.get(frame.stem));

  // Numbers only where they are unambiguous: two files `a7` and `b7` say nothing.
  const byNumber = new Map<string, string | undefined>();
  for (const path of free) {
    const number = numberOfStem(stemOf(path));
    if (number !== null) byNumber.set(number, byNumber.has(number) ? undefined : path);
  }
  for (const [i, frame] of frames.entries()) take(i, byNumber.get(numberOfStem(frame.stem) ?? ''));

  pairByTime(frames, files, free, take);
  return { files, unmatched: [...free] };
}

/** Nearest pairs first, so that a file between two frames goes to the closer one. */
function pairByTime(
  frames: readonly FrameKey[],
  files: readonly (string | null)[],
  free: ReadonlySet<string>,
  take: (frame: number, path: string) => void,
): void {
  const timed: { path: string; nanos: bigint }[] = [];
  for (const path of free) {
    const nanos = nanosOfStem(stemOf(path));
    if (nanos !== null) timed.push({ path, nanos: BigInt(nanos) });
  }
  timed.sort((a, b) => order(a.nanos, b.nanos));
  const near: { frame: number; path: string; distance: bigint }[] = [];
  for (const [frame, { timestampNanos }] of frames.entries()) {
    if (files[frame] !== null || timestampNanos === null) continue;
    const at = BigInt(timestampNanos);
    for (let i = firstFrom(timed, at - NEAREST_NANOS); i < timed.length; i++) {
      const { path, nanos } = timed[i]!;
      if (nanos > at + NEAREST_NANOS) break;
      near.push({ frame, path, distance: nanos > at ? nanos - at : at - nanos });
    }
  }
  near.sort((a, b) => order(a.distance, b.distance) || a.frame - b.frame);
  for (const { frame, path } of near) take(frame, path);
}

function order(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Index of the first file at or after `nanos` in files sorted by time. */
function firstFrom(timed: readonly { nanos: bigint }[], nanos: bigint): number {
  let low = 0;
  let high = timed.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timed[middle]!.nanos < nanos) low = middle + 1;
    else high = middle;
  }
  return low;
}
