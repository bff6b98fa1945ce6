/**
 * What of a track is held against the limits of its kind: steps that no motion explains, heading against course,
 * turning that tyres do not hold, sizes that change. The desk's hints and the automatic checks measure alike.
 */
import { wrapAngle } from '../geometry/rotation.ts';
import type { Vec3 } from '../model/pose.ts';
import { type Limit, type MotionLimits, sizeLimit } from './motionLimits.ts';
import type { MotionMoment, TrackMotion } from './trackMotion.ts';

/** The project's check FLIP: a step between neighbours, or heading against course, radians. */
export const flipLimit: Limit = { soft: Math.PI / 2, hard: (5 * Math.PI) / 6 };
/** Turning is looked at above this speed, m/s. */
export const turningCounts = 1;
/** Heading is held against the course above this speed; a vehicle may reverse below the second. m/s. */
const courseCounts = 2;
const reversingEnds = 5;
/** Frames one after the other before heading against course is more than noise. */
const againstCourse = 3;
/** The project's checks IDJUMP and IDSW allow for so much beyond what motion explains, metres. */
export const jumpMeters = 2;

/** Amount by which the heading differs from that of the moment before, radians; 0 for the first. */
export function headingSteps(moments: readonly MotionMoment[]): number[] {
  return moments.map(({ yaw }, at) => (at === 0 ? 0 : Math.abs(wrapAngle(yaw - moments[at - 1]!.yaw))));
}

/** Heading against course where it goes on for long enough, radians; 0 elsewhere. */
export function headingAgainstCourse(
  moments: readonly MotionMoment[],
  { speed, course }: Pick<TrackMotion, 'speed' | 'course'>,
): number[] {
  const against = moments.map(({ yaw }, at) => {
    const [pace, way] = [speed[at] ?? 0, course[at] ?? null];
    if (way === null || pace <= courseCounts) return 0;
    const off = Math.abs(wrapAngle(yaw - way));
    return off > flipLimit.hard && pace < reversingEnds ? 0 : off;
  });
  return against.map((off, at) => (isRun(against, at) ? off : 0));
}

/** Whether a moment belongs to a run of heading against course that is long enough. */
function isRun(against: readonly number[], at: number): boolean {
  const isAgainst = (place: number): boolean => (against[place] ?? 0) > flipLimit.soft;
  if (!isAgainst(at)) return false;
  let [from, to] = [at, at];
  while (isAgainst(from - 1)) from--;
  while (isAgainst(to + 1)) to++;
  return to - from + 1 >= againstCourse;
}

/** Turning allowed at a speed, rad/s: the kind's own limit, or less where tyres would not hold. Null = any. */
export function turningLimit(limits: MotionLimits, speed: number): Limit | null {
  if (!limits.yawRate || limits.sideways === null) return limits.yawRate;
  const gripping = limits.sideways / speed;
  return gripping < limits.yawRate.hard
    ? { soft: Math.min(limits.yawRate.soft, gripping), hard: gripping }
    : limits.yawRate;
}

/** A step from one moment to the next, in time. */
export interface TrackStep {
  /** Index of the later moment. */
  readonly at: number;
  readonly seconds: number;
  /** Over the ground, metres, and the farthest that such an object gets in the time, `jumpMeters` allowed for. */
  readonly moved: number;
  readonly farthest: number;
  /** Where it would be if it went on as it came, and how far from there it is, metres. */
  readonly expected: Vec3;
  readonly off: number;
  /** What an acceleration at the soft limit makes of the time, metres. */
  readonly explained: number;
}

/** Steps between moments that have poses and times. */
export function trackSteps(moments: readonly MotionMoment[], limits: MotionLimits): TrackStep[] {
  return moments.flatMap((moment, at): TrackStep[] => {
    const before = moments[at - 1];
    if (!before?.place || !moment.place || before.seconds === null || moment.seconds === null) return [];
    const seconds = moment.seconds - before.seconds;
    if (!(seconds > 0)) return [];
    const expected = expectedPlace(moments, at - 1, seconds);
    return [
      {
        ...{ at, seconds, moved: groundDistance(before.place, moment.place), expected },
        farthest: limits.speed.hard * seconds + jumpMeters,
        off: groundDistance(expected, moment.place),
        explained: 0.5 * (limits.acceleration?.soft ?? 0) * seconds ** 2,
      },
    ];
  });
}

