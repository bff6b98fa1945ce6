/** NCore V4 on a made sequence: still things stand still, lenses and times come through, damage costs only itself. */
import { describe, expect, test } from 'vitest';
import type { Folder } from '../../../../shared/base/bytes.ts';
import { multiply, transformPoint } from '../../../../shared/geometry/matrix.ts';
import type { SweepRef } from '../../../../shared/model/delivery.ts';
import { cuboidAt } from '../../../../shared/model/labelRow.ts';
import type { LabelTable } from '../../../../shared/model/labels.ts';
import { freshBuffers } from '../../../../shared/readers/clouds/bufferPool.ts';
import { ncoreReader } from '../../../../shared/readers/ncore/ncoreReader.ts';
import { read as readRayBundle } from '../../../../shared/readers/ncore/rayBundle.ts';
import { read as readZarrImage } from '../../../../shared/readers/ncore/zarrImage.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import type { SequenceOptions } from '../../../support/ncoreFixture.ts';
import {
  apply,
  inverse,
  ncoreStore,
  observation,
  pictureOf,
  rigFromCamera,
  SHUTTER,
  SWEEPS,
  sweepEnd,
  wall,
  worldFromRig,
} from '../../../support/ncoreFixture.ts';

const NAME = 'clip/seq.ncore4.zarr';

function delivery(form: 'itar' | 'folder' | 'consolidated', options: SequenceOptions = {}): Folder {
  const store = ncoreStore(options);
  if (form === 'itar') return memoryFolder({ [`${NAME}.itar`]: store.itar() });
  return memoryFolder(store.folder(NAME, form === 'consolidated'));
}

const toolsOf = (folder: Folder) => ({
  open: ({ path }: { path: string }) => folder.open(path),
  pool: freshBuffers,
  codecs: { wasm: () => Promise.reject(new Error('no codec is needed')) },
});

async function pointsOf(ref: SweepRef, folder: Folder): Promise<number[][]> {
  const reading = await readRayBundle(ref, toolsOf(folder));
  if (!reading.ok) throw new Error(JSON.stringify(reading.problem));
  expect(reading.value.problems).toEqual([]);
  const { interleaved, strideFloats, count } = reading.value.sweep;
  const points = Array.from({ length: count }, (_, i) => [
    ...interleaved.subarray(i * strideFloats, i * strideFloats + 3),
  ]);
  const { spaceFromPoints } = ref;
  return points.map((point) => {
    const [x, y, z] = point as [number, number, number];
    return spaceFromPoints ? [...transformPoint(spaceFromPoints, [x, y, z])] : point;
  });
}

const cuboids = (labels: LabelTable) =>
  Array.from({ length: labels.cuboids.count }, (_, row) => cuboidAt(labels, row));

