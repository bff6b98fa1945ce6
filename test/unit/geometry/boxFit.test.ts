/** The fit on made scans whose truth is known: cars, trucks, people, cones, hidden, on slopes and among others. */
import { describe, expect, test } from 'vitest';
import { inBoxAxes } from '../../../shared/geometry/boxAxes.ts';
import { boxDelta, shiftedBy } from '../../../shared/geometry/boxDelta.ts';
import { fitBox } from '../../../shared/geometry/boxFit.ts';
import type { CuboidShape } from '../../../shared/geometry/cuboid.ts';
import { quaternionFromYaw } from '../../../shared/geometry/rotation.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import { errorsOf, fitFrom, putOff, quantile } from '../../support/boxFitLab.ts';
import { type Scan, scan } from '../../support/scannedBox.ts';
import { type SeededRandom, seededRandom } from '../../support/seededRandom.ts';

const sensor: Vec3 = [0, 0, 1.8];
const typical: Readonly<Record<string, Vec3>> = {
  car: [4.61, 1.95, 1.72],
  truck: [6.74, 2.46, 2.73],
  pedestrian: [0.73, 0.66, 1.76],
  cone: [0.4, 0.4, 1.06],
};
const degrees = 180 / Math.PI;

function place(size: Vec3, random: SeededRandom, nearest: number, farthest: number, rise = 0): CuboidShape {
  const range = random.between(nearest, farthest);
  const way = random.between(-Math.PI, Math.PI);
  const [x, y] = [range * Math.cos(way), range * Math.sin(way)];
  return {
    center: [x, y, rise * x + size[2] / 2],
    size,
    rotation: quaternionFromYaw(random.between(-Math.PI, Math.PI)),
  };
}

const plainScan = (object: CuboidShape, others: readonly CuboidShape[] = []): Scan => ({
  boxes: [object, ...others],
  ground: { height: 0, rise: 0 },
  noise: 0.02,
  step: [0.004, 0.012],
  aperture: Math.min(1.2, (1.5 * Math.max(...object.size)) / Math.hypot(object.center[0], object.center[1])),
});

interface Lot {
  readonly along: readonly number[];
  readonly across: readonly number[];
  readonly yaw: readonly number[];
  readonly refused: number;
}

function fitMany(
  name: string,
  rounds: number,
  seed: number,
  make: (size: Vec3, random: SeededRandom) => { readonly truth: CuboidShape; readonly scene: Scan },
): Lot {
  const random = seededRandom(seed);
  const errors: ReturnType<typeof errorsOf>[] = [];
  let refused = 0;
  for (let round = 0; round < rounds; round++) {
    const size = typical[name]!.map((extent) => extent * random.between(0.9, 1.1)) as unknown as Vec3;
    const { truth, scene } = make(size, random);
    const points = scan(scene, sensor, random);
    const { fit, box } = fitFrom(points, putOff(truth, random), typical[name]!, sensor);
    if (fit.ok) errors.push(errorsOf(truth, box));
    else refused++;
  }
  return {
    along: errors.map(({ along }) => along),
    across: errors.map(({ across }) => across),
    yaw: errors.map(({ yaw }) => yaw * degrees),
    refused,
  };
}

/** Half of them within the first number, nine of ten within the second. */
function expectWithin(values: readonly number[], median: number, ninety: number, what: string): void {
  expect(quantile(values, 0.5), `median of ${what}`).toBeLessThanOrEqual(median);
  expect(quantile(values, 0.9), `nine of ten of ${what}`).toBeLessThanOrEqual(ninety);
}

