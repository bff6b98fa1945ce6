/**
 * A made delivery in the nuScenes schema, written from the published table layout: a vehicle that drives along global
 * x at 10 m/s and turns slowly, one scene or more, three key frames each at 2 Hz, lidar sweeps between.
 */

export interface NuscenesOptions {
  readonly scenes?: number;
  /** Folder of the tables. */
  readonly tables?: string;
  /** Folder that file names are relative to. */
  readonly data?: string;
  readonly withLidarseg?: boolean;
  /** Changes the tables before they are written. */
  readonly change?: (tables: NuscenesTables) => void;
}

type Row = Record<string, unknown>;
export type NuscenesTables = Record<string, Row[]>;

export const START_MICROS = 1_532_402_927_000_000;
export const SPEED = 10;
export const TURN_PER_SECOND = 0.2;
/** Mountings: translation and yaw of the lidar, translation of the camera, which looks along the vehicle's x. */
export const LIDAR_MOUNT = { at: [0.9, 0.1, 1.8], yaw: -Math.PI / 2 } as const;
export const CAMERA_MOUNT = [1.7, 0, 1.5] as const;
export const INTRINSIC = [
  [1000, 0, 800],
  [0, 1000, 450],
  [0, 0, 1],
] as const;
/** The camera fires this long after the lidar. */
export const CAMERA_DELAY_MICROS = 40_000;

/** Where the vehicle is at a time: x, y and yaw in the global frame. */
export function vehicleAt(micros: number): { x: number; y: number; yaw: number } {
  const seconds = (micros - START_MICROS) / 1e6;
  return { x: 100 + SPEED * seconds, y: 50, yaw: 0.3 + TURN_PER_SECOND * seconds };
}

export function tokenOf(kind: string, ...numbers: readonly number[]): string {
  const text = `${kind}${numbers.join('-')}`;
  let state = 2166136261;
  let out = '';
  for (let word = 0; word < 4; word++) {
    for (const character of `${word}${text}`) state = Math.imul(state ^ character.charCodeAt(0), 16777619);
    out += (state >>> 0).toString(16).padStart(8, '0');
  }
  return out;
}

const yawed = (yaw: number) => [Math.cos(yaw / 2), 0, 0, Math.sin(yaw / 2)];

/** The pedestrian stands still; the car drives 4 m/s along global y and turns half a radian between frames. */
export function objectsAt(
  sceneSeconds: number,
): { name: string; at: number[]; size: number[]; yaw: number }[] {
  return [
    { name: 'pedestrian', at: [120, 55, 1], size: [0.6, 0.7, 1.75], yaw: 0 },
    { name: 'car', at: [115, 40 + 4 * sceneSeconds, 0.9], size: [1.9, 4.6, 1.6], yaw: 0.5 + sceneSeconds },
  ];
}

export const CLOUD_POINTS = 8;

/** Five floats a point; x counts from `first`. */
export function cloudBytes(first: number): Uint8Array {
  const values = Float32Array.from({ length: 5 * CLOUD_POINTS }, (_, i) =>
    i % 5 === 0 ? first + i / 5 : i % 5 === 4 ? (i - 4) / 5 : 1.5,
  );
  return new Uint8Array(values.buffer);
}

const SENSORS = [
  ['LIDAR_TOP', 'lidar', 'pcd.bin'],
  ['CAM_FRONT', 'camera', 'jpg'],
  ['RADAR_FRONT', 'radar', 'pcd'],
] as const;

function emptyTables(): NuscenesTables {
  const names = [
    ...['attribute', 'calibrated_sensor', 'category', 'ego_pose', 'instance', 'log', 'map', 'sample'],
    ...['sample_annotation', 'sample_data', 'scene', 'sensor', 'visibility'],
  ];
  return Object.fromEntries(names.map((name) => [name, [] as Row[]]));
}

function commonRows(tables: NuscenesTables): void {
  for (const [i, name] of ['pedestrian', 'car'].entries()) {
    tables.category!.push({ token: tokenOf('category', i), name, description: '', index: i + 1 });
  }
  tables.attribute!.push({ token: tokenOf('attribute', 0), name: 'vehicle.moving', description: '' });
  tables.visibility!.push({ token: '1', level: 'v0-40', description: '' });
  tables.visibility!.push({ token: '4', level: 'v80-100', description: '' });
  for (const [i, [channel, modality]] of SENSORS.entries()) {
    tables.sensor!.push({ token: tokenOf('sensor', i), channel, modality });
    tables.calibrated_sensor!.push({
      token: tokenOf('mount', i),
      sensor_token: tokenOf('sensor', i),
      translation: i === 0 ? LIDAR_MOUNT.at : i === 1 ? CAMERA_MOUNT : [3.4, 0, 0.5],
      // The camera's z along the vehicle's x, its x along the vehicle's -y.
      rotation: i === 0 ? yawed(LIDAR_MOUNT.yaw) : i === 1 ? [0.5, -0.5, 0.5, -0.5] : yawed(0),
      camera_intrinsic: i === 1 ? INTRINSIC : [],
    });
  }
}

