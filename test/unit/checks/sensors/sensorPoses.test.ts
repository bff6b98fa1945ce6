/** POSE: a path that jumps, told by the labels that jump with it, and what is no jump. */
import { describe, expect, test } from 'vitest';
import { poseCheck } from '../../../../shared/checks/sensors/pose.ts';
import { matrixFromPose, multiply } from '../../../../shared/geometry/matrix.ts';
import { quaternionFromYaw } from '../../../../shared/geometry/rotation.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import type { Mat4 } from '../../../../shared/model/pose.ts';
import { checked, drivenIndex, withFrames } from './drivenIndex.ts';

const plain = drivenIndex();

function posed(change: (pose: Mat4, at: number) => Mat4): DeliveryIndex {
  return withFrames(plain, (frame, at) => ({ ...frame, worldFromSpace: change(frame.worldFromSpace!, at) }));
}

function moved(pose: Mat4, x: number, y: number): Mat4 {
  return pose.map((value, at) => value + (at === 3 ? x : at === 7 ? y : 0));
}

function poseFindings(index: DeliveryIndex) {
  return checked(index, [poseCheck]).findings;
}

function withoutLabels(index: DeliveryIndex): DeliveryIndex {
  const flags = index.labels.cuboids.flags.map(() => 2);
  return { ...index, labels: { ...index.labels, cuboids: { ...index.labels.cuboids, flags } } };
}

describe('a path that jumps', () => {
  test.each([
    ['in one frame', 9, 9],
    ['over a stretch', 6, 11],
    ['from its second frame on', 1, 4],
  ])('%s, is told once by the labels that jump with it', (_, first, last) => {
    const index = posed((pose, at) => (at >= first && at <= last ? moved(pose, 0.5, -0.4) : pose));
    expect(poseFindings(index)).toMatchObject([
      { says: 'labels', code: 'POSE', owner: 'data', firstFrame: String(first), lastFrame: String(last) },
    ]);
    expect(poseFindings(index)[0]!.value).toBeCloseTo(Math.hypot(0.5, 0.4), 1);
    expect(poseFindings(index)[0]!.evidence.length).toBeGreaterThan(3);
  });

  test('and stays there, is told where it begins', () => {
    const index = posed((pose, at) => (at >= 10 ? moved(pose, 1.5, 0) : pose));
    expect(poseFindings(index)).toMatchObject([{ says: 'labels', frame: '10', frames: 1, grade: 'hard' }]);
  });

  test('is told by itself where there are no labels', () => {
    const index = withoutLabels(posed((pose, at) => (at === 9 ? moved(pose, 0, 1.2) : pose)));
    expect(poseFindings(index)).toMatchObject([{ says: 'jump', frame: '9', frames: 1 }]);
  });

  test('turns by two degrees and back', () => {
    const turn = matrixFromPose(quaternionFromYaw((2 * Math.PI) / 180), [0, 0, 0]);
    const index = posed((pose, at) => (at === 9 ? multiply(pose, turn) : pose));
    expect(poseFindings(index)).toMatchObject([{ says: 'labels', frame: '9', params: { degrees: 2 } }]);
    expect(poseFindings(withoutLabels(index))).toMatchObject([{ says: 'turn', frame: '9' }]);
  });
});

describe('what is no jump', () => {
  test('speeding up and turning are', () => {
    expect(poseFindings(plain)).toEqual([]);
  });

  test('a frame that is missing is', () => {
    const { delivery } = plain;
    const frames = delivery.frames.filter((_, index) => index !== 9);
    const index = withoutLabels({
      ...plain,
      delivery: {
        ...delivery,
        scenes: [{ id: 'drive', frameStart: 0, frameCount: frames.length }],
        frames,
        frameIds: frames.map(({ id }) => id),
      },
    });
    expect(poseFindings(index)).toEqual([]);
  });

  test('one label that jumps is', () => {
    const center = plain.labels.cuboids.center.slice();
    center[3 * plain.labels.cuboids.frameStart[9]!]! += 3;
    const index = { ...plain, labels: { ...plain.labels, cuboids: { ...plain.labels.cuboids, center } } };
    expect(poseFindings(index)).toEqual([]);
  });
});

test('labels that all jump while the path is smooth belong to another time', () => {
  const { cuboids } = plain.labels;
  const center = cuboids.center.slice();
  for (let row = cuboids.frameStart[9]!; row < cuboids.frameStart[10]!; row++) center[3 * row]! += 1.2;
  const index = { ...plain, labels: { ...plain.labels, cuboids: { ...cuboids, center } } };
  expect(poseFindings(index)).toMatchObject([{ says: 'stray', code: 'SYNC', owner: 'data', frame: '9' }]);
});

test('a pose that is scaled or mirrored is no pose', () => {
  const scaled = posed((pose, at) =>
    at === 4 ? pose.map((value, k) => (k < 3 ? 1.01 * value : value)) : pose,
  );
  expect(poseFindings(scaled)).toContainEqual(
    expect.objectContaining({ says: 'rigid', frame: '4', grade: 'hard' }),
  );
  const mirrored = posed((pose, at) =>
    at === 4 ? pose.map((value, k) => (k % 4 === 1 ? -value : value)) : pose,
  );
  expect(poseFindings(mirrored)).toContainEqual(expect.objectContaining({ says: 'rigid', frame: '4' }));
});
