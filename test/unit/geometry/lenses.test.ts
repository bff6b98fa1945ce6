/** Lenses against their published formulas, written out slowly, and against their own way back. */
import { describe, expect, it } from 'vitest';
import {
  isWithinReach,
  lensOf,
  nearPlaneMeters,
  projectPoint,
  rayThroughPixel,
} from '../../../shared/geometry/lens.ts';
import { identityMatrix } from '../../../shared/geometry/matrix.ts';
import { projectCuboid } from '../../../shared/geometry/projectCuboid.ts';
import type { CameraModel, FisheyeModel, FThetaModel, Windshield } from '../../../shared/model/camera.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const degree = Math.PI / 180;

/** A 120 degree camera of 1920 x 1208 with its polynomial from angle to pixels. */
const wide: FThetaModel = {
  kind: 'f-theta',
  cx: 959.3,
  cy: 604.1,
  angleToPixels: [0, 930.2, -14.1, 22.7, -9.3, 1.2],
  pixelsToAngle: [0, 1.075e-3, 1.8e-8, -2.4e-11, 1.1e-14, -2e-18],
  exact: 'angle-to-pixels',
  linear: [1.0004, 2e-4, -3e-4],
  maxAngle: 70 * degree,
};
/** A 200 degree lens, exact from pixels to angle. */
const round: FThetaModel = {
  kind: 'f-theta',
  cx: 640,
  cy: 480,
  angleToPixels: [0, 303, -4, 2, -1],
  pixelsToAngle: [0, 1 / 300, 1e-7, -2e-9, 1e-12],
  exact: 'pixels-to-angle',
  linear: [0.998, -1e-3, 5e-4],
  maxAngle: 100 * degree,
};
const fisheye: FisheyeModel = {
  kind: 'fisheye',
  fx: 400,
  fy: 402,
  cx: 640,
  cy: 480,
  skew: 0.7,
  distortion: [0.02, -0.003, 0.001, -0.0002],
  maxAngle: 105 * degree,
};
const windshield: Windshield = {
  horizontal: [1e-3, 1.002, -3e-3, 2e-3, 4e-4, 1.5e-3],
  vertical: [-2e-3, 3e-4, 1e-3, 0.998, -6e-4, 2e-3],
};

/** The angle's pixel distance, found by halving where only the other way is given. */
function slowDistance(model: FThetaModel, theta: number): number {
  const power = (list: readonly number[], x: number): number =>
    list.reduce((sum, coefficient, at) => sum + coefficient * x ** at, 0);
  if (model.exact === 'angle-to-pixels') return power(model.angleToPixels, theta);
  let [low, high] = [0, 1000];
  for (let halving = 0; halving < 200; halving++) {
    const middle = (low + high) / 2;
    if (power(model.pixelsToAngle, middle) < theta) low = middle;
    else high = middle;
  }
  return low;
}

function slowFTheta(model: FThetaModel, [x, y, z]: Vec3): [number, number] {
  const theta = Math.acos(z / Math.hypot(x, y, z));
  const distance = slowDistance(model, theta);
  const phi = Math.atan2(y, x);
  const [px, py] = [distance * Math.cos(phi), distance * Math.sin(phi)];
  const [c, d, e] = model.linear;
  return [c * px + d * py + model.cx, e * px + 1 * py + model.cy];
}

/** Order 2: 1, phi, phi^2, then theta, phi theta, then theta^2. */
function slowBend({ horizontal, vertical }: Windshield, [x, y, z]: Vec3): Vec3 {
  const length = Math.sqrt(x * x + y * y + z * z);
  const [phi, theta] = [Math.asin(x / length), Math.asin(y / length)];
  const terms = [1, phi, phi ** 2, theta, phi * theta, theta ** 2];
  const sum = (list: readonly number[]): number =>
    terms.reduce((total, term, at) => total + list[at]! * term, 0);
  const [a, b] = [Math.sin(sum(horizontal)), Math.sin(sum(vertical))];
  return [a, b, Math.sqrt(1 - a * a - b * b)];
}

/** A point within `angle` of the axis. */
function pointWithin(random: ReturnType<typeof seededRandom>, angle: number): Vec3 {
  const theta = random.between(0.001, angle);
  const phi = random.between(-Math.PI, Math.PI);
  const range = random.between(1, 80);
  return [
    range * Math.sin(theta) * Math.cos(phi),
    range * Math.sin(theta) * Math.sin(phi),
    range * Math.cos(theta),
  ];
}