describe.each(['itar', 'folder', 'consolidated'] as const)('as %s', (form) => {
  test('frames, sensors and times', async () => {
    const folder = delivery(form);
    expect(await ncoreReader.detect(folder)).toBeGreaterThanOrEqual(0.9);
    const index = await ncoreReader.index(folder, {});
    expect(index.problems).toEqual([]);
    expect(index.delivery.scenes).toEqual([{ id: 'seq-a', frameStart: 0, frameCount: SWEEPS }]);
    expect([...index.delivery.frameIds]).toEqual([0, 1, 2].map((i) => String(sweepEnd(i))));
    const frame = index.delivery.frames.at(1)!;
    expect(frame.timestampNanos).toBe(`${sweepEnd(1)}000`);
    expect(frame.space).toBe('rig');
    expect(index.delivery.cameras).toEqual([{ name: 'front' }]);
    expect(index.delivery.lidars.map(({ name }) => name)).toEqual(['top', 'map']);
    expect(index.delivery.labelFiles.length).toBeGreaterThan(0);
  });

  test('a wall that stands still in the world does so in every sweep, to a millimetre', async () => {
    const folder = delivery(form);
    const { delivery: read } = await ncoreReader.index(folder, {});
    for (const frame of read.frames) {
      const points = await pointsOf(frame.sweeps[0]!, folder);
      expect(points.length).toBe(wall.length + wall.length / 10);
      // Returns of one ray come together, so that the far ones are dropped by their distance from the wall.
      const world = points.map((point) => apply(worldFromRig(Number(frame.id)), point));
      for (const place of wall) {
        const nearest = Math.min(
          ...world.map((p) => Math.hypot(p[0] - place[0], p[1] - place[1], p[2] - place[2])),
        );
        expect(nearest).toBeLessThan(1e-3);
      }
    }
  });

  test('a stored cloud in the world lands in the frame of its time', async () => {
    const folder = delivery(form);
    const { delivery: read } = await ncoreReader.index(folder, {});
    expect(read.frames.map((frame) => frame.sweeps.length)).toEqual([1, 2, 1]);
    const [first] = await pointsOf(read.frames.at(1)!.sweeps[1]!, folder);
    const expected = apply(inverse(worldFromRig(sweepEnd(1))), wall[0]!);
    for (const axis of [0, 1, 2]) expect(first![axis]).toBeCloseTo(expected[axis]!, 4);
  });

  test('pictures are found by name', async () => {
    const folder = delivery(form);
    const { delivery: read } = await ncoreReader.index(folder, {});
    for (const [i, frame] of read.frames.entries()) {
      const image = await readZarrImage(frame.images[0]!, toolsOf(folder).open);
      expect(image).toEqual({ ok: true, value: pictureOf(sweepEnd(i) + 10_000) });
    }
    // What a reference names is a file that is there: it is listed and hashed with the delivery.
    const listed = new Set(folder.entries.map(({ path }) => path));
    for (const frame of read.frames) {
      for (const { path } of [...frame.sweeps, ...frame.images]) expect(listed).toContain(path);
    }
  });
});

describe('cameras', () => {
  test('a f-theta lens behind a windshield, rolling from the top', async () => {
    const { delivery: read } = await ncoreReader.index(delivery('itar'), {});
    expect(read.calibrations).toHaveLength(1);
    expect(read.calibrations[0]).toMatchObject({
      camera: 0,
      width: 1920,
      height: 1080,
      shutter: 'top-bottom',
      model: {
        kind: 'f-theta',
        cx: 960.25,
        cy: 540.5,
        angleToPixels: [0, 1000, 0, -12, 0, 0.5],
        exact: 'angle-to-pixels',
        linear: [1.0002, 0.0001, -0.0001],
        maxAngle: 1.1,
        windshield: { horizontal: [0, 1.01, 0.001], vertical: [0.0001, 0.002, 0.99] },
      },
    });
  });

  test('where the camera stood when its shutter opened and when it closed', async () => {
    const { delivery: read } = await ncoreReader.index(delivery('itar'), {});
    const frame = read.frames.at(1)!;
    const image = frame.images[0]!;
    const end = sweepEnd(1) + 10_000;
    expect(image.exposure).toEqual({ startNanos: `${end - SHUTTER}000`, endNanos: `${end}000` });
    const inWorld: [number, number, number] = [40, 3, 1];
    const inSpace = apply(inverse(worldFromRig(sweepEnd(1))), inWorld);
    for (const [time, cameraFromSpace] of [
      [end - SHUTTER, image.cameraFromSpace!],
      [end, multiply(image.endFromStart!, image.cameraFromSpace!)],
    ] as const) {
      const expected = apply(inverse(rigFromCamera), apply(inverse(worldFromRig(time)), inWorld));
      const found = transformPoint(cameraFromSpace, inSpace);
      // Straight lines between samples 50 ms apart leave the curve by less than a millimetre.
      for (const axis of [0, 1, 2]) expect(found[axis]).toBeCloseTo(expected[axis]!, 2);
    }
  });

  test.each([
    [
      'opencv-pinhole',
      { radial_coeffs: [1, 2, 3, 4, 5, 6], tangential_coeffs: [7, 8], thin_prism_coeffs: [9, 10, 11, 12] },
      {
        kind: 'pinhole',
        fx: 900,
        fy: 901,
        cx: 959.5,
        cy: 539.5,
        distortion: [1, 2, 7, 8, 3, 4, 5, 6, 9, 10, 11, 12],
      },
    ],
    [
      'opencv-fisheye',
      { radial_coeffs: [1, 2, 3, 4], max_angle: 1.5 },
      { kind: 'fisheye', cx: 959.5, cy: 539.5, distortion: [1, 2, 3, 4], maxAngle: 1.5 },
    ],
    ['of-next-year', {}, { kind: 'unknown', name: 'of-next-year' }],
  ])('%s', async (type, more, model) => {
    const parameters = {
      resolution: [1920, 1080],
      shutter_type: 'GLOBAL',
      principal_point: [960, 540],
      focal_length: [900, 901],
      ...more,
    };
    const intrinsics = { camera_model_type: type, camera_model_parameters: parameters };
    const { delivery: read } = await ncoreReader.index(delivery('itar', { intrinsics }), {});
    expect(read.calibrations[0]!.model).toMatchObject(model);
    expect(read.calibrations[0]!.shutter).toBeUndefined();
    expect(read.frames.at(0)!.images[0]!.endFromStart).toBeUndefined();
  });
});

