/** Motion along a track and the hints it gives: made series whose speed, turning and faults are known. */
import { describe, expect, test } from 'vitest';
import { wrapAngle } from '../../../shared/geometry/rotation.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import { motionHints } from '../../../shared/scoring/motionHints.ts';
import { motionLimits, sizeLimit } from '../../../shared/scoring/motionLimits.ts';
import { type MotionMoment, trackMotion } from '../../../shared/scoring/trackMotion.ts';
import { seededRandom } from '../../support/seededRandom.ts';

interface Made {
  readonly place?: Vec3 | null;
  readonly yaw?: number;
  readonly size?: Vec3;
  readonly missedBefore?: number;
}

function series(count: number, hertz: number, made: (seconds: number, at: number) => Made): MotionMoment[] {
  let missed = 0;
  return Array.from({ length: count }, (_, at) => {
    const { missedBefore = 0 } = made(at / hertz, at);
    missed += missedBefore;
    const seconds = (at + missed) / hertz;
    const { place = [0, 0, 0], yaw = 0, size = [4.6, 1.9, 1.7] } = made(seconds, at);
    return { seconds, place, yaw, size, missedBefore };
  });
}

const car = motionLimits('car');
const hintsOf = (moments: MotionMoment[], limits = car, tolerance: Vec3 | null = null): string[] =>
  motionHints(moments, trackMotion(moments), limits, tolerance).map(
    ({ kind, at, grade }) => `${at} ${kind} ${grade}`,
  );

describe('motion', () => {
  test('a steady acceleration is found, whatever its direction', () => {
    const moments = series(21, 10, (t) => ({
      place: [5000 + (0.6 * (3 * t * t)) / 2, -2000 + (0.8 * (3 * t * t)) / 2, 7],
    }));
    const motion = trackMotion(moments);
    for (const acceleration of motion.acceleration) expect(acceleration).toBeCloseTo(3, 6);
    expect(motion.speed[10]).toBeCloseTo(3, 6);
    expect(motion.course[10]).toBeCloseTo(Math.atan2(0.8, 0.6), 9);
  });

  test('jitter of 5 cm at 10 Hz stays far below the limit of acceleration', () => {
    const random = seededRandom(7);
    const moments = series(60, 10, (t) => ({
      place: [12 * t + random.between(-0.05, 0.05), random.between(-0.05, 0.05), 0],
    }));
    const most = Math.max(...trackMotion(moments).acceleration.map((value) => value ?? 0));
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(5);
    expect(hintsOf(moments)).toEqual([]);
  });

  test('turning goes through half a turn without a jump, and a flip is no turning', () => {
    const turning = series(40, 10, (t) => ({ place: [t, 0, 0], yaw: wrapAngle(2.8 + 0.5 * t) }));
    for (const rate of trackMotion(turning).yawRate) expect(rate).toBeCloseTo(0.5, 6);
    const flipped = series(20, 10, (t, at) => ({
      place: [10 * t, 0, 0],
      yaw: at === 9 ? Math.PI : 0,
    }));
    for (const rate of trackMotion(flipped).yawRate) expect(rate).toBeCloseTo(0, 9);
    expect(hintsOf(flipped)).toEqual(['9 flip hard', '10 flip hard']);
  });

  test('key frames twice a second are enough for a fit, two of them are not', () => {
    const moments = series(3, 2, (t) => ({ place: [2 * t * t, 0, 0] }));
    expect(trackMotion(moments).acceleration).toEqual([null, expect.closeTo(4, 9), null]);
    expect(trackMotion(moments.slice(0, 2)).acceleration).toEqual([null, null]);
  });

  test('nothing is guessed without poses or times', () => {
    const noPose = series(8, 10, () => ({ place: null }));
    const noTime = series(8, 10, (t) => ({ place: [t, 0, 0] })).map((moment) => ({
      ...moment,
      seconds: null,
    }));
    for (const moments of [noPose, noTime]) {
      const { speed, acceleration, course } = trackMotion(moments);
      expect([...speed, ...acceleration, ...course].every((value) => value === null)).toBe(true);
      expect(hintsOf(moments)).toEqual([]);
    }
    expect(trackMotion([])).toEqual({ speed: [], course: [], acceleration: [], yawRate: [] });
  });
});

