import { describe, expect, it } from 'vitest';
import { actorInstances } from '../../../shared/synth/camera/exposure.ts';
import { makeBeams } from '../../../shared/synth/lidar/beams.ts';
import { Caster } from '../../../shared/synth/lidar/caster.ts';
import { type EffectLevels, effectNames } from '../../../shared/synth/lidar/effects.ts';
import { thrownOn } from '../../../shared/synth/lidar/mirror.ts';
import { POINT_FLOATS } from '../../../shared/synth/lidar/points.ts';
import { sprayClouds } from '../../../shared/synth/lidar/spray.ts';
import { type MadeSweep, makeSweep, type SweepEffects } from '../../../shared/synth/lidar/sweep.ts';
import { synthOptions } from '../../../shared/synth/options.ts';
import { randomStream } from '../../../shared/synth/random.ts';
import { lidarPlace } from '../../../shared/synth/synthesise.ts';
import { worldBox } from '../../../shared/synth/world/actor.ts';
import { makeWorld, type World } from '../../../shared/synth/world/world.ts';
import { hashOf, makeDelivery } from './makeDelivery.ts';

const street = { cameras: 0, frames: 1, seed: 14 } as const;
const lidarSpec = { rings: 32, columns: 600, rangeMeters: 100 };

/** What the lidar at the scene's first moment sees of a world. */
function lookInto(world: World) {
  const ego = world.egoAt(0);
  const lidar = lidarPlace(ego);
  const instances = [...world.scenery, ...actorInstances(world, 0, ego)];
  const caster = new Caster(makeBeams(lidarSpec));
  caster.cast(instances, lidar);
  const sweep = (effects: SweepEffects | null): MadeSweep =>
    makeSweep(caster, instances, lidar, world.road, randomStream(1, 'sweep'), effects);
  return { world, lidar, sweep };
}

const bare = lookInto(makeWorld(street.seed, 0, 0.1));

function sweepWith(levels: EffectLevels): MadeSweep {
  const spray = sprayClouds(bare.world.actors, 0, bare.lidar);
  return bare.sweep({ levels, random: randomStream(1, 'effects'), spray });
}

type Points = Pick<MadeSweep, 'rows' | 'count'>;

function countWhere(
  { rows, count }: Points,
  test: (x: number, y: number, z: number, intensity: number) => boolean,
): number {
  let found = 0;
  for (let at = 0; at < POINT_FLOATS * count; at += POINT_FLOATS)
    if (test(rows[at]!, rows[at + 1]!, rows[at + 2]!, rows[at + 3]!)) found++;
  return found;
}

const range = (x: number, y: number, z: number): number => Math.hypot(x, y, z);

describe('a world without effects', () => {
  it('has the bytes it always had', async () => {
    const files = await makeDelivery(street);
    expect(hashOf(files, 'sensors/')).toBe(
      '187b1e1ed4e48c907091f21deb0d6b58a344187f80a463d2f2dc81fb908743c3',
    );
    expect(hashOf(files, 'labels/')).toBe('431c01d07583879acab7e50581dff49e42281f7cd15782606d17474a9f62d997');
  });

  it('is the same whether effects are absent or all at nothing', async () => {
    const none = Object.fromEntries(effectNames.map((name) => [name, 0]));
    expect(hashOf(await makeDelivery({ ...street, effects: none }), 'sensors/')).toBe(
      hashOf(await makeDelivery(street), 'sensors/'),
    );
  });

  it.each(effectNames)('%s beyond its bounds is refused by name', (name) => {
    for (const level of [-0.1, 1.1, Number.NaN]) {
      const result = synthOptions({ effects: { [name]: level } });
      expect(result).toMatchObject({ ok: false, problem: { params: { name } } });
    }
  });
});

