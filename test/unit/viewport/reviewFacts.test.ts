/** Small truths of the review screen: time spent, tracks over time, seen faces, attributes, marks, plots. */
import { expect, test } from 'vitest';
import { createActiveTime, idleAfterMs } from '../../../renderer/screens/review/activeTime.ts';
import { faceFindings } from '../../../renderer/screens/review/faceFindings.ts';
import { attributeRows, rangeOf } from '../../../renderer/screens/review/labelFacts.ts';
import { difference, signed } from '../../../renderer/screens/review/numbers.ts';
import { timeOffset } from '../../../renderer/screens/review/timeOffset.ts';
import { sparkline, spread } from '../../../renderer/screens/review/track/sparkline.ts';
import { windowAround } from '../../../renderer/screens/review/unitMarks.ts';
import { labelDefects, measuredFor } from '../../../renderer/screens/review/verdictDrafts.ts';
import { matrixFromPose } from '../../../shared/geometry/matrix.ts';
import { identityRotation, quaternionFromYaw } from '../../../shared/geometry/rotation.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import { trackSeries } from '../../../shared/scoring/trackSeries.ts';
import { defaultSpec } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';

test('a pause counts for at most the idle limit', () => {
  const time = createActiveTime(0);
  time.note(5_000);
  time.note(5_000 + 10 * idleAfterMs);
  expect(time.take(5_000 + 10 * idleAfterMs + 700)).toBe(5_000 + idleAfterMs + 700);
  expect(time.soFar(5_000 + 10 * idleAfterMs + 900)).toBe(200);
  // A clock set back gives no negative time.
  expect(createActiveTime(100).take(50)).toBe(0);
});

test('speed is over the ground: the label’s own motion, not the vehicle’s', () => {
  const made = makeIndex({
    scenes: 1,
    framesPerScene: 4,
    cuboidsPerFrame: 1,
    row: (frame) => ({ center: [20 - frame, 0, 1] }),
  });
  // The vehicle drives 2 m a frame at 10 Hz; the label stays 1 m closer each frame, so it moves 1 m a frame.
  const frames = made.delivery.frames.map((frame, at) => ({
    ...frame,
    timestampNanos: String(1_700_000_000_000_000_000n + BigInt(at) * 100_000_000n),
    worldFromSpace: matrixFromPose(identityRotation, [2 * at, 0, 0]),
  }));
  const index = { ...made, delivery: { ...made.delivery, frames } };
  const series = trackSeries(index, [0, 1, 2, 3]);
  for (const { speed } of series) expect(speed).toBeCloseTo(10, 9);
  expect(series.map(({ seconds }) => seconds)).toEqual([0, 0.1, 0.2, 0.3]);
  expect(trackSeries(made, [0, 1]).map(({ speed, seconds }) => [speed, seconds])).toEqual([
    [null, null],
    [null, null],
  ]);
});

test('a heading that passes half a turn goes on without a jump', () => {
  const index = makeIndex({
    scenes: 1,
    framesPerScene: 4,
    cuboidsPerFrame: 1,
    row: (frame) => ({ rotation: quaternionFromYaw(3 + 0.1 * frame) }),
  });
  const yaws = trackSeries(index, [0, 1, 2, 3]).map(({ yaw }) => yaw);
  for (const [at, yaw] of yaws.entries()) expect(yaw).toBeCloseTo(3 + 0.1 * at, 9);
});

test('only faces the sensor can have seen are measured, the worst against its limit first', () => {
  const shape = { center: [20, 0, 0] as Vec3, size: [4, 2, 1.5] as Vec3, rotation: identityRotation };
  const gaps = { inside: 50, inward: [1.5, 0.4, 0.05, 0.9, 0.1, 0.02], outward: new Array(6).fill(Infinity) };
  const faces = faceFindings(shape, gaps, [0.3, 0.2, 0.2], [0, 0, 0]);
  // From straight behind, only the rear can be seen.
  expect(faces.map(({ face, isOver }) => [face, isOver])).toEqual([['rear', true]]);
  const aside = faceFindings(shape, gaps, [0.3, 0.2, 0.2], [0, 30, 10]);
  expect(aside.map(({ face }) => face)).toEqual(['rear', 'top', 'left']);
  expect(faceFindings(shape, { ...gaps, inside: 3 }, null, [0, 0, 0])).toEqual([]);
  expect(faceFindings(shape, gaps, null, [0, 0, 0])[0]).toMatchObject({ limitMeters: null, isOver: false });
});

