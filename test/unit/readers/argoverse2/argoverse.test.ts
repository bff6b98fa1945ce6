import { describe, expect, it } from 'vitest';
import { transformPoint } from '../../../../shared/geometry/matrix.ts';
import { yawFromQuaternion } from '../../../../shared/geometry/rotation.ts';
import { cuboidAt } from '../../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { freshBuffers } from '../../../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../../../shared/readers/clouds/readPoints.ts';
import type { ReadContext } from '../../../../shared/readers/contract.ts';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import type { LabelRow } from '../../../support/argoverseFixture.ts';
import {
  annotationsFile,
  cityPosesFile,
  extrinsicsFile,
  intrinsicsFile,
  sweepFile,
} from '../../../support/argoverseFixture.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';

type Files = Record<string, string | Uint8Array>;

const T0 = 315966253660357000n;
const T1 = T0 + 100_196_000n;
const forward = [1, 0, 0, 0] as const;
const turned = (yaw: number) => [Math.cos(yaw / 2), 0, 0, Math.sin(yaw / 2)] as const;

const car: LabelRow = {
  nanos: T0,
  track: 'aa-1',
  category: 'REGULAR_VEHICLE',
  lwh: [4.5, 1.9, 1.6],
  wxyz: turned(0.5),
  translation: [10, 2, 0.5],
  points: 12,
};

/** A camera 1.5 m above the vehicle's origin that looks ahead: its z is ego x, its x is ego -y. */
const lookingAhead = { wxyz: [0.5, -0.5, 0.5, -0.5] as const, translation: [1, 0, 1.5] as const };

const city = (nanos: bigint, x: number, yaw = 0) => ({
  nanos,
  wxyz: turned(yaw),
  translation: [12_345_678.25 + x, 2_419.5, 66] as const,
});

const log: Files = {
  'annotations.feather': annotationsFile([car, { ...car, nanos: T1, translation: [9, 2, 0.5] }]),
  'city_SE3_egovehicle.feather': cityPosesFile([city(T1, 1), city(T0, 0), city(T1 + 50_000_000n, 1.5)]),
  'calibration/egovehicle_SE3_sensor.feather': extrinsicsFile([
    { name: 'ring_front_center', ...lookingAhead },
    { name: 'up_lidar', wxyz: forward, translation: [1.35, 0, 1.64] },
  ]),
  'calibration/intrinsics.feather': intrinsicsFile(['ring_front_center']),
  [`sensors/lidar/${T0}.feather`]: sweepFile([[0x3c00, 0x4000, 0xc000]], [3]),
  [`sensors/lidar/${T1}.feather`]: sweepFile([[0x3c00, 0x4000, 0xc000]], [3]),
  [`sensors/cameras/ring_front_center/${T0 - 5_000_000n}.jpg`]: 'jpg',
  [`sensors/cameras/ring_front_center/${T1 + 25_000_000n}.jpg`]: 'jpg',
};

