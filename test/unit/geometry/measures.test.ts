/** What an auditor measures by hand, against values worked out on paper. */
import { describe, expect, it } from 'vitest';
import {
  angleAt,
  angleFromHeading,
  besideRay,
  distanceBetween,
  floorOf,
  partsInLabel,
} from '../../../shared/geometry/measures.ts';
import { quaternionFromEuler, quaternionFromYaw } from '../../../shared/geometry/rotation.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const degrees = (radians: number | null): number | null => radians && (radians * 180) / Math.PI;

describe('lengths', () => {
  it('are straight, and split along the axes of the label', () => {
    expect(distanceBetween([1, 2, 3], [4, 6, 15])).toBe(13);
    // Forward of the label is +y of the space: what goes along +y is along, what goes along -x is to its left.
    const parts = partsInLabel([0, 0, 0], [-2, 3, 0.5], quaternionFromYaw(Math.PI / 2));
    expect(parts.along).toBeCloseTo(3, 12);
    expect(parts.across).toBeCloseTo(2, 12);
    expect(parts.up).toBeCloseTo(0.5, 12);
  });

  it('keep their length however the label is turned', () => {
    const random = seededRandom(11);
    const number = (): number => random.between(-10, 10);
    for (let round = 0; round < 200; round++) {
      const from: Vec3 = [number(), number(), number()];
      const to: Vec3 = [number(), number(), number()];
      const { along, across, up } = partsInLabel(from, to, quaternionFromEuler(number(), number(), number()));
      expect(Math.hypot(along, across, up)).toBeCloseTo(distanceBetween(from, to), 9);
    }
  });
});

describe('angles', () => {
  it('at a corner lie between 0 and 180 degrees, small ones too', () => {
    expect(degrees(angleAt([0, 0, 0], [1, 0, 0], [0, 2, 0]))).toBeCloseTo(90, 12);
    expect(degrees(angleAt([1, 1, 1], [2, 1, 1], [-3, 1, 1]))).toBeCloseTo(180, 9);
    const tiny = 1e-9;
    expect(angleAt([0, 0, 0], [1, 0, 0], [Math.cos(tiny), Math.sin(tiny), 0])! / tiny).toBeCloseTo(1, 6);
    expect(angleAt([0, 0, 0], [0, 0, 0], [1, 0, 0])).toBeNull();
  });

  it.each([
    [0, 10, 10],
    [0, 170, -10],
    [0, -170, 10],
    [0, 90, 90],
    [0, -90, 90],
    [30, 35, 5],
    [-170, 178, -12],
  ])('of a line against a heading of %d degrees, the line at %d, is %d', (heading, line, expected) => {
    const at = (angle: number): Vec3 => [
      Math.cos((angle * Math.PI) / 180),
      Math.sin((angle * Math.PI) / 180),
      0.4,
    ];
    const found = angleFromHeading([0, 0, 0.4], at(line), quaternionFromYaw((heading * Math.PI) / 180));
    expect(degrees(found)).toBeCloseTo(expected, 9);
  });

  it('is told by nothing where the line stands upright', () => {
    expect(angleFromHeading([1, 1, 0], [1, 1, 3], quaternionFromYaw(0.3))).toBeNull();
  });
});

describe('heights and rays', () => {
  it('the floor lies under the middle along the upward axis of the label', () => {
    const level = floorOf({ center: [5, 6, 2], size: [4, 2, 3], rotation: quaternionFromYaw(1) });
    expect(level.map((value) => Math.round(value * 1e9) / 1e9)).toEqual([5, 6, 0.5]);
    // Rolled to its left side by a quarter turn: its floor is beside it.
    const rolled = floorOf({
      center: [0, 0, 0],
      size: [4, 2, 3],
      rotation: quaternionFromEuler(Math.PI / 2, 0, 0),
    });
    expect(Math.hypot(...rolled)).toBeCloseTo(1.5, 12);
    expect(Math.abs(rolled[1])).toBeCloseTo(1.5, 12);
  });

  it('a point is so far along a ray and so far beside it', () => {
    expect(besideRay([1, 0, 0], [0, 1, 0], [1.3, 7, 0.4])).toEqual({
      along: 7,
      aside: expect.closeTo(0.5, 12),
    });
  });
});
