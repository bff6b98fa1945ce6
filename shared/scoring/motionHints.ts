/**
 * Where a track breaks the limits of how its object can move. Hints for the eye of who judges: none of them is a
 * defect until a person says so.
 */
import { wrapAngle } from '../geometry/rotation.ts';
import type { Vec3 } from '../model/pose.ts';
import { type Limit, type MotionLimits, sizeLimit } from './motionLimits.ts';
import type { MotionMoment, TrackMotion } from './trackMotion.ts';

export const hintKinds = [
  'speed',
  'acceleration',
  'yaw-rate',
  'flip',
  'jump',
  'id-switch',
  'size',
  'gap',
] as const;
export type HintKind = (typeof hintKinds)[number];

export interface MotionHint {
  readonly kind: HintKind;
  /** Index of the moment it stands at; for what happens between two, the later one. */
  readonly at: number;
  readonly grade: 'soft' | 'hard';
  /** In the unit of its limit: m/s, m/s², radians a second, radians, metres, frames. */
  readonly value: number;
  readonly limit: number;
}

/** The project's check FLIP: a step between neighbours, or heading against course, radians. */
export const flipLimit: Limit = { soft: Math.PI / 2, hard: (5 * Math.PI) / 6 };
/** Heading is held against the course above this speed; a vehicle may reverse below the second. m/s. */
const courseCounts = 2;
const reversingEnds = 5;
/** Frames one after the other before heading against course is more than noise. */
const againstCourse = 3;
/** The project's checks IDJUMP and IDSW allow for so much beyond what motion explains, metres. */
const jumpMeters = 2;
/** The project's check GAP: frames missing inside a track. */
const gapFrames: Limit = { soft: 1, hard: 3 };
/** Turning is looked at above this speed, m/s. */
const turningCounts = 1;

/**
 * `limits` null: only what needs no class is looked at (gaps). `sizeTolerance` is the spec's, along length, width
 * and height, metres; null = the spec has none.
 */
export function motionHints(
  moments: readonly MotionMoment[],
  motion: TrackMotion,
  limits: MotionLimits | null,
  sizeTolerance: Vec3 | null,
): MotionHint[] {
  const gaps = moments.flatMap(({ missedBefore }, at) =>
    graded('gap', at, missedBefore, gapFrames, (value, limit) => value >= limit),
  );
  if (!limits) return gaps;
  const hints = [
    ...gaps,
    ...moments.flatMap((_, at) => [
      ...graded('speed', at, motion.speed[at] ?? null, limits.speed),
      ...graded('acceleration', at, motion.acceleration[at] ?? null, limits.acceleration),
      ...turning(at, motion, limits),
    ]),
    ...(limits.isWheeled ? flips(moments, motion) : []),
    ...jumps(moments, limits),
    ...(limits.isRigid ? sizes(moments, sizeTolerance) : []),
  ];
  return hints.sort((a, b) => a.at - b.at);
}

function graded(
  kind: HintKind,
  at: number,
  value: number | null,
  limit: Limit | null,
  isBeyond = (amount: number, edge: number): boolean => amount > edge,
): MotionHint[] {
  if (value === null || limit === null || !isBeyond(value, limit.soft)) return [];
  return isBeyond(value, limit.hard)
    ? [{ kind, at, grade: 'hard', value, limit: limit.hard }]
    : [{ kind, at, grade: 'soft', value, limit: limit.soft }];
}

function turning(at: number, { speed, yawRate }: TrackMotion, limits: MotionLimits): MotionHint[] {
  const [pace, rate] = [speed[at] ?? null, yawRate[at] ?? null];
  if (!limits.yawRate || pace === null || rate === null || pace <= turningCounts) return [];
  const limit = limits.sideways === null ? limits.yawRate.hard : limits.sideways / pace;
  if (rate > limit && limit < limits.yawRate.hard) {
    return [{ kind: 'yaw-rate', at, grade: 'hard', value: rate, limit }];
  }
  return graded('yaw-rate', at, rate, limits.yawRate);
}

