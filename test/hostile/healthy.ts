/** Small deliveries without a fault, one a format or carrier: what hostile ones are bent from, and fuzzing starts at. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Codecs } from '../../shared/readers/codecs.ts';
import {
  annotationsFile,
  cityPosesFile,
  extrinsicsFile,
  intrinsicsFile,
  type LabelRow,
  sweepFile,
} from '../support/argoverseFixture.ts';
import { bareCloud } from '../support/kittiFixture.ts';
import {
  compressorRecord,
  type LasFixture,
  type LasPoint,
  lasFile,
  lasRow,
  lazFile,
  rowBytesOf,
} from '../support/lasFixture.ts';
import { cloudMessage, type Dialect, pictureMessage, recordingFile } from '../support/mcapFixture.ts';
import { classes4, cuboids4, points5 } from '../support/pandasPickles.ts';
import { type FixtureField, joinBytes, type PcdFixture, pcdFile } from '../support/pcdFixture.ts';
import { fromBase64, gzipped } from '../support/pickleFixture.ts';
import { type PlyFixtureEncoding, plyFile } from '../support/plyFixture.ts';

export type Files = Record<string, string | Uint8Array>;

const modules = path.resolve(import.meta.dirname, '../../node_modules');
const wasmFiles = { 'laz-perf': 'laz-perf/lib/laz-perf.wasm', draco: 'draco3d/draco_decoder.wasm' } as const;

/** The codecs from their packages; `root` where this file was bundled to another place. */
export function packagedCodecs(root: string = modules): Codecs {
  const loaded = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    async wasm(name) {
      const known = loaded.get(name) ?? new Uint8Array(readFileSync(path.join(root, wasmFiles[name])));
      loaded.set(name, known);
      return known;
    },
  };
}

/** Twenty points on a line, with an intensity. */
export const points = Array.from({ length: 20 }, (_, at) => [at + 0.5, at / 2, at / 4, at * 10]);

const float = (name: string): FixtureField => ({ name, type: 'F', size: 4 });
export const pcdFields = [float('x'), float('y'), float('z'), float('intensity')];

export function pcd(encoding: PcdFixture['encoding'], header: Record<string, string> = {}): Uint8Array {
  return pcdFile({ fields: pcdFields, points, encoding, header });
}

/** Mixed types, so that rows are decoded and not looked at. */
export function mixedPcd(encoding: PcdFixture['encoding']): Uint8Array {
  const fields: FixtureField[] = [
    ...pcdFields.slice(0, 2),
    { name: 'z', type: 'F', size: 8 },
    { name: '_', type: 'U', size: 1, count: 3 },
    { name: 'intensity', type: 'U', size: 2 },
  ];
  return pcdFile({ fields, points: points.map(([x, y, z, i]) => [x!, y!, z!, 0, 0, 0, i!]), encoding });
}

export function ply(encoding: PlyFixtureEncoding, stated?: number): Uint8Array {
  const properties = ['x', 'y', 'z', 'intensity'].map((name) => ({ name, type: 'float' as const }));
  return plyFile(encoding, [
    { name: 'vertex', properties, rows: points, ...(stated === undefined ? {} : { stated }) },
  ]);
}

const lasPoints: LasPoint[] = points.map(([x, y, z, i]) => [
  x! * 100,
  Math.round(y! * 100),
  Math.round(z! * 100),
  i!,
]);

export function las(more: Partial<LasFixture> = {}): Uint8Array {
  return lasFile({ points: lasPoints, ...more });
}

/** A chunk of one point is that point as it is, and the four bytes its coder starts with. */
export function laz(more: Partial<LasFixture> = {}): Uint8Array {
  const fixture: LasFixture = { points: lasPoints, ...more };
  const chunks = fixture.points.map((point) => ({
    points: 1,
    bytes: joinBytes(lasRow(point, rowBytesOf(fixture)), new Uint8Array(4)),
  }));
  return lazFile(fixture, chunks, 1);
}

/** A chunk whose bytes say nothing true: what the coder makes of them is any number. */
export function noisyLaz(): Uint8Array {
  const fixture: LasFixture = { points: lasPoints };
  const noise = Uint8Array.from({ length: 400 }, (_, at) => (at * 7919) >> 3);
  const bytes = joinBytes(lasRow(lasPoints[0]!, rowBytesOf(fixture)), noise);
  return lazFile(fixture, [{ points: lasPoints.length, bytes }], null);
}
export { compressorRecord };

