/** Where tracks ask the sweeps, and what of the answers is a gap. */
import { describe, expect, test } from 'vitest';
import { lackOf } from '../../../../shared/checks/lacks.ts';
import type { Probe, ProbeAnswer } from '../../../../shared/checks/scan/sceneScan.ts';
import type { CheckScene } from '../../../../shared/checks/scene.ts';
import { gapCheck } from '../../../../shared/checks/tracks/gap.ts';
import { trackProbes } from '../../../../shared/checks/tracks/trackProbes.ts';
import {
  type Actor,
  type Drive,
  driving,
  findingsIn,
  type Pose,
  parked,
  scanned,
  sceneOfDrive,
} from './trackLab.ts';

const bending = (t: number): Pose => {
  const yaw = 0.3 * t;
  return { x: 5 + 30 * Math.sin(yaw), y: 33 - 30 * Math.cos(yaw), yaw };
};
const far: Actor = { track: 'far', at: driving(60, 20, 8) };
const actors: readonly Actor[] = [...parked, far, { track: 'a', at: bending }];

const without = (...frames: readonly number[]): Drive => ({
  actors,
  spoil: (label, frame) => (label.track === 'a' && frames.includes(frame) ? null : label),
});

const own = (scene: CheckScene): Probe[] =>
  trackProbes(scene).filter(({ track }) => scene.index.labels.tracks[track] === 'a');

/** The true place of the actor as the frame sees it. */
function truth(frame: number): Pose {
  const [ego, at] = [{ x: 0.8 * frame, y: 0, yaw: 0.1 }, bending(frame / 10)];
  const [dx, dy, c, s] = [at.x - ego.x, at.y - ego.y, Math.cos(ego.yaw), Math.sin(ego.yaw)];
  return { x: c * dx + s * dy, y: -s * dx + c * dy, yaw: at.yaw - ego.yaw };
}

function answered(drive: Drive, answer: (probe: Probe) => ProbeAnswer, points = 60): CheckScene {
  const scene = sceneOfDrive(drive);
  return scanned(scene, points, trackProbes(scene).map(answer));
}

const there = (points: number, seen = 1) => ({ points, seen });

describe('probes', () => {
  test('lie where the object truly is: in gaps, before the first and after the last label', () => {
    const probes = own(sceneOfDrive(without(0, 1, 2, 12, 13, 14, 15, 26, 27, 28, 29)));
    expect(probes.map(({ why, frame }) => `${why} ${frame}`)).toEqual([
      ...[0, 1, 2].map((frame) => `before ${frame}`),
      ...[12, 13, 14, 15].map((frame) => `between ${frame}`),
      ...[26, 27, 28, 29].map((frame) => `after ${frame}`),
    ]);
    for (const { frame, shape, why } of probes) {
      const { x, y } = truth(frame);
      const off = Math.hypot(shape.center[0] - x, shape.center[1] - y);
      expect(off).toBeLessThan(why === 'between' ? 0.3 : 0.9);
      // The bottom is left out, the top is not.
      expect(shape.size[2]).toBeCloseTo(1.5, 9);
      expect(shape.center[2] + shape.size[2] / 2).toBeCloseTo(1.7, 9);
    }
  });

  test('none where a track is whole, has no poses or times, or comes back elsewhere', () => {
    expect(own(sceneOfDrive(without()))).toEqual([]);
    const gap = without(12, 13);
    for (const lacking of [{ hasPoses: false }, { hasTimes: false }]) {
      expect(trackProbes(sceneOfDrive({ ...gap, ...lacking }))).toEqual([]);
    }
    const elsewhere: Drive = {
      actors,
      spoil: (label, frame) =>
        label.track !== 'a' ? label : frame === 12 ? null : { ...label, y: label.y + (frame > 12 ? 9 : 0) },
    };
    expect(own(sceneOfDrive(elsewhere))).toEqual([]);
  });
});

describe('GAP', () => {
  test('frames missing while the object stands in the sweep', () => {
    const findings = findingsIn(
      gapCheck,
      answered(without(12, 13, 14), () => there(55)),
    );
    expect(findings).toMatchObject([{ says: 'is', code: 'GAP', grade: 'hard', value: 3, track: 'a' }]);
    expect(findings[0]!.evidence).toMatchObject([{ kind: 'box', role: 'expected' }]);
    expect(
      findingsIn(
        gapCheck,
        answered(without(13), () => there(55)),
      ),
    ).toMatchObject([{ grade: 'soft', value: 1 }]);
  });

  test('not where it was hidden, gone, or something else stands there', () => {
    const drive = without(12, 13, 14);
    for (const answer of [
      there(3),
      there(0, 0),
      there(55, 0.1),
      there(900),
      { points: -1, seen: Number.NaN },
    ]) {
      expect(
        findingsIn(
          gapCheck,
          answered(drive, () => answer),
        ),
      ).toEqual([]);
    }
  });

  test('late starts and early ends: several frames without a break', () => {
    const late = findingsIn(
      gapCheck,
      answered(without(0, 1, 2), () => there(55)),
    );
    expect(late).toMatchObject([{ says: 'late', code: 'LATE', value: 3, track: 'a', frame: '2' }]);
    const early = findingsIn(
      gapCheck,
      answered(without(27, 28, 29), () => there(55)),
    );
    expect(early).toMatchObject([{ says: 'early', code: 'EARLY', value: 3, track: 'a', frame: '27' }]);
    // The frame next to the label is empty: what stands farther on is another thing.
    const broken = answered(without(0, 1, 2), ({ frame }) => (frame === 2 ? there(0) : there(55)));
    expect(findingsIn(gapCheck, broken)).toEqual([]);
    expect(
      findingsIn(
        gapCheck,
        answered(without(0), () => there(55)),
      ),
    ).toEqual([]);
  });

  test('far fewer or far more points than the nearest label has are not the object', () => {
    for (const points of [12, 400]) {
      expect(
        findingsIn(
          gapCheck,
          answered(without(0, 1, 2), () => there(points)),
        ),
      ).toEqual([]);
    }
  });

  test('needs the sweeps', () => {
    expect(lackOf(gapCheck, sceneOfDrive(without(12)))).toBe('lidar');
  });
});
