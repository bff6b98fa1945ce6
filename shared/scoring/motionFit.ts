/**
 * Curves through the places and headings of a track: motion around a moment with its standard error, and how far a
 * moment stands from where its neighbours put it. Windows are seconds, so 2 Hz and 10 Hz are judged alike.
 */
import { wrapAngle } from '../geometry/rotation.ts';
import type { MotionMoment } from './trackMotion.ts';

/**
 * Motion in the middle of a fit. The gains are the standard errors where each place (metre) or heading (radian)
 * scatters by 1 along each axis; times the scatter they say how much of a value is the labeller's hand.
 */
export interface MotionFit {
  /** Over the ground, m/s. */
  readonly velocity: readonly [x: number, y: number];
  readonly velocityGain: number;
  /** Over the ground, m/s². */
  readonly acceleration: readonly [x: number, y: number];
  readonly accelerationGain: number;
  /** rad/s, counter-clockwise; a heading that flips by half a turn does not count as turning. */
  readonly yawRate: number;
  readonly yawRateGain: number;
}

/** How far a moment stands from the curve through the moments around it, itself left out. */
export interface Departure {
  /** Over the ground, metres. */
  readonly offset: readonly [x: number, y: number];
  /** Radians, flips by half a turn taken out. */
  readonly yaw: number;
  /** Standard error of each of them where the labels scatter by 1. */
  readonly gain: number;
  /** Seconds from one moment to the next hereabouts: what happens in between no curve can tell. */
  readonly spacing: number;
}

/** Fits take in the moments within so many seconds of one; some recorders are late by a few hundredths. */
const fitReach = 0.55;
/** Shorter stretches tell more about jitter than about motion, seconds. */
const leastFitSpan = 0.45;
const fewestFitted = 3;
/** Neighbours on each side that a departure is told by: more would smear one bad label over all of them. */
const beside = 2;
const besideReach = 1.1;

/** One entry for each moment; null where poses, times or neighbours are missing. */
export function motionFits(moments: readonly MotionMoment[]): (MotionFit | null)[] {
  const yaws = foldedYaws(moments);
  return moments.map((_, at) => {
    const near = neighbours(moments, at, fitReach);
    if (!near || near.to - near.from + 1 < fewestFitted) return null;
    if (near.times.at(-1)! - near.times[0]! < leastFitSpan) return null;
    const curve = solved(near.times, 2);
    const line = solved(near.times, 1);
    if (!curve || !line) return null;
    const [x, y] = coordinates(moments, near);
    const [alongX, alongY] = [coefficients(curve, near.times, x), coefficients(curve, near.times, y)];
    const turning = coefficients(line, near.times, yaws.slice(near.from, near.to + 1));
    return {
      velocity: [alongX[1]!, alongY[1]!],
      velocityGain: Math.sqrt(curve[1]![1]!),
      acceleration: [2 * alongX[2]!, 2 * alongY[2]!],
      accelerationGain: 2 * Math.sqrt(curve[2]![2]!),
      yawRate: turning[1]!,
      yawRateGain: Math.sqrt(line[1]![1]!),
    };
  });
}

/** One entry for each moment; null where it has too few neighbours on either side. */
export function departures(moments: readonly MotionMoment[]): (Departure | null)[] {
  const yaws = foldedYaws(moments);
  return moments.map((_, at) => {
    const near = besides(moments, at);
    if (!near) return null;
    const own = at - near.from;
    const others = <Value>(values: readonly Value[]): Value[] => values.filter((_value, k) => k !== own);
    const times = others(near.times);
    const curve = solved(times, 2);
    if (!curve) return null;
    const [x, y] = coordinates(moments, near);
    const yaw = yaws.slice(near.from, near.to + 1);
    const off = (values: readonly number[]): number =>
      values[own]! - coefficients(curve, times, others(values))[0]!;
    return {
      offset: [off(x), off(y)],
      yaw: off(yaw),
      gain: Math.sqrt(1 + curve[0]![0]!),
      spacing: (near.times[own + 1]! - near.times[own - 1]!) / 2,
    };
  });
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
  readonly from: number;
  readonly to: number;
  /** Seconds from the one in the middle. */
  readonly times: readonly number[];
}

/** The moments one after the other around one, with poses and times, within reach; null where itself has none. */
function neighbours(moments: readonly MotionMoment[], at: number, reach: number): Near | null {
  const middle = moments[at]!.seconds;
  const isNear = (index: number): boolean => {
    const moment = moments[index];
    if (!moment?.place || moment.seconds === null || middle === null) return false;
    return Math.abs(moment.seconds - middle) <= reach;
  };
  if (!isNear(at)) return null;
  let [from, to] = [at, at];
  while (isNear(from - 1)) from--;
  while (isNear(to + 1)) to++;
  return { from, to, times: moments.slice(from, to + 1).map(({ seconds }) => seconds! - middle!) };
}

/** The next neighbours on both sides; null where they are missing or too far away. */
function besides(moments: readonly MotionMoment[], at: number): Near | null {
  const from = Math.max(0, at - beside);
  const near = neighbours(moments.slice(from, at + beside + 1), at - from, besideReach);
  if (!near || near.to - near.from !== 2 * beside) return null;
  return { ...near, from: near.from + from, to: near.to + from };
}

/** Places relative to the first: a map's large coordinates would cost the fit its digits. */
function coordinates(moments: readonly MotionMoment[], { from, to }: Near): [number[], number[]] {
  const places = moments.slice(from, to + 1).map(({ place }) => place!);
  const base = places[0]!;
  return [places.map((place) => place[0] - base[0]), places.map((place) => place[1] - base[1])];
}

/** Inverse of the normal equations of a polynomial: the covariance of its coefficients for a scatter of 1. */
function solved(times: readonly number[], degree: 1 | 2): readonly (readonly number[])[] | null {
  const size = degree + 1;
  const rows = Array.from({ length: size }, (_, row) =>
    Array.from({ length: 2 * size }, (__, column) =>
      column < size
        ? times.reduce((sum, time) => sum + time ** (row + column), 0)
        : Number(column - size === row),
    ),
  );
  for (let pivot = 0; pivot < size; pivot++) {
    const divisor = rows[pivot]![pivot]!;
    if (!(Math.abs(divisor) > 1e-12)) return null;
    for (let column = 0; column < 2 * size; column++) rows[pivot]![column]! /= divisor;
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue;
      const factor = rows[row]![pivot]!;
      for (let column = 0; column < 2 * size; column++) rows[row]![column]! -= factor * rows[pivot]![column]!;
    }
  }
  return rows.map((row) => row.slice(size));
}

/** Least squares: coefficients of the powers of time from 0 up. */
function coefficients(
  inverse: readonly (readonly number[])[],
  times: readonly number[],
  values: readonly number[],
): number[] {
  const sums = inverse.map((_, power) =>
    times.reduce((sum, time, at) => sum + time ** power * values[at]!, 0),
  );
  return inverse.map((row) => row.reduce((sum, factor, power) => sum + factor * sums[power]!, 0));
}