/** How far back an object's way is followed to say where it goes, seconds. */
const wayBack = 0.6;

/**
 * Where the object would be `seconds` after a moment (before it, where negative) if it went on as it came. The
 * velocity is the middle one of the steps of the last half second, so that one bad label does not mislead it; from a
 * lone moment nothing is known but the place.
 */
export function expectedPlace(moments: readonly MotionMoment[], at: number, seconds: number): Vec3 {
  const place = moments[at]!.place!;
  const velocity = velocityInto(moments, at, seconds < 0 ? 1 : -1);
  return [
    place[0] + velocity[0] * seconds,
    place[1] + velocity[1] * seconds,
    place[2] + velocity[2] * seconds,
  ];
}

/** m/s, from the moments before (`way` -1) or after (1) one. */
function velocityInto(moments: readonly MotionMoment[], at: number, way: 1 | -1): Vec3 {
  const steps: Vec3[] = [];
  const origin = moments[at]!.seconds;
  for (let k = at; origin !== null; k += way) {
    const [now, next] = [moments[k]!, moments[k + way]];
    if (!now.place || !next?.place || now.seconds === null || next.seconds === null) break;
    const span = next.seconds - now.seconds;
    const isTooFar = steps.length > 0 && Math.abs(next.seconds - origin) > wayBack;
    if (span * way <= 0 || isTooFar) break;
    const step = (axis: 0 | 1 | 2): number => (next.place![axis] - now.place![axis]) / span;
    steps.push([step(0), step(1), step(2)]);
  }
  return steps.length === 0 ? [0, 0, 0] : medianOf(steps);
}

/**
 * By moment: how far the heading is from where that of the moments before was going, radians, flips by half a turn
 * taken out; null for the first two and where a time is missing. The rate is the middle one of the steps before.
 */
export function turnsOffLine(moments: readonly MotionMoment[]): (number | null)[] {
  const steps = moments.map(({ yaw, seconds }, at) => {
    const before = moments[at - 1];
    if (!before || before.seconds === null || seconds === null || !(seconds > before.seconds)) return null;
    const turned = wrapAngle(yaw - before.yaw);
    const span = seconds - before.seconds;
    return { turned: Math.abs(turned) > Math.PI / 2 ? wrapAngle(turned + Math.PI) : turned, span };
  });
  return steps.map((step, at) => {
    const rates: number[] = [];
    let back = 0;
    for (let k = at - 1; k > 0 && steps[k]; k--) {
      back += steps[k]!.span;
      if (rates.length > 0 && back > wayBack) break;
      rates.push(steps[k]!.turned / steps[k]!.span);
    }
    if (!step || rates.length === 0) return null;
    const rate = rates.sort((a, b) => a - b)[(rates.length - 1) >> 1]!;
    return Math.abs(step.turned - rate * step.span);
  });
}

/** Over the ground, metres. */
export function groundDistance(a: Vec3, b: Vec3): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

export interface SizeDeviation {
  readonly axis: 0 | 1 | 2;
  /** From the track's own median, metres. */
  readonly off: number;
  readonly limit: Limit;
}

/** By moment: the extent that stands farthest from the track's median, measured in its own limit. */
export function sizeDeviations(moments: readonly MotionMoment[], tolerance: Vec3 | null): SizeDeviation[] {
  const medians = medianOf(moments.map(({ size }) => size));
  return moments.map(({ size }) =>
    ([0, 1, 2] as const)
      .map((axis) => ({
        axis,
        off: Math.abs(size[axis] - medians[axis]),
        limit: sizeLimit(medians[axis], tolerance?.[axis] ?? null),
      }))
      .reduce((a, b) => (b.off * a.limit.soft > a.off * b.limit.soft ? b : a)),
  );
}

/** The middle one along each axis: what the labeller meant, whatever a few say. Of two the lower; zero of none. */
export function medianOf(values: readonly Vec3[]): Vec3 {
  const median = (axis: 0 | 1 | 2): number => {
    const sorted = values.map((value) => value[axis]).sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  };
  return [median(0), median(1), median(2)];
}
