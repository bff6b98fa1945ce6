import { describe, expect, it } from 'vitest';
import {
  type CuboidShape,
  cornerSigns,
  cuboidCorners,
  cuboidEdges,
  isUsableShape,
  transformCuboid,
} from '../../../shared/geometry/cuboid.ts';
import { faceGaps } from '../../../shared/geometry/faceGaps.ts';
import { invertRigid, matrixFromPose, transformPoint } from '../../../shared/geometry/matrix.ts';
import { countPointsInside, pointsInside } from '../../../shared/geometry/pointsInCuboid.ts';
import { normalizeQuaternion, quaternionFromYaw } from '../../../shared/geometry/rotation.ts';
import {
  buildSweepGrid,
  countInGrid,
  countRowsInGrid,
  pointsInGrid,
} from '../../../shared/geometry/sweepGrid.ts';
import type { CuboidColumns } from '../../../shared/model/labels.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import { type SeededRandom, seededRandom } from '../../support/seededRandom.ts';
import { makeSweep } from './makeSweep.ts';

const upright = quaternionFromYaw(0);

function randomShape(random: SeededRandom, spread: number): CuboidShape {
  return {
    center: [random.between(-spread, spread), random.between(-spread, spread), random.between(-2, 2)],
    size: [random.between(0.3, 12), random.between(0.3, 3), random.between(0.3, 3)],
    rotation: normalizeQuaternion([random.normal(), random.normal(), random.normal(), random.normal()])!,
  };
}

/** Points thick near the middle and thin far out, as a lidar sees them, with some that are not numbers. */
function randomPoints(random: SeededRandom, count: number, spread: number): Vec3[] {
  return Array.from({ length: count }, () => {
    if (random.next() < 0.01) return [Number.NaN, 1, Number.POSITIVE_INFINITY];
    const range = spread * random.next() ** 2;
    const angle = random.between(0, 2 * Math.PI);
    return [range * Math.cos(angle), range * Math.sin(angle), random.between(-3, 3)];
  });
}

describe('corners', () => {
  it('begin front-left-bottom and run counter-clockwise seen from above', () => {
    const shape = {
      center: [10, 20, 1],
      size: [4, 2, 1.5],
      rotation: quaternionFromYaw(Math.PI / 2),
    } as const;
    const corners = cuboidCorners(shape);
    const expected = [9, 22, 0.25, 9, 18, 0.25, 11, 18, 0.25, 11, 22, 0.25];
    expected.forEach((value, index) => {
      expect(corners[index]).toBeCloseTo(value, 12);
    });
    for (let corner = 0; corner < 4; corner++) {
      expect(corners[3 * corner + 14]).toBeCloseTo(1.75, 12);
      expect(corners[3 * corner + 12]).toBeCloseTo(corners[3 * corner]!, 12);
    }
    expect(cornerSigns[0]).toEqual([1, 1, -1]);
  });

  it('are joined by twelve edges that each run along one axis', () => {
    expect(new Set(cuboidEdges.map((edge) => [...edge].sort().join())).size).toBe(12);
    for (const [from, to] of cuboidEdges) {
      const differing = cornerSigns[from]!.filter((sign, axis) => sign !== cornerSigns[to]![axis]).length;
      expect(differing).toBe(1);
    }
  });

  it('move with the cuboid into another space', () => {
    const random = seededRandom(5);
    const pose = matrixFromPose(randomShape(random, 1).rotation, [3, -4, 5]);
    const shape = randomShape(random, 20);
    const corners = cuboidCorners(shape);
    const moved = cuboidCorners(transformCuboid(pose, shape));
    for (let at = 0; at < 24; at += 3) {
      const expected = transformPoint(pose, [corners[at]!, corners[at + 1]!, corners[at + 2]!]);
      expected.forEach((value, axis) => {
        expect(moved[at + axis]).toBeCloseTo(value, 10);
      });
    }
  });

  it('are refused for shapes that are none', () => {
    const shape: CuboidShape = { center: [0, 0, 0], size: [1, 1, 1], rotation: upright };
    expect(isUsableShape(shape)).toBe(true);
    expect(isUsableShape({ ...shape, size: [1, 0, 1] })).toBe(false);
    expect(isUsableShape({ ...shape, center: [0, Number.NaN, 0] })).toBe(false);
    expect(isUsableShape({ ...shape, rotation: [0, 0, 0, 0] })).toBe(false);
  });
});

