/**
 * Made PhysicalAI-AV clips, after the published tables: the vehicle of the NCore fixture, in clip time (microseconds
 * from 0), a lidar, a radar, a film and machine labels. The same files make a folder a clip, or chunks.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { storedZip } from './archiveFixture.ts';
import { dracoCloud } from './dracoFixture.ts';
import {
  apply,
  fThetaParameters,
  inverse,
  rigFromCamera,
  rigFromLidar,
  START,
  wall,
  worldFromRig,
} from './ncoreFixture.ts';
import type { FixtureColumn } from './parquetFixture.ts';
import { parquetFixture } from './parquetFixture.ts';

export const PERIOD = 100_000;
export const SPINS = 3;
export const DELAY = 31_000;
export const LIDAR = 'lidar_top_360fov';
export const CAMERA = 'camera_front_wide_120fov';
export const RADAR = 'radar_front_center_srr_0';

export const spinEnd = (spin: number) => PERIOD * (spin + 1);
/** The fixture's vehicle at a time of the clip. */
export const anchorFromRig = (time: number) => worldFromRig(START + time);

const column = (
  name: string,
  type: FixtureColumn['type'],
  values: FixtureColumn['values'],
): FixtureColumn => ({ name, type, values });
const doubles = (name: string, values: readonly number[]) => column(name, 'double', values);
const longs = (name: string, values: readonly number[]) => column(name, 'int64', values.map(BigInt));
const texts = (name: string, values: readonly string[]) => column(name, 'text', values);

/** Quaternion x, y, z, w of a rotation with a positive trace or about z. */
function quaternionOf(m: number[][]): [number, number, number, number] {
  const r = (i: number, k: number) => m[i]![k]!;
  const w = Math.sqrt(Math.max(0, 1 + r(0, 0) + r(1, 1) + r(2, 2))) / 2;
  if (w > 1e-6)
    return [(r(2, 1) - r(1, 2)) / (4 * w), (r(0, 2) - r(2, 0)) / (4 * w), (r(1, 0) - r(0, 1)) / (4 * w), w];
  throw new Error('a rotation by half a turn');
}

function poseColumns(poses: readonly number[][][]): FixtureColumn[] {
  const quaternions = poses.map(quaternionOf);
  return [
    ...['qx', 'qy', 'qz', 'qw'].map((name, i) =>
      doubles(
        name,
        quaternions.map((q) => q[i]!),
      ),
    ),
    ...['x', 'y', 'z'].map((name, i) =>
      doubles(
        name,
        poses.map((pose) => pose[i]![3]!),
      ),
    ),
  ];
}

export function egomotion(): Uint8Array {
  const times = Array.from({ length: 14 }, (_, i) => -2 * 50_000 + i * 50_000);
  return parquetFixture([longs('timestamp', times), ...poseColumns(times.map(anchorFromRig))]);
}

export function extrinsics(clips: readonly string[], sensors: Record<string, number[][]>): Uint8Array {
  const rows = clips.flatMap((clip) =>
    Object.entries(sensors).map(([sensor, pose]) => ({ clip, sensor, pose })),
  );
  return parquetFixture([
    texts(
      'clip_id',
      rows.map(({ clip }) => clip),
    ),
    texts(
      'sensor_name',
      rows.map(({ sensor }) => sensor),
    ),
    ...poseColumns(rows.map(({ pose }) => pose)),
  ]);
}

export const rigFromRadar = [
  [1, 0, 0, 3.6],
  [0, 1, 0, 0],
  [0, 0, 1, 0.5],
  [0, 0, 0, 1],
];
export const mounted = { [LIDAR]: rigFromLidar, [CAMERA]: rigFromCamera };

