/** The same cuboids written by every convention come back as the same cuboids. The writer shares no code with the reader. */
import { describe, expect, it } from 'vitest';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

interface Truth {
  readonly center: readonly [number, number, number];
  readonly size: readonly [number, number, number];
  /** Counter-clockwise from straight ahead, radians. */
  readonly heading: number;
}

/** Unit vectors of the vendor's axes, each as forward, left, up; its way up and the level axes one may count from. */
const conventions = {
  'x-forward-y-left-z-up': { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1], level: ['+x', '-x', '+y', '-y'] },
  'x-right-y-forward-z-up': { x: [0, -1, 0], y: [1, 0, 0], z: [0, 0, 1], level: ['+x', '-x', '+y', '-y'] },
  'x-right-y-down-z-forward': { x: [0, -1, 0], y: [0, 0, -1], z: [1, 0, 0], level: ['+x', '-x', '+z', '-z'] },
} as const;
const perMetre = { m: 1, cm: 100, mm: 1000 } as const;

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, part, at) => sum + part * b[at]!, 0);

function someTruth(seed: number): Truth[] {
  const random = seededRandom(seed);
  return Array.from({ length: 5 }, () => ({
    center: [random.between(-60, 60), random.between(-60, 60), random.between(-3, 3)] as const,
    size: [random.between(1, 12), random.between(0.5, 3), random.between(0.5, 4)] as const,
    heading: random.between(-Math.PI, Math.PI),
  }));
}

const cases = Object.keys(conventions).flatMap((axes) =>
  conventions[axes as keyof typeof conventions].level.flatMap((zero) =>
    (['ccw', 'cw'] as const).flatMap((sign) =>
      (['radians', 'degrees'] as const).flatMap((angle) =>
        (['m', 'cm', 'mm'] as const).flatMap((unit) =>
          (['center', 'bottom'] as const).map((origin) => ({
            axes: axes as keyof typeof conventions,
            zero,
            sign,
            angle,
            unit,
            origin,
          })),
        ),
      ),
    ),
  ),
);

describe('conventions of headings, units, origins and axes', () => {
  it.each(cases)('$axes from $zero $sign in $angle, $unit, $origin', async (convention) => {
    const { axes, zero, sign, angle, unit, origin } = convention;
    const vendor = conventions[axes];
    const truth = someTruth(cases.indexOf(convention) + 1);
    const from = vendor[zero[1] as 'x' | 'y' | 'z'].map((part) => (zero[0] === '-' ? -part : part));
    const rest = Math.atan2(from[1]!, from[0]!);
    const rows = truth.map(({ center, size, heading }) => {
      const placed = [center[0], center[1], origin === 'bottom' ? center[2] - size[2] / 2 : center[2]];
      const turned = (heading - rest) * (sign === 'cw' ? -1 : 1);
      return {
        kind: 'car',
        // Width before length, as in many a delivery.
        dim: [size[1], size[0], size[2]].map((extent) => extent * perMetre[unit]),
        at: [vendor.x, vendor.y, vendor.z].map((axis) => dot(axis, placed) * perMetre[unit]),
        turn: angle === 'degrees' ? (turned * 180) / Math.PI : turned,
      };
    });
    const mapping = JSON.stringify({
      assayMapping: 1,
      labels: { files: ['{frame}.json'] },
      fields: {
        class: 'kind',
        center: { x: 'at.0', y: 'at.1', z: 'at.2' },
        size: { width: 'dim.0', length: 'dim.1', height: 'dim.2' },
        rotation: { kind: 'yaw', yaw: 'turn', unit: angle, zero, sign },
      },
      unit,
      origin,
      axes,
    });
    const opened = await openDelivery(memoryFolder({ '7.json': JSON.stringify(rows) }), { mapping });
    if (!opened.ok) throw new Error(opened.problem.code);
    expect(opened.value.problems).toEqual([]);
    const { center, size, rotation } = opened.value.labels.cuboids;
    for (const [row, cuboid] of truth.entries()) {
      for (let axis = 0; axis < 3; axis++) {
        expect(center[3 * row + axis]).toBeCloseTo(cuboid.center[axis]!, 9);
        expect(size[3 * row + axis]).toBeCloseTo(cuboid.size[axis]!, 9);
      }
      const [x, y, z, w] = rotation.slice(4 * row, 4 * row + 4) as unknown as [
        number,
        number,
        number,
        number,
      ];
      const ahead = [1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)];
      expect(ahead[0]).toBeCloseTo(Math.cos(cuboid.heading), 9);
      expect(ahead[1]).toBeCloseTo(Math.sin(cuboid.heading), 9);
      expect(1 - 2 * (x * x + y * y)).toBeCloseTo(1, 9);
    }
  });
});

