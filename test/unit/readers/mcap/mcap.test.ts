import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { identityMatrix, transformPoint } from '../../../../shared/geometry/matrix.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { freshBuffers } from '../../../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../../../shared/readers/clouds/readPoints.ts';
import { readImage } from '../../../../shared/readers/images/readImage.ts';
import { readIndexFile, writeIndexFile } from '../../../../shared/readers/indexFile.ts';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import type { Dialect, LensFixture, MessageFixture, TransformFixture } from '../../../support/mcapFixture.ts';
import {
  calibrationMessage,
  cloudMessage,
  pictureMessage,
  recordingFile,
  transformsMessage,
} from '../../../support/mcapFixture.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import { describeWithSharedData, sharedData } from '../../../support/sharedData.ts';

const dialects: readonly Dialect[] = ['ros1', 'ros2', 'protobuf', 'json'];
const START = 1_700_000_000_000_000_000n;
const MILLISECOND = 1_000_000n;
const codecs = { wasm: () => Promise.reject(new Error('no codec is needed')) };
const lens: LensFixture = {
  model: 'plumb_bob',
  distortion: [-0.2, 0.1, 0.01, 0.02, 0.003],
  camera: [800, 0, 320, 0, 790, 240, 0, 0, 1],
};
const random = seededRandom(3);
const cloud = Array.from({ length: 30 }, () => [
  ...[0, 1, 2].map(() => Math.fround(random.next() * 80 - 40)),
  random.integer(0, 255),
]);
const picture = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9]);

/** Camera axes from the vehicle's: x right, y down, z forward, from x forward, y left, z up. */
const OPTICAL = [-0.5, 0.5, -0.5, 0.5] as const;
const still = (
  parent: string,
  child: string,
  translation: TransformFixture['translation'],
  rotation: TransformFixture['rotation'] = [0, 0, 0, 1],
) => ({
  stamp: START,
  parent,
  child,
  translation,
  rotation,
});

/** Three frames at 10 Hz of a vehicle that drives 10 m/s along x: two lidars, a camera 30 ms after the first. */
function drive(dialect: Dialect): MessageFixture[] {
  const messages: MessageFixture[] = [];
  const add = (topic: string, kind: MessageFixture['kind'], logTime: bigint, data: Uint8Array) =>
    messages.push({ topic, kind, logTime, data });
  const fixed = [
    still('base_link', 'lidar_top', [1, 0, 2]),
    still('base_link', 'lidar_rear', [-2, 0, 1]),
    still('base_link', 'camera_front', [1.5, 0, 1.5], [OPTICAL[0], OPTICAL[1], OPTICAL[2], OPTICAL[3]]),
  ];
  add('/tf_static', 'transforms', START, transformsMessage(dialect, fixed));
  add(
    '/camera/front/camera_info',
    'calibration',
    START,
    calibrationMessage(dialect, { stamp: START, frameId: 'camera_front' }, lens),
  );
  for (let step = 0; step <= 30; step++) {
    const stamp = START + BigInt(step) * 10n * MILLISECOND;
    const odometry: TransformFixture = {
      stamp,
      parent: 'odom',
      child: 'base_link',
      translation: [step * 0.1, 5, 0],
      rotation: [0, 0, 0, 1],
    };
    add('/tf', 'transforms', stamp, transformsMessage(dialect, [odometry]));
    if (step % 10 !== 0 || step === 30) continue;
    const late = stamp + 5n * MILLISECOND;
    add('/lidar/top', 'cloud', late, cloudMessage(dialect, { stamp, frameId: 'lidar_top' }, cloud));
    add(
      '/lidar/rear',
      'cloud',
      late,
      cloudMessage(dialect, { stamp, frameId: 'lidar_rear' }, cloud.slice(0, 9)),
    );
    const seen = stamp + 30n * MILLISECOND;
    const image = pictureMessage(dialect, { stamp: seen, frameId: 'camera_front' }, picture);
    add('/camera/front/image/compressed', 'picture', seen, image);
    add('/chatter', 'other', seen, new Uint8Array(10));
  }
  return messages.sort((a, b) => Number(a.logTime - b.logTime));
}