describe('hints', () => {
  test('speed by class: what a car may drive no pedestrian walks', () => {
    const moments = series(12, 10, (t) => ({ place: [8 * t, 0, 0] }));
    expect(hintsOf(moments)).toEqual([]);
    expect(new Set(hintsOf(moments, motionLimits('pedestrian')).map((hint) => hint.slice(-10)))).toEqual(
      new Set(['speed soft']),
    );
    expect(hintsOf(moments, motionLimits('traffic_cone'))[0]).toBe('0 speed hard');
    // A class nobody knows has no limits; only its gaps are told.
    expect(hintsOf(moments, null)).toEqual([]);
  });

  test('heading against the course: three frames, and not while reversing slowly', () => {
    const driven = (speed: number) => series(12, 10, (t) => ({ place: [speed * t, 0, 0], yaw: Math.PI }));
    expect(hintsOf(driven(8))).toHaveLength(12);
    expect(hintsOf(driven(8))[0]).toBe('0 flip hard');
    expect(hintsOf(driven(3))).toEqual([]);
  });

  test('a place no motion explains is a jump; after a gap it may be another object', () => {
    const jumped = series(10, 10, (t, at) => ({ place: [10 * t + (at >= 5 ? 12 : 0), 0, 0] }));
    expect(hintsOf(jumped)).toContain('5 jump hard');
    const switched = series(10, 10, (t, at) => ({
      place: [10 * t, at >= 5 ? 6 : 0, 0],
      missedBefore: at === 5 ? 2 : 0,
    }));
    const hints = hintsOf(switched);
    expect(hints).toContain('5 id-switch soft');
    expect(hints).toContain('5 gap soft');
    const resumed = series(10, 10, (t, at) => ({ place: [10 * t, 0, 0], missedBefore: at === 5 ? 2 : 0 }));
    expect(hintsOf(resumed)).toEqual(['5 gap soft']);
    const lost = series(10, 10, (t, at) => ({ place: [10 * t, 0, 0], missedBefore: at === 5 ? 3 : 0 }));
    expect(hintsOf(lost)).toEqual(['5 gap hard']);
  });

  test('a rigid object keeps its size; a pedestrian need not', () => {
    const grown = series(9, 10, (t, at) => ({
      place: [5 * t, 0, 0],
      size: [at === 4 ? 4.67 : at === 6 ? 5 : 4.6, 1.9, 1.7],
    }));
    expect(hintsOf(grown, car, [0.2, 0.19, 0.17])).toEqual(['4 size soft', '6 size hard']);
    const walking = series(9, 10, (t, at) => ({ place: [t, 0, 0], size: [0.5 + 0.1 * (at % 3), 0.6, 1.7] }));
    expect(hintsOf(walking, motionLimits('pedestrian'))).toEqual([]);
    expect(hintsOf(walking, car)).not.toEqual([]);
  });

  test('limits of size: the smaller of length and share, the spec’s tolerance before the general one', () => {
    expect(sizeLimit(4.6, 0.2)).toEqual({ soft: 0.05, hard: 0.2 });
    expect(sizeLimit(2, null)).toEqual({ soft: 0.04, hard: 0.1 });
    expect(sizeLimit(10, 0.01)).toEqual({ soft: 0.05, hard: 0.05 });
  });

  test('turning faster than tyres hold', () => {
    const radius = 10;
    const circle = (speed: number) =>
      series(20, 10, (t) => {
        const angle = (speed / radius) * t;
        return { place: [radius * Math.sin(angle), -radius * Math.cos(angle), 0], yaw: wrapAngle(angle) };
      });
    expect(hintsOf(circle(8)).filter((hint) => hint.includes('yaw-rate'))).toEqual([]);
    const fast = hintsOf(circle(14)).filter((hint) => hint.includes('yaw-rate'));
    expect(fast.length).toBeGreaterThan(10);
    expect(fast.every((hint) => hint.endsWith('hard'))).toBe(true);
  });
});