const below = (prefix: string, files: Files) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${prefix}${name}`, content]));

async function open(files: Files, context: ReadContext = {}): Promise<DeliveryIndex> {
  const opened = await openDelivery(memoryFolder(files), context);
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
}

const codes = ({ problems }: DeliveryIndex) => problems.map(({ code }) => code);

describe('Argoverse 2 logs', () => {
  it('a row becomes a cuboid in the vehicle frame, with what the vendor states', async () => {
    const index = await open(log);
    expect(index.delivery.format).toBe('argoverse2');
    expect(index.delivery.frames.map(({ id, space }) => [id, space])).toEqual([
      [T0.toString(), 'egovehicle'],
      [T1.toString(), 'egovehicle'],
    ]);
    const cuboid = cuboidAt(index.labels, 0);
    expect(cuboid).toMatchObject({
      className: 'REGULAR_VEHICLE',
      track: 'aa-1',
      center: [10, 2, 0.5],
      size: [4.5, 1.9, 1.6],
    });
    expect(yawFromQuaternion(cuboid.rotation)).toBeCloseTo(0.5, 12);
    expect(index.labels.cuboids.statedPoints[0]).toBe(12);
    expect(index.delivery.labelFiles).toEqual(['annotations.feather']);
    // The pose table ends 50 ms after the second sweep, the picture lies before the first: both are told apart below.
    expect(codes(index)).toEqual([]);
  });

  it('far city coordinates are rebased before they lose their millimetres', async () => {
    const { frames } = (await open(log)).delivery;
    // 12 345 678.25 and 12 345 679.25 less the whole metres of the first.
    expect(transformPoint(frames.at(0)!.worldFromSpace!, [10, 2, 0.5])[0]).toBe(10.25);
    expect(transformPoint(frames.at(1)!.worldFromSpace!, [9, 2, 0.5])[0]).toBe(10.25);
  });

  it('the nearest picture is drawn with the place of the vehicle at its own time', async () => {
    const { frames, calibrations } = (await open(log)).delivery;
    const [first, second] = [frames.at(0)!.images[0]!, frames.at(1)!.images[0]!];
    expect(first.path).toContain(`${T0 - 5_000_000n}`);
    // Before the first pose nothing is known about the vehicle: the calibration alone counts.
    expect(first.cameraFromSpace).toBeUndefined();
    // Half-way between two poses half a metre apart: the point is 0.25 m nearer than at the sweep.
    const ahead = transformPoint(second.cameraFromSpace!, [11, 0, 1.5]);
    for (const [axis, value] of [0, 0, 9.75].entries()) expect(ahead[axis]).toBeCloseTo(value, 9);
    const still = transformPoint(calibrations[first.calibration]!.cameraFromSpace, [11, 2, 1.5]);
    for (const [axis, value] of [-2, 0, 10].entries()) expect(still[axis]).toBeCloseTo(value, 12);
  });

  it("the owner's projection is followed: coefficients are applied only when asked for", async () => {
    const plain = (await open(log)).delivery.calibrations[0]!;
    expect(plain.model).toEqual({ kind: 'pinhole', fx: 1700, fy: 1710, cx: 1020, cy: 770, distortion: [] });
    expect([plain.width, plain.height]).toEqual([2048, 1550]);
    const bent = (await open(log, { lensDistortion: true })).delivery.calibrations[0]!;
    expect(bent.model).toMatchObject({ distortion: [-0.25, 0.125, 0, 0, 0.5] });
  });

  it('a picture further away than the slowest camera takes them shows another moment', async () => {
    const { [`sensors/cameras/ring_front_center/${T0 - 5_000_000n}.jpg`]: _, ...files } = log;
    const name = `sensors/cameras/ring_front_center/${T0 - 100_000_001n}.jpg`;
    const { frames } = (await open({ ...files, [name]: 'jpg' })).delivery;
    expect(frames.at(0)!.images).toEqual([]);
    expect(frames.at(1)!.images).toHaveLength(1);
  });

  it('labelled times without a sweep stay frames, and sweeps without labels become some', async () => {
    const { [`sensors/lidar/${T0}.feather`]: moved, ...files } = log;
    const later = T1 + 100_000_000n;
    const index = await open({ ...files, [`sensors/lidar/${later}.feather`]: moved! });
    expect(index.delivery.frames.map(({ sweeps }) => sweeps.length)).toEqual([0, 1, 1]);
    expect(index.problems).toMatchObject([
      { code: 'frame-without-sweep', params: { frame: T0.toString() } },
      { code: 'argoverse-pose-missing', params: { frames: 1 } },
    ]);
    expect([...index.labels.cuboids.frame]).toEqual([0, 1]);
  });

  it('splits and logs are scenes; a test log has no labels', async () => {
    const { 'annotations.feather': _, ...test } = log;
    const index = await open({ ...below('val/log-a/', log), ...below('test/log-b/', test) });
    expect(index.delivery.scenes.map(({ id }) => id)).toEqual(['log-b', 'log-a']);
    expect(index.delivery.frames.at(2)!.id).toBe(`log-a/${T0}`);
    expect(index.problems).toMatchObject([{ code: 'argoverse-labels-absent', params: { scene: 'log-b' } }]);
    const twice = await open({ ...below('train/log/', log), ...below('val/log/', log) });
    expect(twice.delivery.scenes.map(({ id }) => id)).toEqual(['train/log', 'val/log']);
  });

  it('labels alone take sweeps, poses and cameras from the sensor root', async () => {
    const { 'annotations.feather': labels, ...rest } = log;
    const files = below('val/log-a/', rest);
    const index = await open({ 'log-a/annotations.feather': labels! }, { sensors: memoryFolder(files) });
    expect(codes(index)).toEqual([]);
    const frame = index.delivery.frames.at(1)!;
    expect(frame.sweeps[0]).toMatchObject({ root: 'sensors', path: `val/log-a/sensors/lidar/${T1}.feather` });
    expect(frame.images[0]!.root).toBe('sensors');
    expect(frame.worldFromSpace).toBeDefined();
    // The sensor root's own labels are nobody's delivery.
    const foreign = memoryFolder(below('val/log-a/', log));
    const without = await open(
      below('log-a/', { 'city_SE3_egovehicle.feather': rest['city_SE3_egovehicle.feather']! }),
      {
        sensors: foreign,
      },
    );
    expect(without.labels.cuboids.count).toBe(0);
  });

  it('further columns are kept as attributes, counts below zero are no counts', async () => {
    const further = [{ name: 'velocity', type: 'float32', values: [1.5, null] }] as const;
    const rows = [
      { ...car, points: -1 },
      { ...car, track: 'bb' },
    ];
    const { labels } = await open({ ...log, 'annotations.feather': annotationsFile(rows, further) });
    expect(cuboidAt(labels, 0).attributes).toEqual({ velocity: 1.5 });
    expect(cuboidAt(labels, 1).attributes).toEqual({ velocity: null });
    expect([...labels.cuboids.statedPoints]).toEqual([-1, 12]);
  });
});

describe('damaged Argoverse 2 logs', () => {
  it('a track twice in a sweep gives two labels of their own names', async () => {
    const rows = [car, { ...car, category: 'BUS' }, { ...car, nanos: T1 }, { ...car, category: 'BOX' }];
    const index = await open({ ...log, 'annotations.feather': annotationsFile(rows) });
    expect([...index.labels.cuboids.id]).toEqual(['aa-1', 'aa-1#2', 'aa-1#3', 'aa-1']);
    expect([...index.labels.cuboids.frame]).toEqual([0, 0, 0, 1]);
    expect(index.problems).toMatchObject([
      { code: 'label-id-duplicate', place: 'row 1', params: { id: 'aa-1', class: 'BUS', given: 'aa-1#2' } },
      { code: 'label-id-duplicate', place: 'row 3' },
    ]);
  });

  it('a camera whose lens or place is unusable is told, also without pictures', async () => {
    const pictures = Object.fromEntries(Object.entries(log).filter(([path]) => !path.includes('/cameras/')));
    const nowhere = extrinsicsFile([
      { name: 'ring_front_center', wxyz: [0, 0, 0, 0], translation: [0, 0, 0] },
    ]);
    const index = await open({ ...pictures, 'calibration/egovehicle_SE3_sensor.feather': nowhere });
    expect(index.problems).toMatchObject([
      { code: 'camera-uncalibrated', params: { camera: 'ring_front_center' } },
    ]);
  });

  it('each table that cannot be read is told once, and the rest loads', async () => {
    for (const [name, expected] of [
      ['annotations.feather', ['arrow-damaged']],
      ['city_SE3_egovehicle.feather', ['arrow-damaged', 'argoverse-poses-absent']],
      ['calibration/intrinsics.feather', ['arrow-damaged', 'camera-uncalibrated']],
    ] as const) {
      const damaged = (log[name] as Uint8Array).slice(0, 300);
      const index = await open({ ...log, [name]: damaged });
      expect(codes(index), name).toEqual(expected);
      expect(index.delivery.frames.length, name).toBe(2);
    }
  });

  it('a table without its columns names them', async () => {
    const index = await open({ ...log, 'annotations.feather': intrinsicsFile(['x']) });
    expect(index.problems[0]).toMatchObject({
      code: 'argoverse-columns-missing',
      path: 'annotations.feather',
    });
    expect(index.problems[0]!.params!.columns).toContain('timestamp_ns, track_uuid');
  });

  it('poses that are none are left out; cuboids that are none stay in the lot', async () => {
    const rows = [
      { ...car, lwh: [0, 1, 1] as const },
      { ...car, track: 'bb', wxyz: [0, 0, 0, 0] as const },
    ];
    const index = await open({
      ...log,
      'annotations.feather': annotationsFile(rows),
      'city_SE3_egovehicle.feather': cityPosesFile([
        { ...city(T0, 0), wxyz: [0, 0, 0, 0] },
        { ...city(T0, Number.NaN) },
        city(T1, 1),
      ]),
    });
    expect(codes(index).sort()).toEqual([
      'argoverse-pose-bad',
      'argoverse-pose-missing',
      'cuboid-unusable',
      'cuboid-unusable',
    ]);
    expect(index.problems.find(({ code }) => code === 'argoverse-pose-bad')!.params).toEqual({ rows: 2 });
    expect(index.labels.cuboids.count).toBe(2);
  });
});

describe('sweeps as Arrow columns', () => {
  async function points(bytes: Uint8Array, part?: { field: string; equals: number }) {
    const folder = memoryFolder({ 'a.feather': bytes });
    const ref = { root: 'delivery', path: 'a.feather', lidar: 'lidar', encoding: 'feather' } as const;
    return readPoints(part ? { ...ref, part: { only: part } } : ref, {
      open: ({ path }) => folder.open(path),
      pool: freshBuffers,
      codecs: { wasm: () => Promise.reject(new Error('no codec is needed')) },
    });
  }

  it('half floats, bytes and beams become one interleaved buffer', async () => {
    const read = await points(
      sweepFile(
        [
          [0x3c00, 0x4000, 0xc000],
          [0x5640, 0, 0x8000],
        ],
        [3, 40],
      ),
    );
    if (!read.ok) throw new Error(read.problem.code);
    const { sweep } = read.value;
    const { count, strideFloats, intensity, ring, time } = sweep;
    expect([count, strideFloats, intensity, ring, time]).toEqual([2, 6, 3, 4, 5]);
    // Nanoseconds in the file.
    expect(sweep.interleaved[strideFloats + time!]).toBeCloseTo(1e-9, 15);
    const rows = [sweep.interleaved.subarray(0, 5), sweep.interleaved.subarray(6, 11)];
    expect(rows.map((row) => [...row])).toEqual([
      [1, 2, -2, 0, 3],
      [100, 0, -0, 1, 40],
    ]);
    expect(sweep.bounds).toEqual([1, 0, -2, 100, 2, -0]);
  });

  it('one of two lidars by a column of the file', async () => {
    const read = await points(
      sweepFile(
        [
          [0x3c00, 0, 0],
          [0x4000, 0, 0],
        ],
        [3, 40],
      ),
      { field: 'laser_number', equals: 40 },
    );
    if (!read.ok) throw new Error(read.problem.code);
    expect([...read.value.sweep.interleaved.subarray(0, 5)]).toEqual([2, 0, 0, 1, 40]);
    expect(read.value.sweep.count).toBe(1);
  });

  it('a table without positions names its columns', async () => {
    expect(await points(intrinsicsFile(['a']))).toMatchObject({
      ok: false,
      problem: { code: 'feather-fields-missing', path: 'a.feather' },
    });
    expect(await points(new Uint8Array(40))).toMatchObject({ ok: false, problem: { code: 'arrow-damaged' } });
  });
});
