/** The nuScenes reader against closed-form geometry of a made drive: frames, spaces, cameras, sweeps, layouts. */
import { describe, expect, it } from 'vitest';
import { transformPoint } from '../../../../shared/geometry/matrix.ts';
import { yawFromQuaternion } from '../../../../shared/geometry/rotation.ts';
import { cuboidAt } from '../../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { CuboidFlag } from '../../../../shared/model/labels.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import type { ReadContext } from '../../../../shared/readers/contract.ts';
import { detectFormat, openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import type { NuscenesOptions } from '../../../support/nuscenesFixture.ts';
import {
  CAMERA_DELAY_MICROS,
  CAMERA_MOUNT,
  LIDAR_MOUNT,
  nuscenesFiles,
  objectsAt,
  START_MICROS,
  tokenOf,
  vehicleAt,
} from '../../../support/nuscenesFixture.ts';

async function opened(
  files: Record<string, string | Uint8Array>,
  context: ReadContext = {},
): Promise<DeliveryIndex> {
  const result = await openDelivery(memoryFolder(files), context);
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

const made = (options: NuscenesOptions = {}, context: ReadContext = {}) =>
  opened(nuscenesFiles(options), context);

/** Turns (x, y) by an angle about z. */
function turned([x, y, z]: Vec3, yaw: number): Vec3 {
  const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
  return [c * x - s * y, s * x + c * y, z];
}

/** A global point in the vehicle at a time. */
function inVehicle([x, y, z]: Vec3, micros: number): Vec3 {
  const vehicle = vehicleAt(micros);
  return turned([x - vehicle.x, y - vehicle.y, z], -vehicle.yaw);
}

/** A global point in the lidar at a time. */
function inLidar(point: Vec3, micros: number): Vec3 {
  const [x, y, z] = inVehicle(point, micros);
  const [mx, my, mz] = LIDAR_MOUNT.at;
  return turned([x - mx, y - my, z - mz], -LIDAR_MOUNT.yaw);
}

/** A global point in the camera at a time: z ahead, x to the right, y down. */
function inCamera(point: Vec3, micros: number): Vec3 {
  const [x, y, z] = inVehicle(point, micros);
  const [mx, my, mz] = CAMERA_MOUNT;
  return [-(y - my), -(z - mz), x - mx];
}

function expectNear(found: readonly number[], wanted: readonly number[], digits = 9): void {
  expect(found).toHaveLength(wanted.length);
  for (const [i, value] of wanted.entries()) expect(found[i]).toBeCloseTo(value, digits);
}

const angleBetween = (a: number, b: number) => Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b)));

describe('frames', () => {
  it('are the samples, scene by scene, named by their tokens', async () => {
    const { delivery, problems } = await made({ scenes: 2 });
    expect(problems).toEqual([]);
    expect(delivery.format).toBe('nuscenes');
    expect(delivery.scenes).toEqual([
      { id: 'scene-0001', frameStart: 0, frameCount: 3 },
      { id: 'scene-0002', frameStart: 3, frameCount: 3 },
    ]);
    expect([...delivery.frameIds]).toEqual(
      [0, 1].flatMap((scene) => [0, 1, 2].map((frame) => tokenOf('sample', scene, frame))),
    );
    const frames = [...delivery.frames];
    expect(frames.map(({ id }) => id)).toEqual([...delivery.frameIds]);
    expect(frames.map(({ scene, index }) => [scene, index])).toEqual([
      ...[0, 1, 2].map((index) => [0, index]),
      ...[0, 1, 2].map((index) => [1, index]),
    ]);
    expect(frames[1]!.timestampNanos).toBe(`${START_MICROS + 500_000}000`);
    expect(delivery.lidars).toEqual([{ name: 'LIDAR_TOP' }]);
    expect(delivery.cameras).toEqual([{ name: 'CAM_FRONT' }]);
    expect(delivery.radars).toEqual([{ name: 'RADAR_FRONT' }]);
  });

  it('follow time where the table does not', async () => {
    const { delivery, problems } = await made({ change: ({ sample }) => sample!.reverse() });
    expect(problems).toEqual([]);
    expect([...delivery.frameIds]).toEqual([0, 1, 2].map((frame) => tokenOf('sample', 0, frame)));
  });

  it('know where in the world their lidar is', async () => {
    const { delivery } = await made();
    for (const [i, frame] of [...delivery.frames].entries()) {
      const point: Vec3 = [130, 42, 3];
      const local = inLidar(point, START_MICROS + i * 500_000);
      expectNear(transformPoint(frame.worldFromSpace!, local), point);
      expect(frame.space).toBe('lidar');
    }
  });
});