const orders = ['xyz', 'xzy', 'yxz', 'yzx', 'zxy', 'zyx'] as const;

/** 3x3 of a turn about an axis, written out. */
function turnMatrix(axis: string, angle: number): number[][] {
  const [s, c] = [Math.sin(angle), Math.cos(angle)];
  if (axis === 'x')
    return [
      [1, 0, 0],
      [0, c, -s],
      [0, s, c],
    ];
  if (axis === 'y')
    return [
      [c, 0, s],
      [0, 1, 0],
      [-s, 0, c],
    ];
  return [
    [c, -s, 0],
    [s, c, 0],
    [0, 0, 1],
  ];
}

const product = (a: number[][], b: number[][]): number[][] =>
  a.map((line) =>
    [0, 1, 2].map((column) =>
      dot(
        line,
        b.map((other) => other[column]!),
      ),
    ),
  );

describe('full rotations', () => {
  it.each(orders)('angles in the order %s', async (order) => {
    const angles = { x: 0.3, y: -0.5, z: 1.1 };
    const expected = [...order].reduce(
      (turned, axis) => product(turnMatrix(axis, angles[axis as 'x' | 'y' | 'z']), turned),
      turnMatrix('x', 0),
    );
    const rotation = { kind: 'euler', x: 'x', y: 'y', z: 'z', order };
    expect(await readTurn({ ...angles }, rotation)).toEqual(closeTo(expected.flat()));
  });

  it.each(['ccw', 'cw'] as const)('quaternions, %s', async (sign) => {
    const matrix = product(turnMatrix('z', 0.7), turnMatrix('x', 0.4));
    const [sx, cx, sz, cz] = [Math.sin(0.2), Math.cos(0.2), Math.sin(0.35), Math.cos(0.35)];
    const quaternion = { x: cz * sx, y: sz * sx, z: sz * cx, w: cz * cx };
    const given =
      sign === 'cw' ? { x: -quaternion.x, y: -quaternion.y, z: -quaternion.z, w: quaternion.w } : quaternion;
    const rotation = { kind: 'quaternion', x: 'x', y: 'y', z: 'z', w: 'w', sign };
    expect(await readTurn(given, rotation)).toEqual(closeTo(matrix.flat()));
  });
});

const closeTo = (numbers: readonly number[]) => numbers.map((number) => expect.closeTo(number, 9));

async function readTurn(parts: object, rotation: object): Promise<number[]> {
  const row = { c: 1, s: 2, ...parts };
  const mapping = JSON.stringify({
    assayMapping: 1,
    labels: { files: ['{frame}.json'] },
    fields: {
      center: { x: 'c', y: 'c', z: 'c' },
      size: { length: 's', width: 's', height: 's' },
      rotation,
    },
  });
  const opened = await openDelivery(memoryFolder({ '0.json': JSON.stringify([row]) }), { mapping });
  if (!opened.ok) throw new Error(opened.problem.code);
  const [x, y, z, w] = opened.value.labels.cuboids.rotation as unknown as [number, number, number, number];
  return [
    ...[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
    ...[2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
    ...[2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
  ];
}
