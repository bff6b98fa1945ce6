import { describe, expect, it } from 'vitest';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import type { SpoilRecord } from '../../../shared/synth/spoil/plan.ts';
import {
  averagePrecisionOf,
  precisionOf,
  recallOf,
  type ScoreFrames,
  scoreOf,
} from '../../bench/checks/score.ts';

const frames: ScoreFrames = {
  placeOf: (frame) => Number(frame),
  frameSeconds: 0.1,
  wholeTracks: new Set(['SIZEVAR']),
};

const cuboid = (x: number, y = 0) => ({
  center: [x, y, 0] as const,
  size: [4, 2, 1.5] as const,
  rotation: [0, 0, 0, 1] as const,
});

function record(given: Partial<SpoilRecord>): SpoilRecord {
  return {
    ...{ fault: 1, kind: 'shift-x', size: 'gross', timesTolerance: 3, scene: 's', frame: '10', object: 'a' },
    ...{ track: 't', class: 'car', camera: null, amount: null, delivered: cuboid(11), truth: cuboid(10) },
    ...{ points: 50, row: 0 },
    ...given,
  };
}

function finding(given: Partial<CheckFinding>): CheckFinding {
  const frame = given.frame ?? '10';
  return {
    ...{
      id: 'x',
      check: 'LOOSE',
      version: 1,
      grade: 'hard',
      severity: 'major',
      code: 'POS',
      owner: 'vendor',
    },
    ...{ scene: 's', frame, object: 'a', track: 't', camera: null, className: 'car', annotator: null },
    ...{ frames: 1, firstFrame: frame, lastFrame: frame, limitKey: 'all', value: 1, limit: 0, score: 0.9 },
    ...{ says: 'is', params: {}, evidence: [], explained: 0 },
    ...given,
  };
}

const isRight = (of: SpoilRecord, one: CheckFinding): boolean =>
  scoreOf([of], [one], frames).findings[0]!.faults.size > 0;

const shown = (x: number, role: 'points' | 'other'): CheckFinding['evidence'][number] => ({
  kind: 'box',
  role,
  center: [x, 0, 0],
  size: [4, 2, 1.5],
  rotation: [0, 0, 0, 1],
});

describe('a finding on a fault', () => {
  it('is right on the spoiled label, and within half a second of it', () => {
    expect(isRight(record({}), finding({}))).toBe(true);
    expect(isRight(record({}), finding({ frame: '15' }))).toBe(true);
    expect(isRight(record({}), finding({ frame: '16' }))).toBe(false);
    expect(isRight(record({}), finding({ frame: '30', firstFrame: '12', lastFrame: '31' }))).toBe(true);
  });

  it('is wrong on another track, or in another scene', () => {
    expect(isRight(record({}), finding({ track: 'u' }))).toBe(false);
    expect(isRight(record({}), finding({ scene: 'other' }))).toBe(false);
  });

  it('of a whole track shares all of its frames', () => {
    expect(isRight(record({}), finding({ check: 'SIZEVAR', frame: '90' }))).toBe(true);
    expect(isRight(record({}), finding({ check: 'SIZEVAR', frame: '90', track: 'u' }))).toBe(false);
  });

  it('without tracks is right on that label alone, whose id says nothing in other frames', () => {
    const lone = { track: null };
    expect(isRight(record(lone), finding(lone))).toBe(true);
    expect(isRight(record(lone), finding({ ...lone, frame: '11' }))).toBe(false);
    expect(isRight(record(lone), finding({ ...lone, object: 'b' }))).toBe(false);
  });

  it('may name the track that the label truly belongs to', () => {
    const switched = record({ kind: 'track-switch', track: 'u', amount: { trueTrack: 't' } });
    expect(isRight(switched, finding({}))).toBe(true);
  });

  it('may show the place of a label that is not there, within two metres, in that frame', () => {
    const missing = record({ kind: 'missing', delivered: null });
    const cluster = { check: 'CLUSTER', object: null, track: null } as const;
    expect(isRight(missing, finding({ ...cluster, evidence: [shown(11.9, 'points')] }))).toBe(true);
    expect(isRight(missing, finding({ ...cluster, evidence: [shown(12.4, 'points')] }))).toBe(false);
    expect(isRight(missing, finding({ ...cluster, frame: '11', evidence: [shown(10, 'points')] }))).toBe(
      false,
    );
  });

  it('may show a part of a long object that its label leaves out, up to 0.3 m beside it', () => {
    const long = record({ truth: { ...cuboid(10), size: [9, 2, 3] }, delivered: cuboid(10) });
    const cluster = { check: 'CLUSTER', object: null, track: null } as const;
    expect(isRight(long, finding({ ...cluster, evidence: [shown(14.7, 'points')] }))).toBe(true);
    expect(isRight(long, finding({ ...cluster, evidence: [shown(14.9, 'points')] }))).toBe(false);
  });

  it('may stand on the other label of a pair, if it shows the spoiled one', () => {
    const pair = { check: 'OVERLAP', object: 'b', track: 'u' } as const;
    expect(isRight(record({}), finding({ ...pair, evidence: [shown(11, 'other')] }))).toBe(true);
    expect(isRight(record({}), finding({ ...pair, evidence: [shown(10, 'other')] }))).toBe(false);
    expect(isRight(record({}), finding({ ...pair, evidence: [shown(11, 'points')] }))).toBe(false);
  });
});

