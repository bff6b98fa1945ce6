/** Labels written in another format and read back are the same labels, within what that format can say. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { matrixFromPose } from '../../../shared/geometry/matrix.ts';
import { quaternionFromEuler, quaternionFromYaw } from '../../../shared/geometry/rotation.ts';
import { box2dAt, cuboidAt } from '../../../shared/model/labelRow.ts';
import { type DeliveryIndex, NO_TRACK } from '../../../shared/model/labels.ts';
import type { Mat4, Quaternion } from '../../../shared/model/pose.ts';
import { DeliveryBuilder } from '../../../shared/readers/deliveryBuilder.ts';
import { openDelivery } from '../../../shared/readers/openDelivery.ts';
import type { Target } from '../../../shared/writers/contract.ts';
import { Losses } from '../../../shared/writers/losses.ts';
import { writers } from '../../../shared/writers/writeLabels.ts';
import { diskFolder } from '../../support/diskFolder.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { describeWithSharedData, sharedData } from '../../support/sharedData.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function written(index: DeliveryIndex, target: Target) {
  const losses = new Losses();
  const files: Record<string, string> = {};
  for (const { path, parts } of writers[target]({ index, losses, sha256 })) files[path] = [...parts].join('');
  return { files, lost: Object.fromEntries(losses.list().map(({ kind, count }) => [kind, count])) };
}

async function readBack(files: Record<string, string>, format: string): Promise<DeliveryIndex> {
  const sensors = Object.fromEntries(
    ['one', 'two'].flatMap((scene) => [0, 1, 2].map((at) => [`${scene}${at}.png`, 'no picture'])),
  );
  const opened = await openDelivery(memoryFolder({ ...sensors, ...files }));
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  expect(opened.value.delivery.format).toBe(format);
  return opened.value;
}

const cameraFromSpace: Mat4 = [0, -1, 0, 0.1, 0, 0, -1, -0.2, 1, 0, 0, 0.3, 0, 0, 0, 1];

/** Two scenes of three frames in a moving vehicle; a camera; tracks, loners, attributes of every kind, boxes. */
function example(rotate: (yaw: number) => Quaternion = quaternionFromYaw): DeliveryIndex {
  const random = seededRandom(7);
  const builder = new DeliveryBuilder();
  for (const scene of ['one', 'two']) {
    builder.startScene(scene);
    const camera = builder.camera('front');
    const calibration = builder.calibration({
      camera,
      model: { kind: 'pinhole', fx: 700, fy: 710, cx: 620, cy: 187, distortion: [] },
      cameraFromSpace,
      width: 1242,
      height: 375,
    });
    for (let at = 0; at < 3; at++) {
      const timestampNanos = String(1_700_000_000_000_000_000n + BigInt(at) * 100_000_000n);
      const frame = builder.addFrame({
        key: String(at),
        timestampNanos,
        space: 'lidar',
        sweeps: [{ root: 'delivery', path: `lidar/${scene}${at}.bin`, lidar: 'top', encoding: 'bin4' }],
        images: [{ root: 'delivery', path: `${scene}${at}.png`, camera, calibration, timestampNanos }],
        worldFromSpace: matrixFromPose(quaternionFromYaw(0.2 * at), [3 * at, at, 0]),
      });
      for (let number = 0; number < 5; number++) {
        const row = {
          frame,
          className: ['Car', 'Pedestrian'][number % 2]!,
          track: number < 3 ? `${scene}-${number}` : null,
          path: 'l',
          id: `label ${number}`,
        };
        const attributes = {
          occluded: number % 3,
          moving: number > 1,
          note: `n ${number}`,
          tags: ['a', 'b'],
        };
        const cuboid = builder.labels.addCuboid({
          ...row,
          attributes,
          center: [random.between(8, 40), random.between(-6, 6), random.between(-1, 1)],
          size: [random.between(2, 6), random.between(1, 3), random.between(1, 2)],
          rotation: rotate(random.between(-3, 3)),
        });
        builder.labels.addBox2d({ ...row, attributes: {}, camera, ltrb: [10, 20, 30 + number, 50], cuboid });
      }
      const lane = { frame, id: 'lane', className: 'Lane', track: null, attributes: {}, camera: null };
      builder.labels.addShape({ ...lane, kind: 'polyline', coordinates: [1, 2, 0, 4, 5, 0] });
    }
  }
  return builder.build('openlabel');
}

/** Cuboids by frame and place, so that order and ids do not matter; opposite quaternions are the same turn. */
function sayings(index: DeliveryIndex) {
  return Array.from({ length: index.labels.cuboids.count }, (_, row) => {
    const { frame, className, center, size, rotation } = cuboidAt(index.labels, row);
    const largest = rotation.reduce((best, part) => (Math.abs(part) > Math.abs(best) ? part : best), 0);
    return {
      frame,
      className,
      numbers: [...center, ...size, ...rotation.map((part) => part * Math.sign(largest))],
    };
  }).sort((a, b) => a.frame - b.frame || a.numbers[0]! - b.numbers[0]!);
}

function expectSame(back: DeliveryIndex, index: DeliveryIndex, within: number): void {
  const [found, wanted] = [sayings(back), sayings(index)];
  expect(found.map(({ frame, className }) => [frame, className])).toEqual(
    wanted.map(({ frame, className }) => [frame, className]),
  );
  const worst = found.flatMap(({ numbers }, at) =>
    numbers.map((value, part) => Math.abs(value - wanted[at]!.numbers[part]!)),
  );
  expect(Math.max(0, ...worst)).toBeLessThan(within);
}