describe('put off by up to 0.6 m and 11 degrees', () => {
  test('cars in the open', () => {
    const lot = fitMany('car', 36, 1, (size, random) => {
      const truth = place(size, random, 6, 30);
      return { truth, scene: plainScan(truth) };
    });
    expect(lot.refused).toBeLessThanOrEqual(1);
    expectWithin(lot.along, 0.05, 0.25, 'along');
    expectWithin(lot.across, 0.05, 0.2, 'across');
    expectWithin(lot.yaw, 0.6, 3, 'yaw');
  });

  test('trucks in the open', () => {
    const lot = fitMany('truck', 20, 2, (size, random) => {
      const truth = place(size, random, 9, 35);
      return { truth, scene: plainScan(truth) };
    });
    expectWithin(lot.along, 0.06, 0.4, 'along');
    expectWithin(lot.across, 0.06, 0.25, 'across');
    expectWithin(lot.yaw, 0.6, 2.5, 'yaw');
  });

  test('people and cones', () => {
    for (const [name, farthest] of [
      ['pedestrian', 18],
      ['cone', 10],
    ] as const) {
      const lot = fitMany(name, 36, 3, (size, random) => {
        const truth = place(size, random, 4, farthest);
        return { truth, scene: plainScan(truth) };
      });
      expect(lot.along.length).toBeGreaterThan(22);
      expectWithin(lot.along, 0.09, 0.2, `${name} along`);
      expectWithin(lot.across, 0.09, 0.2, `${name} across`);
    }
  });

  test('cars on a slope', () => {
    const rise = 0.06;
    const lot = fitMany('car', 20, 4, (size, random) => {
      const truth = place(size, random, 6, 18, rise);
      return { truth, scene: { ...plainScan(truth), ground: { height: 0, rise } } };
    });
    expectWithin(lot.along, 0.06, 0.35, 'along');
    expectWithin(lot.across, 0.06, 0.3, 'across');
  });

  test('parked cars with neighbours half a metre aside', () => {
    const lot = fitMany('car', 24, 5, (size, random) => {
      const truth = place(size, random, 7, 20);
      const aside = size[1] + 0.55;
      const beside = [-aside, aside].map((across) =>
        shiftedBy(truth, { along: 0, across, up: 0, length: 0, width: 0, height: 0, yaw: 0 }),
      );
      return { truth, scene: plainScan(truth, beside) };
    });
    // The neighbour hides a flank: across is known by one side or not at all.
    expectWithin(lot.along, 0.08, 0.6, 'along');
    expectWithin(lot.across, 0.1, 0.6, 'across');
  });

  test('a post in front hides a strip', () => {
    const lot = fitMany('car', 24, 6, (size, random) => {
      const truth = place(size, random, 10, 20);
      const [x, y] = truth.center;
      const post: CuboidShape = {
        center: [0.6 * x, 0.6 * y, 1.5],
        size: [0.3, 0.3, 3],
        rotation: [0, 0, 0, 1],
      };
      return { truth, scene: plainScan(truth, [post]) };
    });
    expectWithin(lot.along, 0.08, 0.65, 'along');
    expectWithin(lot.across, 0.08, 0.35, 'across');
  });
});

describe('what is not seen is not made up', () => {
  const truth: CuboidShape = { center: [15, 0, 0.8], size: [4.6, 1.9, 1.6], rotation: [0, 0, 0, 1] };

  test('from behind, a car keeps its length', () => {
    // Higher than the sensor, so that its roof tells nothing either.
    const high = shiftedBy(truth, { along: 0, across: 0, up: 0.2, length: 0, width: 0, height: 0.4, yaw: 0 });
    const points = scan(plainScan(high), sensor, seededRandom(21));
    const start = shiftedBy(high, {
      along: 0.3,
      across: 0.2,
      up: 0,
      length: 0,
      width: 0,
      height: 0,
      yaw: 0,
    });
    const { fit, box } = fitFrom(points, start, typical.car!, sensor);
    expect(fit.ok && fit.reasons).toContain('length-kept');
    const delta = boxDelta(high, box);
    expect(delta.length).toBeCloseTo(0, 1);
    // The highest ring on its rear is no roof.
    expect(fit.ok && fit.reasons).toContain('height-kept');
    expect(Math.abs(delta.height)).toBeLessThan(0.06);
    expect(Math.abs(delta.along)).toBeLessThan(0.08);
    expect(Math.abs(delta.across)).toBeLessThan(0.06);
  });

  test('the sense of the heading is the one that stands', () => {
    const points = scan(plainScan(truth), sensor, seededRandom(22));
    const round = { along: 0.2, across: -0.3, up: 0, length: 0, width: 0, height: 0, yaw: Math.PI + 0.1 };
    const { box } = fitFrom(points, shiftedBy(truth, round), typical.car!, sensor);
    expect(Math.cos(boxDelta(truth, box).yaw)).toBeLessThan(-0.99);
  });

  test('few points: it says that it cannot', () => {
    const points = Float32Array.from(
      Array.from({ length: 12 }, (_, at) => [-2.3, -0.8 + 0.14 * at, 0.3]).flat(),
    );
    const fit = fitBox({ points, size: truth.size, typicalSize: null, sensor: [-15, 0, 1] });
    expect(fit).toEqual({ ok: false, reason: 'few-points', points: 12 });
  });

  test('no points at all', () => {
    const fit = fitBox({
      points: new Float32Array(0),
      size: truth.size,
      typicalSize: null,
      sensor: [-15, 0, 1],
    });
    expect(fit).toEqual({ ok: false, reason: 'few-points', points: 0 });
  });

  test('a car that is far too long comes back to its points where both ends are seen', () => {
    const beside: CuboidShape = { ...truth, center: [3, 8, 0.8] };
    const points = scan(plainScan(beside), sensor, seededRandom(23));
    const long = shiftedBy(beside, {
      along: -0.1,
      across: 0,
      up: 0,
      length: 0.2,
      width: 0,
      height: 0,
      yaw: 0,
    });
    const { box } = fitFrom(points, long, typical.car!, sensor);
    expect(errorsOf(beside, box).along).toBeLessThan(0.12);
    expect(Math.abs(boxDelta(beside, box).length)).toBeLessThan(0.22);
  });
});

