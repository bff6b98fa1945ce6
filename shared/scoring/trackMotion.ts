/**
 * How a labelled object moves along its track: speed, acceleration and turning from its places in the world. Speeds
 * need poses and times; where either is missing nothing is guessed.
 */
import { wrapAngle } from '../geometry/rotation.ts';
import type { Vec3 } from '../model/pose.ts';

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
/** Fits take in the moments within so many seconds of one; some recorders are late by a few hundredths. */
const fitReach = 0.55;
/** Shorter stretches tell more about jitter than about motion, seconds. */
const leastFitSpan = 0.45;
const fewestFitted = 3;

export function trackMotion(moments: readonly MotionMoment[]): TrackMotion {
  const folded = foldedYaws(moments);
  const steps = moments.map((_, at) => stepAround(moments, at));
  return {
    speed: steps.map((step) => step && Math.hypot(step[0], step[1])),
    course: steps.map((step) =>
      step && Math.hypot(step[0], step[1]) >= courseSpeed ? Math.atan2(step[1], step[0]) : null,
    ),
    acceleration: moments.map((_, at) => {
      const near = fitted(moments, at);
      if (!near) return null;
      const along = ([0, 1] as const).map(
        (axis) => 2 * (polynomialFit(near, (place) => place.place![axis], 2)?.[2] ?? Number.NaN),
      );
      const amount = Math.hypot(...along);
      return Number.isFinite(amount) ? amount : null;
    }),
    yawRate: moments.map((_, at) => {
      const near = fitted(moments, at);
      const slope = near && polynomialFit(near, (_moment, index) => folded[index]!, 1)?.[1];
      return slope === null || slope === undefined ? null : Math.abs(slope);
    }),
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

/** Headings without jumps, flips by half a turn taken out. */
function foldedYaws(moments: readonly MotionMoment[]): number[] {
  const yaws: number[] = [];
  for (const [at, { yaw }] of moments.entries()) {
    const before = at === 0 ? yaw : yaws[at - 1]!;
    const step = wrapAngle(yaw - before);
    const turned = Math.abs(step) > Math.PI / 2 ? wrapAngle(step + Math.PI) : step;
    yaws.push(before + turned);
  }
  return yaws;
}

interface Near {
  readonly moment: MotionMoment & { readonly place: Vec3 };
  readonly index: number;
  /** Seconds from the one in the middle. */
  readonly time: number;
}

/** The moments around one that a curve is laid through; null where there are too few. */
function fitted(moments: readonly MotionMoment[], at: number): readonly Near[] | null {
  const middle = moments[at]!.seconds;
  if (middle === null) return null;
  const near: Near[] = [];
  const collect = (index: number): boolean => {
    const { seconds, place } = moments[index]!;
    if (seconds === null || place === null || Math.abs(seconds - middle) > fitReach) return false;
    near.push({ moment: { ...moments[index]!, place }, index, time: seconds - middle });
    return true;
  };
  for (let index = at; index >= 0 && collect(index); index--);
  near.reverse();
  for (let index = at + 1; index < moments.length && collect(index); index++);
  if (near.length < fewestFitted) return null;
  return near.at(-1)!.time - near[0]!.time >= leastFitSpan ? near : null;
}

/** Least squares by the normal equations: coefficients of the powers of time from 0 up. At most three of them. */
function polynomialFit(
  near: readonly Near[],
  value: (moment: Near['moment'], index: number) => number,
  degree: 1 | 2,
): readonly number[] | null {
  const size = degree + 1;
  const rows = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0));
  // Values far from zero (a map's coordinates) would cost the fit its digits.
  const base = value(near[0]!.moment, near[0]!.index);
  for (const { moment, index, time } of near) {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) rows[row]![column]! += time ** (row + column);
      rows[row]![size]! += time ** row * (value(moment, index) - base);
    }
  }
  for (let pivot = 0; pivot < size; pivot++) {
    const divisor = rows[pivot]![pivot]!;
    if (!(Math.abs(divisor) > 1e-12)) return null;
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue;
      const factor = rows[row]![pivot]! / divisor;
      for (let column = pivot; column <= size; column++)
        rows[row]![column]! -= factor * rows[pivot]![column]!;
    }
  }
  return rows.map((row, at) => row[size]! / row[at]! + (at === 0 ? base : 0));
}
