/**
 * How a labelled object moves along its track: speed, acceleration and turning from its places in the world. Speeds
 * need poses and times; where either is missing nothing is guessed.
 */
import type { Vec3 } from '../model/pose.ts';
import { motionFits } from './motionFit.ts';

/** One frame of a track, in order of time. */
export interface MotionMoment {
  /** Seconds from the track's first frame; null without a time. */
  readonly seconds: number | null;
  /** Centre in the world, metres; null where the frame has no pose. */
  readonly place: Vec3 | null;
  /** Heading, radians. */
  readonly yaw: number;
  /** Length, width, height, metres. */
  readonly size: Vec3;
  /** Labelled frames of the scene that lie between the moment before and this one without the object. */
  readonly missedBefore: number;
}

/** One entry for each moment; null where it is unknown. */
export interface TrackMotion {
  /** Over the ground, m/s: central difference, one-sided at the ends. */
  readonly speed: readonly (number | null)[];
  /** Direction of motion over the ground, radians; null below `courseSpeed`. */
  readonly course: readonly (number | null)[];
  /** Amount of the acceleration over the ground, m/s². */
  readonly acceleration: readonly (number | null)[];
  /** Amount of turning, rad/s, of the axis: a heading that flips by half a turn does not count as turning. */
  readonly yawRate: readonly (number | null)[];
}

/** Slower than this nothing has a course, m/s. */
const courseSpeed = 0.5;

export function trackMotion(moments: readonly MotionMoment[]): TrackMotion {
  const fits = motionFits(moments);
  const steps = moments.map((_, at) => stepAround(moments, at));
  return {
    speed: steps.map((step) => step && Math.hypot(step[0], step[1])),
    course: steps.map((step) =>
      step && Math.hypot(step[0], step[1]) >= courseSpeed ? Math.atan2(step[1], step[0]) : null,
    ),
    acceleration: fits.map((fit) => fit && Math.hypot(fit.acceleration[0], fit.acceleration[1])),
    yawRate: fits.map((fit) => fit && Math.abs(fit.yawRate)),
  };
}

/** Velocity over the ground from the moment before to the one after, m/s; null where a pose or time is missing. */
function stepAround(moments: readonly MotionMoment[], at: number): readonly [number, number] | null {
  const from = moments[Math.max(0, at - 1)]!;
  const to = moments[Math.min(moments.length - 1, at + 1)]!;
  if (!from.place || !to.place || from.seconds === null || to.seconds === null) return null;
  const seconds = to.seconds - from.seconds;
  if (!(seconds > 0)) return null;
  return [(to.place[0] - from.place[0]) / seconds, (to.place[1] - from.place[1]) / seconds];
}
