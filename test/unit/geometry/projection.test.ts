import { describe, expect, it } from 'vitest';
import type { CuboidShape } from '../../../shared/geometry/cuboid.ts';
import { lensOf, nearPlaneMeters, projectPoint } from '../../../shared/geometry/lens.ts';
import { identityMatrix } from '../../../shared/geometry/matrix.ts';
import {
  boundsOf,
  clipPolygon,
  clipPolyline,
  convexHull,
  iouOfRectangles,
  isInConvexPolygon,
} from '../../../shared/geometry/polygon.ts';
import { projectCuboid } from '../../../shared/geometry/projectCuboid.ts';
import type { CameraModel, FisheyeModel, PinholeModel } from '../../../shared/model/camera.ts';
import type { Mat4, Vec3 } from '../../../shared/model/pose.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const pinhole = (distortion: readonly number[] = []): PinholeModel => ({
  kind: 'pinhole',
  fx: 1000,
  fy: 1010,
  cx: 800,
  cy: 450,
  distortion,
});
const fisheye: FisheyeModel = {
  kind: 'fisheye',
  fx: 400,
  fy: 402,
  cx: 640,
  cy: 480,
  distortion: [0.02, -0.003, 0.001, -0.0002],
};

type Matrix3 = readonly (readonly [number, number, number])[];
const product = (a: Matrix3, b: Matrix3): Matrix3 =>
  a.map((row) => [0, 1, 2].map((j) => row[0] * b[0]![j]! + row[1] * b[1]![j]! + row[2] * b[2]![j]!)) as never;

/** The manual's formulas written out term by term, with whole matrices for the tilted sensor. */
function manualPinhole(model: PinholeModel, [x, y, z]: Vec3): [number, number] {
  const [k1, k2, p1, p2, k3, k4, k5, k6, s1, s2, s3, s4, tx, ty] = [
    ...model.distortion,
    ...new Array(14).fill(0),
  ];
  const [xp, yp] = [x / z, y / z];
  const r2 = xp ** 2 + yp ** 2;
  const ratio = (1 + k1 * r2 + k2 * r2 ** 2 + k3 * r2 ** 3) / (1 + k4 * r2 + k5 * r2 ** 2 + k6 * r2 ** 3);
  const xpp = xp * ratio + 2 * p1 * xp * yp + p2 * (r2 + 2 * xp ** 2) + s1 * r2 + s2 * r2 ** 2;
  const ypp = yp * ratio + p1 * (r2 + 2 * yp ** 2) + 2 * p2 * xp * yp + s3 * r2 + s4 * r2 ** 2;
  const rotX: Matrix3 = [
    [1, 0, 0],
    [0, Math.cos(tx), Math.sin(tx)],
    [0, -Math.sin(tx), Math.cos(tx)],
  ];
  const rotY: Matrix3 = [
    [Math.cos(ty), 0, -Math.sin(ty)],
    [0, 1, 0],
    [Math.sin(ty), 0, Math.cos(ty)],
  ];
  const r = product(rotY, rotX);
  const m = product(
    [
      [r[2]![2], 0, -r[0]![2]],
      [0, r[2]![2], -r[1]![2]],
      [0, 0, 1],
    ],
    r,
  );
  const [h0, h1, h2] = m.map((row) => row[0] * xpp + row[1] * ypp + row[2]) as [number, number, number];
  return [model.fx * (h0 / h2) + (model.skew ?? 0) * (h1 / h2) + model.cx, model.fy * (h1 / h2) + model.cy];
}

/** Camera at the origin of a z-up space, looking along its +x. */
const cameraFromForward: Mat4 = [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1];