const START = 1_700_000_000_000_000_000n;

export function recording(
  dialect: Dialect,
  compression: '' | 'lz4' | 'zstd',
  hasIndex = true,
): Promise<Uint8Array> {
  const stamped = { stamp: START, frameId: 'lidar' };
  return recordingFile({
    dialect,
    compression,
    hasIndex,
    messages: [
      { topic: '/lidar', kind: 'cloud', logTime: START, data: cloudMessage(dialect, stamped, points) },
      {
        topic: '/camera/compressed',
        kind: 'picture',
        logTime: START + 1n,
        data: pictureMessage(dialect, { ...stamped, frameId: 'camera' }, pictureHead(640, 480)),
      },
    ],
  });
}

/** The first bytes of a PNG that states a size; no picture follows. */
export function pngHead(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  bytes.set([8, 2], 24);
  return bytes;
}

/** The first bytes of a JPEG that states a size; no picture follows. */
export function pictureHead(width: number, height: number): Uint8Array {
  return Uint8Array.from([
    ...[0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0],
    ...[0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3],
    ...[1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 0xff, 0xd9],
  ]);
}

export const cars = (...at: readonly number[]) =>
  at.map((x, car) => ({
    obj_id: String(car + 1),
    obj_type: 'Car',
    psr: {
      position: { x, y: 2, z: 0.5 },
      rotation: { x: 0, y: 0, z: 0.1 },
      scale: { x: 4.4, y: 1.8, z: 1.6 },
    },
  }));

/** SUSTechPOINTS: two frames, two cars each, a camera with its calibration. */
export function sustech(): Files {
  return {
    'label/000000.json': JSON.stringify(cars(5, 12)),
    'label/000001.json': JSON.stringify(cars(6, 13)),
    'lidar/000000.pcd': pcd('binary'),
    'lidar/000001.pcd': pcd('ascii'),
    'camera/front/000000.jpg': pictureHead(640, 480),
    'camera/front/000001.jpg': pictureHead(640, 480),
    'calib/camera/front.json': JSON.stringify({
      extrinsic: [0, -1, 0, 0.1, 0, 0, -1, 0.2, 1, 0, 0, 0.3, 0, 0, 0, 1],
      intrinsic: [500, 0, 320, 0, 500, 240, 0, 0, 1],
    }),
  };
}

export const kittiLine = 'Car 0.10 1 1.55 599.41 156.40 629.75 189.25 1.50 1.80 4.20 2.00 1.70 20.00 -1.20\n';
export const kittiCalibration =
  'P2: 700 0 600 45 0 700 180 -0.35 0 0 1 0.005\nR0_rect: 1 0 0 0 1 0 0 0 1\nTr_velo_to_cam: 0 -1 0 0 0 0 -1 -0.08 1 0 0 -0.3\n';

/** KITTI object: two frames, one car each. */
export function kitti(): Files {
  const files: Files = {};
  for (const name of ['000000', '000001']) {
    files[`label_2/${name}.txt`] = kittiLine;
    files[`calib/${name}.txt`] = kittiCalibration;
    files[`velodyne/${name}.bin`] = bareCloud([1, 2, 3, 0.5], [4, 5, 6, 0.25]);
    files[`image_2/${name}.png`] = pngHead(1242, 375);
  }
  return files;
}

const T0 = 315_966_253_660_357_000n;
const T1 = T0 + 100_196_000n;
const forward = [1, 0, 0, 0] as const;
const row: LabelRow = {
  nanos: T0,
  track: 'aa-1',
  category: 'REGULAR_VEHICLE',
  lwh: [4.5, 1.9, 1.6],
  wxyz: forward,
  translation: [10, 2, 0.5],
  points: 12,
};

export const argoverseSweep = (nanos: 0 | 1): string => `sensors/lidar/${nanos === 0 ? T0 : T1}.feather`;