const boxes = (index: DeliveryIndex): string[] =>
  Array.from({ length: index.labels.boxes2d.count }, (_, row) => {
    const { frame, ltrb, className } = box2dAt(index.labels, row);
    return [frame, className, ...ltrb.map((value) => value.toFixed(6))].join(' ');
  }).sort();

/** How often each track is labelled. */
const tracks = (index: DeliveryIndex): number[] => {
  const counts = new Map<number, number>();
  for (const track of index.labels.cuboids.track) {
    if (track !== NO_TRACK) counts.set(track, (counts.get(track) ?? 0) + 1);
  }
  return [...counts.values()].filter((count) => count > 1).sort();
};

describe('OpenLABEL', () => {
  test('says everything but names and what no format says', async () => {
    const tilted = example((yaw) => quaternionFromEuler(0.05, -0.1, yaw));
    const { files, lost } = written(tilted, 'openlabel');
    const back = await readBack(files, 'openlabel');
    expectSame(back, tilted, 1e-9);
    expect(boxes(back)).toEqual(boxes(tilted));
    expect(tracks(back).filter((count) => count === 3).length).toBe(6);
    expect(back.labels.shapes.map(({ kind, coordinates }) => [kind, [...coordinates]])).toEqual(
      tilted.labels.shapes.map(({ kind, coordinates }) => [kind, [...coordinates]]),
    );
    const first = cuboidAt(back.labels, 0);
    expect(first.attributes).toMatchObject({ occluded: 0, moving: false, note: 'n 0', tags: ['a', 'b'] });
    for (const [at, frame] of back.delivery.frames.entries()) {
      const before = tilted.delivery.frames.at(at)!;
      expect(frame.timestampNanos).toBe(before.timestampNanos);
      expect(frame.worldFromSpace).toEqual(before.worldFromSpace);
      expect(back.delivery.calibrations[frame.images[0]!.calibration]!.cameraFromSpace).toEqual(
        cameraFromSpace,
      );
    }
    expect(lost).toEqual({ 'frame-names': 6, ids: 30, links: 12 });
  });

  test('keeps the names of tracks that are UUIDs, which attributes may name too', async () => {
    const index = example();
    const tracks = index.labels.tracks.map(
      (_, at) => `57b0c4f7-d36e-4d7a-af85-${String(at).padStart(12, '0')}`,
    );
    const { files } = written({ ...index, labels: { ...index.labels, tracks } }, 'openlabel');
    const back = await readBack(files, 'openlabel');
    expectSame(back, index, 1e-9);
    const counted = new Map<string, number>();
    for (const track of back.labels.cuboids.track) {
      const name = back.labels.tracks[track]!;
      if (tracks.includes(name)) counted.set(name, (counted.get(name) ?? 0) + 1);
    }
    expect([...counted].toSorted()).toEqual(tracks.map((name) => [name, 3]));
  });
});

describe('KITTI', () => {
  test('keeps place, size and heading to a micrometre, and lists the rest', async () => {
    const index = example();
    const { files, lost } = written(index, 'kitti');
    const back = await readBack(files, 'kitti-object');
    expectSame(back, index, 5e-6);
    expect(boxes(back)).toEqual(boxes(index));
    expect(lost).toEqual({
      attributes: 90,
      'frame-names': 6,
      poses: 6,
      shapes: 6,
      times: 6,
      tracks: 18,
    });
  });

  test('tilt is listed', () => {
    const { lost } = written(
      example((yaw) => quaternionFromEuler(0.05, 0, yaw)),
      'kitti',
    );
    expect(lost.tilt).toBe(30);
  });
});

describe('nuScenes', () => {
  test('keeps cuboids in the world, tracks as instances, poses and cameras', async () => {
    const index = example((yaw) => quaternionFromEuler(0.02, 0.03, yaw));
    const { files, lost } = written(index, 'nuscenes');
    const back = await readBack(files, 'nuscenes');
    expectSame(back, index, 1e-7);
    expect(tracks(back).length).toBe(tracks(index).length);
    expect(back.delivery.scenes.map(({ id }) => id)).toEqual(['one', 'two']);
    expect(lost).toMatchObject({ boxes2d: 30, shapes: 6, attributes: 60 });
  });
});

describeWithSharedData('conversions of real labels', 'data/FACTS.json', () => {
  async function real(folder: string): Promise<DeliveryIndex> {
    const opened = await openDelivery(diskFolder(sharedData(`data/${folder}`)));
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
    return opened.value;
  }

  test.each(['kitti-object', 'sustech-points', 'nuscenes-sample'])(
    '%s survives OpenLABEL',
    async (folder) => {
      const index = await real(folder);
      const { files } = written(index, 'openlabel');
      expectSame(await readBack(files, 'openlabel'), index, 1e-8);
    },
  );

  test('what is written is valid by the published schema', async () => {
    const schema = readFileSync(
      sharedData('data/openlabel/schema/asam_openlabel_json_schema_V1-0-0.json'),
      'utf8',
    );
    const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(schema));
    const made = [example(), await real('kitti-object'), await real('nuscenes-sample')];
    for (const index of made) {
      for (const text of Object.values(written(index, 'openlabel').files)) {
        const isValid = validate(JSON.parse(text));
        expect(validate.errors ?? [], '').toEqual([]);
        expect(isValid).toBe(true);
      }
    }
  });
});
