/** Faults put into a made drive on purpose, and whether what is suspected is what was done. */
import { describe, expect, it } from 'vitest';
import { noTrial, tryCalibration } from '../../../shared/geometry/calibrationTrial.ts';
import { egoMotion } from '../../../shared/geometry/egoMotion.ts';
import { invertRigid, transformPoint } from '../../../shared/geometry/matrix.ts';
import { summariseResiduals } from '../../../shared/scoring/boxResiduals.ts';
import { compareCameras, judgeCalibration } from '../../../shared/scoring/calibrationVerdict.ts';
import { type Cause, fitCauses } from '../../../shared/scoring/misalignment.ts';
import { type DriveFaults, drive, residualsOf } from '../../support/drivenCamera.ts';

const degree = Math.PI / 180;
const suspect = (faults: DriveFaults, statedSeconds: number | null = null) => {
  const { residuals } = drive(faults);
  return judgeCalibration({ residuals, invertedIou: null, statedSeconds, imageWidth: 1920 });
};

describe('offsets of cuboids against 2D boxes', () => {
  it('are about nothing where nothing is wrong', () => {
    const { residuals } = drive();
    const summary = summariseResiduals(residuals)!;
    expect(residuals.length).toBeGreaterThan(150);
    expect(residuals.filter(({ isComparable }) => isComparable).length).toBeGreaterThan(100);
    expect(summary.meanIou).toBeGreaterThan(0.9);
    expect(summary.medianDistance).toBeLessThan(2);
    const verdict = suspect({});
    expect(verdict.suspicion).toBe('agrees');
    expect(verdict.objects).toEqual([]);
    expect(summariseResiduals([])).toBeNull();
  });

  it('show which way each outline moves for a turn, a shift and a later picture', () => {
    const { frames, labels, calibration, residuals } = drive({ noisePixels: 0 });
    const [at, before] = [8, residuals.filter(({ frame }) => frame === 8)];
    const motion = egoMotion(frames, at);
    if (typeof motion === 'string') throw new Error(motion);
    const trial = { ...noTrial, rotation: [0.002, -0.003, 0.001] as const, seconds: 0.004 };
    const after = residualsOf(frames, labels, tryCalibration(calibration, trial, motion));
    let compared = 0;
    for (const old of before) {
      const now = after.find(({ frame, box }) => frame === at && box === old.box);
      if (!now || !old.isComparable) continue;
      compared++;
      for (const axis of [0, 1] as const) {
        const told =
          trial.rotation.reduce((sum, turn, about) => sum + turn * old.perRadian[about]![axis], 0) +
          trial.seconds * old.perSecond![axis];
        expect(Math.abs(now.offset[axis] - old.offset[axis] - told)).toBeLessThan(0.35);
      }
    }
    expect(compared).toBeGreaterThan(4);
  });
});