describe('points inside a cuboid', () => {
  it('counts the faces in and what lies beyond them out', () => {
    const shape: CuboidShape = { center: [1, 2, 3], size: [4, 2, 1], rotation: upright };
    const sweep = makeSweep([
      ...([
        [3, 2, 3],
        [-1, 2, 3],
        [1, 3, 3],
        [1, 1, 3],
        [1, 2, 3.5],
        [1, 2, 2.5],
        [3, 3, 3.5],
      ] as const),
      ...([
        [3.001, 2, 3],
        [1, 3.001, 3],
        [1, 2, 2.499],
        [Number.NaN, 2, 3],
      ] as const),
    ]);
    expect(countPointsInside(sweep, shape)).toBe(7);
    expect([...pointsInside(sweep, shape)]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([...pointsInside(sweep, shape, 0.01)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(countInGrid(buildSweepGrid(sweep), shape)).toBe(7);
  });

  it('agrees with the inverse pose applied point by point', () => {
    const random = seededRandom(6);
    const points = randomPoints(random, 3000, 15);
    const sweep = makeSweep(points, { strideFloats: 7, position: 2 });
    for (let round = 0; round < 50; round++) {
      const shape = randomShape(random, 10);
      const cuboidFromSpace = invertRigid(matrixFromPose(shape.rotation, shape.center));
      let expected = 0;
      for (const point of points) {
        const stored = point.map(Math.fround) as unknown as Vec3;
        const inside = transformPoint(cuboidFromSpace, stored).every(
          (value, axis) => Math.abs(value) <= shape.size[axis]! / 2,
        );
        if (inside) expected++;
      }
      expect(countPointsInside(sweep, shape)).toBe(expected);
    }
  });

  it('gives the same through the grid, over layouts, spreads, origins and reused buffers', () => {
    const random = seededRandom(7);
    let grid = buildSweepGrid(makeSweep([]));
    expect(countInGrid(grid, randomShape(random, 5))).toBe(0);
    for (const spread of [0.4, 20, 200, 1500]) {
      for (const origin of [
        [0, 0, 0],
        [512_000, -4_100_000, 30],
      ] as Vec3[]) {
        const points = randomPoints(random, 4000, spread).map(
          (point) => point.map((value, axis) => value + origin[axis]!) as unknown as Vec3,
        );
        const sweep = makeSweep(points, { strideFloats: 5, position: 1, origin });
        grid = buildSweepGrid(sweep, grid);
        expect(grid.count).toBe(sweep.finiteCount);
        let met = 0;
        for (let round = 0; round < 60; round++) {
          const shape = randomShape(random, spread * 0.7);
          const placed = {
            ...shape,
            center: shape.center.map((value, axis) => value + origin[axis]!) as unknown as Vec3,
          };
          const expected = countPointsInside(sweep, placed);
          met += expected;
          expect(countInGrid(grid, placed)).toBe(expected);
          expect([...pointsInGrid(grid, placed, 0.3)]).toEqual([...pointsInside(sweep, placed, 0.3)]);
        }
        if (spread < 500) expect(met).toBeGreaterThan(0);
      }
    }
  });

  it('counts rows of the label columns', () => {
    const random = seededRandom(8);
    const sweep = makeSweep(randomPoints(random, 2000, 20));
    const shapes = Array.from({ length: 12 }, () => randomShape(random, 8));
    const columns = {
      center: Float64Array.from(shapes.flatMap((shape) => shape.center)),
      size: Float64Array.from(shapes.flatMap((shape) => shape.size)),
      rotation: Float64Array.from(shapes.flatMap((shape) => shape.rotation)),
    } as unknown as CuboidColumns;
    const counts = new Uint32Array(9);
    countRowsInGrid(buildSweepGrid(sweep), columns, 3, 12, counts);
    expect([...counts]).toEqual(shapes.slice(3).map((shape) => countPointsInside(sweep, shape)));
  });

  it('survives one point a thousand kilometres away', () => {
    const random = seededRandom(9);
    const points: Vec3[] = [...randomPoints(random, 1000, 10), [1e6, -1e6, 0]];
    const sweep = makeSweep(points);
    const grid = buildSweepGrid(sweep);
    expect(grid.columns * grid.rows).toBeLessThanOrEqual(1024 * 1024);
    const far: CuboidShape = { center: [1e6, -1e6, 0], size: [1, 1, 1], rotation: upright };
    expect(countInGrid(grid, far)).toBe(1);
    const near: CuboidShape = { center: [0, 0, 0], size: [5, 5, 5], rotation: upright };
    expect(countInGrid(grid, near)).toBe(countPointsInside(sweep, near));
  });
});

describe('gaps between faces and points', () => {
  it('measures each face inwards and outwards along its own axis', () => {
    const yaw = 0.7;
    const shape: CuboidShape = { center: [5, 6, 1], size: [4, 2, 2], rotation: quaternionFromYaw(yaw) };
    const place = matrixFromPose(shape.rotation, shape.center);
    const own: Vec3[] = [
      [1.8, 0, 0],
      [-1.5, 0.7, 0],
      [0, -0.9, 0.6],
      [0, 0, -0.75],
      // Outside: in front of the front face; beside it but past a corner; above the top.
      [2.25, 0.5, 0],
      [2.1, 1.1, 0],
      [0.5, 0, 1.4],
    ];
    const gaps = faceGaps(buildSweepGrid(makeSweep(own.map((point) => transformPoint(place, point)))), shape);
    expect(gaps.inside).toBe(4);
    [0.2, 0.5, 0.3, 0.1, 0.4, 0.25].forEach((expected, face) => {
      expect(gaps.inward[face]).toBeCloseTo(expected, 5);
    });
    expect(gaps.outward[0]).toBeCloseTo(0.25, 5);
    expect(gaps.outward[4]).toBeCloseTo(0.4, 5);
    for (const face of [1, 2, 3, 5]) expect(gaps.outward[face]).toBe(Number.POSITIVE_INFINITY);
  });

  it('says so where nothing is inside', () => {
    const shape: CuboidShape = { center: [5, 6, 1], size: [4, 2, 2], rotation: upright };
    const gaps = faceGaps(buildSweepGrid(makeSweep([[50, 60, 1]])), shape);
    expect(gaps.inside).toBe(0);
    expect(gaps.inward.every((gap) => gap === Number.POSITIVE_INFINITY)).toBe(true);
  });
});