test('required attributes come first and say what is wrong with them', () => {
  const entry = {
    ...defaultSpec.classes[0]!,
    requiredAttributes: [{ name: 'occlusion', values: ['0', '1'] }, { name: 'activity' }],
  };
  expect(attributeRows(entry, { activity: '', occlusion: 3, colour: ['red', 'white'] })).toEqual([
    { name: 'occlusion', value: '3', state: 'not-allowed' },
    { name: 'activity', value: null, state: 'missing' },
    { name: 'colour', value: 'red, white', state: 'extra' },
  ]);
  expect(rangeOf({ center: [3, 4, 100] })).toBe(5);
});

test('digits come before codes without one; faults of the data are apart', () => {
  expect(
    labelDefects(defaultSpec, 'vendor')
      .slice(0, 3)
      .map(({ code }) => code),
  ).toEqual(['GHOST', 'DUP', 'CLS']);
  expect(labelDefects(defaultSpec, 'data').map(({ code }) => code)).toEqual(['SYNC', 'CALIB', 'POSE']);
  expect(labelDefects(defaultSpec, 'vendor').some(({ code }) => code === 'MISS')).toBe(false);
});

test('a code of geometry is measured by the worst face, any code by what was measured by hand', () => {
  const worst = { face: 'rear', at: 1, meters: 0.6234, limitMeters: 0.3, isOver: true } as const;
  expect(measuredFor('DIM', worst, [])).toEqual({
    quantity: 'rear-gap',
    value: 0.623,
    limit: 0.3,
    unit: 'm',
  });
  expect(measuredFor('CLS', worst, [])).toBeNull();
  const ruler = { quantity: 'ruler', value: 1.235, limit: null, unit: 'm' } as const;
  const angle = { quantity: 'angle', value: 0.4, limit: null, unit: 'rad' } as const;
  expect(measuredFor('CLS', worst, [ruler])).toEqual(ruler);
  // The last one in the unit the code is about, and any rather than none.
  expect(measuredFor('DIM', worst, [ruler, angle])).toEqual(ruler);
  expect(measuredFor('YAW', worst, [angle, ruler])).toEqual(angle);
  expect(measuredFor('YAW', worst, [ruler])).toEqual(ruler);
});

test('the stretch of the strip stays within the sample', () => {
  expect(windowAround(0, 10, 4)).toEqual({ from: 0, to: 4 });
  expect(windowAround(9, 10, 4)).toEqual({ from: 6, to: 10 });
  expect(windowAround(5, 3, 8)).toEqual({ from: 0, to: 3 });
});

test('a plot leaves gaps where nothing is known', () => {
  expect(sparkline([1, null, 3], 2, 100, 22)).toEqual({ path: 'M0 20M100 2', mark: { x: 100, y: 2 } });
  expect(sparkline([2, 2], 0, 100, 22).path).toBe('M0 11L100 11');
  expect(sparkline([null], 0, 100, 22)).toEqual({ path: '', mark: null });
  expect(spread([null, 4, -1])).toEqual({ low: -1, high: 4 });
});

test('numbers carry a true minus, and no minus before zero', () => {
  expect([signed(-0.04, 1), signed(-1.25, 1), difference(3.6, 0), difference(0.2, 0)]).toEqual([
    '0.0',
    '−1.3',
    '+4',
    '0',
  ]);
  expect(timeOffset('1700000000000000000', '1700000000036000000')).toBe(-36);
  expect(timeOffset(null, '1')).toBeNull();
});