describe('effects', () => {
  it('rain puts faint drops near the sensor and shortens its reach', () => {
    const [dry, wet] = [sweepWith({}), sweepWith({ rain: 1 })];
    const isDrop = (x: number, y: number, z: number, intensity: number) =>
      range(x, y, z) < 16 && z > -1.5 && intensity < 10;
    expect(countWhere(wet, isDrop)).toBeGreaterThan(countWhere(dry, isDrop) + 200);
    const isFar = (x: number, y: number, z: number) => range(x, y, z) > 50;
    expect(countWhere(wet, isFar)).toBeLessThan(0.8 * countWhere(dry, isFar));
  });

  it('dropouts lose their share of the points', () => {
    const [all, half] = [sweepWith({}), sweepWith({ dropouts: 0.5 })];
    expect(half.count / all.count).toBeCloseTo(0.5, 1);
  });

  it('spray hangs behind vehicles that move, and nowhere else', () => {
    const [dry, wet] = [sweepWith({}), sweepWith({ spray: 1 })];
    const key = ({ rows }: Points, at: number): string => `${rows[at]} ${rows[at + 1]} ${rows[at + 2]}`;
    const before = new Set(Array.from({ length: dry.count }, (_, i) => key(dry, POINT_FLOATS * i)));
    const { world, lidar } = bare;
    const movers = world.actors.filter((actor) => actor.speedAt(0) > 3).map((actor) => worldBox(actor, 0));
    let drops = 0;
    for (let at = 0; at < POINT_FLOATS * wet.count; at += POINT_FLOATS) {
      if (wet.rows[at + 3]! > 8 || before.has(key(wet, at))) continue;
      drops++;
      const [x, y] = [wet.rows[at]!, wet.rows[at + 1]!];
      const [c, s] = [Math.cos(lidar.yaw), Math.sin(lidar.yaw)];
      const place = [lidar.x + c * x - s * y, lidar.y + s * x + c * y] as const;
      const isBehind = movers.some(({ center, size, yaw }) => {
        const [dx, dy] = [place[0] - center[0], place[1] - center[1]];
        const along = -(Math.cos(yaw) * dx + Math.sin(yaw) * dy) - size[0] / 2;
        const across = Math.abs(-Math.sin(yaw) * dx + Math.cos(yaw) * dy);
        return along > -0.01 && along < 8.01 && across < size[1] / 2 + 0.21;
      });
      expect(isBehind).toBe(true);
    }
    expect(drops).toBeGreaterThan(20);
  });

  it('noise makes the road rougher', async () => {
    const roughness = ({ rows, count }: Points): number => {
      let sum = 0;
      let seen = 0;
      for (let at = 0; at < POINT_FLOATS * count; at += POINT_FLOATS) {
        // The road ahead, level with the wheels: the lidar stands 1.95 m above it.
        if (Math.abs(rows[at + 1]!) > 1.2 || rows[at]! < 3 || rows[at]! > 9) continue;
        const height = rows[at + 2]! + 1.95;
        if (Math.abs(height) > 0.3) continue;
        sum += height * height;
        seen++;
      }
      return Math.sqrt(sum / seen);
    };
    expect(roughness(sweepWith({ noise: 1 }))).toBeGreaterThan(1.5 * roughness(sweepWith({})));
  });

  it('a mirror throws a pulse on as far to the other side, whichever way its normal points', () => {
    const along = [0.6, 0, -0.8] as const;
    for (const up of [1, -1]) {
      const [x, y, z] = thrownOn(along, [0, 0, up]);
      expect([x, y, z]).toEqual([0.6, 0, 0.8]);
    }
  });

  it('mirrors put things behind walls and below the road', async () => {
    const isBelow = (x: number, y: number, z: number) => z < -2.2 && Math.hypot(x, y) < 40;
    const [dull, bright] = [sweepWith({}), sweepWith({ mirror: 1 })];
    expect(countWhere(dull, isBelow)).toBe(0);
    expect(countWhere(bright, isBelow)).toBeGreaterThan(0);
    expect(bright.count).toBeGreaterThan(dull.count);
  });

  it('blooming adds points beside what shines back, as far away as it', () => {
    const [dull, bright] = [sweepWith({}), sweepWith({ blooming: 1 })];
    expect(bright.count).toBeGreaterThan(dull.count);
  });

  it('plants return pulses where the bare street has nothing above the ground', async () => {
    const green = lookInto(makeWorld(street.seed, 0, 0.1, 1));
    const { x: lx, y: ly, yaw } = green.lidar;
    const plants = green.world.scenery.slice(bare.world.scenery.length).map(({ place }) => {
      const [dx, dy] = [place.x - lx, place.y - ly];
      return [Math.cos(yaw) * dx + Math.sin(yaw) * dy, -Math.sin(yaw) * dx + Math.cos(yaw) * dy] as const;
    });
    const isOnPlant = (x: number, y: number, z: number) =>
      z > -1.7 && z < -0.9 && plants.some(([px, py]) => Math.hypot(x - px, y - py) < 0.6);
    const [before, after] = [bare.sweep(null), green.sweep(null)];
    expect(countWhere(after, isOnPlant)).toBeGreaterThan(3 * countWhere(before, isOnPlant));
  });

  it('plants stand where nobody walks or drives', () => {
    const [plain, green] = [makeWorld(31, 0, 4), makeWorld(31, 0, 4, 1)];
    const plants = green.scenery.slice(plain.scenery.length);
    expect(plants.length).toBeGreaterThan(20);
    expect(green.actors.map((actor) => actor.placeAt(1))).toEqual(
      plain.actors.map((actor) => actor.placeAt(1)),
    );
    for (const actor of green.actors)
      for (const time of [0, 1.3, 2.9]) {
        const { center, size, yaw } = worldBox(actor, time);
        for (const { place } of plants) {
          const [dx, dy] = [place.x - center[0], place.y - center[1]];
          const along = Math.abs(Math.cos(yaw) * dx + Math.sin(yaw) * dy);
          const across = Math.abs(-Math.sin(yaw) * dx + Math.cos(yaw) * dy);
          expect(along > size[0] / 2 + 0.2 || across > size[1] / 2 + 0.2).toBe(true);
        }
      }
  });
});