describe('what is suspected', () => {
  it('is the calibration where the camera is turned, by the right angles', () => {
    const turned = [0.4 * degree, -0.6 * degree, 0.2 * degree] as const;
    const { suspicion, fit } = suspect({ rotation: turned });
    expect(suspicion).toBe('calibration');
    for (const axis of [0, 1] as const) {
      expect(Math.abs(fit!.rotation[axis] - turned[axis])).toBeLessThan(0.05 * degree);
    }
    expect(fit!.medianLeft).toBeLessThan(2);
  });

  it('is the calibration where the camera is shifted', () => {
    const { suspicion } = suspect({ translation: [0.25, 0, 0] });
    expect(suspicion).toBe('calibration');
  });

  it('is the clock where pictures were taken at another time, early or late', () => {
    for (const seconds of [0.045, -0.06]) {
      const { suspicion, fit, evidence } = suspect({ seconds });
      expect(suspicion).toBe('sync');
      expect(Math.abs(fit!.seconds - seconds)).toBeLessThan(0.004);
      const grows = evidence.find(({ key }) => key === 'grows-with-motion')!;
      expect(grows.params.correlation).toBeGreaterThan(0.9);
    }
  });

  it('is motion compensation where the time that fits is the one the delivery states', () => {
    expect(suspect({ seconds: 0.045 }, 0.044).suspicion).toBe('motion-compensation');
    expect(suspect({ seconds: 0.045 }, 0.001).suspicion).toBe('sync');
    expect(suspect({ seconds: 0.045 }, -0.045).suspicion).toBe('sync');
  });

  it('is both where both are wrong', () => {
    const { suspicion, fit } = suspect({ seconds: 0.06, rotation: [0.5 * degree, 0.3 * degree, 0] });
    expect(suspicion).toBe('sync-and-calibration');
    expect(Math.abs(fit!.seconds - 0.06)).toBeLessThan(0.006);
    expect(Math.abs(fit!.rotation[0] - 0.5 * degree)).toBeLessThan(0.06 * degree);
  });

  it('is a single label where one object stands apart, and names it', () => {
    const { suspicion, objects } = suspect({ shiftedTrack: 1.2 });
    expect(suspicion).toBe('labels');
    expect(objects[0]!.name).toBe('car 4');
    expect(objects.length).toBe(1);
    // Under a turned camera the one label still stands out.
    const both = suspect({ shiftedTrack: 1.2, rotation: [0, 0.5 * degree, 0] });
    expect(both.suspicion).toBe('calibration');
    expect(both.objects.map(({ name }) => name)).toEqual(['car 4']);
  });

  it('is the calibration, not the clock, without poses', () => {
    const verdict = suspect({ seconds: 0.05, isWithoutPoses: true });
    expect(verdict.fit!.seconds).toBe(0);
    expect(verdict.suspicion).not.toBe('sync');
    expect(verdict.evidence.some(({ key }) => key === 'no-motion')).toBe(true);
  });

  it('is an extrinsic the other way round where only its inverse fits', () => {
    const { frames, labels, calibration } = drive();
    const wrong = { ...calibration, cameraFromSpace: invertRigid(calibration.cameraFromSpace) };
    const given = residualsOf(frames, labels, wrong);
    const turned = residualsOf(frames, labels, tryCalibration(wrong, { ...noTrial, isInverted: true }, null));
    const invertedIou = summariseResiduals(turned)!.meanIou;
    const input = { residuals: given, statedSeconds: null, imageWidth: 1920 };
    expect(judgeCalibration({ ...input, invertedIou }).suspicion).toBe('inverted');
    expect(judgeCalibration({ ...input, invertedIou: null }).suspicion).not.toBe('inverted');
  });

  it('is of this camera where the others fit, and of the lidar where all lack the same time', () => {
    const [late, later, fits, few] = [
      suspect({ seconds: 0.045 }),
      suspect({ seconds: 0.048 }),
      suspect({}),
      judgeCalibration({ residuals: [], invertedIou: null, statedSeconds: null, imageWidth: null }),
    ] as const;
    expect(compareCameras(late, [later, few])!.key).toBe('all-cameras');
    expect(compareCameras(late, [fits, fits])).toEqual({ key: 'one-camera', params: { count: 2 } });
    expect(compareCameras(late, [fits, later])).toBeNull();
    expect(compareCameras(late, [suspect({ seconds: -0.06 })])).toBeNull();
    expect(compareCameras(late, [few])).toBeNull();
    expect(compareCameras(fits, [late])).toBeNull();
    expect(few.evidence).toEqual([{ key: 'no-pairs', params: {} }]);
  });

  it('is nothing yet where few objects can be compared', () => {
    const { residuals } = drive();
    const few = residuals.slice(0, 6);
    const input = { residuals: few, invertedIou: null, statedSeconds: null, imageWidth: 1920 };
    expect(judgeCalibration(input).suspicion).toBe('too-few');
  });
});

describe('causes', () => {
  it('leave what they cannot explain, and take numbers only for what they explain', () => {
    const fits = fitCauses(drive({ seconds: 0.05 }).residuals);
    const of = (cause: Cause) => fits.find((fit) => fit.cause === cause)!;
    expect(of('none').medianLeft).toBeGreaterThan(3 * of('time').medianLeft);
    expect(of('rotation').medianLeft).toBeGreaterThan(2 * of('time').medianLeft);
    expect(of('none').score - of('time').score).toBeGreaterThan(100);
    expect(Math.abs(of('time').seconds - 0.05)).toBeLessThan(0.004);
    expect(of('time').secondsError).toBeLessThan(0.002);
    const [first, ...rest] = fitCauses(drive().residuals);
    for (const other of rest) expect(Math.abs(other.largeLeft - first!.largeLeft)).toBeLessThan(0.5);
    expect(
      fitCauses(drive({ isWithoutPoses: true }).residuals)
        .map(({ cause }) => cause)
        .sort(),
    ).toEqual(['none', 'pose', 'rotation']);
  });
});

describe('ego motion', () => {
  it('says where a standing point is seen earlier and later, and why it cannot', () => {
    const { frames } = drive();
    const motion = egoMotion(frames, 5);
    if (typeof motion === 'string') throw new Error(motion);
    // About 8.6 m/s ahead at 0.5 s: a point ahead comes nearer.
    expect(motion.speed).toBeGreaterThan(7);
    expect(transformPoint(motion.laterFromNow(0.1), [20, 0, 0])[0]).toBeLessThan(19.3);
    expect(transformPoint(motion.laterFromNow(-0.1), [20, 0, 0])[0]).toBeGreaterThan(20.7);
    const next = egoMotion(frames, 6);
    if (typeof next === 'string') throw new Error(next);
    const there = transformPoint(motion.laterFromNow(0.1), [20, 3, 0]);
    const back = transformPoint(next.laterFromNow(-0.1), there);
    for (const axis of [0, 1, 2] as const) expect(back[axis]).toBeCloseTo([20, 3, 0][axis]!, 6);
    expect(egoMotion(drive({ isWithoutPoses: true }).frames, 0)).toBe('no-pose');
    expect(
      egoMotion(
        frames.map((frame) => ({ ...frame, timestampNanos: null })),
        0,
      ),
    ).toBe('no-time');
    expect(egoMotion(frames.slice(0, 1), 0)).toBe('no-neighbour');
  });
});
