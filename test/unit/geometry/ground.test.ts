/** Ground against made scenes in which every point is known to lie on it or not: level, sloped, stepped, tilted. */
import { expect, test } from 'vitest';
import { groundFlags } from '../../../shared/geometry/ground.ts';
import { invert, matrixFromPose, transformPoint } from '../../../shared/geometry/matrix.ts';
import { quaternionFromEuler } from '../../../shared/geometry/rotation.ts';
import { buildSweepGrid } from '../../../shared/geometry/sweepGrid.ts';
import type { Mat4, Vec3 } from '../../../shared/model/pose.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { makeSweep } from './makeSweep.ts';

type Terrain = (x: number, y: number) => number;
interface Block {
  readonly at: readonly [x: number, y: number];
  readonly size: Vec3;
}

/** Cars, a person, a wall, a pole. */
const blocks: Block[] = [
  { at: [8, 3], size: [4.5, 1.9, 1.6] },
  { at: [-12, -4], size: [4.2, 1.8, 1.5] },
  { at: [22, -7], size: [9, 2.5, 3.2] },
  { at: [6, -6], size: [0.6, 0.6, 1.7] },
  { at: [0, 18], size: [40, 0.5, 5] },
  { at: [30, 9], size: [0.3, 0.3, 6] },
];

/** A spinning lidar over a terrain with blocks on it, 1.8 m up at the middle: each ray's first hit, found in small steps. */
function scan(terrain: Terrain, seed: number) {
  const random = seededRandom(seed);
  const points: Vec3[] = [];
  const isGround: boolean[] = [];
  const eye = terrain(0, 0) + 1.8;
  for (let beam = 0; beam < 32; beam++) {
    const elevation = ((-25 + (28 * beam) / 31) * Math.PI) / 180;
    for (let turn = 0; turn < 720; turn++) {
      const azimuth = (turn * Math.PI) / 360;
      const [dx, dy, dz] = [
        Math.cos(elevation) * Math.cos(azimuth),
        Math.cos(elevation) * Math.sin(azimuth),
        Math.sin(elevation),
      ];
      for (let range = 2.5; range < 60; range += 0.02) {
        const [x, y, z] = [dx * range, dy * range, eye + dz * range];
        const ground = terrain(x, y);
        const block = blocks.find(
          ({ at, size }) => Math.abs(x - at[0]) < size[0] / 2 && Math.abs(y - at[1]) < size[1] / 2,
        );
        const isHit = block !== undefined && z < ground + block.size[2];
        if (!isHit && z > ground) continue;
        const noise = 0.02 * random.normal();
        points.push([x, y, (isHit ? z : ground) + noise]);
        isGround.push(!isHit || z < ground + 0.3);
        break;
      }
    }
  }
  return { points, isGround };
}

/** Shares of the ground that is found, and of what stands on it (30 cm up at least) that is taken for ground. */
function judge(terrain: Terrain, seed: number, spaceFromPoints: Mat4 | null = null) {
  const { points, isGround } = scan(terrain, seed);
  const pointsFromSpace = spaceFromPoints && invert(spaceFromPoints);
  const own = pointsFromSpace ? points.map((point) => transformPoint(pointsFromSpace, point)) : points;
  const { flags, count } = groundFlags(buildSweepGrid(makeSweep(own)), own.length, spaceFromPoints);
  const share = (wanted: boolean): number => {
    const among = isGround.flatMap((is, at) => (is === wanted ? [flags[at]!] : []));
    return among.filter((flag) => flag === 1).length / among.length;
  };
  expect(flags.filter((flag) => flag === 1)).toHaveLength(count);
  return { found: share(true), mistaken: share(false) };
}

const terrains: readonly (readonly [string, Terrain])[] = [
  ['level', () => -1.8],
  ['one slope of 8 %', (x) => -1.8 + 0.08 * x],
  ['a hill', (x, y) => -1.8 + 1.2 * Math.sin(x / 14) * Math.cos(y / 17)],
  ['a kerb of 14 cm', (_x, y) => (Math.abs(y) > 5 ? -1.66 : -1.8)],
  ['a ramp of 15 % beside a level road', (x) => -1.8 + 0.15 * Math.max(0, x - 12)],
];

for (const [name, terrain] of terrains) {
  test(`${name}: nearly all of the ground, nearly nothing that stands on it`, () => {
    const { found, mistaken } = judge(terrain, 7);
    expect(found).toBeGreaterThan(0.95);
    expect(mistaken).toBeLessThan(0.02);
  });
}

test('a sensor that is tilted and far out on the map sees the same ground', () => {
  const pose = matrixFromPose(quaternionFromEuler(0.05, -0.08, 2), [3, -4, 2]);
  const { found, mistaken } = judge((x) => -1.8 + 0.03 * x, 11, pose);
  expect(found).toBeGreaterThan(0.95);
  expect(mistaken).toBeLessThan(0.02);
});

test('stray echoes below the ground do not pull it down', () => {
  const { points, isGround } = scan(() => -1.8, 5);
  const random = seededRandom(3);
  const stray: Vec3[] = Array.from({ length: 200 }, () => [
    random.between(-40, 40),
    random.between(-40, 40),
    random.between(-8, -3),
  ]);
  const all = [...points, ...stray];
  const { flags } = groundFlags(buildSweepGrid(makeSweep(all)), all.length);
  const found = isGround.filter((is, at) => is && flags[at] === 1).length;
  expect(found / isGround.filter((is) => is).length).toBeGreaterThan(0.9);
  expect(flags.subarray(points.length).some((flag) => flag === 1)).toBe(false);
});

test('points without a place are nobody’s ground; nothing at all is none', () => {
  const nowhere: Vec3 = [Number.NaN, 0, 0];
  const { points } = scan(() => -1.8, 5);
  const all: Vec3[] = [nowhere, ...points, nowhere];
  const { flags } = groundFlags(buildSweepGrid(makeSweep(all)), all.length);
  expect([flags[0], flags.at(-1)]).toEqual([0, 0]);
  expect(groundFlags(buildSweepGrid(makeSweep([nowhere])), 1)).toEqual({
    flags: new Uint8Array(1),
    count: 0,
  });
});