describe('against a slow search over every place and heading', () => {
  test('agrees within a few centimetres and half a degree', () => {
    const random = seededRandom(31);
    for (let round = 0; round < 4; round++) {
      const truth = place(typical.car!, random, 8, 16);
      const points = scan(plainScan(truth), sensor, random);
      const start = putOff(truth, random, 0.6);
      const { fit, box } = fitFrom(points, start, typical.car!, sensor);
      expect(fit.ok).toBe(true);
      const slow = slowSearch(points, start);
      const apart = boxDelta(slow, box);
      expect(Math.abs(apart.along), `along in round ${round}`).toBeLessThan(0.12);
      expect(Math.abs(apart.across), `across in round ${round}`).toBeLessThan(0.12);
      expect(Math.abs(apart.yaw) * degrees, `yaw in round ${round}`).toBeLessThan(1.5);
    }
  });
});

/** The place and heading at which points above the ground lie nearest to the box's sides, its size unchanged. */
function slowSearch(points: Float64Array, start: CuboidShape): CuboidShape {
  const high: Vec3[] = [];
  for (let at = 0; at < points.length; at += 3) {
    const point: Vec3 = [points[at]!, points[at + 1]!, points[at + 2]!];
    const own = inBoxAxes(start, point);
    const isNear = Math.abs(own[0]) < start.size[0] / 2 + 1 && Math.abs(own[1]) < start.size[1] / 2 + 1;
    // Sides only: no ground, no roof.
    if (isNear && point[2] > 0.3 && point[2] < start.size[2] - 0.1) high.push(point);
  }
  let best = start;
  for (const [meters, steps, turn] of [
    [0.1, 6, 0.035],
    [0.03, 4, 0.01],
    [0.01, 4, 0.003],
  ] as const) {
    const from = best;
    let least = Number.POSITIVE_INFINITY;
    for (let a = -steps; a <= steps; a++) {
      for (let c = -steps; c <= steps; c++) {
        for (let t = -steps; t <= steps; t++) {
          const tried = shiftedBy(from, {
            ...{ along: a * meters, across: c * meters, up: 0, yaw: t * turn },
            ...{ length: 0, width: 0, height: 0 },
          });
          const cost = distanceToSides(high, tried);
          if (cost < least) [least, best] = [cost, tried];
        }
      }
    }
  }
  return best;
}

/** Mean distance to the nearest side from above, cut off so that strays do not steer. */
function distanceToSides(points: readonly Vec3[], { center, size, rotation }: CuboidShape): number {
  const [, , z, w] = rotation;
  const [cos, sin] = [w * w - z * z, 2 * w * z];
  let sum = 0;
  for (const [px, py] of points) {
    const [x, y] = [px - center[0], py - center[1]];
    const toEnds = Math.abs(cos * x + sin * y) - size[0] / 2;
    const toFlanks = Math.abs(cos * y - sin * x) - size[1] / 2;
    const outside = Math.hypot(Math.max(0, toEnds), Math.max(0, toFlanks));
    sum += Math.min(0.3, toEnds <= 0 && toFlanks <= 0 ? -Math.max(toEnds, toFlanks) : outside);
  }
  return sum / points.length;
}
