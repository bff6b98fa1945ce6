/**
 * Where a track breaks the limits of how its object can move. Hints for the eye of who judges: none of them is a
 * defect until a person says so.
 */
import type { Vec3 } from '../model/pose.ts';
import type { Limit, MotionLimits } from './motionLimits.ts';
import {
  flipLimit,
  headingAgainstCourse,
  headingSteps,
  jumpMeters,
  medianOf,
  sizeDeviations,
  trackSteps,
  turningCounts,
  turningLimit,
} from './motionMeasures.ts';
import type { MotionMoment, TrackMotion } from './trackMotion.ts';

export { medianOf as medianSize };

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

/** The project's check GAP: frames missing inside a track. */
export const gapFrames: Limit = { soft: 1, hard: 3 };

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
  const pace = speed[at] ?? null;
  if (pace === null || pace <= turningCounts) return [];
  return graded('yaw-rate', at, yawRate[at] ?? null, turningLimit(limits, pace));
}

function flips(moments: readonly MotionMoment[], motion: TrackMotion): MotionHint[] {
  const against = headingAgainstCourse(moments, motion);
  return headingSteps(moments).flatMap((step, at) =>
    graded('flip', at, Math.max(step, against[at]!), flipLimit),
  );
}

/** Steps that no motion explains. After a gap, elsewhere than expected, another object may have taken the id. */
function jumps(moments: readonly MotionMoment[], limits: MotionLimits): MotionHint[] {
  return trackSteps(moments, limits).flatMap(({ at, moved, farthest, off, explained }): MotionHint[] => {
    const isBeyond = moved > farthest;
    const allowed = jumpMeters + explained;
    if (moments[at]!.missedBefore > 0 && off > allowed) {
      return [{ kind: 'id-switch', at, grade: isBeyond ? 'hard' : 'soft', value: off, limit: allowed }];
    }
    return isBeyond ? [{ kind: 'jump', at, grade: 'hard', value: moved, limit: farthest }] : [];
  });
}

function sizes(moments: readonly MotionMoment[], tolerance: Vec3 | null): MotionHint[] {
  return sizeDeviations(moments, tolerance).flatMap(({ off, limit }, at) => graded('size', at, off, limit));
}