async function open(
  files: Record<string, Uint8Array>,
): Promise<DeliveryIndex & { folder: ReturnType<typeof memoryFolder> }> {
  const folder = memoryFolder(files);
  const opened = await openDelivery(folder);
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  return { ...opened.value, folder };
}

const codesOf = (index: DeliveryIndex) => index.problems.map(({ code }) => code);

describe('recordings in every dialect and compression', () => {
  for (const dialect of dialects) {
    for (const compression of ['', 'lz4', 'zstd'] as const) {
      it(`${dialect}, ${compression || 'uncompressed'}: frames, clouds, pictures, lenses, poses`, async () => {
        const file = await recordingFile({ dialect, messages: drive(dialect), compression });
        const { delivery, problems, folder } = await open({ 'drive.mcap': file });
        expect(problems).toEqual([]);
        expect(delivery.format).toBe('mcap');
        expect(delivery.scenes).toEqual([{ id: 'drive', frameStart: 0, frameCount: 3 }]);
        expect(delivery.lidars.map(({ name }) => name)).toEqual(['/lidar/top', '/lidar/rear']);
        expect(delivery.cameras.map(({ name }) => name)).toEqual(['/camera/front/image/compressed']);
        const frame = delivery.frames.at(1)!;
        expect(frame.timestampNanos).toBe((START + 100n * MILLISECOND).toString());
        expect(frame.space).toBe('lidar_top');
        expect(frame.worldFromSpace!.slice(0, 12)).toEqual([1, 0, 0, 2, 0, 1, 0, 5, 0, 0, 1, 2]);

        const tools = {
          open: (file: { path: string }) => folder.open(file.path),
          pool: freshBuffers,
          codecs,
        };
        const top = frame.sweeps.find(({ lidar }) => lidar === '/lidar/top')!;
        const rear = frame.sweeps.find(({ lidar }) => lidar === '/lidar/rear')!;
        expect(top.spaceFromPoints).toBeUndefined();
        expect(transformPoint(rear.spaceFromPoints!, [0, 0, 0])).toEqual([-3, 0, -1]);
        const reading = await readPoints(top, tools);
        if (!reading.ok) throw new Error(JSON.stringify(reading.problem));
        const { interleaved, strideFloats, count, intensityMax } = reading.value.sweep;
        const found = Array.from({ length: count }, (_, i) => [
          ...interleaved.subarray(i * strideFloats, (i + 1) * strideFloats),
        ]);
        expect(found.map((row) => row.slice(0, 4))).toEqual(cloud);
        expect(found.map((row) => row[reading.value.sweep.ring])).toEqual(cloud.map((_, i) => i));
        expect(intensityMax).toBe(Math.max(...cloud.map((point) => point[3]!)));

        const [image] = frame.images;
        const bytes = await readImage(image!, tools.open);
        expect(bytes.ok && [...bytes.value]).toEqual([...picture]);
        const calibration = delivery.calibrations[image!.calibration]!;
        expect(calibration.model).toEqual({
          kind: 'pinhole',
          fx: 800,
          fy: 790,
          cx: 320,
          cy: 240,
          distortion: lens.distortion,
        });
        expect([calibration.width, calibration.height]).toEqual([640, 480]);
        // The vehicle drove 0.3 m between the cloud and the picture: a point 10 m ahead of the lidar.
        const seen = transformPoint(image!.cameraFromSpace ?? calibration.cameraFromSpace, [10, 1, 0.5]);
        for (const [axis, value] of [-1, -1, 10 - 0.5 - 0.3].entries())
          expect(seen[axis]).toBeCloseTo(value, 9);
      });
    }
  }

  it('the index survives being written and read', async () => {
    const file = await recordingFile({ dialect: 'ros2', messages: drive('ros2') });
    const { folder: _, ...index } = await open({ 'drive.mcap': file });
    expect(readIndexFile(writeIndexFile(index)).ok).toBe(true);
  });
});