describe('cuboids', () => {
  it('stand in the space of the lidar at its own time', async () => {
    const { labels } = await made({ scenes: 2 });
    expect(labels.cuboids.count).toBe(12);
    expect([...labels.cuboids.frameStart]).toEqual([0, 2, 4, 6, 8, 10, 12]);
    for (let row = 0; row < 12; row++) {
      const frame = Math.floor(row / 2);
      const micros = START_MICROS + Math.floor(frame / 3) * 20_000_000 + (frame % 3) * 500_000;
      const object = objectsAt((frame % 3) / 2)[row % 2]!;
      const { center, size, rotation } = cuboidAt(labels, row);
      expectNear(center, inLidar(object.at as unknown as Vec3, micros));
      const [width, length, height] = object.size;
      expectNear(size, [length!, width!, height!]);
      const yaw = object.yaw - vehicleAt(micros).yaw - LIDAR_MOUNT.yaw;
      expect(angleBetween(yawFromQuaternion(rotation), yaw)).toBeLessThan(1e-9);
    }
  });

  it('carry class, track, stated points and attributes by name', async () => {
    const { labels } = await made({ scenes: 2 });
    const { cuboids, classes, tracks, attributeSets } = labels;
    expect([...cuboids.classIndex].slice(0, 4).map((index) => classes[index])).toEqual([
      ...['pedestrian', 'car', 'pedestrian', 'car'],
    ]);
    expect(tracks[cuboids.track[0]!]).toBe(tokenOf('instance', 0, 0));
    expect(cuboids.track[0]).toBe(cuboids.track[2]);
    expect(cuboids.track[0]).not.toBe(cuboids.track[6]);
    expect([...cuboids.statedPoints].slice(0, 6)).toEqual([7, 7, 8, 8, 9, 9]);
    expect(cuboids.id.at(3)).toBe(tokenOf('label', 0, 1, 1));
    expect(attributeSets[0]).toEqual({});
    expect(attributeSets[cuboids.attributes[0]!]).toEqual({ visibility: 'v0-40', num_radar_pts: 0 });
    expect(attributeSets[cuboids.attributes[1]!]).toEqual({
      attributes: ['vehicle.moving'],
      visibility: 'v80-100',
      num_radar_pts: 1,
    });
  });

  it('keep fields that the schema does not have', async () => {
    const { labels, problems } = await made({
      change: ({ sample_annotation: rows }) => {
        rows![1]!.velocity = [1.5, 0, null];
        rows![1]!.automatic = true;
      },
    });
    expect(problems).toEqual([]);
    const attributes = labels.attributeSets[labels.cuboids.attributes[1]!]!;
    expect(attributes).toMatchObject({ velocity: [1.5, 0, null], automatic: true, visibility: 'v80-100' });
    expect(labels.attributeSets[labels.cuboids.attributes[3]!]).not.toHaveProperty('velocity');
  });

  it('of an instance that comes back in another scene are another track there', async () => {
    const { labels } = await made({
      scenes: 2,
      change: ({ sample_annotation: rows }) => {
        rows![6]!.instance_token = tokenOf('instance', 0, 0);
      },
    });
    const track = (row: number) => labels.tracks[labels.cuboids.track[row]!];
    expect(track(0)).toBe(tokenOf('instance', 0, 0));
    expect(track(6)).toBe(`scene-0002/${tokenOf('instance', 0, 0)}`);
  });
});