describe('f-theta', () => {
  it('follows its formula in both directions of exactness, behind the camera plane too', () => {
    const random = seededRandom(31);
    for (const model of [wide, round]) {
      for (let point = 0; point < 500; point++) {
        const place = pointWithin(random, model.maxAngle);
        const expected = slowFTheta(model, place);
        projectPoint(model, place)!.forEach((value, axis) => {
          expect(value).toBeCloseTo(expected[axis]!, 6);
        });
      }
    }
  });

  it('inverts its polynomial to a billionth of a radian', () => {
    const random = seededRandom(32);
    const { radial } = lensOf(round)!;
    const power = (x: number): number => round.pixelsToAngle.reduce((sum, c, at) => sum + c * x ** at, 0);
    for (let round = 0; round < 500; round++) {
      const theta = random.between(0, 100 * degree);
      expect(Math.abs(power(radial!.distanceAtAngle(theta)) - theta)).toBeLessThan(1e-9);
    }
    const forward = lensOf(wide)!.radial!;
    for (let round = 0; round < 500; round++) {
      const theta = random.between(0, 70 * degree);
      expect(Math.abs(forward.angleAtDistance(slowDistance(wide, theta))! - theta)).toBeLessThan(1e-9);
    }
  });

  it('ends at the angle it states', () => {
    const at = (angle: number): Vec3 => [9 * Math.sin(angle), 0, 9 * Math.cos(angle)];
    expect(projectPoint(round, at(99.9 * degree))).not.toBeNull();
    expect(projectPoint(round, at(100.1 * degree))).toBeNull();
    expect(projectPoint(round, [0, 0, nearPlaneMeters / 2])).toBeNull();
    expect(isWithinReach(lensOf(wide)!, ...at(70.1 * degree))).toBe(false);
    // A polynomial that turns round earlier ends there: 300 theta - 100 theta^3 rises up to 1 rad.
    const folding: FThetaModel = { ...wide, angleToPixels: [0, 300, 0, -100], maxAngle: 100 * degree };
    expect(lensOf(folding)!.validReach).toBeCloseTo(1, 3);
    const foldingBack: FThetaModel = { ...round, pixelsToAngle: [0, 3e-3, 0, -1e-8] };
    // 3e-3 d - 1e-8 d^3 rises up to d = sqrt(1e5), where it is 0.6325.
    expect(lensOf(foldingBack)!.validReach).toBeCloseTo(0.6325, 3);
    expect(projectPoint(foldingBack, at(0.7))).toBeNull();
  });
});

describe('windshields', () => {
  it('bend the ray before any lens', () => {
    const random = seededRandom(33);
    const plain = {
      kind: 'pinhole',
      fx: 1000,
      fy: 990,
      cx: 900,
      cy: 600,
      distortion: [-0.1, 0.02, 1e-3, 5e-4, 0],
    } as const;
    for (const model of [plain, fisheye, wide] as const) {
      const behindGlass = { ...model, windshield };
      for (let point = 0; point < 200; point++) {
        const place = pointWithin(random, 45 * degree);
        const expected = projectPoint(model, scaled(slowBend(windshield, place), 10))!;
        projectPoint(behindGlass, place)!.forEach((value, axis) => {
          expect(value).toBeCloseTo(expected[axis]!, 7);
        });
      }
    }
  });

  it('let nothing through from behind, and stop where they fold', () => {
    const model: FisheyeModel = { ...fisheye, windshield };
    const lens = lensOf(model)!;
    expect(isWithinReach(lens, 5, 0, -1)).toBe(false);
    expect(projectPoint(model, [5, 0, -1])).toBeNull();
    // phi - phi^2 turns round at phi = 0.5.
    const folding: Windshield = { horizontal: [0, 1, -1, 0, 0, 0], vertical: [0, 0, 0, 1, 0, 0] };
    expect(lensOf({ ...fisheye, windshield: folding })!.windshieldReach).toBeCloseTo(0.5, 1);
  });
});

function scaled([x, y, z]: Vec3, by: number): Vec3 {
  return [by * x, by * y, by * z];
}

