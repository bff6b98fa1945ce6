/**
 * nuScenes v1.0 tables over the delivery's own files. The frame's space stands for the vehicle and for its lidar; the
 * world is the delivery's, or the frame's own space where it has no poses. Tokens are hashes, the same every time.
 */
import { identityMatrix, invert, multiply, transformPoint } from '../geometry/matrix.ts';
import { multiplyQuaternions, quaternionFromRotation } from '../geometry/rotation.ts';
import type { Calibration, Frame, ImageRef } from '../model/delivery.ts';
import type { Cuboid } from '../model/labelRow.ts';
import { NOT_STATED } from '../model/labels.ts';
import type { Mat4, Quaternion } from '../model/pose.ts';
import type { WriteInput, WriteLabels, WrittenFile } from './contract.ts';
import { Losses } from './losses.ts';
import { noteCommonLosses, writableCuboids } from './rows.ts';

const folder = 'v1.0-converted';
type Row = Readonly<Record<string, unknown>>;

export const writeNuscenes: WriteLabels = (input) => new Tables(input).files();

/** Where an object is labelled: the frames of its track in order. */
interface Instance {
  readonly token: string;
  readonly category: string;
  readonly annotations: readonly string[];
}

class Tables {
  readonly #input: WriteInput;
  readonly #tokens = new Map<string, string>();

  constructor(input: WriteInput) {
    this.#input = input;
  }

