/**
 * Writes tables in the nuScenes schema, of any size and always the same for the same numbers: real shapes (tokens of
 * 32 digits, rows of about 510 bytes, two-second tracks, twelve sensors, sweeps between key frames), made values.
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';

const channels = [
  ['LIDAR_TOP', 'lidar', 'pcd', 'pcd.bin', 20],
  ...['FRONT', 'FRONT_LEFT', 'FRONT_RIGHT', 'BACK', 'BACK_LEFT', 'BACK_RIGHT'].map((side) => [
    `CAM_${side}`,
    'camera',
    'jpg',
    'jpg',
    12,
  ]),
  ...['FRONT', 'FRONT_LEFT', 'FRONT_RIGHT', 'BACK_LEFT', 'BACK_RIGHT'].map((side) => [
    `RADAR_${side}`,
    'radar',
    'pcd',
    'pcd',
    13,
  ]),
];
const categories = ['vehicle.car', 'vehicle.truck', 'human.pedestrian.adult', 'movable_object.barrier'];
const framesPerScene = 40;

/** 32 hexadecimal digits that name one thing: mixed, since real tokens are random. */
function token(kind, number) {
  let digits = '';
  let state = Math.imul(kind + 1, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b);
  for (let word = 0; word < 3; word++) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + word + number;
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    digits += ((state ^ (state >>> 15)) >>> 0).toString(16).padStart(8, '0');
  }
  // The last word is the number itself, so that no two are alike.
  return digits + number.toString(16).padStart(8, '0');
}

/** A list of records as nuScenes writes it: no indentation, a line for every value. */
class Table {
  #file;
  #text = '[\n';
  #isFirst = true;
  bytes = 0;

  constructor(folder, name) {
    this.#file = openSync(path.join(folder, `${name}.json`), 'w');
  }