describe('the ray through a pixel', () => {
  const lengths = [0, 4, 5, 8, 12, 14] as const;
  const coefficients = [
    -0.3, 0.12, 1e-3, -8e-4, -0.02, 0.02, 0.01, 2e-3, 1e-3, -5e-4, 7e-4, 2e-4, 0.03, -0.02,
  ];
  const pinholes = lengths.map(
    (length): CameraModel => ({
      kind: 'pinhole',
      fx: 1000,
      fy: 1010,
      cx: 800,
      cy: 450,
      skew: 0.4,
      distortion: coefficients.slice(0, length),
    }),
  );
  const models: CameraModel[] = [...pinholes, fisheye, wide, round];

  it('is the one the point came along, for every lens, with and without a windshield', () => {
    const random = seededRandom(34);
    for (const bare of models) {
      for (const model of [bare, { ...bare, windshield } as CameraModel]) {
        const reach = 'windshield' in model || bare.kind === 'pinhole' ? 40 * degree : 99 * degree;
        for (let point = 0; point < 60; point++) {
          const place = pointWithin(
            random,
            Math.min(reach, 0.98 * ('maxAngle' in bare ? bare.maxAngle! : 9)),
          );
          const ray = rayThroughPixel(model, projectPoint(model, place)!)!;
          const range = Math.hypot(...place);
          expect(Math.hypot(...ray)).toBeCloseTo(1, 12);
          for (let axis = 0; axis < 3; axis++) {
            expect(Math.abs(ray[axis]! - place[axis]! / range), JSON.stringify(model)).toBeLessThan(1e-9);
          }
        }
      }
    }
  });

  it('is missing where no ray within reach comes to the pixel', () => {
    // r (1 - 0.3 r^2) rises to 0.7027 at most.
    const barrel: CameraModel = {
      kind: 'pinhole',
      fx: 1000,
      fy: 1010,
      cx: 800,
      cy: 450,
      distortion: [-0.3, 0, 0, 0],
    };
    expect(rayThroughPixel(barrel, [800 + 1000 * 0.69, 450])).not.toBeNull();
    expect(rayThroughPixel(barrel, [800 + 1000 * 0.75, 450])).toBeNull();
    expect(rayThroughPixel(wide, [5000, 600])).toBeNull();
    expect(rayThroughPixel({ kind: 'unknown', name: 'x' }, [0, 0])).toBeNull();
    expect(rayThroughPixel({ ...fisheye, fx: Number.NaN }, [10, 10])).toBeNull();
  });
});

describe('cuboids in a lens that sees behind its plane', () => {
  const camera = { model: round as CameraModel, cameraFromSpace: identityMatrix, width: 1280, height: 960 };
  const cube = (center: Vec3) => ({ center, size: [2, 2, 2] as const, rotation: [0, 0, 0, 1] as const });

  it('shows what stands beside the camera and a little behind', () => {
    const seen = projectCuboid(camera, cube([12, 0, -0.9]))!;
    expect(seen.visible).toBe(true);
    expect(seen.corners.filter((corner) => corner !== null).length).toBeGreaterThan(0);
    for (const { points } of seen.edges)
      for (let at = 0; at < points.length; at += 2) {
        const angle = Math.acos(rayThroughPixel(round, [points[at]!, points[at + 1]!])![2]);
        expect(angle).toBeLessThanOrEqual(100 * degree + 1e-6);
      }
  });

  it('shows nothing of what stands right behind it', () => {
    const seen = projectCuboid(camera, cube([0, 0, -12]))!;
    expect(seen.visible).toBe(false);
    expect(seen.corners.every((corner) => corner === null)).toBe(true);
    // A fisheye that states no angle, in a picture that ends before 90 degrees.
    const { maxAngle: _stated, ...unstated } = fisheye;
    const narrow = { ...camera, model: unstated as CameraModel, width: 1000, height: 700 };
    expect(projectCuboid(narrow, cube([0, 0, -12]))!.visible).toBe(false);
    expect(projectCuboid(narrow, cube([6, 0, -3]))!.visible).toBe(false);
    // In a larger picture the same lens reaches past its plane.
    const large = { ...camera, model: unstated as CameraModel, width: 1281, height: 961 };
    expect(projectCuboid(large, cube([12, 0, -1.2]))!.edges.length).toBeGreaterThan(0);
    expect(projectCuboid(large, cube([0, 0, -12]))!.visible).toBe(false);
  });

  it('draws no ring round the picture of a lens that never folds', () => {
    const even: FisheyeModel = {
      kind: 'fisheye',
      fx: 300,
      fy: 300,
      cx: 640,
      cy: 480,
      distortion: [0, 0, 0, 0],
    };
    const everywhere = { ...camera, model: even as CameraModel, width: 1281, height: 961 };
    expect(projectCuboid(everywhere, cube([12, 0, -2]))!.visible).toBe(true);
    const behind = projectCuboid(everywhere, cube([0, 0, -12]))!;
    expect(behind.edges).toEqual([]);
    expect(behind.visible).toBe(false);
  });

  it('spreads the steps of an edge evenly over the picture', () => {
    const long = projectCuboid(camera, { center: [0, 3, 0], size: [60, 0.1, 0.1], rotation: [0, 0, 0, 1] })!;
    const [edge] = long.edges;
    const steps = [];
    for (let at = 2; at < edge!.points.length; at += 2) {
      steps.push(
        Math.hypot(edge!.points[at]! - edge!.points[at - 2]!, edge!.points[at + 1]! - edge!.points[at - 1]!),
      );
    }
    expect(Math.max(...steps)).toBeLessThan(120);
  });
});