function flips(moments: readonly MotionMoment[], { speed, course }: TrackMotion): MotionHint[] {
  const against = moments.map(({ yaw }, at) => {
    const [pace, way] = [speed[at] ?? 0, course[at] ?? null];
    if (way === null || pace <= courseCounts) return 0;
    const off = Math.abs(wrapAngle(yaw - way));
    return off > flipLimit.hard && pace < reversingEnds ? 0 : off;
  });
  return moments.flatMap(({ yaw }, at) => {
    const step = at === 0 ? 0 : Math.abs(wrapAngle(yaw - moments[at - 1]!.yaw));
    return graded('flip', at, Math.max(step, isRun(against, at) ? against[at]! : 0), flipLimit);
  });
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

/**
 * Steps that no motion explains. After a gap the object is looked for where its last speed would have brought it,
 * give or take what an acceleration at the soft limit makes of the time: elsewhere another object may have taken
 * its id.
 */
function jumps(moments: readonly MotionMoment[], limits: MotionLimits): MotionHint[] {
  return moments.flatMap((moment, at): MotionHint[] => {
    const before = moments[at - 1];
    if (!before?.place || !moment.place || before.seconds === null || moment.seconds === null) return [];
    const seconds = moment.seconds - before.seconds;
    if (!(seconds > 0)) return [];
    const moved = distance(before.place, moment.place);
    const farthest = limits.speed.hard * seconds + jumpMeters;
    const isBeyond = moved > farthest;
    if (moment.missedBefore > 0) {
      const allowed = jumpMeters + 0.5 * (limits.acceleration?.soft ?? 0) * seconds ** 2;
      const off = distance(expectedPlace(moments, at - 1, seconds), moment.place);
      if (off > allowed) {
        return [{ kind: 'id-switch', at, grade: isBeyond ? 'hard' : 'soft', value: off, limit: allowed }];
      }
    }
    return isBeyond ? [{ kind: 'jump', at, grade: 'hard', value: moved, limit: farthest }] : [];
  });
}

/** Where the object would be `seconds` after a moment if it went on as it came. */
function expectedPlace(moments: readonly MotionMoment[], at: number, seconds: number): Vec3 {
  const now = moments[at]!;
  const place = now.place!;
  const before = moments[at - 1];
  if (!before?.place || before.seconds === null || now.seconds === null) return place;
  const span = now.seconds - before.seconds;
  if (!(span > 0)) return place;
  const along = (axis: 0 | 1 | 2): number =>
    place[axis] + ((place[axis] - before.place![axis]) / span) * seconds;
  return [along(0), along(1), along(2)];
}

function distance(a: Vec3, b: Vec3): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** The extent that stands farthest from its median, measured in its own limit. */
function sizes(moments: readonly MotionMoment[], tolerance: Vec3 | null): MotionHint[] {
  const medians = medianSize(moments.map(({ size }) => size));
  return moments.flatMap(({ size }, at) => {
    const worst = ([0, 1, 2] as const)
      .map((axis) => ({
        off: Math.abs(size[axis] - medians[axis]),
        limit: sizeLimit(medians[axis], tolerance?.[axis] ?? null),
      }))
      .reduce((a, b) => (b.off * a.limit.soft > a.off * b.limit.soft ? b : a));
    return graded('size', at, worst.off, worst.limit);
  });
}

/** Median of each extent: what the labeller meant, whatever a few frames say. */
export function medianSize(sizes: readonly Vec3[]): Vec3 {
  const median = (axis: 0 | 1 | 2): number => {
    const values = sizes.map((size) => size[axis]).sort((a, b) => a - b);
    return values[Math.floor((values.length - 1) / 2)] ?? 0;
  };
  return [median(0), median(1), median(2)];
}
