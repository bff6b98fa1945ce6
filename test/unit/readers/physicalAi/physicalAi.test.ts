/** PhysicalAI-AV on made clips, in folders and in chunks: still things stand still, films and radars by their rows. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createArchiveShelf } from '../../../../electron/services/archives/archiveShelf.ts';
import { openDiskFolder } from '../../../../electron/services/diskFolder.ts';
import type { Folder } from '../../../../shared/base/bytes.ts';
import { effectiveCalibration } from '../../../../shared/geometry/imageCalibration.ts';
import { transformPoint } from '../../../../shared/geometry/matrix.ts';
import { projectCuboid } from '../../../../shared/geometry/projectCuboid.ts';
import type { SweepRef } from '../../../../shared/model/delivery.ts';
import { cuboidAt } from '../../../../shared/model/labelRow.ts';
import { freshBuffers } from '../../../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../../../shared/readers/clouds/readPoints.ts';
import { detectFormat } from '../../../../shared/readers/openDelivery.ts';
import { dracoDecoder } from '../../../../shared/readers/physicalAi/dracoModule.ts';
import { physicalAiReader } from '../../../../shared/readers/physicalAi/physicalAiReader.ts';
import { readFilmIndex } from '../../../../shared/readers/video/mp4Index.ts';
import { dracoCloud } from '../../../support/dracoFixture.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import { apply, inverse, wall } from '../../../support/ncoreFixture.ts';
import { parquetFixture } from '../../../support/parquetFixture.ts';
import type { ClipParts, Obstacle } from '../../../support/physicalAiFixture.ts';
import {
  anchorFromRig,
  CAMERA,
  chunkFolder,
  clipFolder,
  clipParts,
  DELAY,
  extrinsics,
  film,
  LIDAR,
  lensColumns,
  lidar,
  mounted,
  pictureEnd,
  RADAR,
  SPINS,
  spinEnd,
} from '../../../support/physicalAiFixture.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

const wasm = new Uint8Array(
  readFileSync(path.resolve(import.meta.dirname, '../../../../node_modules/draco3d/draco_decoder.wasm')),
);
const CLIP = '0a1b2c3d-0000-1111-2222-333344445555';
const OTHER = '0a1b2c3d-0000-1111-2222-666677778888';

const rows: Obstacle[] = [
  { track: 1, time: spinEnd(0) },
  { track: 2, time: spinEnd(1) - 30_000, frame: 'world', frameTime: spinEnd(1) - 30_000 },
  { track: 3, time: -500 },
];

let parts: ClipParts;
beforeAll(async () => {
  parts = await clipParts(rows);
});

const toolsOf = (folder: Folder) => ({
  open: ({ path: name }: { path: string }) => folder.open(name),
  pool: freshBuffers,
  codecs: { wasm: () => Promise.resolve(wasm) },
});

async function pointsOf(ref: SweepRef, folder: Folder): Promise<number[][]> {
  const reading = await readPoints(ref, toolsOf(folder));
  if (!reading.ok) throw new Error(JSON.stringify(reading.problem));
  expect(reading.value.problems).toEqual([]);
  const { interleaved, strideFloats, count } = reading.value.sweep;
  return Array.from({ length: count }, (_, i) => {
    const [x, y, z, w] = interleaved.subarray(i * strideFloats, i * strideFloats + 4) as unknown as number[];
    const { spaceFromPoints } = ref;
    return [...(spaceFromPoints ? transformPoint(spaceFromPoints, [x!, y!, z!]) : [x!, y!, z!]), w!];
  });
}

async function expectWallStands(folder: Folder): Promise<void> {
  const { delivery } = await physicalAiReader.index(folder, {});
  for (const frame of delivery.frames) {
    const points = await pointsOf(frame.sweeps[0]!, folder);
    expect(points).toHaveLength(wall.length);
    for (const [i, point] of points.entries()) {
      const world = apply(anchorFromRig(Number(frame.id.split('/').at(-1))), point);
      for (const axis of [0, 1, 2]) expect(Math.abs(world[axis]! - wall[i]![axis]!)).toBeLessThan(1e-3);
      expect(point[3]).toBeCloseTo(i / 255, 6);
    }
  }
}

describe('a folder a clip', () => {
  test('frames, sensors, times', async () => {
    const folder = memoryFolder(clipFolder(CLIP, parts));
    expect((await detectFormat(folder))?.id).toBe('physical-ai');
    const index = await physicalAiReader.index(folder, {});
    expect(index.problems).toEqual([]);
    expect(index.delivery.scenes).toEqual([{ id: CLIP, frameStart: 0, frameCount: SPINS }]);
    expect([...index.delivery.frameIds]).toEqual([0, 1, 2].map((spin) => String(spinEnd(spin))));
    expect(index.delivery.lidars).toEqual([{ name: LIDAR }]);
    expect(index.delivery.radars).toEqual([{ name: RADAR }]);
    expect(index.delivery.cameras).toEqual([{ name: CAMERA }]);
    expect(index.delivery.labelFiles).toEqual([`${CLIP}/labels/${CLIP}.obstacle.offline.parquet`]);
    expect(index.delivery.frames.at(1)!.timestampNanos).toBe(`${spinEnd(1)}000`);
  });

  test('a wall that stands still does so in every spin, point by point', async () => {
    await expectWallStands(memoryFolder(clipFolder(CLIP, parts)));
  });

  test('pictures by frame of the film, with the shutter running from the top', async () => {
    const { delivery } = await physicalAiReader.index(memoryFolder(clipFolder(CLIP, parts)), {});
    const image = delivery.frames.at(1)!.images[0]!;
    // Ends 60 ms after the spin before; its middle is nearer to this spin's end than any other's.
    const row = image.part!.row!;
    const middles = Array.from({ length: 30 }, (_, i) => pictureEnd(i) - DELAY / 2);
    const nearest = middles.map((time) => Math.abs(time - spinEnd(1)));
    expect(nearest[row]).toBe(Math.min(...nearest));
    expect(image).toMatchObject({ encoding: 'mp4', path: `${CLIP}/camera/${CLIP}.${CAMERA}.mp4` });
    expect(image.exposure).toEqual({
      startNanos: `${pictureEnd(row) - DELAY}000`,
      endNanos: `${pictureEnd(row)}000`,
    });
    expect(image.endFromStart).toBeDefined();
    expect(delivery.calibrations[image.calibration]).toMatchObject({
      width: 1920,
      height: 1080,
      shutter: 'top-bottom',
      model: { kind: 'f-theta', cx: 960.25, cy: 540.5 },
    });
  });

  test('a cuboid falls on the pixels that an independent f-theta and rolling shutter give', async () => {
    const labelled = await clipParts([{ track: 1, time: spinEnd(1) }]);
    const index = await physicalAiReader.index(memoryFolder(clipFolder(CLIP, labelled)), {});
    const calibration = effectiveCalibration(index.delivery, index.delivery.frames.at(1)!.images[0]!)!;
    const { corners } = projectCuboid(calibration, cuboidAt(index.labels, 0))!;
    // Worked out with numpy: each row of the picture at its own time, found by repetition.
    const expected = [
      [984.327, 715.646],
      [980.029, 488.091],
      [683.508, 738.717],
      [678.607, 481.232],
      [794.12, 653.395],
      [791.767, 506.735],
      [600.268, 660.267],
      [597.792, 504.701],
    ];
    for (const [u, v] of expected) {
      const distances = corners.map((corner) => (corner ? Math.hypot(corner[0] - u!, corner[1] - v!) : 1e9));
      expect(Math.min(...distances)).toBeLessThan(0.02);
    }
  });

  test('what was blurred is kept as shapes of its picture', async () => {
    const index = await physicalAiReader.index(memoryFolder(clipFolder(CLIP, parts)), {});
    const frames = [...index.delivery.frames];
    const shown = frames.findIndex((frame) => frame.images[0]!.part!.row === 2);
    expect(index.labels.shapes).toMatchObject([
      {
        frame: shown,
        className: 'blurred',
        kind: 'polygon',
        camera: 0,
        coordinates: [1, 2, 3, 2, 3, 4, 1, 4],
      },
      { frame: shown, coordinates: [10, 20, 30, 20, 30, 40, 10, 40] },
    ]);
  });

  test('radar returns from angles and distance, mounted as the online table says', async () => {
    const folder = memoryFolder(clipFolder(CLIP, parts));
    const { delivery } = await physicalAiReader.index(folder, {});
    const [first, second] = [delivery.frames.at(0)!, delivery.frames.at(1)!];
    const points = await pointsOf(first.radars![0]!, folder);
    expect(points).toHaveLength(2);
    for (const [i, expected] of [
      [13.6, 0, 0.5, 2],
      [3.6, 20, 0.5, 3],
    ].entries()) {
      for (const axis of [0, 1, 2, 3]) expect(points[i]![axis]).toBeCloseTo(expected[axis]!, 5);
    }
    const [up] = await pointsOf(second.radars![0]!, folder);
    expect(up![2]).toBeCloseTo(0.5 + 15, 5);
    expect(delivery.frames.at(2)!.radars).toBeUndefined();
  });

  test('machine labels alone are judged under their own name; rows before the start are dropped', async () => {
    const index = await physicalAiReader.index(memoryFolder(clipFolder(CLIP, parts)), {});
    expect(index.source).toEqual({ name: 'autolabel', kind: 'model' });
    expect(index.labels.cuboids.count).toBe(2);
    const [own, far] = [cuboidAt(index.labels, 0), cuboidAt(index.labels, 1)];
    expect(own).toMatchObject({
      frame: 0,
      track: '1',
      className: 'automobile',
      center: [10, 2, 1],
      size: [4, 2, 1.5],
      attributes: { source: 'lidar:autolabel:v2', confidence: 0.75 },
    });
    expect(own.rotation[2]).toBeCloseTo(Math.sin(0.25), 12);
    const expected = apply(inverse(anchorFromRig(spinEnd(1))), [10, 2, 1]);
    for (const axis of [0, 1, 2]) expect(far.center[axis]).toBeCloseTo(expected[axis]!, 9);
  });

  test("a vendor's labels are judged, the machine's stand beside them", async () => {
    const mixed = await clipParts([rows[0]!, { track: 9, time: spinEnd(0), source: 'human' }]);
    const index = await physicalAiReader.index(memoryFolder(clipFolder(CLIP, mixed)), {});
    expect(index.source).toEqual({ name: 'vendor', kind: 'vendor' });
    expect(index.labels.cuboids.count).toBe(1);
    expect(index.others.map(({ name, kind, labels }) => [name, kind, labels.cuboids.count])).toEqual([
      ['autolabel', 'model', 1],
    ]);
  });

  test('labels alone take the rest from the sensor folder', async () => {
    const files = Object.entries(clipFolder(CLIP, parts));
    const labels = memoryFolder(Object.fromEntries(files.filter(([name]) => name.includes('obstacle'))));
    const sensors = memoryFolder(Object.fromEntries(files.filter(([name]) => !name.includes('obstacle'))));
    const index = await physicalAiReader.index(labels, { sensors });
    expect(index.problems).toEqual([]);
    expect(index.delivery.frames.at(0)!.sweeps[0]!.root).toBe('sensors');
    expect(index.labels.cuboids.count).toBe(2);
  });
});

describe('chunks', () => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'chunks-'));
  afterAll(() => rmSync(root, { recursive: true }));

  test('clips are found in archives and read in place', async () => {
    for (const [name, bytes] of Object.entries(chunkFolder({ [CLIP]: parts, [OTHER]: parts }))) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), bytes);
    }
    const shelf = createArchiveShelf(path.join(root, '.shelf'));
    const opened = await openDiskFolder(root, shelf);
    if (!opened.ok) throw new Error(opened.problem.code);
    const folder = opened.value;
    expect((await detectFormat(folder))?.id).toBe('physical-ai');
    const index = await physicalAiReader.index(folder, {});
    // The radar is in no table of this chunk; nothing else is amiss.
    expect(new Set(index.problems.map(({ code }) => code))).toEqual(new Set(['ncore-pose-missing']));
    expect(index.delivery.scenes.map(({ id, frameCount }) => [id, frameCount])).toEqual([
      [CLIP, SPINS],
      [OTHER, SPINS],
    ]);
    expect(index.labels.cuboids.count).toBe(4);
    expect(cuboidAt(index.labels, 0).track).toBe(`${CLIP}/1`);
    await expectWallStands(folder);
    const image = index.delivery.frames.at(0)!.images[0]!;
    expect(image.path).toContain('.zip!/');
    const source = await folder.open(image.path);
    expect(await source.slice(0, source.length)).toEqual(film);
    expect(await readFilmIndex(source, image.path)).toMatchObject({ ok: true, value: { frames: 30 } });
    await folder.close();
  });

  test('unpacked chunks of an earlier release, whose spins state only their start', async () => {
    const files: Record<string, Uint8Array> = {};
    for (const [name, bytes] of Object.entries(chunkFolder({}))) files[name] = bytes;
    for (const [name, bytes] of Object.entries(parts)) {
      const [kind, file = ''] = name.split('/');
      const feature = file.split('.')[0];
      files[`${kind}/${feature}/${feature}.chunk_0003/${CLIP}.${file.replace('.offline', '')}`] = bytes;
    }
    files['calibration/sensor_extrinsics/sensor_extrinsics.chunk_0003.parquet'] = extrinsics([CLIP], mounted);
    files['calibration/camera_intrinsics/camera_intrinsics.chunk_0003.parquet'] = lensColumns([CLIP]);
    files[`lidar/${LIDAR}/${LIDAR}.chunk_0003/${CLIP}.${LIDAR}.parquet`] = await lidar(true);
    const folder = memoryFolder(files);
    expect((await detectFormat(folder))?.id).toBe('physical-ai');
    const index = await physicalAiReader.index(folder, {});
    expect([...index.delivery.frameIds]).toEqual([0, 1, 2].map((spin) => String(spinEnd(spin))));
    await expectWallStands(folder);
    const [calibration] = index.delivery.calibrations;
    expect(calibration).toMatchObject({
      width: 1920,
      model: { kind: 'f-theta', cx: 959.5, angleToPixels: [0, 1000, 0, -12, 0], linear: [1, 0, 0] },
    });
    const corner = Math.hypot(960.5, 540.5);
    const { model } = calibration as { model: { maxAngle: number } };
    expect(model.maxAngle).toBeCloseTo(0.001 * corner + 1e-11 * corner ** 3, 9);
  });

  test('without a way into archives, the chunk is told and left out', async () => {
    const folder = memoryFolder(chunkFolder({ [CLIP]: parts }));
    const index = await physicalAiReader.index(folder, {});
    expect(index.delivery.scenes).toEqual([]);
    expect(new Set(index.problems.map(({ code }) => code))).toEqual(new Set(['physical-ai-chunk-closed']));
  });
});

describe('draco', () => {
  test('quantised clouds come back within a step', async () => {
    const positions = wall.map(([x, y, z]) => [x, y, z]);
    const bytes = await dracoCloud({ positions, intensity: wall.map((_, i) => i), quantisation: 14 });
    const decoder = await dracoDecoder(wasm);
    const read = decoder.withCloud(bytes, ({ count, positions: found, attribute }) => ({
      count,
      found,
      order: attribute('intensity', 'uint8'),
      none: attribute('timestamp', 'int32'),
    }))!;
    expect(read.count).toBe(wall.length);
    expect(read.none).toBeNull();
    for (let i = 0; i < read.count; i++) {
      const original = wall[read.order![i]!]!;
      for (const axis of [0, 1, 2])
        expect(Math.abs(read.found[3 * i + axis]! - original[axis]!)).toBeLessThan(2e-3);
    }
  });

  test('damaged bytes give no cloud or another, never a throw, and the next cloud is whole', async () => {
    const { next: random } = seededRandom(23);
    const positions = wall.map(([x, y, z]) => [x, y, z]);
    const whole = await dracoCloud({ positions, quantisation: 11 });
    for (let round = 0; round < 300; round++) {
      const bytes = whole.slice();
      for (let i = 0; i < 3; i++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const cut = random() < 0.3 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
      const decoder = await dracoDecoder(wasm);
      expect(() => decoder.withCloud(cut, ({ count }) => count)).not.toThrow();
    }
    expect((await dracoDecoder(wasm)).withCloud(whole, ({ count }) => count)).toBe(wall.length);
  });
});

describe('damage', () => {
  const codes = async (change: (files: Record<string, Uint8Array>) => void) => {
    const files = clipFolder(CLIP, parts);
    change(files);
    const folder = memoryFolder(files);
    const index = await physicalAiReader.index(folder, {});
    return { codes: new Set(index.problems.map(({ code }) => code)), index, folder };
  };

  test('no egomotion: spins are placed as one instant, as mounted', async () => {
    const found = await codes((files) => delete files[`${CLIP}/labels/${CLIP}.egomotion.offline.parquet`]);
    expect(found.codes).toContain('physical-ai-egomotion-missing');
    expect(found.index.delivery.frames.length).toBe(SPINS);
    const ref = found.index.delivery.frames.at(0)!.sweeps[0]!;
    expect(ref.companions).toBeUndefined();
    expect(await pointsOf(ref, found.folder)).toHaveLength(wall.length);
  });

  test('no extrinsics, no lenses, no times of pictures', async () => {
    const found = await codes((files) => {
      for (const name of Object.keys(files)) if (/calibration|timestamps/.test(name)) delete files[name];
    });
    expect(found.codes).toContain('physical-ai-extrinsics-missing');
    expect(found.codes).toContain('physical-ai-times-missing');
    expect(found.index.delivery.frames.length).toBe(SPINS);
    expect(found.index.delivery.frames.at(0)!.images).toEqual([]);
  });

  test('tables that are none, or lack columns, cost themselves', async () => {
    const found = await codes((files) => {
      files[`${CLIP}/labels/${CLIP}.obstacle.offline.parquet`] = new Uint8Array(50);
      files[`${CLIP}/calibration/camera_intrinsics.offline.parquet`] = parquetFixture([
        { name: 'other', type: 'int32', values: [1] },
      ]);
    });
    expect([...found.codes].sort()).toEqual(['parquet-broken', 'physical-ai-columns-missing']);
    expect(found.index.labels.cuboids.count).toBe(0);
    expect(found.index.delivery.frames.at(0)!.images[0]!.calibration).toBe(-1);
  });

  test('a cell that is no Draco cloud is a problem of that spin', async () => {
    const found = await codes((files) => {
      files[`${CLIP}/lidar/${CLIP}.${LIDAR}.parquet`] = parquetFixture([
        { name: 'spin_start_timestamp', type: 'int64', values: [0n] },
        { name: 'spin_end_timestamp', type: 'int64', values: [BigInt(PERIOD_OF_SPIN)] },
        { name: 'draco_encoded_pointcloud', type: 'bytes', values: [new Uint8Array(30)] },
      ]);
    });
    const ref = found.index.delivery.frames.at(0)!.sweeps[0]!;
    expect(await readPoints(ref, toolsOf(found.folder))).toMatchObject({ problem: { code: 'draco-broken' } });
  });
});

const PERIOD_OF_SPIN = spinEnd(0);