describe('points through a lens', () => {
  it('gives the values of a hand calculation', () => {
    expect(projectPoint(pinhole(), [1, 2, 10])).toEqual([900, 652]);
    // x' = 0.1, y' = 0.2, r2 = 0.05: 1 - 0.3 * 0.05 + 0.1 * 0.0025 = 0.98525
    const [u, v] = projectPoint(pinhole([-0.3, 0.1, 0, 0]), [1, 2, 10])!;
    expect(u).toBeCloseTo(800 + 1000 * 0.098525, 9);
    expect(v).toBeCloseTo(450 + 1010 * 0.19705, 9);
    const straight: FisheyeModel = { ...fisheye, distortion: [0, 0, 0, 0] };
    expect(projectPoint(straight, [1, 0, 1])![0]).toBeCloseTo(640 + (400 * Math.PI) / 4, 9);
    expect(projectPoint(straight, [0, 0, 5])).toEqual([640, 480]);
  });

  it('follows the manual with 0, 4, 5, 8, 12 and 14 coefficients', () => {
    const random = seededRandom(21);
    for (const length of [0, 4, 5, 8, 12, 14]) {
      for (let round = 0; round < 100; round++) {
        const scale = [0.3, 0.1, 1e-3, 1e-3, 0.03, 0.2, 0.05, 0.01, 1e-3, 1e-3, 1e-3, 1e-3, 0.05, 0.05];
        const distortion = scale.slice(0, length).map((size) => size * random.normal());
        const model = { ...pinhole(distortion), skew: random.normal() };
        const point: Vec3 = [random.normal(), random.normal(), random.between(2, 30)];
        const expected = manualPinhole(model, point);
        projectPoint(model, point)!.forEach((value, axis) => {
          expect(value).toBeCloseTo(expected[axis]!, 8);
        });
      }
    }
  });

  it('follows Kannala and Brandt', () => {
    const random = seededRandom(22);
    for (let round = 0; round < 300; round++) {
      const [x, y, z] = [3 * random.normal(), 3 * random.normal(), random.between(0.2, 10)];
      const theta = Math.acos(z / Math.hypot(x, y, z));
      const [k1, k2, k3, k4] = fisheye.distortion;
      const r = theta + k1 * theta ** 3 + k2 * theta ** 5 + k3 * theta ** 7 + k4 * theta ** 9;
      const phi = Math.atan2(y, x);
      const [u, v] = projectPoint(fisheye, [x, y, z])!;
      expect(u).toBeCloseTo(400 * r * Math.cos(phi) + 640, 7);
      expect(v).toBeCloseTo(402 * r * Math.sin(phi) + 480, 7);
    }
  });

  it('has no pixel behind the near plane or for an unknown model', () => {
    expect(projectPoint(pinhole(), [0, 0, nearPlaneMeters])).toEqual([800, 450]);
    expect(projectPoint(pinhole(), [0, 0, nearPlaneMeters - 1e-9])).toBeNull();
    expect(projectPoint(pinhole(), [0, 0, -5])).toBeNull();
    expect(projectPoint(pinhole(), [0, 0, Number.NaN])).toBeNull();
    expect(projectPoint({ kind: 'unknown', name: 'ftheta' }, [0, 0, 5])).toBeNull();
  });

  it('knows where a polynomial folds back', () => {
    // r (1 - 0.3 r^2) stops growing at r = 1 / sqrt(0.9).
    expect(lensOf(pinhole([-0.3, 0, 0, 0]))!.validReach).toBeCloseTo(1 / Math.sqrt(0.9), 2);
    expect(lensOf(pinhole([0.1, 0, 0, 0]))!.validReach).toBe(Number.POSITIVE_INFINITY);
    expect(lensOf(pinhole())!.isStraight).toBe(true);
    expect(lensOf({ ...fisheye, distortion: [-0.1, 0, 0, 0] })!.validReach).toBeCloseTo(
      1 / Math.sqrt(0.3),
      2,
    );
  });
});

