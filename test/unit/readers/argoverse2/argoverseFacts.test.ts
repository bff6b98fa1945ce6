import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { transformDirection, transformPoint } from '../../../../shared/geometry/matrix.ts';
import { countPointsInside } from '../../../../shared/geometry/pointsInCuboid.ts';
import { rotationFromQuaternion, yawFromQuaternion } from '../../../../shared/geometry/rotation.ts';
import type { Frame } from '../../../../shared/model/delivery.ts';
import type { Cuboid } from '../../../../shared/model/labelRow.ts';
import { cuboidAt } from '../../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import type { Sweep } from '../../../../shared/model/sweep.ts';
import { freshBuffers } from '../../../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../../../shared/readers/clouds/readPoints.ts';
import { readIndexFile, writeIndexFile } from '../../../../shared/readers/indexFile.ts';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { diskFolder } from '../../../support/diskFolder.ts';
import { describeWithSharedData, sharedData } from '../../../support/sharedData.ts';

interface Facts {
  readonly files: readonly {
    path: string;
    rows?: number;
    by_class?: Record<string, number>;
    min?: readonly number[];
    max?: readonly number[];
  }[];
  readonly cuboid_points: Readonly<
    Record<string, readonly { cls: string; points: number; stated: number }[]>
  >;
}

const LOG = 'argoverse2/sensor/val/7fab2350-7eaf-3b7e-a39d-6937a4c1bede';

