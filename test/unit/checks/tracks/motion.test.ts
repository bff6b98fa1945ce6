/** SPEED, ACCEL, YAWRATE, FLIP, CRAB: what motion cannot be, and what it may well be. */
import { describe, expect, test } from 'vitest';
import { lackOf } from '../../../../shared/checks/lacks.ts';
import { accelCheck } from '../../../../shared/checks/tracks/accel.ts';
import { crabCheck } from '../../../../shared/checks/tracks/crab.ts';
import { flipCheck } from '../../../../shared/checks/tracks/flip.ts';
import { speedCheck } from '../../../../shared/checks/tracks/speed.ts';
import { yawRateCheck } from '../../../../shared/checks/tracks/yawrate.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import { type Actor, driving, findingsOf, type Pose, sceneOfDrive, standing } from './trackLab.ts';

const degrees = (value: number): number => (value * Math.PI) / 180;
const car = (at: Actor['at']): Actor => ({ track: 'a', at });

/** Along a circle to the left, the rear axle on it; the label's middle is 1.38 m ahead. */
const circling =
  (speed: number, radius: number) =>
  (seconds: number): Pose => {
    const yaw = (speed / radius) * seconds;
    const [x, y] = [radius * Math.sin(yaw), 15 - radius * Math.cos(yaw)];
    return { x: x + 1.38 * Math.cos(yaw), y: y + 1.38 * Math.sin(yaw), yaw };
  };

describe('SPEED', () => {
  test('what is faster than its kind, by the time between the frames', () => {
    for (const hertz of [2, 10]) {
      const actors = [{ ...car(driving(0, 5, 11)), className: 'pedestrian' }];
      // Near all along: far from the vehicle labels may scatter more, and limits give way.
      const drive = { actors, hertz, frames: 12, ego: driving(0, 0, 11) };
      const [finding, ...others] = findingsOf(speedCheck, drive);
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ grade: 'soft', frames: 12, limitKey: 'pedestrian' });
      expect(finding!.value).toBeCloseTo(11, 6);
      expect(finding!.evidence[0]).toMatchObject({ kind: 'path', role: 'path' });
    }
    expect(findingsOf(speedCheck, { actors: [car(driving(0, 5, 30))] })).toEqual([]);
  });

  test('the way is drawn in the space of the frame', () => {
    const actors = [{ ...car(driving(20, 0, 9)), className: 'pedestrian' }];
    // The vehicle follows at the same speed: seen from it the label stays where it is, the way does not.
    const ego = driving(0, 0, 9);
    const [finding] = findingsOf(speedCheck, { actors, ego, frames: 21 });
    const path = finding!.evidence[0]!;
    const xs = path.kind === 'path' ? path.points.map(([x]) => x) : [];
    const here = Number(finding!.frame) / 10;
    expect(Math.min(...xs)).toBeCloseTo(20 - 9 * Math.min(here, 1.5), 6);
    expect(Math.max(...xs)).toBeCloseTo(20 + 9 * Math.min(2 - here, 1.5), 6);
  });

  test('needs poses and times', () => {
    const actors = [{ ...car(driving(0, 5, 60)), className: 'pedestrian' }];
    expect(lackOf(speedCheck, sceneOfDrive({ actors, hasPoses: false }))).toBe('poses');
    expect(lackOf(speedCheck, sceneOfDrive({ actors, hasTimes: false }))).toBe('times');
  });
});

describe('ACCEL', () => {
  const braking = (rate: number): Actor => car((t) => ({ x: 30 * t - (rate * t * t) / 2, y: 4, yaw: 0 }));

  test('jitter of 5 cm at 10 Hz is no acceleration, whatever its seed', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = seededRandom(seed);
      const spoil = (label: Pose & { track: string }) => ({
        ...label,
        x: label.x + 0.05 * random.normal(),
        y: label.y + 0.05 * random.normal(),
      });
      expect(findingsOf(accelCheck, { actors: [car(driving(5, 4, 12))], spoil: spoil as never })).toEqual([]);
    }
  });

  test('braking that no tyre holds, at both rates; a full stop is none', () => {
    for (const hertz of [2, 10]) {
      const frames = hertz === 2 ? 5 : 20;
      const [finding] = findingsOf(accelCheck, { actors: [braking(25)], hertz, frames });
      expect(finding).toMatchObject({ grade: 'hard', limitKey: 'car' });
      expect(finding!.value).toBeCloseTo(25, 4);
      expect(findingsOf(accelCheck, { actors: [braking(7.5)], hertz, frames })).toEqual([]);
    }
  });

  test('three frames at 10 Hz are too short a time to tell', () => {
    expect(findingsOf(accelCheck, { actors: [braking(25)], frames: 3 })).toEqual([]);
  });
});