describe('cuboids', () => {
  test('given in the vehicle at the frame: untouched, turned by x, then y, then z', async () => {
    const index = await ncoreReader.index(delivery('itar'), {});
    expect(index.source).toEqual({ name: 'default', kind: 'vendor' });
    const [cuboid] = cuboids(index.labels);
    expect(cuboid).toMatchObject({
      frame: 0,
      id: 'car-1',
      track: 'car-1',
      className: 'automobile',
      center: [10, 2, 1],
      size: [4, 2, 1.5],
      attributes: { source: 'GT_ANNOTATION', source_version: 'v7' },
    });
    // Rz(0.7) Ry(-0.2) Rx(0.1), multiplied out by hand for the x axis.
    const [x, y, z, w] = cuboid!.rotation;
    const front = [1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)];
    expect(front[0]).toBeCloseTo(Math.cos(0.7) * Math.cos(-0.2), 12);
    expect(front[1]).toBeCloseTo(Math.sin(0.7) * Math.cos(-0.2), 12);
    expect(front[2]).toBeCloseTo(-Math.sin(-0.2), 12);
  });

  test('given in the lidar at another time: brought over through the world', async () => {
    const early = sweepEnd(1) - 40_000;
    const statement = observation({
      reference_frame_id: 'world',
      reference_frame_timestamp_us: early,
      timestamp_us: early,
    });
    const index = await ncoreReader.index(delivery('itar', { observations: { default: [statement] } }), {});
    const [cuboid] = cuboids(index.labels);
    expect(cuboid!.frame).toBe(1);
    const expected = apply(inverse(worldFromRig(sweepEnd(1))), [10, 2, 1]);
    for (const axis of [0, 1, 2]) expect(cuboid!.center[axis]).toBeCloseTo(expected[axis]!, 9);
  });

  test("each instance and maker is a source; a person's labels are judged", async () => {
    const observations = {
      auto: [observation({ source: 'AUTOLABEL', track_id: 'a' }), observation({ source: 1, track_id: 'b' })],
      other: [observation({ source: 'EXTERNAL', track_id: 'c' })],
      human: [observation({ track_id: 'd' })],
    };
    const index = await ncoreReader.index(delivery('itar', { observations }), {});
    expect(index.source).toEqual({ name: 'human', kind: 'vendor' });
    expect(index.labels.cuboids.count).toBe(1);
    expect(index.others.map(({ name, kind, labels }) => [name, kind, labels.cuboids.count])).toEqual([
      ['other', 'vendor', 1],
      ['auto (autolabel)', 'model', 2],
    ]);
  });

  test('machine labels alone are judged, and named as what they are', async () => {
    const observations = { default: [observation({ source: 'AUTOLABEL' })] };
    const index = await ncoreReader.index(delivery('itar', { observations }), {});
    expect(index.source).toEqual({ name: 'default (autolabel)', kind: 'model' });
    expect(index.labels.cuboids.count).toBe(1);
  });
});

