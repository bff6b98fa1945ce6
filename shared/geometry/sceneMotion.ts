/** The vehicle's motion around each frame, worked out once, and what the delivery says about a picture's time. */
import type { Frame, FrameList, ImageRef } from '../model/delivery.ts';
import { type EgoMotion, egoMotion, type NoMotion } from './egoMotion.ts';

export interface SceneMotion {
  /** The motion, or why there is none. */
  at(frame: number): EgoMotion | NoMotion;
  /** The motion, or null. */
  known(frame: number): EgoMotion | null;
}

export function createSceneMotion(frames: FrameList): SceneMotion {
  const made = new Map<number, EgoMotion | NoMotion>();
  function at(frame: number): EgoMotion | NoMotion {
    const kept = made.get(frame) ?? egoMotion(frames, frame);
    made.set(frame, kept);
    return kept;
  }
  return {
    at,
    known(frame) {
      const motion = at(frame);
      return typeof motion === 'string' ? null : motion;
    },
  };
}

/** Picture less sweep, seconds; null where the delivery states no times. */
export function statedSeconds(frame: Frame, image: ImageRef): number | null {
  const sweep = frame.sweeps[0]?.timestampNanos ?? frame.timestampNanos;
  if (image.timestampNanos === null || sweep === null) return null;
  return Number(BigInt(image.timestampNanos) - BigInt(sweep)) / 1e9;
}

/** The same where projection does not account for it; null where the picture has a pose of its own. */
export function unaccountedSeconds(frame: Frame, image: ImageRef): number | null {
  return image.cameraFromSpace ? null : statedSeconds(frame, image);
}
