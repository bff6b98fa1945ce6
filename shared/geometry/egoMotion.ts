/**
 * How the vehicle moves around one frame, from the poses of its neighbours: where a standing point of the frame would
 * be seen a little earlier or later. Objects that move on their own are not followed.
 */
import type { Frame, FrameList } from '../model/delivery.ts';
import type { Mat4, Vec3 } from '../model/pose.ts';
import { identityMatrix, invertRigid, isRigid, matrixFromPose, multiply } from './matrix.ts';
import { quaternionFromRotation } from './rotation.ts';

export interface EgoMotion {
  /** The frame's space `seconds` later from the frame's space now; earlier for negative values. */
  readonly laterFromNow: (seconds: number) => Mat4;
  /** The frames before and after, where they have poses. */
  readonly neighbours: readonly Step[];
  /** Of the space's origin, metres a second. */
  readonly speed: number;
  /** How fast the vehicle turns, radians a second, about any axis. */
  readonly turnRate: number;
}

/** Why there is no motion: a key of the catalogue. */
export type NoMotion = 'no-pose' | 'no-time' | 'no-neighbour';

/** Neighbours further away in time than this say nothing about now, seconds. */
const farthestNeighbour = 3;

export function egoMotion(frames: FrameList, at: number): EgoMotion | NoMotion {
  const here = frames.at(at);
  if (!here?.worldFromSpace || !isRigid(here.worldFromSpace)) return 'no-pose';
  if (here.timestampNanos === null) return 'no-time';
  const after = stepTo(here, frames, at + 1);
  const before = at > 0 ? stepTo(here, frames, at - 1) : null;
  const known = after ?? before;
  if (!known) return 'no-neighbour';
  return {
    laterFromNow(seconds) {
      const step = (seconds < 0 ? before : after) ?? known;
      return seconds === 0
        ? identityMatrix
        : invertRigid(shareOfStep(step.hereFromThere, seconds / step.seconds));
    },
    neighbours: [before, after].filter((step) => step !== null),
    speed: Math.hypot(...translationOf(known.hereFromThere)) / Math.abs(known.seconds),
    turnRate: angleOf(known.hereFromThere) / Math.abs(known.seconds),
  };
}

export interface Step {
  readonly frame: number;
  /** Later than this frame; negative for the one before. */
  readonly seconds: number;
  readonly hereFromThere: Mat4;
}

function stepTo(here: Frame, frames: FrameList, frame: number): Step | null {
  const there = frames.at(frame);
  if (!there?.worldFromSpace || there.timestampNanos === null || there.scene !== here.scene) return null;
  if (!isRigid(there.worldFromSpace) || there.space !== here.space) return null;
  // Whole nanoseconds since 1970 do not fit a double; their difference does.
  const seconds = Number(BigInt(there.timestampNanos) - BigInt(here.timestampNanos!)) / 1e9;
  if (seconds === 0 || Math.abs(seconds) > farthestNeighbour) return null;
  return { frame, seconds, hereFromThere: multiply(invertRigid(here.worldFromSpace!), there.worldFromSpace) };
}

/** A pose at a share of the way to `m`: its origin along a line, its axes about one axis. Shares may exceed 1. */
export function shareOfStep(m: Mat4, share: number): Mat4 {
  const [x, y, z, w] = quaternionFromRotation(m, 4);
  const sine = Math.hypot(x, y, z);
  const half = share * Math.atan2(sine, w);
  const scale = sine > 0 ? Math.sin(half) / sine : 0;
  const [tx, ty, tz] = translationOf(m);
  return matrixFromPose(
    [x * scale, y * scale, z * scale, Math.cos(half)],
    [share * tx, share * ty, share * tz],
  );
}

function translationOf(m: Mat4): Vec3 {
  return [m[3]!, m[7]!, m[11]!];
}

function angleOf(m: Mat4): number {
  const [x, y, z, w] = quaternionFromRotation(m, 4);
  return 2 * Math.atan2(Math.hypot(x, y, z), w);
}
