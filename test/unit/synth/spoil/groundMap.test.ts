import { describe, expect, it } from 'vitest';
import type { CuboidShape } from '../../../../shared/geometry/cuboid.ts';
import type { Sweep } from '../../../../shared/model/sweep.ts';
import { GroundMap } from '../../../../shared/synth/spoil/groundMap.ts';

/** Points as x, y, z, ground or not. */
function mapOf(points: readonly (readonly [number, number, number, boolean])[]): GroundMap {
  const interleaved = Float32Array.from(points.flatMap(([x, y, z]) => [x, y, z, 0]));
  const sweep: Sweep = {
    ...{ count: points.length, finiteCount: points.length, interleaved, strideFloats: 4 },
    ...{ position: 0, intensity: 3, ring: -1, intensityMax: 0 },
    bounds: [0, 0, 0, 0, 0, 0],
    origin: [0, 0, 0],
  };
  const map = new GroundMap();
  map.add(
    sweep,
    Uint8Array.from(points, ([, , , isGround]) => Number(isGround)),
  );
  return map;
}

const box = (x: number, y: number): CuboidShape => ({
  center: [x, y, 0],
  size: [2, 1, 1],
  rotation: [0, 0, 0, 1],
});

/** A sloping square of ground around (20, 0), a post at (23.5, 0.5). */
const street = mapOf([
  ...Array.from({ length: 400 }, (_, at): [number, number, number, boolean] => {
    const [x, y] = [10.5 + (at % 20), -9.5 + Math.floor(at / 20)];
    return [x, y, -1.7 + 0.01 * x, true];
  }),
  [23.5, 0.5, 1, false],
]);

describe('the ground of a frame', () => {
  it('has a height where points show it, and none elsewhere', () => {
    expect(street.groundAt(20.5, 0.5)).toBeCloseTo(-1.7 + 0.205, 4);
    expect(street.groundAt(-20, 0)).toBeNull();
    expect(street.groundAt(1e9, Number.NaN)).toBeNull();
  });

  it('is clear where it is seen and nothing stands on it', () => {
    expect(street.isClear(box(15, 0))).toBe(true);
    expect(street.isClear(box(23, 0))).toBe(false);
    expect(street.isClear(box(-20, 0))).toBe(false);
    expect(street.isClear(box(500, 0))).toBe(false);
  });

  it('is seen under a post as well as where it is free, not in the shadow', () => {
    expect([box(23.5, 0.5), box(15, 0), box(-20, 0)].map((shape) => street.isSeen(shape))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