describe('a fault of the data', () => {
  const none = { object: null, track: null, delivered: null, truth: null, points: null };
  const turned = record({ ...none, kind: 'extrinsic', camera: 'front' });

  it('makes right what is said of its camera, and is found where that is said to be the data', () => {
    const proj = finding({ check: 'PROJ', camera: 'front' });
    const onLabel = scoreOf([turned], [proj], frames);
    expect(precisionOf(onLabel.findings)).toBe(1);
    expect(recallOf(onLabel.faults)).toBe(0);
    const calib = finding({ check: 'CALIB', object: null, track: null, camera: 'front', owner: 'data' });
    expect(recallOf(scoreOf([turned], [calib], frames).faults)).toBe(1);
    expect(precisionOf(scoreOf([turned], [{ ...calib, camera: 'back' }], frames).findings)).toBe(0);
  });

  it('of the path belongs to its frames, whatever is said of them', () => {
    const jump = record({ ...none, kind: 'pose-jump' });
    const pose = finding({ check: 'POSE', object: null, track: null, owner: 'data' });
    expect(recallOf(scoreOf([jump], [pose], frames).faults)).toBe(1);
    expect(
      recallOf(scoreOf([jump], [{ ...pose, firstFrame: '40', lastFrame: '41', frame: '40' }], frames).faults),
    ).toBe(0);
  });
});

describe('figures', () => {
  const two = [
    record({ points: 10 }),
    record({ frame: '11', points: 70 }),
    record({ fault: 2, track: 'u', object: 'b' }),
  ];

  it('count a fault once, with its best seen label, and name the checks that found it', () => {
    const { faults } = scoreOf(two, [finding({}), finding({ check: 'CUT', frame: '11' })], frames);
    expect(faults.map(({ fault, points, by }) => [fault, points, [...by]])).toEqual([
      [1, 70, ['LOOSE', 'CUT']],
      [2, 50, []],
    ]);
    expect(recallOf(faults)).toBe(0.5);
  });

  it('are null of nothing', () => {
    expect(recallOf([])).toBeNull();
    expect(precisionOf([])).toBeNull();
    expect(averagePrecisionOf(scoreOf([], [finding({})], frames))).toBeNull();
  });

  it('rank by score: a false alarm on top costs, one below the last hit does not', () => {
    const alarm = (score: number) => finding({ track: 'nobody', score });
    const [a, b] = [finding({ score: 0.8 }), finding({ track: 'u', object: 'b', score: 0.6 })];
    const of = (findings: CheckFinding[]) => averagePrecisionOf(scoreOf(two, findings, frames));
    expect(of([a, b, alarm(0.1)])).toBe(1);
    expect(of([alarm(0.9), a, b])).toBeCloseTo((1 / 2 + 2 / 3) / 2);
    expect(of([a, alarm(0.7), b])).toBeCloseTo((1 + 2 / 3) / 2);
    // Of one score, no order is better than another.
    expect(of([a, { ...b, score: 0.8 }, alarm(0.8)])).toBeCloseTo(2 / 3);
    expect(of([a])).toBe(0.5);
  });
});
