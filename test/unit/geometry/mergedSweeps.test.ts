/** Neighbouring sweeps laid over a frame: a place that stands still is found where the frame's own points have it. */
import { expect, test } from 'vitest';
import { invert, matrixFromPose, transformPoint } from '../../../shared/geometry/matrix.ts';
import { mergedSweeps } from '../../../shared/geometry/mergedSweeps.ts';
import { quaternionFromYaw } from '../../../shared/geometry/rotation.ts';
import type { Frame, SweepRef } from '../../../shared/model/delivery.ts';
import type { Mat4, Vec3 } from '../../../shared/model/pose.ts';

const poseAt = (time: number): Mat4 =>
  matrixFromPose(quaternionFromYaw(0.1 * time), [500_000 + 3 * time, 4_000_000 - time, 2]);
const sweep = (path: string, spaceFromPoints?: Mat4): SweepRef => ({
  root: 'delivery',
  path,
  lidar: 'top',
  encoding: 'bin4',
  ...(spaceFromPoints ? { spaceFromPoints } : {}),
});
const relative = (from: number, to: number): Mat4 => {
  const inverse = invert(poseAt(to))!;
  const pose = poseAt(from);
  return Array.from({ length: 16 }, (_, at) => {
    const [row, column] = [Math.floor(at / 4), at % 4];
    return [0, 1, 2, 3].reduce((sum, k) => sum + inverse[4 * row + k]! * pose[4 * k + column]!, 0);
  });
};

/** Frames at times 0, 2, 4; sweeps nobody labelled at 1 and 3. */
const frames = [0, 2, 4].map(
  (time, index): Frame => ({
    id: String(time),
    scene: 0,
    index,
    timestampNanos: null,
    space: 'lidar',
    sweeps: [sweep(String(time))],
    images: [],
    worldFromSpace: poseAt(time),
    ...(time > 0 ? { between: [sweep(String(time - 1), relative(time - 1, time))] } : {}),
  }),
);

test('sweeps come nearest first, and what stands still lies where the frame has it', () => {
  const merged = mergedSweeps(frames, 1, 2);
  expect(merged.map(({ path }) => path)).toEqual(['1', '0', '3', '4']);
  const place: Vec3 = [500_020, 3_999_990, 1];
  const expected = transformPoint(invert(poseAt(2))!, place);
  for (const { path, spaceFromPoints } of merged) {
    const seen = transformPoint(invert(poseAt(Number(path)))!, place);
    for (const axis of [0, 1, 2] as const)
      expect(transformPoint(spaceFromPoints!, seen)[axis]).toBeCloseTo(expected[axis], 6);
  }
});

test('no poses, no reach, another scene: nothing is laid over', () => {
  expect(mergedSweeps(frames, 1, 0)).toEqual([]);
  const still = frames.map(({ worldFromSpace: _pose, between: _between, ...frame }) => frame);
  expect(mergedSweeps(still, 1, 3)).toEqual([]);
  const apart = frames.map((frame, at) => ({ ...frame, scene: at }));
  expect(mergedSweeps(apart, 1, 3).map(({ path }) => path)).toEqual(['1']);
});
