/** What is set on the calibration screen, and how much of a scene it looks at. */
import { describe, expect, test } from 'vitest';
import {
  asDelivered,
  calibrationTrial,
  farthestTime,
  isAsDelivered,
  shifted,
  trialOfFit,
  turned,
  valuesOf,
  withTime,
} from '../../../renderer/screens/calibration/trial.ts';
import { noTrial, tryCalibration } from '../../../shared/geometry/calibrationTrial.ts';
import { egoMotion } from '../../../shared/geometry/egoMotion.ts';
import { identityMatrix, invertRigid, multiply } from '../../../shared/geometry/matrix.ts';
import { statedSeconds, unaccountedSeconds } from '../../../shared/geometry/sceneMotion.ts';
import type { Frame, ImageRef } from '../../../shared/model/delivery.ts';
import { spreadFrames } from '../../../shared/model/frames.ts';
import type { Mat4 } from '../../../shared/model/pose.ts';
import { fitCauses } from '../../../shared/scoring/misalignment.ts';
import { drive, residualsOf } from '../../support/drivenCamera.ts';

describe('a trial', () => {
  test('steps add up to tenths, and back to what was delivered', () => {
    let trial = asDelivered;
    for (let step = 0; step < 7; step++) trial = turned(trial, 1, 0.1);
    expect(trial.degrees).toEqual([0, 0.7, 0]);
    for (let step = 0; step < 7; step++) trial = turned(trial, 1, -0.1);
    expect(isAsDelivered(trial)).toBe(true);
    expect(Object.is(trial.degrees[1], -0)).toBe(false);
    expect(shifted(asDelivered, 2, -3).centimeters).toEqual([0, 0, -3]);
    expect(withTime(asDelivered, 9999).milliseconds).toBe(farthestTime);
    expect(isAsDelivered({ ...asDelivered, isInverted: true })).toBe(false);
  });

  test('what fits, tried, takes the offsets away', () => {
    const { frames, labels, calibration, residuals } = drive({
      rotation: [0.01, -0.008, 0],
      noisePixels: 0.3,
    });
    const fit = fitCauses(residuals).find(({ cause }) => cause === 'rotation')!;
    const better = tryCalibration(calibration, calibrationTrial(trialOfFit(fit)), null);
    const mean = (list: typeof residuals): number =>
      list.reduce((sum, { iou }) => sum + iou, 0) / Math.max(1, list.length);
    expect(mean(residuals)).toBeLessThan(0.85);
    expect(mean(residualsOf(frames, labels, better))).toBeGreaterThan(0.95);
  });

  test('the extrinsic the other way round is its inverse; a singular one stays', () => {
    const shift: Mat4 = [1, 0, 0, 2, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
    const { calibration } = drive();
    const inverted = { ...noTrial, isInverted: true };
    expect(
      tryCalibration({ ...calibration, cameraFromSpace: shift }, inverted, null).cameraFromSpace[3],
    ).toBe(-2);
    const singular: Mat4 = identityMatrix.map(() => 0);
    expect(
      tryCalibration({ ...calibration, cameraFromSpace: singular }, inverted, null).cameraFromSpace[0],
    ).toBe(0);
  });

  test('time and inverse can be tried together', () => {
    const { calibration, frames } = drive();
    const motion = egoMotion(frames, 5);
    if (typeof motion === 'string') throw new Error(motion);
    const trial = { ...noTrial, isInverted: true, seconds: 0.05 };
    const tried = tryCalibration(calibration, trial, motion).cameraFromSpace;
    const expected = multiply(invertRigid(calibration.cameraFromSpace), motion.laterFromNow(0.05));
    for (const [at, value] of tried.entries()) expect(value).toBeCloseTo(expected[at]!, 9);
  });

  test('the values say all of it', () => {
    const trial = shifted(turned({ ...withTime(asDelivered, 15), isInverted: true }, 0, 0.3), 1, 4);
    const { calibration } = drive();
    expect(JSON.parse(valuesOf('front', trial, calibration))).toEqual({
      camera: 'front',
      pictureLaterMs: 15,
      extrinsicInverted: true,
      turnDegrees: [0.3, 0, 0],
      shiftCentimeters: [0, 4, 0],
      cameraFromSpace: calibration.cameraFromSpace,
    });
  });
});

describe('a scene', () => {
  test('is looked at evenly, the frame on screen among the rest', () => {
    expect(spreadFrames(100, 10, 103, 5)).toEqual([101, 103, 105, 107, 109]);
    expect(spreadFrames(0, 3, 1, 30)).toEqual([0, 1, 2]);
    for (const frame of [40, 41, 79]) {
      const spread = spreadFrames(40, 40, frame, 6);
      expect(spread).toContain(frame);
      expect(spread.length).toBeLessThanOrEqual(6);
      expect(Math.min(...spread)).toBeGreaterThanOrEqual(40);
    }
  });

  test('states the time between sweep and picture, and whether it is accounted for', () => {
    const frame = { timestampNanos: '1772442000000000000', sweeps: [] } as unknown as Frame;
    const image = { timestampNanos: '1772442000017000000' } as ImageRef;
    expect(statedSeconds(frame, image)).toBeCloseTo(0.017, 12);
    expect(unaccountedSeconds(frame, image)).toBeCloseTo(0.017, 12);
    expect(unaccountedSeconds(frame, { ...image, cameraFromSpace: identityMatrix })).toBeNull();
    expect(statedSeconds(frame, { ...image, timestampNanos: null })).toBeNull();
  });
});