  *files(): Generator<WrittenFile> {
    const { index, losses } = this.#input;
    noteCommonLosses(index, losses);
    losses.add('boxes2d', index.labels.boxes2d.count);
    losses.add('shapes', index.labels.shapes.length);
    const { scenes } = index.delivery;
    const instances = this.#instances();
    const named = (kind: string, names: readonly string[]): Row[] =>
      names.map((name) => ({ token: this.#token(kind, name), name, description: '' }));
    yield table('category', named('category', index.labels.classes));
    yield table('attribute', named('attribute', this.#attributeNames()));
    yield table('visibility', visibilities);
    yield table('sensor', this.#sensors());
    yield table('calibrated_sensor', this.#calibratedSensors());
    yield table('log', [
      { token: this.#token('log', ''), logfile: '', vehicle: '', date_captured: '', location: '' },
    ]);
    yield table('map', [
      { token: this.#token('map', ''), log_tokens: [this.#token('log', '')], category: '', filename: '' },
    ]);
    yield table(
      'scene',
      scenes.map(({ id, frameStart, frameCount }, scene) => ({
        token: this.#token('scene', String(scene)),
        log_token: this.#token('log', ''),
        name: id,
        description: '',
        nbr_samples: frameCount,
        first_sample_token: this.#sample(frameStart),
        last_sample_token: this.#sample(frameStart + frameCount - 1),
      })),
    );
    yield table('sample', this.#samples());
    yield table('ego_pose', this.#sampleData('pose'));
    yield table('sample_data', this.#sampleData('data'));
    yield table(
      'instance',
      instances.map(({ token, category, annotations }) => ({
        token,
        category_token: this.#token('category', category),
        nbr_annotations: annotations.length,
        first_annotation_token: annotations[0]!,
        last_annotation_token: annotations.at(-1)!,
      })),
    );
    yield table('sample_annotation', this.#annotations(instances));
  }

  #token(kind: string, id: string): string {
    const name = `${kind}\0${id}`;
    const known = this.#tokens.get(name);
    if (known !== undefined) return known;
    const token = this.#input.sha256(new TextEncoder().encode(name)).slice(0, 32);
    this.#tokens.set(name, token);
    return token;
  }

  #sample = (frame: number): string => this.#token('sample', String(frame));
  #annotation = ({ frame, row }: Cuboid): string => this.#token('annotation', `${frame} ${row}`);

  #instanceOf({ frame, row, track }: Cuboid): string {
    const { scene } = this.#input.index.delivery.frames.at(frame)!;
    return this.#token('instance', track === null ? `label ${row}` : `track ${scene} ${track}`);
  }

  /** Walked twice: only the second walk, which writes the labels, counts what is lost. */
  *#cuboids(losses: Losses): Generator<Cuboid> {
    const { index } = this.#input;
    for (let frame = 0; frame < index.delivery.frames.length; frame++) {
      yield* writableCuboids(index.labels, frame, losses);
    }
  }

  #instances(): Instance[] {
    const found = new Map<string, { token: string; category: string; annotations: string[] }>();
    for (const cuboid of this.#cuboids(new Losses())) {
      const token = this.#instanceOf(cuboid);
      const instance = found.get(token) ?? { token, category: cuboid.className, annotations: [] };
      instance.annotations.push(this.#annotation(cuboid));
      found.set(token, instance);
    }
    return [...found.values()];
  }

  /** Attributes of nuScenes are names: text stands as `name.value`, what is true as its name alone. */
  #attributeNames(): string[] {
    const { attributeSets } = this.#input.index.labels;
    return [...new Set(attributeSets.flatMap((set) => attributeNamesOf(set).names))];
  }

  #sensors(): Row[] {
    const { lidars, cameras } = this.#input.index.delivery;
    const row = (channel: string, modality: string): Row => ({
      token: this.#token(modality, channel),
      channel,
      modality,
    });
    return [
      ...lidars.map(({ name }) => row(channelOf(name, 'LIDAR'), 'lidar')),
      ...cameras.map(({ name }) => row(channelOf(name, 'CAM'), 'camera')),
    ];
  }

  #calibratedSensors(): Row[] {
    const { lidars, calibrations, cameras } = this.#input.index.delivery;
    const { losses } = this.#input;
    return [
      ...lidars.map(({ name }) => ({
        token: this.#token('calibrated lidar', name),
        sensor_token: this.#token('lidar', channelOf(name, 'LIDAR')),
        ...placed(identityMatrix),
        camera_intrinsic: [],
      })),
      ...calibrations.map(({ camera, model, cameraFromSpace }, at) => {
        const isPinhole = model.kind === 'pinhole';
        if (!isPinhole || model.distortion.some((value) => value !== 0)) losses.add('lens-distortion');
        const matrix = isPinhole
          ? [
              [model.fx, model.skew ?? 0, model.cx],
              [0, model.fy, model.cy],
              [0, 0, 1],
            ]
          : [];
        return {
          token: this.#token('calibrated camera', String(at)),
          sensor_token: this.#token('camera', channelOf(cameras[camera]!.name, 'CAM')),
          ...placed(invert(cameraFromSpace) ?? identityMatrix),
          camera_intrinsic: matrix,
        };
      }),
    ];
  }

  *#samples(): Generator<Row> {
    const { frames, scenes } = this.#input.index.delivery;
    for (const [at, frame] of frames.entries()) {
      const { frameStart, frameCount } = scenes[frame.scene]!;
      if (frame.id !== this.#sample(at)) this.#input.losses.add('frame-names');
      if (frame.timestampNanos === null) this.#input.losses.add('times');
      yield {
        token: this.#sample(at),
        timestamp: microseconds(frame, at),
        prev: at === frameStart ? '' : this.#sample(at - 1),
        next: at === frameStart + frameCount - 1 ? '' : this.#sample(at + 1),
        scene_token: this.#token('scene', String(frame.scene)),
      };
    }
  }

  /** Readings and their poses, one of each for every file: the same walk gives either table. */
  *#sampleData(what: 'data' | 'pose'): Generator<Row> {
    const { index } = this.#input;
    const { frames, calibrations, cameras } = index.delivery;
    for (const [at, frame] of frames.entries()) {
      const world = frame.worldFromSpace ?? identityMatrix;
      const common = { sample_token: this.#sample(at), is_key_frame: true, prev: '', next: '' };
      for (const sweep of frame.sweeps) {
        const token = this.#token('reading', `${at} ${sweep.lidar} ${sweep.path}`);
        const timestamp = microseconds(frame, at);
        if (what === 'pose') {
          yield {
            token,
            timestamp,
            ...placed(sweep.spaceFromPoints ? multiply(world, sweep.spaceFromPoints) : world),
          };
          continue;
        }
        yield {
          token,
          ego_pose_token: token,
          calibrated_sensor_token: this.#token('calibrated lidar', sweep.lidar),
          timestamp,
          fileformat: sweep.path.slice(sweep.path.lastIndexOf('.') + 1),
          height: 0,
          width: 0,
          filename: sweep.path,
          ...common,
        };
      }
      for (const image of frame.images) {
        const calibration = calibrations[image.calibration];
        if (!calibration) {
          if (what === 'data') this.#input.losses.add('camera-poses');
          continue;
        }
        const { name } = cameras[image.camera]!;
        const token = this.#token('reading', `${at} ${name} ${image.path}`);
        const timestamp = microseconds(image, at, frame);
        if (what === 'pose') {
          yield { token, timestamp, ...placed(multiply(world, vehicleAt(image, calibration))) };
          continue;
        }
        yield {
          token,
          ego_pose_token: token,
          calibrated_sensor_token: this.#token('calibrated camera', String(image.calibration)),
          timestamp,
          fileformat: image.path.slice(image.path.lastIndexOf('.') + 1),
          height: calibration.height ?? 0,
          width: calibration.width ?? 0,
          filename: image.path,
          ...common,
        };
      }
    }
  }

  *#annotations(instances: readonly Instance[]): Generator<Row> {
    const { index, losses } = this.#input;
    const chains = new Map(instances.map(({ token, annotations }) => [token, annotations]));
    const reached = new Map<string, number>();
    for (const cuboid of this.#cuboids(losses)) {
      const instance = this.#instanceOf(cuboid);
      const chain = chains.get(instance)!;
      const place = reached.get(instance) ?? 0;
      reached.set(instance, place + 1);
      const { names, lost } = attributeNamesOf(cuboid.attributes);
      losses.add('attributes', lost);
      losses.add('ids');
      if (cuboid.isDerived) losses.add('derived-marks');
      const frame = index.delivery.frames.at(cuboid.frame)!;
      const world = frame.worldFromSpace ?? identityMatrix;
      const stated = index.labels.cuboids.statedPoints[cuboid.row]!;
      const [length, width, height] = cuboid.size;
      yield {
        token: this.#annotation(cuboid),
        sample_token: this.#sample(cuboid.frame),
        instance_token: instance,
        visibility_token: String(cuboid.attributes.visibility ?? ''),
        attribute_tokens: names.map((name) => this.#token('attribute', name)),
        translation: transformPoint(world, cuboid.center),
        size: [width, length, height],
        rotation: scalarFirst(multiplyQuaternions(quaternionFromRotation(world, 4), cuboid.rotation)),
        prev: chain[place - 1] ?? '',
        next: chain[place + 1] ?? '',
        num_lidar_pts: stated === NOT_STATED ? 0 : stated,
        num_radar_pts: 0,
      };
    }
  }
}

const visibilities = ['v0-40', 'v40-60', 'v60-80', 'v80-100'].map((level, at) => ({
  token: String(at + 1),
  level,
  description: '',
}));

function attributeNamesOf(set: Cuboid['attributes']): { readonly names: string[]; readonly lost: number } {
  const names: string[] = [];
  let lost = 0;
  for (const [name, value] of Object.entries(set)) {
    if (name === 'visibility') continue;
    if (typeof value === 'string') names.push(`${name}.${value}`);
    else if (value === true) names.push(name);
    else if (value !== false) lost++;
  }
  return { names, lost };
}

/** The vehicle as the picture saw it, relative to the frame's space: the camera's own pose taken back to its mount. */
function vehicleAt({ cameraFromSpace }: ImageRef, calibration: Calibration): Mat4 {
  const spaceFromCamera = cameraFromSpace && invert(cameraFromSpace);
  return spaceFromCamera ? multiply(spaceFromCamera, calibration.cameraFromSpace) : identityMatrix;
}

/** Channels tell what a sensor is by their first word. */
function channelOf(name: string, kind: 'LIDAR' | 'CAM'): string {
  const upper = name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return upper.startsWith(kind) ? upper : `${kind}_${upper}`;
}

function placed(pose: Mat4): Row {
  return {
    translation: [pose[3]!, pose[7]!, pose[11]!],
    rotation: scalarFirst(quaternionFromRotation(pose, 4)),
  };
}

function scalarFirst([x, y, z, w]: Quaternion): number[] {
  return [w, x, y, z];
}

/** Whole microseconds; frames without a time get their place, so that their order stays. */
function microseconds(
  { timestampNanos }: Pick<Frame, 'timestampNanos'>,
  place: number,
  frame?: Frame,
): number {
  const nanos = timestampNanos ?? frame?.timestampNanos ?? null;
  return nanos === null ? place * 100_000 : Number(BigInt(nanos) / 1000n);
}

function table(name: string, rows: Iterable<Row>): WrittenFile {
  return { path: `${folder}/${name}.json`, parts: jsonRows(rows) };
}

function* jsonRows(rows: Iterable<Row>): Generator<string> {
  let isFirst = true;
  for (const row of rows) {
    yield `${isFirst ? '[' : ','}\n${JSON.stringify(row)}`;
    isFirst = false;
  }
  yield isFirst ? '[]\n' : '\n]\n';
}