describe('YAWRATE', () => {
  test('a bend that tyres do not hold is told as such, one that they hold is not', () => {
    const fast = findingsOf(yawRateCheck, { actors: [car(circling(20, 14))] });
    expect(fast.map(({ says, grade }) => `${says} ${grade}`)).toEqual(['slips hard']);
    expect(fast[0]!.value).toBeCloseTo(20 / 14, 3);
    expect(findingsOf(yawRateCheck, { actors: [car(circling(6, 8))] })).toEqual([]);
  });

  test('nothing is said of what stands, nor of who walks', () => {
    const spinning = (t: number): Pose => ({ x: 5, y: 5, yaw: 4 * t });
    expect(findingsOf(yawRateCheck, { actors: [car(spinning)] })).toEqual([]);
    const walker = { ...car((t) => ({ ...circling(2, 0.7)(t) })), className: 'pedestrian' };
    expect(findingsOf(yawRateCheck, { actors: [walker] })).toEqual([]);
  });
});

describe('FLIP', () => {
  test('one label turned round is told of that label', () => {
    for (const at of [standing(10, 6), driving(5, 4, 3), driving(5, 4, 12)]) {
      const findings = findingsOf(flipCheck, {
        actors: [car(at)],
        spoil: (label, frame) => (frame === 12 ? { ...label, yaw: label.yaw + Math.PI } : label),
      });
      expect(findings.map(({ frame, grade, says }) => `${frame} ${grade} ${says}`)).toEqual(['12 hard is']);
      expect(findings[0]!.value).toBeCloseTo(Math.PI, 6);
      expect(findings[0]!.params).toEqual({ step: 180 });
    }
  });

  test('front and rear exchanged all along: against the course, but slow reversing is allowed', () => {
    const backwards = (speed: number) => car((t) => ({ ...driving(0, 4, speed)(t), yaw: Math.PI }));
    const [finding, ...others] = findingsOf(flipCheck, { actors: [backwards(9)] });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ says: 'course', grade: 'hard', frames: 30 });
    expect(findingsOf(flipCheck, { actors: [backwards(3)] })).toEqual([]);
  });

  test('who walks may turn on the spot within a second, but does not walk backwards for one', () => {
    const person = (at: Actor['at']): Actor => ({
      ...car(at),
      className: 'pedestrian',
      size: [0.6, 0.7, 1.75],
    });
    const turning = (t: number): Pose => ({ x: 6, y: 5, yaw: Math.PI * Math.min(1, Math.max(0, t - 1)) });
    for (const hertz of [2, 10]) {
      const frames = hertz * 3;
      expect(findingsOf(flipCheck, { actors: [person(turning)], hertz, frames })).toEqual([]);
    }
    const backwards = person((t) => ({ ...driving(0, 4, 1.5)(t), yaw: Math.PI }));
    expect(findingsOf(flipCheck, { actors: [backwards] })).toMatchObject([{ says: 'course', grade: 'soft' }]);
  });

  test('a stretch of headings out of line by twice the tolerance, at rest and on the way', () => {
    for (const at of [standing(10, 6), driving(5, 4, 9)]) {
      const findings = findingsOf(flipCheck, {
        actors: [car(at)],
        spoil: (label, frame) =>
          frame >= 10 && frame < 15 ? { ...label, yaw: label.yaw + degrees(10) } : label,
      });
      expect(findings.every(({ says, code }) => says === 'line' && code === 'YAW')).toBe(true);
      expect(findings.some(({ frame }) => Number(frame) >= 10 && Number(frame) < 15)).toBe(true);
    }
  });

  test('works without poses where headings are steady', () => {
    const findings = findingsOf(flipCheck, {
      ...{ actors: [car(standing(10, 6))], hasPoses: false, ego: standing(0, 0) },
      spoil: (label, frame) => (frame === 3 ? { ...label, yaw: Math.PI } : label),
    });
    expect(findings.map(({ frame }) => frame)).toEqual(['3']);
  });
});

describe('CRAB', () => {
  const crooked = (angle: number, speed = 10) =>
    car((t) => ({ ...driving(0, 4, speed)(t), yaw: degrees(angle) }));

  test('far off the course in a frame, and a little off for long', () => {
    const far = findingsOf(crabCheck, { actors: [crooked(40)] });
    expect(far.map(({ says, grade }) => `${says} ${grade}`).sort()).toEqual(['is hard', 'lasting hard']);
    expect(far[0]!.value).toBeCloseTo(degrees(40), 6);
    const little = findingsOf(crabCheck, { actors: [crooked(-8)], ego: driving(0, 0, 10) });
    expect(little.map(({ says }) => says)).toEqual(['lasting']);
    // All but its ends, where half a second on one side only says little of a course.
    expect(little[0]!.frames).toBeGreaterThan(20);
    expect(findingsOf(crabCheck, { actors: [crooked(3)] })).toEqual([]);
  });

  test('a bend is no crab, backwards neither, and what is slow or walks is not judged', () => {
    expect(findingsOf(crabCheck, { actors: [car(circling(7, 9))] })).toEqual([]);
    expect(findingsOf(crabCheck, { actors: [crooked(180)] })).toEqual([]);
    expect(findingsOf(crabCheck, { actors: [crooked(40, 2)] })).toEqual([]);
    expect(findingsOf(crabCheck, { actors: [{ ...crooked(60, 5), className: 'pedestrian' }] })).toEqual([]);
  });
});