describe('recordings that lack something', () => {
  const stamps = [0n, 100n, 200n].map((milliseconds) => START + milliseconds * MILLISECOND);

  it('without a lidar, pictures are the frames, and the camera is its own space', async () => {
    const messages = stamps.flatMap((stamp): MessageFixture[] => [
      {
        topic: '/image',
        kind: 'picture',
        logTime: stamp,
        data: pictureMessage('json', { stamp, frameId: 'eye' }, picture),
      },
      {
        topic: '/info',
        kind: 'calibration',
        logTime: stamp,
        data: calibrationMessage('json', { stamp, frameId: 'eye' }, lens),
      },
    ]);
    const { delivery, problems } = await open({
      'a.mcap': await recordingFile({ dialect: 'json', messages }),
    });
    expect(problems).toEqual([]);
    expect(delivery.frames.map(({ images, space }) => [images.length, space])).toEqual([
      [1, 'eye'],
      [1, 'eye'],
      [1, 'eye'],
    ]);
    expect(delivery.calibrations.map(({ cameraFromSpace }) => cameraFromSpace)).toEqual([identityMatrix]);
  });

  it('without transforms, the camera has no place and the second lidar is left out: one warning each', async () => {
    const messages = drive('ros1').filter(({ kind }) => kind !== 'transforms');
    const index = await open({ 'a.mcap': await recordingFile({ dialect: 'ros1', messages }) });
    expect(codesOf(index)).toEqual(['mcap-transform-missing', 'mcap-transform-missing']);
    expect(index.delivery.frames.at(0)!.images[0]!.calibration).toBe(-1);
    expect(index.delivery.frames.at(0)!.sweeps).toHaveLength(1);
  });

  it('messages that are not what they say, formats that are not shown, and encodings that are not known', async () => {
    const stamp = START;
    const damaged = cloudMessage('ros2', { stamp, frameId: 'a' }, cloud).subarray(0, 40);
    const messages: MessageFixture[] = [
      {
        topic: '/good',
        kind: 'cloud',
        logTime: stamp,
        data: cloudMessage('ros2', { stamp, frameId: 'a' }, cloud),
      },
      { topic: '/bad', kind: 'cloud', logTime: stamp, data: damaged },
      {
        topic: '/film',
        kind: 'picture',
        logTime: stamp,
        data: pictureMessage('ros2', { stamp, frameId: 'a' }, picture, 'h264'),
      },
    ];
    const index = await open({ 'a.mcap': await recordingFile({ dialect: 'ros2', messages }) });
    expect(codesOf(index).sort()).toEqual(['mcap-messages-bad', 'mcap-picture-format']);
    expect(index.delivery.frames).toHaveLength(1);
  });

  it('transforms in a circle, of no rotation, or below two parents end nothing', async () => {
    const circle = [still('a', 'b', [1, 0, 0]), still('b', 'a', [1, 0, 0]), still('c', 'b', [0, 0, 0])];
    const broken = [still('a', 'd', [Number.NaN, 0, 0]), still('a', 'd', [0, 0, 0], [0, 0, 0, 0])];
    const messages: MessageFixture[] = [
      {
        topic: '/tf',
        kind: 'transforms',
        logTime: START,
        data: transformsMessage('ros1', [...circle, ...broken]),
      },
      {
        topic: '/lidar',
        kind: 'cloud',
        logTime: START,
        data: cloudMessage('ros1', { stamp: START, frameId: 'a' }, cloud),
      },
    ];
    const index = await open({ 'a.mcap': await recordingFile({ dialect: 'ros1', messages }) });
    expect(codesOf(index)).toEqual(['mcap-transforms-unusable', 'mcap-frame-two-parents']);
    expect(index.delivery.frames.at(0)!.worldFromSpace).toBeUndefined();
  });

  it('lenses of every name', async () => {
    const lenses: [LensFixture, string][] = [
      [{ ...lens, model: 'rational_polynomial', distortion: [1, 2, 3, 4, 5, 6, 7, 8] }, 'pinhole 8'],
      [{ ...lens, model: 'equidistant', distortion: [1, 2, 3, 4] }, 'fisheye 4'],
      [{ ...lens, model: 'kannala_brandt', distortion: [1, 2, 3, 4] }, 'fisheye 4'],
      [{ ...lens, model: '', distortion: [] }, 'pinhole 0'],
      [{ ...lens, model: 'plumb_bob', distortion: [0, 0, 0, 0, 0] }, 'pinhole 0'],
      [{ ...lens, model: 'CylinderCameraModel' }, 'unknown'],
      [{ ...lens, camera: [0, 0, 0, 0, 0, 0, 0, 0, 0] }, 'none'],
    ];
    for (const [fixture, expected] of lenses) {
      const messages: MessageFixture[] = [
        {
          topic: '/image',
          kind: 'picture',
          logTime: START,
          data: pictureMessage('ros2', { stamp: START, frameId: 'eye' }, picture),
        },
        {
          topic: '/info',
          kind: 'calibration',
          logTime: START,
          data: calibrationMessage('ros2', { stamp: START, frameId: 'eye' }, fixture),
        },
      ];
      const { delivery } = await open({ 'a.mcap': await recordingFile({ dialect: 'ros2', messages }) });
      const model = delivery.calibrations[0]?.model;
      const found = model
        ? `${model.kind}${'distortion' in model ? ` ${model.distortion.length}` : ''}`
        : 'none';
      expect(found).toBe(expected);
    }
  });

  it('a picture by its rectified topic uses the rectified lens', async () => {
    const messages: MessageFixture[] = [
      {
        topic: '/left/image_rect_color/compressed',
        kind: 'picture',
        logTime: START,
        data: pictureMessage('ros2', { stamp: START, frameId: 'eye' }, picture),
      },
      {
        topic: '/left/camera_info',
        kind: 'calibration',
        logTime: START,
        data: calibrationMessage('ros2', { stamp: START, frameId: 'eye' }, lens),
      },
    ];
    const { delivery } = await open({ 'a.mcap': await recordingFile({ dialect: 'ros2', messages }) });
    expect(delivery.calibrations[0]!.model).toEqual({
      kind: 'pinhole',
      fx: 500,
      fy: 501,
      cx: 321,
      cy: 241,
      distortion: [],
    });
  });
});