describe('cuboids in a camera', () => {
  const image = {
    model: pinhole() as CameraModel,
    cameraFromSpace: cameraFromForward,
    width: 1600,
    height: 900,
  };
  const box = (x: number, y: number, z: number, size: Vec3 = [4, 2, 1.5]): CuboidShape => ({
    center: [x, y, z],
    size,
    rotation: [0, 0, 0, 1],
  });

  it('projects what stands in front as a plain pinhole does', () => {
    const seen = projectCuboid(image, box(20, 0, 0))!;
    expect(seen.visible).toBe(true);
    expect(seen.edges.length).toBe(12);
    // Rear face at 18 m is the larger one: half width 1, half height 0.75.
    const expected = [800 - 1000 / 18, 450 - (1010 * 0.75) / 18, 800 + 1000 / 18, 450 + (1010 * 0.75) / 18];
    seen.hull!.forEach((value, side) => {
      expect(value).toBeCloseTo(expected[side]!, 9);
    });
    expect(seen.corners[0]![0]).toBeCloseTo(800 - 1000 / 22, 9);
    expect(seen.corners[0]![1]).toBeCloseTo(450 + (1010 * 0.75) / 22, 9);
  });

  it('cuts what reaches behind the camera', () => {
    const seen = projectCuboid(image, box(1, 3, 0))!;
    expect(seen.corners.filter((corner) => corner === null).length).toBe(4);
    expect(seen.visible).toBe(true);
    expect(seen.hull![0]).toBe(-0.5);
    for (const { points } of seen.edges)
      for (const value of points) expect(Number.isFinite(value)).toBe(true);
    const behind = projectCuboid(image, box(-20, 0, 0))!;
    expect(behind.visible).toBe(false);
    expect(behind.hull).toBeNull();
    expect(behind.edges).toEqual([]);
  });

  it('is not visible beside the image', () => {
    const seen = projectCuboid(image, box(20, 40, 0))!;
    expect(seen.visible).toBe(false);
    expect(seen.corners.every((corner) => corner !== null)).toBe(true);
    // The rectangle round this hull meets the image's corner, the hull itself does not.
    const long = {
      center: [20, 16.4, 9.1],
      size: [0.2, 12, 0.2],
      rotation: [Math.sin(-0.4), 0, 0, Math.cos(-0.4)],
    } as const;
    const uncut = projectCuboid({ model: image.model, cameraFromSpace: image.cameraFromSpace }, long)!;
    expect(uncut.hull![2]).toBeGreaterThan(0);
    expect(uncut.hull![3]).toBeGreaterThan(0);
    expect(projectCuboid(image, long)!.visible).toBe(false);
  });

  it('keeps edges inside the image when asked', () => {
    const seen = projectCuboid(image, box(6, 4, 0), { clipEdges: true })!;
    expect(seen.edges.length).toBeGreaterThan(0);
    for (const { points } of seen.edges) {
      for (let at = 0; at < points.length; at += 2) {
        expect(points[at]!).toBeGreaterThanOrEqual(-0.5 - 1e-9);
        expect(points[at]!).toBeLessThanOrEqual(1599.5 + 1e-9);
      }
    }
  });

  it('takes the decoded image size before the stated one, and an unclipped hull without either', () => {
    const near = box(6, 4, 0);
    expect(projectCuboid(image, near, { imageSize: [100, 100] })!.hull?.[2] ?? 0).toBeLessThanOrEqual(99.5);
    const unclipped = projectCuboid({ model: image.model, cameraFromSpace: image.cameraFromSpace }, near)!;
    expect(unclipped.hull![0]).toBeLessThan(-0.5);
    expect(projectCuboid({ ...image, model: { kind: 'unknown', name: 'x' } }, near)).toBeNull();
  });

  it('bends edges on a bending lens and leaves out what folds back', () => {
    const bent = { ...image, model: fisheye as CameraModel, width: 1280, height: 960 };
    const seen = projectCuboid(bent, box(5, 3, 0, [4, 2, 2]))!;
    for (const { points } of seen.edges) expect(points.length).toBeGreaterThanOrEqual(34);
    for (const { points, edge } of seen.edges) {
      const first = [points[0]!, points[1]!];
      expect(
        seen.corners.some((c) => c !== null && Math.hypot(c[0] - first[0]!, c[1] - first[1]!) < 1e-6),
        `${edge}`,
      ).toBe(true);
    }
    // Strong barrel distortion: at 80 degrees off the axis the formula lands inside the image.
    const barrel = { ...image, model: pinhole([-0.3, 0, 0, 0]) as CameraModel };
    const aside = box(1, 1.85, 0, [0.1, 0.1, 0.1]);
    const folded = projectCuboid(barrel, aside)!;
    expect(folded.corners[0]![0]).toBeGreaterThan(0);
    expect(folded.corners[0]![0]).toBeLessThan(1600);
    expect(folded.visible).toBe(false);
  });

  it('cuts an edge where the lens stops being valid', () => {
    const barrel = { model: pinhole([-0.3, 0, 0, 0]) as CameraModel, cameraFromSpace: identityMatrix };
    const seen = projectCuboid(barrel, { center: [1, 0, 2], size: [6, 0.2, 0.2], rotation: [0, 0, 0, 1] })!;
    const reach = lensOf(barrel.model)!.validReach;
    const farthest = 800 + 1000 * reach * (1 - 0.3 * reach ** 2);
    const rightmost = Math.max(...seen.edges.flatMap(({ points }) => points.filter((_, at) => at % 2 === 0)));
    expect(Math.abs(rightmost - farthest)).toBeLessThan(3);
  });
});

describe('polygons', () => {
  it('wraps points in their convex hull', () => {
    expect(convexHull([0, 0, 4, 0, 4, 4, 0, 4, 2, 2, 2, 0])).toEqual([0, 0, 4, 0, 4, 4, 0, 4]);
    expect(convexHull([])).toEqual([]);
    expect(convexHull([3, 5])).toEqual([3, 5]);
    const random = seededRandom(23);
    const points = Array.from({ length: 200 }, () => random.normal());
    const hull = convexHull(points);
    for (let at = 0; at < points.length; at += 2) {
      const [u, v] = [points[at]! * 0.999999, points[at + 1]! * 0.999999];
      expect(isInConvexPolygon(hull, u, v)).toBe(true);
    }
    expect(isInConvexPolygon(hull, 50, 0)).toBe(false);
  });

  it('cuts polygons and polylines at a rectangle', () => {
    const square = [-1, -1, 3, -1, 3, 3, -1, 3];
    expect(boundsOf(clipPolygon(square, [0, 0, 2, 2]))).toEqual([0, 0, 2, 2]);
    expect(clipPolygon(square, [10, 10, 20, 20])).toEqual([]);
    expect(boundsOf([])).toBeNull();
    expect(clipPolyline([-5, 1, 5, 1], [0, 0, 2, 2])).toEqual([[0, 1, 2, 1]]);
    expect(clipPolyline([1, 1, 1, 5, 1.5, 5, 1.5, 1], [0, 0, 2, 2])).toEqual([
      [1, 1, 1, 2],
      [1.5, 2, 1.5, 1],
    ]);
    expect(clipPolyline([0.5, 0.5, 1, 1, 1.5, 0.5], [0, 0, 2, 2])).toEqual([[0.5, 0.5, 1, 1, 1.5, 0.5]]);
  });

  it('measures shared area of upright rectangles', () => {
    expect(iouOfRectangles([0, 0, 2, 2], [1, 1, 3, 3])).toBeCloseTo(1 / 7, 14);
    expect(iouOfRectangles([0, 0, 2, 2], [2, 0, 3, 3])).toBe(0);
  });
});