export function intrinsics(clips: readonly string[]): Uint8Array {
  const parameters = JSON.stringify({
    ...fThetaParameters,
    external_distortion_parameters: null,
    shutter_delay_us: DELAY,
  });
  return parquetFixture([
    texts('clip_id', clips),
    texts(
      'camera_name',
      clips.map(() => CAMERA),
    ),
    texts(
      'model_type',
      clips.map(() => 'ftheta'),
    ),
    texts(
      'model_parameters',
      clips.map(() => parameters),
    ),
    column(
      'ego_mask_image_png',
      'bytes',
      clips.map(() => new Uint8Array(0)),
    ),
  ]);
}

/** Points of the wall at the times the lidar meets them; the spin before the clip's start has a negative time. */
export async function lidar(hasStartsOnly = false): Promise<Uint8Array> {
  const spins = Array.from({ length: SPINS + 1 }, (_, i) => i - 1);
  const clouds = await Promise.all(
    spins.map((spin) => {
      const start = spinEnd(spin) - PERIOD;
      const times = wall.map((_, i) => start + Math.round(((i + 0.5) / wall.length) * PERIOD));
      const positions = wall.map((point, i) =>
        apply(inverse(rigFromLidar), apply(inverse(anchorFromRig(times[i]!)), point)),
      );
      return dracoCloud({ positions, intensity: wall.map((_, i) => i), timestamp: times });
    }),
  );
  const starts = spins.map((spin) => spinEnd(spin) - PERIOD);
  const times = hasStartsOnly
    ? [longs('spin_index', spins), longs('reference_timestamp', starts)]
    : [longs('spin_start_timestamp', starts), longs('spin_end_timestamp', spins.map(spinEnd))];
  return parquetFixture([...times, column('draco_encoded_pointcloud', 'bytes', clouds)], { rowsPerGroup: 1 });
}

/** Lenses as earlier releases give them. */
export function lensColumns(clips: readonly string[]): Uint8Array {
  const one = (name: string, value: number) =>
    doubles(
      name,
      clips.map(() => value),
    );
  return parquetFixture([
    texts('clip_id', clips),
    texts(
      'camera_name',
      clips.map(() => CAMERA),
    ),
    longs(
      'width',
      clips.map(() => 1920),
    ),
    longs(
      'height',
      clips.map(() => 1080),
    ),
    one('cx', 959.5),
    one('cy', 539.5),
    ...[0, 0.001, 0, 1e-11, 0].map((value, i) => one(`bw_poly_${i}`, value)),
    ...[0, 1000, 0, -12, 0].map((value, i) => one(`fw_poly_${i}`, value)),
  ]);
}

/** Two scans, the first with one return behind the sensor's own time. */
export function radar(): Uint8Array {
  return parquetFixture([
    longs('scan_index', [7, 7, 7, 8]),
    longs('sensor_timestamp', [-5, spinEnd(0), spinEnd(0), spinEnd(1)]),
    doubles('azimuth', [0, 0, Math.PI / 2, 0]),
    doubles('elevation', [0, 0, 0, Math.PI / 6]),
    doubles('distance', [5, 10, 20, 30]),
    doubles('rcs', [1, 2, 3, 4]),
    doubles('radial_velocity', [0, 0, 0, 0]),
  ]);
}

/** Ten pictures a second, the first one before the clip's start. */
export const pictureEnd = (row: number) => row * PERIOD - PERIOD + 60_000;

export interface Obstacle {
  readonly track: number;
  readonly time: number;
  readonly frame?: string;
  readonly frameTime?: number;
  readonly center?: readonly [number, number, number];
  readonly source?: string;
}