/** Argoverse 2: two sweeps of a log, one cuboid each. */
export function argoverse(): Files {
  const city = (nanos: bigint, x: number) => ({ nanos, wxyz: forward, translation: [x, 2400, 66] as const });
  const camera = { wxyz: [0.5, -0.5, 0.5, -0.5] as const, translation: [1, 0, 1.5] as const };
  return {
    'annotations.feather': annotationsFile([row, { ...row, nanos: T1, translation: [9, 2, 0.5] }]),
    'city_SE3_egovehicle.feather': cityPosesFile([city(T0, 0), city(T1, 1)]),
    'calibration/egovehicle_SE3_sensor.feather': extrinsicsFile([
      { name: 'ring_front_center', ...camera },
      { name: 'up_lidar', wxyz: forward, translation: [1.35, 0, 1.64] },
    ]),
    'calibration/intrinsics.feather': intrinsicsFile(['ring_front_center']),
    [argoverseSweep(0)]: sweepFile([[0x3c00, 0x4000, 0xc000]], [3]),
    [argoverseSweep(1)]: sweepFile([[0x3c00, 0x4000, 0xc000]], [3]),
    [`sensors/cameras/ring_front_center/${T0 - 5_000_000n}.jpg`]: pictureHead(640, 480),
  };
}

const half = Math.SQRT1_2;

/** PandaSet: one sequence of two frames in pickles. */
export function pandaset(): Files {
  const pose = { position: { x: 10, y: 20, z: 1 }, heading: { w: half, x: 0, y: 0, z: half } };
  const camera = { position: { x: 10, y: 20, z: 2 }, heading: { w: 0.5, x: -0.5, y: -0.5, z: 0.5 } };
  const files: Files = {
    '002/lidar/poses.json': JSON.stringify([pose, pose]),
    '002/lidar/timestamps.json': '[1557539956.5, 1557539956.6]',
    '002/annotations/semseg/classes.json': '{"1": "Smoke"}',
    '002/camera/front_camera/intrinsics.json': '{"fx": 1970, "fy": 1971, "cx": 970, "cy": 483}',
    '002/camera/front_camera/poses.json': JSON.stringify([camera, camera]),
    '002/camera/front_camera/timestamps.json': '[1557539956.45, 1557539956.55]',
  };
  for (const name of ['00', '01']) {
    files[`002/lidar/${name}.pkl.gz`] = gzipped(fromBase64(points5));
    files[`002/annotations/cuboids/${name}.pkl.gz`] = gzipped(fromBase64(cuboids4));
    files[`002/annotations/semseg/${name}.pkl.gz`] = gzipped(fromBase64(classes4));
    files[`002/camera/front_camera/${name}.jpg`] = pictureHead(640, 480);
  }
  return files;
}

/** OpenLABEL 1.0: a lidar and a camera in a tree of systems, two frames, one car. */
export function openlabel() {
  const cuboid = (x: number) => ({
    object_data: {
      cuboid: [{ name: 'box', val: [x, 2, 3, 0, 0, 0, 1, 4, 2, 1], coordinate_system: 'odom' }],
    },
  });
  const frame = (name: string, x: number) => ({
    objects: { '1': cuboid(x) },
    frame_properties: {
      timestamp: 1_608_294_055.25 + x / 10,
      streams: {
        LIDAR: { uri: `lidar/${name}.pcd` },
        CAM: { uri: `camera/${name}.png` },
      },
    },
  });
  return {
    openlabel: {
      metadata: { schema_version: '1.0.0' },
      coordinate_systems: {
        odom: { type: 'scene_cs', parent: '', children: ['LIDAR'] },
        LIDAR: {
          type: 'sensor_cs',
          parent: 'odom',
          children: ['CAM'],
          pose_wrt_parent: { quaternion: [0, 0, 0, 1], translation: [1, 2, 3] },
        },
        CAM: {
          type: 'sensor_cs',
          parent: 'LIDAR',
          children: [],
          pose_wrt_parent: { quaternion: [-0.5, 0.5, -0.5, 0.5], translation: [1, 0, 0] },
        },
      },
      streams: {
        LIDAR: { type: 'lidar' },
        CAM: {
          type: 'camera',
          stream_properties: {
            intrinsics_pinhole: { width_px: 9, height_px: 9, camera_matrix: [9, 0, 4, 0, 9, 4, 0, 0, 1] },
          },
        },
      },
      objects: { '1': { name: 'car-1', type: 'car' } },
      frames: { '0': frame('a', 1), '1': frame('b', 2) },
    },
  };
}

export type OpenlabelDocument = ReturnType<typeof openlabel>;

export function openlabelFiles(bend: (document: OpenlabelDocument) => void = () => undefined): Files {
  const document = openlabel();
  bend(document);
  return {
    'drive.json': JSON.stringify(document),
    'lidar/a.pcd': pcd('binary'),
    'lidar/b.pcd': pcd('binary'),
    'camera/a.png': pngHead(9, 9),
    'camera/b.png': pngHead(9, 9),
  };
}
