import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { transformCuboid } from '../../../../shared/geometry/cuboid.ts';
import { invert, multiply, transformPoint } from '../../../../shared/geometry/matrix.ts';
import { countPointsInside } from '../../../../shared/geometry/pointsInCuboid.ts';
import { yawFromQuaternion } from '../../../../shared/geometry/rotation.ts';
import type { FileRef, SweepRef } from '../../../../shared/model/delivery.ts';
import { cuboidAt } from '../../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { freshBuffers } from '../../../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../../../shared/readers/clouds/readPoints.ts';
import { detectFormat, openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { readPandasClasses } from '../../../../shared/readers/pandaset/pandasSweep.ts';
import { diskFolder } from '../../../support/diskFolder.ts';
import type { MemoryFolder } from '../../../support/memoryFolder.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import { classes4, cuboids4, points5 } from '../../../support/pandasPickles.ts';
import { fromBase64, gzipped, op, pickled } from '../../../support/pickleFixture.ts';
import { describeWithSharedData, sharedData } from '../../../support/sharedData.ts';

/** Turned 90 degrees to the left: the sensor's +y, the way ahead, is the world's -x. */
const half = Math.SQRT1_2;
const pose = { position: { x: 10, y: 20, z: 1 }, heading: { w: half, x: 0, y: 0, z: half } };
const cameraPose = { position: { x: 10, y: 20, z: 2 }, heading: { w: 0.5, x: -0.5, y: -0.5, z: 0.5 } };

const sequence: Record<string, string | Uint8Array> = {
  '002/lidar/00.pkl.gz': gzipped(fromBase64(points5)),
  '002/lidar/poses.json': JSON.stringify([pose]),
  '002/lidar/timestamps.json': '[1557539956.500022]',
  '002/annotations/cuboids/00.pkl.gz': gzipped(fromBase64(cuboids4)),
  '002/annotations/semseg/00.pkl.gz': gzipped(fromBase64(classes4)),
  '002/annotations/semseg/classes.json':
    '{"1": "Smoke", "2": "Exhaust", "5": "Vegetation", "__proto__": "x"}',
  '002/camera/front_camera/00.jpg': 'jpg',
  '002/camera/front_camera/intrinsics.json': '{"fx": 1970, "fy": 1971, "cx": 970, "cy": 483}',
  '002/camera/front_camera/poses.json': JSON.stringify([cameraPose]),
  '002/camera/front_camera/timestamps.json': '[1557539956.45018]',
};

async function opened(
  files: Record<string, string | Uint8Array>,
  sensors?: MemoryFolder,
): Promise<DeliveryIndex> {
  const answer = await openDelivery(memoryFolder(files), sensors ? { sensors } : {});
  if (!answer.ok) throw new Error(answer.problem.code);
  expect(answer.value.delivery.format).toBe('pandaset');
  return answer.value;
}

const without = (...parts: readonly string[]) =>
  Object.fromEntries(Object.entries(sequence).filter(([path]) => !parts.some((part) => path.includes(part))));

const toolsOf = (files: Record<string, string | Uint8Array>) => {
  const folder = memoryFolder(files);
  return {
    open: ({ path }: FileRef) => folder.open(path),
    pool: freshBuffers,
    codecs: { wasm: () => Promise.reject(new Error('no codec is needed')) },
  };
};

describe('PandaSet sequences', () => {
  it('brings pickled cuboids into the lidar’s place, x forward', async () => {
    const { delivery, labels, problems } = await opened(sequence);
    expect(problems).toEqual([]);
    expect(delivery.frames.at(0)).toMatchObject({ space: 'lidar', timestampNanos: '1557539956500022000' });
    const cuboid = cuboidAt(labels, 0);
    expect(cuboid).toMatchObject({
      id: 'a-1',
      track: 'a-1',
      className: 'Car',
      size: [4.5, 1.9, 1.6],
      attributes: {
        stationary: false,
        camera_used: -1,
        'attributes.object_motion': 'Moving',
        'cuboids.sensor_id': -1,
        'cuboids.sibling_id': '-',
      },
    });
    // Ahead is -x of the world, left is -y: (1.5, 4, 0.5) less (10, 20, 1) is 8.5 ahead and 16 to the left.
    for (const [axis, value] of [8.5, 16, -0.5].entries()) expect(cuboid.center[axis]).toBeCloseTo(value, 12);
    // Yaw 0.1 turned from +y is 0.1 + 90 degrees in the world, and the space's x axis points at 180.
    expect(yawFromQuaternion(cuboid.rotation)).toBeCloseTo(0.1 - Math.PI / 2, 12);
    // NaN is pandas' way to say that there is nothing.
    expect(cuboidAt(labels, 1).attributes).not.toHaveProperty('attributes.object_motion');
  });

  it('splits the two lidars of one file and places their points as the cuboids', async () => {
    const { delivery } = await opened(sequence);
    const frame = delivery.frames.at(0)!;
    expect(delivery.lidars.map(({ name }) => name)).toEqual(['pandar64', 'pandargt']);
    const readings = await Promise.all(frame.sweeps.map((ref) => readPoints(ref, toolsOf(sequence))));
    expect(readings.map((reading) => reading.ok && reading.value.sweep.count)).toEqual([2, 1]);
    const [spinning] = readings;
    if (!spinning?.ok) throw new Error('no points');
    const { interleaved, strideFloats } = spinning.value.sweep;
    expect([...interleaved.slice(strideFloats, strideFloats + 4)]).toEqual([2, 5, 8, 20]);
    const placed = transformPoint(frame.sweeps[0]!.spaceFromPoints!, [2, 5, 8]);
    for (const [axis, value] of [8, 15, 7].entries()) expect(placed[axis]).toBeCloseTo(value, 12);
    expect(transformPoint(frame.worldFromSpace!, placed).map(Math.round)).toEqual([2, 5, 8]);
  });

  it('gives each lidar its own point classes', async () => {
    const { delivery } = await opened(sequence);
    expect(delivery.pointClasses).toEqual([
      { value: 1, name: 'Smoke' },
      { value: 2, name: 'Exhaust' },
      { value: 5, name: 'Vegetation' },
    ]);
    const { open } = toolsOf(sequence);
    const classes = await Promise.all(
      delivery.frames.at(0)!.sweeps.map((sweep: SweepRef) => readPandasClasses(sweep, sweep.classes!, open)),
    );
    expect(classes.map((answer) => answer.ok && [...answer.value])).toEqual([[1, 2], [5]]);
  });

  it('gives each image the camera’s pose of its own frame', async () => {
    const { delivery } = await opened(sequence);
    const [image] = delivery.frames.at(0)!.images;
    expect(image).toMatchObject({ camera: 0, timestampNanos: '1557539956450180000' });
    expect(delivery.calibrations[image!.calibration]!.model).toMatchObject({
      fx: 1970,
      fy: 1971,
      cx: 970,
      cy: 483,
    });
    const spaceFromCamera = invert(image!.cameraFromSpace!)!;
    const worldFromCamera = multiply(delivery.frames.at(0)!.worldFromSpace!, spaceFromCamera);
    expect([3, 7, 11].map((at) => Math.round(worldFromCamera[at]!))).toEqual([10, 20, 2]);
  });

  it('takes labels alone with sensor data and poses from another folder', async () => {
    const sensors = memoryFolder(without('cuboids'));
    const { delivery, labels, problems } = await opened(without('lidar', 'camera', 'semseg'), sensors);
    expect(problems).toEqual([]);
    expect(labels.cuboids.count).toBe(3);
    expect(delivery.frames.at(0)!.sweeps[0]).toMatchObject({ root: 'sensors', path: '002/lidar/00.pkl.gz' });
    expect(delivery.frames.at(0)!.images[0]).toMatchObject({ root: 'sensors' });
    expect(delivery.labelFiles).toEqual(['002/annotations/cuboids/00.pkl.gz']);
  });

  it('leaves a frame without a pose in the world, and says so', async () => {
    const broken = {
      ...sequence,
      '002/lidar/poses.json': '[{"position": {"x": null}, "heading": {"w": "NaN"}}]',
    };
    const { delivery, labels, problems } = await opened(broken);
    expect(problems.map(({ code }) => code)).toEqual(['pandaset-pose-missing']);
    expect(delivery.frames.at(0)).toMatchObject({ space: 'world' });
    expect(delivery.frames.at(0)!.sweeps[0]).not.toHaveProperty('spaceFromPoints');
    expect(cuboidAt(labels, 0).center).toEqual([1.5, 4, 0.5]);
  });

  it('reads the frames beside a label file that asks for code', async () => {
    const evil = gzipped(pickled(op.call('os', 'system', op.text('id'))));
    const { delivery, labels, problems } = await opened({
      ...sequence,
      '002/annotations/cuboids/01.pkl.gz': evil,
    });
    expect(delivery.frames.length).toBe(2);
    expect(labels.cuboids.count).toBe(3);
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toContain(
      'pickle-global-refused 002/annotations/cuboids/01.pkl.gz',
    );
  });

  it('is not claimed by other folders, nor claims them', async () => {
    expect(
      (await detectFormat(memoryFolder({ 'annotations/a.json': '[]', 'lidar/00.pcd': 'x' })))?.id,
    ).not.toBe('pandaset');
    expect((await detectFormat(memoryFolder(without('cuboids'))))?.id).toBe('pandaset');
  });
});

describeWithSharedData('PandaSet sequence 002', 'data/pandaset-002', () => {
  const folder = () => diskFolder(sharedData('data/pandaset-002'));

  it('splits the re-encoded clouds into the two lidars without losing a point', async () => {
    const answer = await openDelivery(folder());
    if (!answer.ok) throw new Error(answer.problem.code);
    const { delivery } = answer.value;
    expect(delivery.lidars.map(({ name }) => name)).toEqual(['pandar64', 'pandargt']);
    const tools = { ...toolsOf({}), open: ({ path }: FileRef) => folder().open(path) };
    const counts = await Promise.all(
      delivery.frames.at(0)!.sweeps.map(async (ref) => {
        const reading = await readPoints(ref, tools);
        return reading.ok ? reading.value.sweep.finiteCount : reading.problem.code;
      }),
    );
    expect(counts).toEqual([106_169, 60_599]);
  });

  it('finds the published number of points inside every cuboid of the full frame', async () => {
    const facts = JSON.parse(readFileSync(sharedData('data/FACTS.json'), 'utf8')) as {
      cuboid_points: Record<string, { cls: string; points: number }[]>;
    };
    const published = facts.cuboid_points['pandaset-002 full 00']!;
    const answer = await openDelivery(folder());
    if (!answer.ok) throw new Error(answer.problem.code);
    const { delivery, labels } = answer.value;
    const inside = new Array<number>(published.length).fill(0);
    const tools = { ...toolsOf({}), open: ({ path }: FileRef) => folder().open(path) };
    for (const ref of delivery.frames.at(0)!.sweeps) {
      const reading = await readPoints(ref, tools);
      if (!reading.ok) throw new Error(reading.problem.code);
      const pointsFromSpace = invert(ref.spaceFromPoints!)!;
      for (const row of inside.keys()) {
        const shape = transformCuboid(pointsFromSpace, cuboidAt(labels, row));
        inside[row]! += countPointsInside(reading.value.sweep, shape);
      }
    }
    expect(inside).toEqual(published.map(({ points }) => points));
    expect(inside.reduce((sum, points) => sum + points, 0)).toBe(48_524);
    expect(inside.map((_, row) => cuboidAt(labels, row).className)).toEqual(published.map(({ cls }) => cls));
  });

  it('keeps parked cars where they are and turns cars the way they drive', async () => {
    const answer = await openDelivery(folder());
    if (!answer.ok) throw new Error(answer.problem.code);
    const { delivery, labels } = answer.value;
    const tracks = new Map<string, { at: readonly number[]; yaw: number; motion: unknown; name: string }[]>();
    for (let row = 0; row < labels.cuboids.count; row++) {
      const { track, frame, center, rotation, attributes, className } = cuboidAt(labels, row);
      const { worldFromSpace } = delivery.frames.at(frame)!;
      const at = transformPoint(worldFromSpace!, center);
      const yaw = yawFromQuaternion(rotation);
      const ahead = transformPoint(worldFromSpace!, [
        center[0] + Math.cos(yaw),
        center[1] + Math.sin(yaw),
        center[2],
      ]);
      const worldYaw = Math.atan2(ahead[1] - at[1], ahead[0] - at[0]);
      const rows = tracks.get(track!) ?? [];
      rows.push({ at, yaw: worldYaw, motion: attributes['attributes.object_motion'], name: className });
      tracks.set(track!, rows);
    }
    let parked = 0;
    let driving = 0;
    for (const rows of tracks.values()) {
      const [first, last] = [rows[0]!, rows.at(-1)!];
      const [dx, dy] = [last.at[0]! - first.at[0]!, last.at[1]! - first.at[1]!];
      if (first.motion === 'Parked' && rows.length > 1) {
        parked++;
        expect(Math.hypot(dx, dy)).toBeLessThan(0.05);
      }
      if (rows.length === 8 && Math.hypot(dx, dy) / 0.7 > 2 && first.name === 'Car') {
        driving++;
        const off = Math.atan2(dy, dx) - rows[4]!.yaw;
        expect(Math.abs(Math.atan2(Math.sin(off), Math.cos(off)))).toBeLessThan(Math.PI / 9);
      }
    }
    expect(parked).toBeGreaterThan(30);
    expect(driving).toBeGreaterThan(20);
  });
});
