/** Differences of two boxes: what goes there comes back, and turning both round changes nothing but the signs. */
import { describe, expect, test } from 'vitest';
import { boxDelta, boxOverlap, faceDeltas, shiftedBy } from '../../../shared/geometry/boxDelta.ts';
import { moved, turned, withFaceMoved } from '../../../shared/geometry/boxEdits.ts';
import type { CuboidShape } from '../../../shared/geometry/cuboid.ts';
import { quaternionFromEuler } from '../../../shared/geometry/rotation.ts';
import { type SeededRandom, seededRandom } from '../../support/seededRandom.ts';

function anyBox(random: SeededRandom, tilt = 0.2): CuboidShape {
  const between = (low: number, high: number): number => random.between(low, high);
  return {
    center: [between(-5e5, 5e5), between(-5e5, 5e5), between(-50, 50)],
    size: [between(0.3, 15), between(0.3, 4), between(0.3, 4)],
    rotation: quaternionFromEuler(between(-tilt, tilt), between(-tilt, tilt), between(-Math.PI, Math.PI)),
  };
}

const anyDelta = (random: SeededRandom) => ({
  along: random.between(-2, 2),
  across: random.between(-2, 2),
  up: random.between(-1, 1),
  length: random.between(-0.2, 2),
  width: random.between(-0.2, 1),
  height: random.between(-0.2, 1),
  yaw: random.between(-Math.PI, Math.PI),
});

test('a box shifted by a difference has that difference', () => {
  const random = seededRandom(11);
  for (let round = 0; round < 500; round++) {
    const label = anyBox(random);
    const delta = anyDelta(random);
    const back = boxDelta(label, shiftedBy(label, delta));
    for (const [key, value] of Object.entries(delta)) {
      expect(back[key as keyof typeof back], `${key} in round ${round}`).toBeCloseTo(value, 7);
    }
  }
});

test('the difference the other way leads back', () => {
  const random = seededRandom(12);
  for (let round = 0; round < 300; round++) {
    const label = anyBox(random, 0);
    const other = shiftedBy(label, anyDelta(random));
    const back = shiftedBy(other, boxDelta(other, label));
    expect(Math.hypot(...back.center.map((value, axis) => value - label.center[axis]!))).toBeLessThan(1e-6);
    expect(boxDelta(label, back).yaw).toBeCloseTo(0, 9);
  }
});

test('with both headings turned round, along and across change sign and nothing else does', () => {
  const random = seededRandom(13);
  for (let round = 0; round < 300; round++) {
    const label = anyBox(random);
    const other = shiftedBy(label, anyDelta(random));
    const plain = boxDelta(label, other);
    const round180 = boxDelta(turned(label, Math.PI), turned(other, Math.PI));
    expect(round180.along).toBeCloseTo(-plain.along, 7);
    expect(round180.across).toBeCloseTo(-plain.across, 7);
    for (const key of ['up', 'length', 'width', 'height'] as const) {
      expect(round180[key]).toBeCloseTo(plain[key], 7);
    }
    expect(Math.cos(round180.yaw - plain.yaw)).toBeCloseTo(1, 9);
    const [front, rear, left, right, top, bottom] = faceDeltas(label, other);
    const swapped = faceDeltas(turned(label, Math.PI), turned(other, Math.PI));
    for (const [at, value] of [rear, front, right, left, top, bottom].entries()) {
      expect(swapped[at]).toBeCloseTo(value!, 7);
    }
  }
});

describe('faces', () => {
  const label: CuboidShape = { center: [10, 5, 1], size: [4.6, 1.9, 1.6], rotation: [0, 0, 0.6, 0.8] };

  test('one moved face is the only one that differs', () => {
    for (let face = 0; face < 6; face++) {
      const deltas = faceDeltas(label, withFaceMoved(label, face, -0.42));
      for (const [at, value] of deltas.entries()) expect(value).toBeCloseTo(at === face ? -0.42 : 0, 9);
    }
  });

  test('turning the correction round moves no face', () => {
    for (const value of faceDeltas(label, turned(label, Math.PI))) expect(value).toBeCloseTo(0, 9);
  });

  test('a quarter turn of a square box moves no face', () => {
    const square: CuboidShape = { ...label, size: [2, 2, 1] };
    for (const value of faceDeltas(square, turned(square, Math.PI / 2))) expect(value).toBeCloseTo(0, 9);
  });

  test('no face comes nearer to its opposite than a hand can hold', () => {
    const flat = withFaceMoved(label, 0, -100);
    expect(flat.size[0]).toBeCloseTo(0.05, 12);
    // The rear face stayed where it was.
    expect(faceDeltas(label, flat)[1]).toBeCloseTo(0, 9);
  });
});

test('overlap: whole with itself, published values beside it, none from afar', () => {
  const a: CuboidShape = { center: [4e5, 5e6, 0], size: [4, 2, 1.5], rotation: [0, 0, 0, 1] };
  expect(boxOverlap(a, a).volume).toBeCloseTo(1, 12);
  const b = turned(moved(a, [0.4, 0.1, 0.05]), (8 * Math.PI) / 180);
  expect(boxOverlap(a, b).fromAbove).toBeCloseTo(0.7259556, 6);
  expect(boxOverlap(a, b).volume).toBeCloseTo(0.6851768, 6);
  expect(boxOverlap(b, a).volume).toBeCloseTo(boxOverlap(a, b).volume, 12);
  expect(boxOverlap(a, moved(a, [9, 0, 0]))).toEqual({ fromAbove: 0, volume: 0 });
});