/** The tables and files of a delivery by path. */
export function nuscenesFiles(options: NuscenesOptions = {}): Record<string, string | Uint8Array> {
  const { scenes = 1, tables: folder = 'v1.0-mini/', data = '', withLidarseg = false } = options;
  const tables = emptyTables();
  if (withLidarseg) tables.lidarseg = [];
  const files: Record<string, string | Uint8Array> = {};
  commonRows(tables);
  const reading = (sample: string, sensor: number, micros: number, isKey: boolean, serial: number) => {
    const [channel, modality, extension] = SENSORS[sensor]!;
    const token = tokenOf('data', sensor, micros);
    const { x, y, yaw } = vehicleAt(micros);
    const filename = `${isKey ? 'samples' : 'sweeps'}/${channel}/n1__${channel}__${micros}.${extension}`;
    tables.ego_pose!.push({ token, timestamp: micros, rotation: yawed(yaw), translation: [x, y, 0] });
    tables.sample_data!.push({
      token,
      sample_token: sample,
      ego_pose_token: token,
      calibrated_sensor_token: tokenOf('mount', sensor),
      timestamp: micros,
      fileformat: modality === 'camera' ? 'jpg' : 'pcd',
      is_key_frame: isKey,
      height: modality === 'camera' ? 900 : 0,
      width: modality === 'camera' ? 1600 : 0,
      filename,
      prev: '',
      next: '',
    });
    files[`${data}${filename}`] = modality === 'lidar' ? cloudBytes(serial) : new Uint8Array([0xff, 0xd8]);
    if (withLidarseg && modality === 'lidar' && isKey) {
      const path = `lidarseg/${token}_lidarseg.bin`;
      tables.lidarseg!.push({ token, sample_data_token: token, filename: path });
      files[`${data}${path}`] = new Uint8Array(CLOUD_POINTS).fill(2);
    }
  };
  for (let scene = 0; scene < scenes; scene++) {
    const start = START_MICROS + scene * 20_000_000;
    const sampleToken = (frame: number) => tokenOf('sample', scene, frame);
    tables.scene!.push({
      token: tokenOf('scene', scene),
      name: `scene-000${scene + 1}`,
      first_sample_token: sampleToken(0),
      last_sample_token: sampleToken(2),
      nbr_samples: 3,
      log_token: '',
      description: '',
    });
    for (const object of [0, 1]) {
      const token = tokenOf('instance', scene, object);
      tables.instance!.push({ token, category_token: tokenOf('category', object), nbr_annotations: 3 });
    }
    for (let frame = 0; frame < 3; frame++) {
      const micros = start + frame * 500_000;
      const token = sampleToken(frame);
      tables.sample!.push({
        token,
        timestamp: micros,
        prev: frame === 0 ? '' : sampleToken(frame - 1),
        next: frame === 2 ? '' : sampleToken(frame + 1),
        scene_token: tokenOf('scene', scene),
      });
      reading(token, 0, micros, true, 10 * frame);
      reading(token, 1, micros + CAMERA_DELAY_MICROS, true, 0);
      reading(token, 2, micros + 5000, true, 0);
      if (frame < 2) {
        for (const step of [1, 2]) {
          reading(token, 0, micros + step * 125_000, false, 10 * frame + step);
          reading(token, 1, micros + step * 125_000 + CAMERA_DELAY_MICROS, false, 0);
        }
      }
      for (const [object, { at, size, yaw }] of objectsAt(frame / 2).entries()) {
        const label = (other: number) => tokenOf('label', scene, other, object);
        tables.sample_annotation!.push({
          token: label(frame),
          sample_token: token,
          instance_token: tokenOf('instance', scene, object),
          visibility_token: object === 0 ? '1' : '4',
          attribute_tokens: object === 0 ? [] : [tokenOf('attribute', 0)],
          translation: at,
          size,
          rotation: yawed(yaw),
          prev: frame === 0 ? '' : label(frame - 1),
          next: frame === 2 ? '' : label(frame + 1),
          num_lidar_pts: 7 + frame,
          num_radar_pts: object,
        });
      }
    }
  }
  options.change?.(tables);
  for (const [name, rows] of Object.entries(tables))
    files[`${folder}${name}.json`] = JSON.stringify(rows, null, 0);
  return files;
}