  add(row) {
    this.#text += `${this.#isFirst ? '' : ',\n'}${JSON.stringify(row, null, 1).replace(/\n +/g, '\n')}`;
    this.#isFirst = false;
    if (this.#text.length > 1 << 22) this.#flush();
  }

  close() {
    this.#text += '\n]';
    this.#flush();
    closeSync(this.#file);
    return this.bytes;
  }

  #flush() {
    this.bytes += writeSync(this.#file, this.#text);
    this.#text = '';
  }
}

const kinds = { sensor: 1, calibrated: 2, category: 3, attribute: 4, log: 5, scene: 6, sample: 7, data: 8 };
const instanceKind = 9;
const annotationKind = 10;

function turn(angle) {
  return [Math.cos(angle / 2), 0.0, 0.0, Math.sin(angle / 2)];
}

function smallTables(folder, scenes) {
  const tables = {
    attribute: [],
    category: [],
    visibility: [],
    map: [],
    sensor: [],
    log: [],
    calibrated_sensor: [],
  };
  for (const [i, name] of ['vehicle.moving', 'vehicle.parked', 'pedestrian.standing'].entries())
    tables.attribute.push({ token: token(kinds.attribute, i), name, description: '' });
  for (const [i, name] of categories.entries())
    tables.category.push({ token: token(kinds.category, i), name, description: '' });
  for (const [i, level] of ['v0-40', 'v40-60', 'v60-80', 'v80-100'].entries())
    tables.visibility.push({ description: '', token: String(i + 1), level });
  for (const [i, [channel, modality]] of channels.entries())
    tables.sensor.push({ token: token(kinds.sensor, i), channel, modality });
  for (let scene = 0; scene < scenes; scene++) {
    tables.log.push({
      token: token(kinds.log, scene),
      logfile: `n015-made-${scene}`,
      vehicle: 'n015',
      date_captured: '2018-07-24',
      location: 'made',
    });
    for (const [i, [, modality]] of channels.entries())
      tables.calibrated_sensor.push({
        token: token(kinds.calibrated, scene * channels.length + i),
        sensor_token: token(kinds.sensor, i),
        translation: [1.5 + 0.01 * i, 0.1 * i, 1.6],
        rotation: turn(0.3 * i),
        camera_intrinsic:
          modality === 'camera'
            ? [
                [1266.4, 0.0, 816.2],
                [0.0, 1266.4, 491.5],
                [0.0, 0.0, 1.0],
              ]
            : [],
      });
  }
  for (const [name, rows] of Object.entries(tables)) {
    const table = new Table(folder, name);
    for (const row of rows) table.add(row);
    table.close();
  }
}

function sceneTables(folder, scenes) {
  const scene = new Table(folder, 'scene');
  const sample = new Table(folder, 'sample');
  for (let s = 0; s < scenes; s++) {
    const first = s * framesPerScene;
    scene.add({
      token: token(kinds.scene, s),
      log_token: token(kinds.log, s),
      nbr_samples: framesPerScene,
      first_sample_token: token(kinds.sample, first),
      last_sample_token: token(kinds.sample, first + framesPerScene - 1),
      name: `scene-${String(s).padStart(4, '0')}`,
      description: '',
    });
    for (let f = 0; f < framesPerScene; f++) {
      sample.add({
        token: token(kinds.sample, first + f),
        timestamp: keyTime(first + f),
        prev: f === 0 ? '' : token(kinds.sample, first + f - 1),
        next: f === framesPerScene - 1 ? '' : token(kinds.sample, first + f + 1),
        scene_token: token(kinds.scene, s),
      });
    }
  }
  scene.close();
  sample.close();
}

function keyTime(frame) {
  return 1_532_402_927_647_951 + frame * 500_000;
}

/** Readings and the pose of each; the sweeps after a key frame belong to it. */
function readings(folder, scenes, hasSweeps) {
  const data = new Table(folder, 'sample_data');
  const poses = new Table(folder, 'ego_pose');
  let number = 0;
  for (let frame = 0; frame < scenes * framesPerScene; frame++) {
    const scene = Math.floor(frame / framesPerScene);
    for (const [i, [channel, modality, format, extension, hertz]] of channels.entries()) {
      const count = hasSweeps ? Math.round(hertz / 2) : 1;
      for (let step = 0; step < count; step++, number++) {
        const timestamp = keyTime(frame) + Math.round((step * 500_000) / count) + i * 1000;
        const isKey = step === 0;
        data.add({
          token: token(kinds.data, number),
          sample_token: token(kinds.sample, frame),
          ego_pose_token: token(kinds.data, number),
          calibrated_sensor_token: token(kinds.calibrated, scene * channels.length + i),
          timestamp,
          fileformat: format,
          is_key_frame: isKey,
          height: modality === 'camera' ? 900 : 0,
          width: modality === 'camera' ? 1600 : 0,
          filename: `${isKey ? 'samples' : 'sweeps'}/${channel}/n015-made-${scene}__${channel}__${timestamp}.${extension}`,
          prev: number === 0 ? '' : token(kinds.data, number - 1),
          next: token(kinds.data, number + 1),
        });
        const seconds = (timestamp - keyTime(0)) / 1e6;
        poses.add({
          token: token(kinds.data, number),
          timestamp,
          rotation: turn(Math.sin(seconds / 20)),
          translation: [400 + 3.217 * seconds, 1100 + 40 * Math.sin(seconds / 30), 0.0],
        });
      }
    }
  }
  data.close();
  poses.close();
}

function annotations(folder, scenes, count) {
  const instances = new Table(folder, 'instance');
  const table = new Table(folder, 'sample_annotation');
  const perScene = Math.ceil(count / scenes);
  let number = 0;
  let instance = 0;
  for (let scene = 0; scene < scenes; scene++) {
    for (let left = Math.min(perScene, count - number); left > 0; instance++) {
      const length = Math.min(left, 4 + ((instance * 7) % (framesPerScene - 4)));
      const start = (instance * 5) % (framesPerScene - length + 1);
      const category = instance % categories.length;
      instances.add({
        token: token(instanceKind, instance),
        category_token: token(kinds.category, category),
        nbr_annotations: length,
        first_annotation_token: token(annotationKind, number),
        last_annotation_token: token(annotationKind, number + length - 1),
      });
      for (let step = 0; step < length; step++, number++) {
        table.add({
          token: token(annotationKind, number),
          sample_token: token(kinds.sample, scene * framesPerScene + start + step),
          instance_token: token(instanceKind, instance),
          visibility_token: String(1 + (number % 4)),
          attribute_tokens: category === 3 ? [] : [token(kinds.attribute, category)],
          translation: [
            round(373.2 + (instance % 900) + 0.317 * step),
            round(1130.4 + (number % 800) / 7),
            1.25,
          ],
          size: [round(1.6 + (instance % 70) / 97), round(4.1 + (instance % 50) / 31), 1.642],
          rotation: turn(((instance % 628) - 314) / 100 + step / 97),
          prev: step === 0 ? '' : token(annotationKind, number - 1),
          next: step === length - 1 ? '' : token(annotationKind, number + 1),
          num_lidar_pts: (number * 13) % 211,
          num_radar_pts: number % 3,
        });
      }
      left -= length;
    }
  }
  instances.close();
  table.close();
}

const round = (value) => Math.round(value * 1000) / 1000;

/** Writes `v1.0-made/*.json` into `root`; answers its path. */
export function makeTables(root, { scenes, annotations: count, hasSweeps }) {
  const folder = path.join(root, 'v1.0-made');
  mkdirSync(folder, { recursive: true });
  smallTables(folder, scenes);
  sceneTables(folder, scenes);
  readings(folder, scenes, hasSweeps);
  annotations(folder, scenes, count);
  return folder;
}