describe('damage', () => {
  const codes = (index: { problems: readonly { code: string }[] }) => index.problems.map(({ code }) => code);

  test('labels out of time, in unknown frames or without a box are told; the rest stands', async () => {
    const observations = {
      default: [
        observation(),
        observation({ timestamp_us: 5, reference_frame_timestamp_us: 5 }),
        observation({ reference_frame_id: 'moon' }),
        { track_id: 'x' },
        'nonsense',
        observation({ track_id: 'n', bbox3: { centroid: [1, 2, null], dim: [1, 1, 1], rot: [0, 0, 0] } }),
      ],
    };
    const index = await ncoreReader.index(delivery('itar', { observations }), {});
    expect(codes(index).sort()).toEqual([
      'cuboid-unusable',
      'ncore-cuboid-bad',
      'ncore-cuboids-outside',
      'ncore-cuboids-unplaced',
    ]);
    expect(index.labels.cuboids.count).toBe(2);
  });

  test('poses that are no poses, and a ring of frames', async () => {
    const mirror = [
      [-1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ];
    const identity = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ];
    const statics = {
      "('m', 'rig')": { pose: mirror },
      "('n', 'rig')": { pose: [[Number.NaN]] },
      nonsense: { pose: identity },
      "('a', 'b')": { pose: identity },
      "('b', 'c')": { pose: identity },
      "('c', 'a')": { pose: identity },
      "('c', 'top')": { pose: identity },
    };
    const dynamics = { "('x', 'world')": { poses: [identity, identity], timestamps_us: [2, 1] } };
    const index = await ncoreReader.index(delivery('itar', { statics, dynamics }), {});
    expect(codes(index)).toEqual(new Array(4).fill('ncore-pose-bad'));
    expect(index.delivery.frames.length).toBe(SWEEPS);
  });

  test('frame times that are none', async () => {
    const lidarFrames = [
      [1, 2, 3],
      [5, 4],
      ['a', 'b'],
      [Number.NaN, 1],
      [sweepEnd(0) - 1, sweepEnd(0)],
    ];
    const index = await ncoreReader.index(delivery('itar', { lidarFrames }), {});
    expect(codes(index)).toContain('ncore-frame-times-bad');
    expect(index.delivery.frames.length).toBe(1);
  });

  test('a store of another version, a broken one and a listed one that is not there', async () => {
    const folder = memoryFolder({
      'a.ncore4.zarr.itar': ncoreStore().itar(),
      'b.ncore4-x.zarr.itar': ncoreStore({ version: 'v9' }).itar(),
      'c.ncore4-y.zarr.itar': new Uint8Array(2000),
      'd.ncore4-z.zarr/zarr.json': '{}',
      'seq.json': JSON.stringify({
        component_stores: [{ path: 'a.ncore4.zarr.itar' }, { path: '../../etc/gone.ncore4.zarr.itar' }],
      }),
    });
    const index = await ncoreReader.index(folder, {});
    expect(codes(index).sort()).toEqual([
      'itar-broken',
      'ncore-store-missing',
      'ncore-version-unknown',
      'zarr-version-unknown',
    ]);
    expect(index.delivery.frames.length).toBe(SWEEPS);
  });

  test('a ray bundle whose arrays disagree, or are gone, is a problem of that sweep', async () => {
    const store = ncoreStore();
    const key = `lidars/top/frames/${sweepEnd(0)}`;
    store.array(`${key}/ray_bundle/timestamp_us`, { shape: [1], dtype: '<u8', bytes: new Uint8Array(8) });
    store.records.delete(`lidars/top/frames/${sweepEnd(1)}/ray_bundle/direction/.zarray`);
    const folder = memoryFolder(store.folder(NAME));
    const { delivery: read } = await ncoreReader.index(folder, {});
    const results = await Promise.all(
      read.frames.map((frame) => readRayBundle(frame.sweeps[0]!, toolsOf(folder))),
    );
    expect(results.map((result) => (result.ok ? 'ok' : result.problem.code))).toEqual([
      'ncore-array-length',
      'ncore-array-missing',
      'ok',
    ]);
  });

  test('sensor stores may lie in the sensor folder', async () => {
    const labels = memoryFolder({ 'labels.ncore4-cuboids.zarr.itar': ncoreStore().itar() });
    const sensors = memoryFolder({ 'x/raw.ncore4.zarr.itar': ncoreStore({ observations: {} }).itar() });
    const index = await ncoreReader.index(labels, { sensors });
    expect(index.delivery.scenes).toHaveLength(1);
    expect(index.labels.cuboids.count).toBe(1);
  });
});
