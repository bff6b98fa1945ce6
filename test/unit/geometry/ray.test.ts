import { describe, expect, it } from 'vitest';
import { type CuboidShape, createCuboidFrame, setCuboidFrame } from '../../../shared/geometry/cuboid.ts';
import { isInside } from '../../../shared/geometry/pointsInCuboid.ts';
import {
  firstPointAlongRay,
  type PointHit,
  pickCuboidRow,
  type Ray,
  rayToCuboid,
} from '../../../shared/geometry/ray.ts';
import { normalizeQuaternion } from '../../../shared/geometry/rotation.ts';
import { buildSweepGrid } from '../../../shared/geometry/sweepGrid.ts';
import type { CuboidColumns } from '../../../shared/model/labels.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import type { Sweep } from '../../../shared/model/sweep.ts';
import { type SeededRandom, seededRandom } from '../../support/seededRandom.ts';
import { makeSweep } from './makeSweep.ts';

function unit(x: number, y: number, z: number): Vec3 {
  const norm = Math.hypot(x, y, z);
  return [x / norm, y / norm, z / norm];
}

function randomShape(random: SeededRandom): CuboidShape {
  return {
    center: [random.between(-20, 20), random.between(-20, 20), random.between(-2, 2)],
    size: [random.between(1, 6), random.between(1, 3), random.between(1, 3)],
    rotation: normalizeQuaternion([random.normal(), random.normal(), random.normal(), random.normal()])!,
  };
}

function firstPointSlowly(
  sweep: Sweep,
  ray: Ray,
  radius: number,
  slope: number,
  farthest: number,
): PointHit | null {
  let best: PointHit | null = null;
  for (let point = 0; point < sweep.count; point++) {
    const at = point * sweep.strideFloats + sweep.position;
    const p = [0, 1, 2].map(
      (axis) => sweep.interleaved[at + axis]! - (ray.origin[axis]! - sweep.origin[axis]!),
    );
    const along = p[0]! * ray.direction[0] + p[1]! * ray.direction[1] + p[2]! * ray.direction[2];
    const aside = Math.hypot(...p.map((value, axis) => value - along * ray.direction[axis]!));
    if (along < 0 || along > farthest || !(aside <= radius + slope * along)) continue;
    if (best === null || along < best.along) best = { point, along, aside };
  }
  return best;
}

describe('rays and cuboids', () => {
  it('enters where stepping along the ray first gets inside', () => {
    const random = seededRandom(31);
    const frame = createCuboidFrame();
    let hits = 0;
    for (let round = 0; round < 300; round++) {
      const shape = randomShape(random);
      const origin: Vec3 = [random.between(-30, 30), random.between(-30, 30), random.between(-3, 10)];
      const aim = shape.center.map(
        (value, axis) => value + random.normal() - origin[axis]!,
      ) as unknown as Vec3;
      const ray = { origin, direction: unit(...aim) };
      setCuboidFrame(frame, shape);
      let expected: number | null = null;
      for (let t = 0; t < 80 && expected === null; t += 0.002) {
        const [x, y, z] = origin.map((value, axis) => value + t * ray.direction[axis]!) as [
          number,
          number,
          number,
        ];
        if (isInside(frame, x, y, z)) expected = t;
      }
      const distance = rayToCuboid(ray, shape);
      if (expected === null) expect(distance === null || distance < 80).toBe(true);
      else {
        hits++;
        expect(Math.abs(distance! - expected)).toBeLessThan(0.0021);
      }
    }
    expect(hits).toBeGreaterThan(150);
  });

  it('handles rays along an axis, from inside, and pointing away', () => {
    const shape: CuboidShape = { center: [5, 0, 0], size: [2, 2, 2], rotation: [0, 0, 0, 1] };
    expect(rayToCuboid({ origin: [0, 0, 0], direction: [1, 0, 0] }, shape)).toBe(4);
    expect(rayToCuboid({ origin: [0, 3, 0], direction: [1, 0, 0] }, shape)).toBeNull();
    expect(rayToCuboid({ origin: [0, 0, 0], direction: [-1, 0, 0] }, shape)).toBeNull();
    expect(rayToCuboid({ origin: [5, 0.5, 0], direction: [0, 1, 0] }, shape)).toBe(0);
  });

  it('picks the nearest of many rows, and not the one it starts in', () => {
    const columns = {
      center: Float64Array.from([0, 0, 0, 20, 0, 0, 10, 0, 0, 10, 30, 0]),
      size: Float64Array.from([4, 2, 2, 4, 2, 2, 4, 2, 2, 4, 2, 2]),
      rotation: Float64Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]),
    } as unknown as CuboidColumns;
    const ray: Ray = { origin: [0, 0, 0], direction: [1, 0, 0] };
    expect(pickCuboidRow(ray, columns, 0, 4)).toBe(2);
    expect(pickCuboidRow(ray, columns, 0, 2)).toBe(1);
    expect(pickCuboidRow({ ...ray, direction: [0, 0, 1] }, columns, 0, 4)).toBe(-1);
  });
});

describe('rays and points', () => {
  it('finds the same first point as looking at every one', () => {
    const random = seededRandom(32);
    for (const [spread, origin] of [
      [15, [0, 0, 0]],
      [60, [4e5, 5e6, 100]],
      [900, [0, 0, 0]],
    ] as [number, Vec3][]) {
      const points = Array.from({ length: 4000 }, (): Vec3 => {
        if (random.next() < 0.01) return [Number.NaN, 0, 0];
        return [
          origin[0] + spread * random.normal(),
          origin[1] + spread * random.normal(),
          origin[2] + random.normal(),
        ];
      });
      const sweep = makeSweep(points, { origin });
      const grid = buildSweepGrid(sweep);
      let hits = 0;
      for (let round = 0; round < 400; round++) {
        const start = [spread, spread, 20].map(
          (size, axis) => origin[axis]! + size * random.normal(),
        ) as unknown as Vec3;
        const aim = points[random.integer(0, 3999)]!;
        const isAxis = round % 5 === 0;
        const direction = isAxis
          ? (
              [
                [0, 0, -1],
                [1, 0, 0],
                [0, -1, 0],
              ] as const
            )[round % 3]!
          : unit(aim[0] - start[0], aim[1] - start[1] + 0.05, aim[2] - start[2]);
        if (!direction.every(Number.isFinite)) continue;
        const ray: Ray = { origin: start, direction };
        const [radius, slope] = [random.between(0.05, 0.5), round % 2 === 0 ? 0 : 0.004];
        const found = firstPointAlongRay(grid, ray, radius, slope, 2000);
        const expected = firstPointSlowly(sweep, ray, radius, slope, 2000);
        expect(found?.point).toBe(expected?.point);
        if (expected) hits++;
      }
      expect(hits).toBeGreaterThan(100);
    }
  });
});