describe('damaged recordings', () => {
  it('one that was cut off is read as far as it goes, and says so', async () => {
    for (const compression of ['', 'lz4', 'zstd'] as const) {
      const file = await recordingFile({
        dialect: 'ros2',
        messages: drive('ros2'),
        compression,
        chunkSize: 1000,
      });
      const whole = await open({ 'a.mcap': file });
      const ends = [file.length - 1, file.length - 100, file.length - 2500, Math.floor(file.length / 2)];
      for (const end of ends) {
        const { folder, ...index } = await open({ 'a.mcap': file.subarray(0, end) });
        expect(codesOf(index)).toEqual(['mcap-cut-off']);
        const [found, all] = [index.delivery.frames, whole.delivery.frames];
        expect(found.length).toBeGreaterThan(0);
        expect(found.map(({ id }) => id)).toEqual(all.map(({ id }) => id).slice(0, found.length));
        const tools = { open: (ref: { path: string }) => folder.open(ref.path), pool: freshBuffers, codecs };
        const reading = await readPoints(found.at(0)!.sweeps[0]!, tools);
        expect(reading.ok && reading.value.sweep.count).toBe(30);
      }
      expect((await open({ 'a.mcap': file.subarray(0, file.length - 1) })).delivery).toEqual(whole.delivery);
    }
  });

  it('one of which nothing is whole is one problem, and the others open', async () => {
    const file = await recordingFile({ dialect: 'ros2', messages: drive('ros2') });
    const index = await open({
      'a.mcap': file,
      'b.mcap': file.subarray(0, 500),
      'c.mcap': file.subarray(0, 8),
    });
    expect(codesOf(index)).toEqual(['mcap-not-indexed', 'mcap-damaged']);
    expect(index.delivery.scenes.map(({ id }) => id)).toEqual(['a']);
  });

  it('one that was closed without an index is read all the same', async () => {
    const file = await recordingFile({ dialect: 'protobuf', messages: drive('protobuf'), hasIndex: false });
    const { delivery, problems } = await open({ 'a.mcap': file });
    expect(problems).toEqual([]);
    expect(delivery.frames).toHaveLength(3);
  });

  it('a message that does not exist is a problem of its own', async () => {
    const folder = memoryFolder({
      'a.mcap': await recordingFile({ dialect: 'ros2', messages: drive('ros2') }),
    });
    const tools = { open: (file: { path: string }) => folder.open(file.path), pool: freshBuffers, codecs };
    for (const name of ['', 'x', '12 /lidar/top', `${START + 5n * MILLISECOND} /nothing`]) {
      const ref = {
        root: 'delivery',
        path: 'a.mcap',
        lidar: 'l',
        encoding: 'mcap',
        part: { name, row: 0 },
      } as const;
      const result = await readPoints(ref, tools);
      expect(result.ok ? 'points' : result.problem.code).toBe('mcap-message-missing');
    }
  });

  it('seeded damage never throws, and what still opens can be asked for', async () => {
    for (const [at, dialect] of dialects.entries()) {
      const whole = await recordingFile({
        dialect,
        messages: drive(dialect),
        compression: (['', 'lz4', 'zstd', ''] as const)[at]!,
      });
      for (let seed = 1; seed <= 150; seed++) {
        const damage = seededRandom(seed);
        const bytes = whole.slice(
          0,
          damage.integer(0, 4) === 0 ? damage.integer(9, whole.length) : whole.length,
        );
        for (let flips = damage.integer(1, 8); flips > 0; flips--)
          bytes[damage.integer(9, bytes.length - 1)] = damage.integer(0, 255);
        try {
          const { delivery, folder } = await open({ 'a.mcap': bytes });
          const tools = {
            open: (file: { path: string }) => folder.open(file.path),
            pool: freshBuffers,
            codecs,
          };
          for (const { sweeps, images } of delivery.frames) {
            for (const sweep of sweeps) await readPoints(sweep, tools);
            for (const image of images) await readImage(image, tools.open);
          }
        } catch (error) {
          throw new Error(`${dialect}, seed ${seed}: ${String(error)}`);
        }
      }
    }
  });
});

describeWithSharedData('recordings of a viewer', 'data/mcap', () => {
  const file = (name: string) => new Uint8Array(readFileSync(sharedData(`data/mcap/${name}`)));

  it('ten pictures with their lens', async () => {
    const { delivery, problems, folder } = await open({
      'custom-camera-model.mcap': file('custom-camera-model.mcap'),
    });
    expect(problems).toEqual([]);
    expect(delivery.frames).toHaveLength(10);
    const [image] = delivery.frames.at(3)!.images;
    const bytes = await readImage(image!, ({ path }) => folder.open(path));
    expect(bytes.ok && [...bytes.value.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    expect(delivery.calibrations[image!.calibration]!.model).toEqual({
      ...{ kind: 'pinhole', fx: 800, fy: 800, cx: 320, cy: 240, distortion: [-0.2, 0.1, 0, 0, 0] },
    });
    expect(new Set(delivery.frames.map(({ timestampNanos }) => timestampNanos)).size).toBe(10);
  });

  it('a recording of something else says so', async () => {
    const index = await open({ 'example.mcap': file('example.mcap') });
    expect(codesOf(index)).toEqual(['mcap-no-sensors']);
  });
});
