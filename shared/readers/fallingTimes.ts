/** Frames of a scene whose time does not go on: speeds, tracks and pairing by time are wrong around them. */
import type { Problem } from '../base/problem.ts';
import type { Frame, Scene } from '../model/delivery.ts';

/** One warning for each scene in which a frame is not later than the one before it, with the first such frame. */
export function fallingTimes(scenes: readonly Scene[], frames: readonly Frame[]): Problem[] {
  return scenes.flatMap(({ id, frameStart, frameCount }) => {
    let before: bigint | null = null;
    let first: Frame | null = null;
    let count = 0;
    for (const frame of frames.slice(frameStart, frameStart + frameCount)) {
      if (frame.timestampNanos === null) continue;
      const nanos = BigInt(frame.timestampNanos);
      if (before !== null && nanos <= before) {
        first ??= frame;
        count++;
      }
      before = nanos;
    }
    if (first === null) return [];
    const params = { frames: count, frame: first.id, scene: id };
    return [{ code: 'frame-times-falling', severity: 'warning' as const, path: '', params }];
  });
}