describeWithSharedData('Argoverse 2, log 7fab2350', 'data/argoverse2', () => {
  let index: DeliveryIndex;
  let facts: Facts;

  beforeAll(async () => {
    facts = JSON.parse(readFileSync(sharedData('data/FACTS.json'), 'utf8'));
    const opened = await openDelivery(diskFolder(sharedData('data/argoverse2')));
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
    // Through the index file on purpose: what the product uses is what was written.
    const written = readIndexFile(writeIndexFile(opened.value));
    if (!written.ok) throw new Error(JSON.stringify(written.problem));
    index = written.value;
  });

  const cuboidsOf = (frame: number): Cuboid[] => {
    const { frameStart } = index.labels.cuboids;
    const [start, end] = [frameStart[frame]!, frameStart[frame + 1]!];
    return Array.from({ length: end - start }, (_, i) => cuboidAt(index.labels, start + i));
  };

  async function sweepOf(frame: Frame): Promise<Sweep> {
    const folder = diskFolder(sharedData('data/argoverse2'));
    const read = await readPoints(frame.sweeps[0]!, {
      open: ({ path }) => folder.open(path),
      pool: freshBuffers,
      codecs: { wasm: () => Promise.reject(new Error('no codec is needed')) },
    });
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    return read.value.sweep;
  }

  const filled = () => index.delivery.frames.entries() as Iterable<[number, Frame]>;

  it('labels, classes, tracks and sweeps are those of the facts', () => {
    const { by_class } = facts.files.find(({ path }) => path === `${LOG}/annotations.feather`)!;
    const counts: Record<string, number> = {};
    for (let row = 0; row < index.labels.cuboids.count; row++) {
      const { className } = cuboidAt(index.labels, row);
      counts[className] = (counts[className] ?? 0) + 1;
    }
    expect(counts).toEqual(by_class);
    expect(index.labels.cuboids.count).toBe(11_364);
    expect(index.labels.tracks.length).toBe(114);
    expect(index.delivery.frames.length).toBe(156);
    expect(index.delivery.cameras.map(({ name }) => name)).toEqual([
      'ring_front_center',
      'ring_front_left',
      'ring_front_right',
      'ring_rear_left',
      'ring_rear_right',
      'ring_side_left',
      'ring_side_right',
      'stereo_front_left',
      'stereo_front_right',
    ]);
    expect(new Set(index.problems.map(({ code }) => code))).toEqual(new Set(['frame-without-sweep']));
    expect(index.problems).toHaveLength(154);
  });

  it('points and those inside every cuboid are exactly what the vendor states', async () => {
    let compared = 0;
    for (const [at, frame] of filled()) {
      if (frame.sweeps.length === 0) continue;
      const sweep = await sweepOf(frame);
      const file = facts.files.find(({ path }) => path === `argoverse2/${frame.sweeps[0]!.path}`)!;
      expect(sweep.count).toBe(file.rows);
      expect(sweep.finiteCount).toBe(file.rows);
      expect([...sweep.bounds]).toEqual([...file.min!, ...file.max!]);
      const measured = cuboidsOf(at).map((cuboid) => ({
        cls: cuboid.className,
        points: countPointsInside(sweep, cuboid),
        stated: index.labels.cuboids.statedPoints[cuboid.row]!,
      }));
      expect(measured).toEqual(facts.cuboid_points[`argoverse2 7fab2350 ${frame.id}.feather`]);
      expect(measured.every(({ points, stated }) => points === stated)).toBe(true);
      compared += measured.length;
    }
    expect(compared).toBe(162);
  });

  /** Every track's cuboids with their places in the world and their times in seconds. */
  function tracks() {
    const found = new Map<string, { cuboid: Cuboid; frame: Frame; at: Vec3; seconds: number }[]>();
    const start = BigInt(index.delivery.frames.at(0)!.timestampNanos!);
    for (const [at, frame] of filled()) {
      for (const cuboid of cuboidsOf(at)) {
        const list = found.get(cuboid.track!) ?? [];
        const seconds = Number(BigInt(frame.timestampNanos!) - start) / 1e9;
        list.push({ cuboid, frame, at: transformPoint(frame.worldFromSpace!, cuboid.center), seconds });
        found.set(cuboid.track!, list);
      }
    }
    return [...found.values()];
  }

  it('what stands still stays in its place in the world: the chain of poses', () => {
    const bollards = tracks().filter(([first]) => first!.cuboid.className === 'BOLLARD');
    expect(bollards.length).toBeGreaterThan(3);
    const spreads: number[] = [];
    for (const track of bollards) {
      for (const axis of [0, 1, 2] as const) {
        const values = track.map(({ at }) => at[axis]).sort((a, b) => a - b);
        const [low, high] = [values[0]!, values.at(-1)!];
        spreads.push(high - low);
      }
    }
    spreads.sort((a, b) => a - b);
    expect(spreads[spreads.length >> 1]).toBeLessThan(0.05);
    expect(spreads.at(-1)).toBeLessThan(0.15);
    // The vehicle itself moves on meanwhile, so this says something.
    const [first, last] = [index.delivery.frames.at(0)!, index.delivery.frames.at(-1)!];
    const moved = [3, 7].map((i) => last.worldFromSpace![i]! - first.worldFromSpace![i]!);
    expect(Math.hypot(...moved)).toBeGreaterThan(10);
  });

  it('what drives faster than 2 m/s faces the way it goes, within 20 degrees', () => {
    let checked = 0;
    let astray = 0;
    for (const track of tracks()) {
      if (track[0]!.cuboid.className !== 'REGULAR_VEHICLE') continue;
      for (let i = 5; i + 5 < track.length; i++) {
        const [before, now, after] = [track[i - 5]!, track[i]!, track[i + 5]!];
        const seconds = after.seconds - before.seconds;
        const [vx, vy] = [0, 1].map((axis) => (after.at[axis]! - before.at[axis]!) / seconds) as [
          number,
          number,
        ];
        if (seconds > 1.5 || Math.hypot(vx, vy) < 2) continue;
        const facing = rotationFromQuaternion(now.cuboid.rotation);
        const [fx, fy] = transformDirection(now.frame.worldFromSpace!, [facing[0]!, facing[3]!, facing[6]!]);
        const cosine = (fx * vx + fy * vy) / (Math.hypot(fx, fy) * Math.hypot(vx, vy));
        checked++;
        if (cosine < Math.cos((20 * Math.PI) / 180)) astray++;
      }
    }
    expect(checked).toBeGreaterThan(200);
    expect(astray / checked).toBeLessThan(0.02);
  });

  it('cuboids stand upright: only their yaw turns', () => {
    for (let row = 0; row < index.labels.cuboids.count; row += 97) {
      const { rotation } = cuboidAt(index.labels, row);
      expect(Math.hypot(rotation[0], rotation[1])).toBeLessThan(0.05);
      expect(Number.isFinite(yawFromQuaternion(rotation))).toBe(true);
    }
  });
});