describe('sensors', () => {
  it('see the world from where the vehicle was when each of them did', async () => {
    const { delivery } = await made();
    for (const [i, frame] of [...delivery.frames].entries()) {
      const micros = START_MICROS + i * 500_000;
      const image = frame.images[0]!;
      expect(image.timestampNanos).toBe(`${micros + CAMERA_DELAY_MICROS}000`);
      const point: Vec3 = [140, 48, 2];
      expectNear(
        transformPoint(image.cameraFromSpace!, inLidar(point, micros)),
        inCamera(point, micros + CAMERA_DELAY_MICROS),
      );
      const calibration = delivery.calibrations[image.calibration]!;
      expect(calibration.model).toEqual({
        kind: 'pinhole',
        fx: 1000,
        fy: 1000,
        cx: 800,
        cy: 450,
        distortion: [],
      });
      expect([calibration.width, calibration.height]).toEqual([1600, 900]);
      expectNear(
        transformPoint(calibration.cameraFromSpace, inLidar(point, micros)),
        inCamera(point, micros),
      );
      expect(frame.radars).toMatchObject([{ lidar: 'RADAR_FRONT', encoding: 'pcd', root: 'delivery' }]);
    }
  });

  it('of the lidar give the sweeps of a frame and those before it, placed in its space', async () => {
    const { delivery } = await made();
    const [first, second] = [...delivery.frames];
    expect(first!.sweeps).toMatchObject([
      {
        lidar: 'LIDAR_TOP',
        encoding: 'bin5',
        path: `samples/LIDAR_TOP/n1__LIDAR_TOP__${START_MICROS}.pcd.bin`,
      },
    ]);
    expect(first!.sweeps[0]!.spaceFromPoints).toBeUndefined();
    expect(first!.between).toBeUndefined();
    const times = second!.between!.map(({ timestampNanos }) => Number(BigInt(timestampNanos!) / 1000n));
    expect(times).toEqual([START_MICROS + 125_000, START_MICROS + 250_000]);
    const point: Vec3 = [111, 47, 0.5];
    for (const [i, sweep] of second!.between!.entries()) {
      expectNear(
        transformPoint(sweep.spaceFromPoints!, inLidar(point, times[i]!)),
        inLidar(point, START_MICROS + 500_000),
      );
    }
  });

  it('beside the preferred lidar are placed in its space', async () => {
    const { delivery, problems } = await made({
      change: ({ sensor, sample_data: rows }) => {
        // The radar becomes a second lidar that comes first in the table.
        sensor!.unshift(sensor!.pop()!);
        Object.assign(sensor![0]!, { channel: 'LIDAR_SIDE', modality: 'lidar' });
        for (const row of rows!) row.filename = String(row.filename);
      },
    });
    expect(problems).toEqual([]);
    const frame = delivery.frames.at(0)!;
    expect(frame.sweeps.map(({ lidar }) => lidar)).toEqual(['LIDAR_TOP', 'LIDAR_SIDE']);
    const point: Vec3 = [111, 47, 0.5];
    const [x, y, z] = inVehicle(point, START_MICROS + 5000);
    expectNear(
      transformPoint(frame.sweeps[1]!.spaceFromPoints!, [x - 3.4, y, z - 0.5]),
      inLidar(point, START_MICROS),
    );
  });

  it('that have point-wise classes name the file and what its values mean', async () => {
    const { delivery, problems } = await made({ withLidarseg: true });
    expect(problems).toEqual([]);
    const token = tokenOf('data', 0, START_MICROS);
    expect(delivery.frames.at(0)!.sweeps[0]!.classes).toEqual({
      root: 'delivery',
      path: `lidarseg/${token}_lidarseg.bin`,
      encoding: 'uint8',
    });
    expect(delivery.pointClasses!.map(({ value, name }) => [value, name])).toEqual([
      [1, 'pedestrian'],
      [2, 'car'],
    ]);
  });
});

