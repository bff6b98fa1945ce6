/** A track seen from one frame: places through the world, velocity with the vehicle's own motion taken out. */
import { expect, test } from 'vitest';
import { invert, matrixFromPose, transformPoint } from '../../../shared/geometry/matrix.ts';
import { quaternionFromYaw } from '../../../shared/geometry/rotation.ts';
import { trackTrail, velocityAt } from '../../../shared/geometry/trackTrail.ts';
import type { Mat4, Vec3 } from '../../../shared/model/pose.ts';
import { makeIndex } from '../audit/makeIndex.ts';

/** The vehicle drives 2 m and turns a tenth of a radian a frame, far from the origin of the world. */
const poseAt = (frame: number): Mat4 =>
  matrixFromPose(quaternionFromYaw(0.1 * frame), [500_000 + 2 * frame, 4_000_000, 12]);
/** The object goes 0.7 m north a frame, at 10 Hz: 7 m/s. */
const inWorld = (frame: number): Vec3 => [500_030, 4_000_003 + 0.7 * frame, 13];
const height = 1.5;

function made(frameCount: number) {
  const index = makeIndex({
    scenes: 1,
    framesPerScene: frameCount,
    cuboidsPerFrame: 1,
    row: (frame) => ({
      center: transformPoint(invert(poseAt(frame))!, inWorld(frame)),
      size: [4, 2, height],
    }),
  });
  const frames = index.delivery.frames.map((frame, at) => ({
    ...frame,
    timestampNanos: String(1_700_000_000_000_000_000n + BigInt(at) * 100_000_000n),
    worldFromSpace: poseAt(at),
  }));
  return { ...index, delivery: { ...index.delivery, frames } };
}

const rowsOf = (count: number): number[] => Array.from({ length: count }, (_, row) => row);

test('places of other frames are those this frame would have measured', () => {
  const index = made(5);
  const trail = trackTrail(index, rowsOf(5), 2);
  expect(trail.map(({ frame }) => frame)).toEqual([0, 1, 2, 3, 4]);
  for (const { frame, place, seconds } of trail) {
    const expected = transformPoint(invert(poseAt(2))!, inWorld(frame));
    expect(seconds).toBeCloseTo((frame - 2) / 10, 12);
    for (const axis of [0, 1, 2] as const) {
      expect(place[axis]).toBeCloseTo(expected[axis] - (axis === 2 ? height / 2 : 0), 5);
    }
  }
});

test('velocity is over the ground, in the axes of the frame looked from', () => {
  const index = made(5);
  for (const from of [0, 2, 4]) {
    const trail = trackTrail(index, rowsOf(5), from);
    const [vx, vy, vz] = velocityAt(trail, from)!;
    expect(Math.hypot(vx, vy)).toBeCloseTo(7, 5);
    // North of the world, seen from a vehicle turned by 0.1 rad a frame.
    expect(Math.atan2(vy, vx)).toBeCloseTo(Math.PI / 2 - 0.1 * from, 5);
    expect(vz).toBeCloseTo(0, 5);
  }
});

test('without poses, times or a second stop nothing is claimed', () => {
  const index = made(3);
  const [first, ...rest] = index.delivery.frames;
  const { worldFromSpace: _pose, ...unplaced } = first!;
  const without = { ...index, delivery: { ...index.delivery, frames: [unplaced, ...rest] } };
  expect(trackTrail(without, rowsOf(3), 0)).toEqual([]);
  expect(trackTrail(without, rowsOf(3), 1).map(({ frame }) => frame)).toEqual([1, 2]);
  const timeless = index.delivery.frames.map((frame) => ({ ...frame, timestampNanos: null }));
  const trail = trackTrail({ ...index, delivery: { ...index.delivery, frames: timeless } }, rowsOf(3), 1);
  expect(trail).toHaveLength(3);
  expect(velocityAt(trail, 1)).toBeNull();
  expect(velocityAt(trackTrail(index, [1], 1), 0)).toBeNull();
});

test('of a long track the stops around the frame are kept', () => {
  const index = made(200);
  const trail = trackTrail(index, rowsOf(200), 150);
  expect(trail[0]!.frame).toBe(90);
  expect(trail.at(-1)!.frame).toBe(199);
});
