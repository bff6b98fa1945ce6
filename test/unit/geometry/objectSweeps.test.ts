/** Sweeps that follow a moving object: its surface, seen at several instants, falls together where the label is now. */
import { expect, test } from 'vitest';
import { invert, matrixFromPose, transformPoint } from '../../../shared/geometry/matrix.ts';
import { mergedSweeps } from '../../../shared/geometry/mergedSweeps.ts';
import { objectMotions } from '../../../shared/geometry/objectSweeps.ts';
import { quaternionFromYaw, yawFromQuaternion } from '../../../shared/geometry/rotation.ts';
import type { Frame, SweepRef } from '../../../shared/model/delivery.ts';
import { type CuboidColumns, NO_TRACK } from '../../../shared/model/labels.ts';
import type { Mat4, Quaternion, Vec3 } from '../../../shared/model/pose.ts';
import { seededRandom } from '../../support/seededRandom.ts';

/** Times in tenths of a second. Frames are labelled at 0, 5, 10, 15; there are sweeps at every tenth in between. */
const frameTimes = [0, 5, 10, 15];
const nanosAt = (time: number): string => (10n ** 18n + BigInt(Math.round(time * 1e8))).toString();

/** Where the vehicle and an object are in the world: both drive and turn. */
const ego = (time: number): Mat4 =>
  matrixFromPose(quaternionFromYaw(0.02 * time), [400_000 + 0.8 * time, 5_000_000, 1]);
const objectInWorld = (time: number): { center: Vec3; rotation: Quaternion } => ({
  center: [400_020 + 1.2 * time, 5_000_006 + 0.3 * time, 0.5],
  rotation: quaternionFromYaw(0.4 + 0.03 * time),
});

const sweep = (time: number, spaceFromPoints?: Mat4): SweepRef => ({
  ...{ root: 'delivery', path: String(time), lidar: 'top', encoding: 'bin4', timestampNanos: nanosAt(time) },
  ...(spaceFromPoints ? { spaceFromPoints } : {}),
});
const product = (a: Mat4, b: Mat4): Mat4 =>
  Array.from({ length: 16 }, (_, at) =>
    [0, 1, 2, 3].reduce((sum, k) => sum + a[4 * Math.floor(at / 4) + k]! * b[4 * k + (at % 4)]!, 0),
  );

const frames = frameTimes.map(
  (time, index): Frame => ({
    ...{ id: String(time), scene: 0, index, timestampNanos: nanosAt(time), space: 'ego', images: [] },
    sweeps: [sweep(time)],
    between:
      index === 0
        ? []
        : [1, 2, 3, 4].map((step) => {
            const at = frameTimes[index - 1]! + step;
            return sweep(at, product(invert(ego(time))!, ego(at)));
          }),
    worldFromSpace: ego(time),
  }),
);

/** The object's label in each of `labelled` frames, in the frame's own space. */
function labels(labelled: readonly number[], track = 0): CuboidColumns {
  const shapes = labelled.map((frame) => {
    const time = frameTimes[frame]!;
    const { center, rotation } = objectInWorld(time);
    return {
      center: transformPoint(invert(ego(time))!, center),
      rotation: quaternionFromYaw(yawFromQuaternion(rotation) - 0.02 * time),
    };
  });
  const count = labelled.length;
  return {
    count,
    frame: Uint32Array.from(labelled),
    frameStart: Uint32Array.from(
      { length: frames.length + 1 },
      (_, at) => labelled.filter((frame) => frame < at).length,
    ),
    classIndex: new Uint16Array(count),
    track: new Uint32Array(count).fill(track),
    center: Float64Array.from(shapes.flatMap(({ center }) => center)),
    size: new Float64Array(3 * count).fill(2),
    rotation: Float64Array.from(shapes.flatMap(({ rotation }) => rotation)),
    attributes: new Uint32Array(count),
    flags: new Uint8Array(count),
    statedPoints: new Int32Array(count),
    id: labelled.map(String),
  };
}

/** A place on the object as the vehicle sees it at a time. */
function seenAt(place: Vec3, time: number): Vec3 {
  const { center, rotation } = objectInWorld(time);
  return transformPoint(invert(ego(time))!, transformPoint(matrixFromPose(rotation, center), place));
}

const random = seededRandom(4);
const places: Vec3[] = Array.from({ length: 20 }, () => [
  ...([random.between(-2, 2), random.between(-1, 1), random.between(-1, 1)] as const),
]);

test('points of a moving object coincide, at labelled instants exactly and between them nearly', () => {
  const merged = mergedSweeps(frames, 1, 7);
  const motions = objectMotions(frames, labels([0, 1, 2, 3]), 1, merged);
  expect(merged.length).toBeGreaterThan(9);
  for (const [at, { path, spaceFromPoints, taken }] of merged.entries()) {
    const motion = motions[at]!;
    for (const place of places) {
      const carried = transformPoint(motion, transformPoint(spaceFromPoints!, seenAt(place, Number(path))));
      const expected = seenAt(place, frameTimes[1]!);
      const off = Math.hypot(...carried.map((value, axis) => value - expected[axis]!));
      // The coordinates are of kilometres: micrometres are what doubles keep. Between, the true path is no straight line.
      expect(off).toBeLessThan(taken.isOfFrame ? 1e-5 : 0.02);
    }
  }
});

test('a standing object is left where the vehicle’s own motion has it', () => {
  const merged = mergedSweeps(frames, 1, 5);
  const still = labels([0, 1, 2]);
  for (const [row, frame] of [0, 1, 2].entries()) {
    const time = frameTimes[frame]!;
    still.center.set(transformPoint(invert(ego(time))!, [400_030, 5_000_009, 1]), 3 * row);
    still.rotation.set(quaternionFromYaw(0.7 - 0.02 * time), 4 * row);
  }
  const known = objectMotions(frames, still, 1, merged).filter((motion) => motion !== null);
  expect(known.length).toBeGreaterThan(8);
  for (const motion of known) {
    for (const [at, value] of motion.entries()) expect(value).toBeCloseTo(at % 5 === 0 ? 1 : 0, 4);
  }
});

test('nothing is carried beyond the track’s ends, across a gap, or without a track', () => {
  const merged = mergedSweeps(frames, 1, 10);
  const knownFor = (columns: CuboidColumns, row: number): string[] =>
    objectMotions(frames, columns, row, merged).flatMap((motion, at) => (motion ? [merged[at]!.path] : []));
  expect(knownFor(labels([0, 1]), 1)).toEqual(['4', '3', '2', '1', '0']);
  // The label of the frame at 10 is missing: what lies between 5 and 15 is not known.
  expect(knownFor(labels([1, 3]), 0)).toEqual(['15']);
  expect(knownFor(labels([0, 1, 2, 3], NO_TRACK), 1)).toEqual([]);
});