export function obstacles(rows: readonly Obstacle[]): Uint8Array {
  const center = (axis: number) => rows.map((row) => (row.center ?? [10, 2, 1])[axis]!);
  return parquetFixture([
    longs(
      'track_id',
      rows.map(({ track }) => track),
    ),
    texts(
      'label_class',
      rows.map(() => 'automobile'),
    ),
    longs(
      'timestamp_us',
      rows.map(({ time }) => time),
    ),
    texts(
      'reference_frame',
      rows.map(({ frame }) => frame ?? 'rig'),
    ),
    longs(
      'reference_frame_timestamp_us',
      rows.map(({ time, frameTime }) => frameTime ?? time),
    ),
    ...['x', 'y', 'z'].map((axis, i) => doubles(`center_${axis}`, center(i))),
    ...['x', 'y', 'z'].map((axis, i) =>
      doubles(
        `size_${axis}`,
        rows.map(() => [4, 2, 1.5][i]!),
      ),
    ),
    ...['x', 'y', 'z', 'w'].map((axis, i) =>
      doubles(
        `orientation_${axis}`,
        rows.map(() => [0, 0, Math.sin(0.25), Math.cos(0.25)][i]!),
      ),
    ),
    texts(
      'source',
      rows.map(({ source }) => source ?? 'lidar:autolabel:v2'),
    ),
    doubles(
      'confidence',
      rows.map(() => 0.75),
    ),
  ]);
}

export const film = new Uint8Array(
  readFileSync(path.resolve(import.meta.dirname, '../unit/readers/video/h264.mp4')),
);

export type ClipParts = Record<string, Uint8Array>;

/** A clip's own files, by their names behind the clip's. */
export async function clipParts(rows: readonly Obstacle[]): Promise<ClipParts> {
  const times = Array.from({ length: 30 }, (_, row) => pictureEnd(row));
  return {
    'labels/egomotion.offline.parquet': egomotion(),
    'labels/obstacle.offline.parquet': obstacles(rows),
    [`lidar/${LIDAR}.parquet`]: await lidar(),
    [`radar/${RADAR}.parquet`]: radar(),
    [`camera/${CAMERA}.mp4`]: film,
    [`camera/${CAMERA}.timestamps.parquet`]: parquetFixture([longs('timestamp', times)]),
    [`camera/${CAMERA}.blurred_boxes.parquet`]: parquetFixture([
      longs('frame_index', [2, 2, 29]),
      ...[
        [1, 10, 0],
        [2, 20, 0],
        [3, 30, 0],
        [4, 40, 0],
      ].map((values, i) => doubles(['x1', 'y1', 'x2', 'y2'][i]!, values)),
    ]),
  };
}

/** A folder a clip. */
export function clipFolder(clip: string, parts: ClipParts): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {
    [`${clip}/calibration/sensor_extrinsics.offline.parquet`]: extrinsics([clip], mounted),
    [`${clip}/calibration/sensor_extrinsics.parquet`]: extrinsics([clip], {
      ...mounted,
      [RADAR]: rigFromRadar,
    }),
    [`${clip}/calibration/camera_intrinsics.offline.parquet`]: intrinsics([clip]),
  };
  for (const [name, bytes] of Object.entries(parts)) {
    const [folder, file] = name.split('/');
    files[`${clip}/${folder}/${clip}.${file}`] = bytes;
  }
  return files;
}

/** Chunks of several clips: an archive for each recorded feature, a table for each calibration. */
export function chunkFolder(clips: Readonly<Record<string, ClipParts>>): Record<string, Uint8Array> {
  const ids = Object.keys(clips);
  const files: Record<string, Uint8Array> = {
    'features.csv': new TextEncoder().encode('feature,directory,chunk_path,clip_files_in_zip\n'),
    'calibration/sensor_extrinsics/sensor_extrinsics.chunk_0003.parquet': extrinsics(ids, mounted),
    'calibration/camera_intrinsics/camera_intrinsics.chunk_0003.parquet': intrinsics(ids),
  };
  const archives: Record<string, { name: string; content: Uint8Array }[]> = {};
  for (const [id, parts] of Object.entries(clips)) {
    for (const [name, content] of Object.entries(parts)) {
      const [folder, file = ''] = name.split('/');
      const feature = file.replace(/(?:\.timestamps|\.blurred_boxes)?\.(?:parquet|mp4)$/, '');
      const archive = `${folder}/${feature.replace('.offline', '')}/${feature}.chunk_0003.zip`;
      archives[archive] ??= [];
      archives[archive].push({ name: `${id}.${file}`, content });
    }
  }
  for (const [path, entries] of Object.entries(archives)) files[path] = storedZip(entries);
  return files;
}