describe('frames in between', () => {
  it('stand among the samples with cuboids half way, marked as made', async () => {
    const { delivery, labels, problems } = await made({}, { between: true });
    expect(problems).toEqual([]);
    const frames = [...delivery.frames];
    expect(frames.map(({ isBetween }) => isBetween === true)).toEqual([
      ...[false, true, true, false, true, true, false],
    ]);
    expect(frames[2]!.id).toBe(tokenOf('data', 0, START_MICROS + 250_000));
    expect(frames[2]!.images).toHaveLength(1);
    expect(frames[3]!.between).toBeUndefined();
    const rows = [...labels.cuboids.frame.keys()].filter((row) => labels.cuboids.frame[row] === 2);
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(labels.cuboids.flags[row]! & CuboidFlag.interpolated).not.toBe(0);
      expect(labels.cuboids.statedPoints[row]).toBe(-1);
      const object = objectsAt(0.25).find(
        ({ name }) => name === labels.classes[labels.cuboids.classIndex[row]!],
      )!;
      const micros = START_MICROS + 250_000;
      const { center, rotation } = cuboidAt(labels, row);
      expectNear(center, inLidar(object.at as unknown as Vec3, micros));
      const yaw = object.yaw - vehicleAt(micros).yaw - LIDAR_MOUNT.yaw;
      expect(angleBetween(yawFromQuaternion(rotation), yaw)).toBeLessThan(1e-9);
    }
    const made12 = [...labels.cuboids.flags].filter((flags) => flags & CuboidFlag.interpolated);
    expect([labels.cuboids.count, made12.length]).toEqual([14, 8]);
  });

  it('take the shorter way round for a rotation written with the other sign', async () => {
    const negate = (rotation: unknown) => (rotation as number[]).map((value) => -value);
    const plain = await made({}, { between: true });
    const flipped = await made(
      {
        change: ({ sample_annotation: rows }) => {
          rows![3]!.rotation = negate(rows![3]!.rotation);
        },
      },
      { between: true },
    );
    expectNear(
      [...flipped.labels.cuboids.center].map((value) => value),
      [...plain.labels.cuboids.center],
    );
    for (let row = 0; row < plain.labels.cuboids.count; row++) {
      const [a, b] = [cuboidAt(plain.labels, row).rotation, cuboidAt(flipped.labels, row).rotation];
      expect(Math.abs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3])).toBeCloseTo(1, 9);
    }
  });
});

describe('layouts', () => {
  it.each([
    ['nuScenes', 'v1.0-mini/', ''],
    ['Lyft', 'v1.01-train/data/', ''],
    ['Lyft, flattened', 'v1.01-train/tables/', ''],
    ['T4', 'set-7/annotation/', 'set-7/'],
    ['tables at the root', '', ''],
    ['deep', 'a/b/v1.0-test/', 'a/b/'],
    ['data elsewhere, found by name', 'tables/', 'somewhere/else/'],
  ])('%s', async (_, tables, data) => {
    const files = nuscenesFiles({ tables, data });
    expect((await detectFormat(memoryFolder(files)))?.id).toBe('nuscenes');
    const { delivery, problems } = await opened(files);
    expect(problems).toEqual([]);
    const frame = delivery.frames.at(2)!;
    expect(frame.sweeps[0]!.path.startsWith(data)).toBe(true);
    expect(frame.images).toHaveLength(1);
  });

  it('labels alone take sensor files from the other root', async () => {
    const all = Object.entries(nuscenesFiles());
    const labels = Object.fromEntries(all.filter(([path]) => path.endsWith('.json')));
    const sensors = memoryFolder(Object.fromEntries(all.filter(([path]) => !path.endsWith('.json'))));
    const alone = await opened(labels);
    expect(alone.problems.map(({ code }) => code)).toEqual(['sensor-data-absent']);
    expect(alone.delivery.frames.at(0)!.sweeps).toEqual([]);
    expect(alone.labels.cuboids.count).toBe(6);
    const joined = await opened(labels, { sensors });
    expect(joined.problems).toEqual([]);
    expect(joined.delivery.frames.at(0)!.sweeps[0]).toMatchObject({ root: 'sensors', encoding: 'bin5' });
    expect(joined.delivery.frames.at(0)!.images[0]!.root).toBe('sensors');
  });

  it('two sets of tables in one folder are both read, and told', async () => {
    const files = { ...nuscenesFiles({ scenes: 2, tables: 'v1.0-trainval/' }), ...nuscenesFiles() };
    const { delivery, labels, problems } = await opened(files);
    expect(problems.map(({ code }) => code)).toEqual(['nuscenes-versions-several']);
    expect(delivery.scenes.map(({ id }) => id)).toEqual([
      ...['v1.0-mini/scene-0001', 'v1.0-trainval/scene-0001', 'v1.0-trainval/scene-0002'],
    ]);
    expect(new Set(delivery.frameIds).size).toBe(9);
    expect(delivery.frames.at(3)!.id).toBe(`v1.0-trainval/${tokenOf('sample', 0, 0)}`);
    expect(labels.cuboids.count).toBe(18);
    expectNear(cuboidAt(labels, 0).center, cuboidAt(labels, 6).center);
  });
});
