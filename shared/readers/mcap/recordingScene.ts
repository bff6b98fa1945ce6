/** The frames of one recording: a cloud each, or a picture where there are no clouds, with what was seen beside it. */
import { identityMatrix, invertRigid, multiply } from '../../geometry/matrix.ts';
import type { Calibration, ImageRef, SweepRef } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import { cameraModel } from './lenses.ts';
import type { CalibrationMessage } from './messages.ts';
import type { RecordingContents, SensorTopic, Taken } from './recordingContents.ts';
import { nearest } from './recordingContents.ts';

/** Half the period of a 10 Hz lidar: what was taken further away in time belongs to another frame. */
const REACH = 50_000_000n;
/** Name of the space where messages name no frame. */
const UNNAMED = 'lidar';

/** The sensor that gives the frames: the one of most weight, of equals the first by name. */
function leading(topics: readonly SensorTopic[], weight: (topic: SensorTopic) => number): SensorTopic | null {
  const order = [...topics].sort((a, b) => weight(b) - weight(a) || (a.topic < b.topic ? -1 : 1));
  return order[0] ?? null;
}

/** Radars give clouds too, small ones and often: a vehicle's main lidar is the one with most to say. */
const cloudWeight = ({ bytes }: SensorTopic) => bytes;
const pictureWeight = ({ taken }: SensorTopic) => taken.length;

/** How many leading parts two topics share: `/front/image` and `/front/camera_info` one. */
function sharedParts(one: string, other: string): number {
  const [a, b] = [one.split('/'), other.split('/')];
  const differs = a.findIndex((part, i) => part !== b[i]);
  return differs < 0 ? a.length : differs;
}

export class RecordingScene {
  readonly #path: string;
  readonly #contents: RecordingContents;
  readonly #builder: DeliveryBuilder;
  readonly #told = new Set<string>();
  readonly #calibrationsOf = new Map<string, readonly CalibrationMessage[]>();
  /** The place a camera was first seen at: pictures that were taken from the same one need not repeat it. */
  readonly #firstPlaces = new Map<string, Mat4>();

  constructor(path: string, contents: RecordingContents, builder: DeliveryBuilder) {
    this.#path = path;
    this.#contents = contents;
    this.#builder = builder;
  }

  addTo(scene: string): void {
    const { clouds, cameras } = this.#contents;
    const lead = leading(clouds, cloudWeight) ?? leading(cameras, pictureWeight);
    this.#builder.startScene(scene);
    if (!lead) {
      this.#builder.problems.add({ code: 'mcap-no-sensors', severity: 'error', path: this.#path });
      return;
    }
    const others = clouds.filter((topic) => topic !== lead);
    const lidars = clouds.includes(lead) ? [lead, ...others] : [];
    for (const { topic } of cameras) this.#builder.camera(topic);
    for (const taken of lead.taken) this.#addFrame(lead, taken, lidars);
  }

  #addFrame(lead: SensorTopic, taken: Taken, lidars: readonly SensorTopic[]): void {
    const space = lead.frameId || UNNAMED;
    const placed = this.#contents.tree.place(lead.frameId, taken.stamp);
    const sweeps = lidars.flatMap((lidar) => this.#sweep(lidar, lead, taken));
    const images = this.#contents.cameras.flatMap((camera) => this.#image(camera, lead, taken));
    this.#builder.addFrame({
      key: taken.stamp.toString(),
      timestampNanos: taken.stamp.toString(),
      space,
      sweeps,
      images,
      ...(placed?.isMoving ? { worldFromSpace: placed.rootFromFrame } : {}),
    });
  }

  #sweep(lidar: SensorTopic, lead: SensorTopic, frame: Taken): SweepRef[] {
    const { stamp } = frame;
    const taken = lidar === lead ? frame : lidar.taken[nearest(lidar.taken, stamp, REACH)];
    if (!taken) return [];
    const spaceFromPoints = this.#between(lead.frameId, stamp, lidar.frameId, taken.stamp);
    if (!spaceFromPoints) {
      this.#cannotPlace(lidar.frameId, lead.frameId);
      return [];
    }
    const { name, row } = taken;
    return [
      {
        root: 'delivery',
        path: this.#path,
        lidar: lidar.topic,
        encoding: 'mcap',
        part: { name, row },
        ...(taken.stamp === stamp ? {} : { timestampNanos: taken.stamp.toString() }),
        ...(spaceFromPoints === identityMatrix ? {} : { spaceFromPoints }),
      },
    ];
  }

  #image(camera: SensorTopic, lead: SensorTopic, frame: Taken): ImageRef[] {
    const { stamp } = frame;
    const taken = camera === lead ? frame : camera.taken[nearest(camera.taken, stamp, REACH)];
    if (!taken) return [];
    const index = this.#builder.camera(camera.topic);
    const message = this.#calibrationFor(camera, taken.stamp);
    const model = message ? cameraModel(message, camera.topic) : null;
    const frameId = message?.frameId || camera.frameId;
    const cameraFromSpace = model ? this.#between(frameId, taken.stamp, lead.frameId, stamp) : null;
    if (!model) this.#uncalibrated(camera.topic);
    else if (!cameraFromSpace) this.#cannotPlace(frameId, lead.frameId);
    const { name, row } = taken;
    const image = {
      root: 'delivery' as const,
      path: this.#path,
      camera: index,
      timestampNanos: taken.stamp.toString(),
      encoding: 'mcap' as const,
      part: { name, row },
    };
    if (!model || !message || !cameraFromSpace) return [{ ...image, calibration: -1 }];
    const first = this.#firstPlaces.get(camera.topic) ?? cameraFromSpace;
    this.#firstPlaces.set(camera.topic, first);
    const calibration: Calibration = {
      camera: index,
      model,
      cameraFromSpace: first,
      ...(message.width > 0 && message.height > 0 ? { width: message.width, height: message.height } : {}),
    };
    if (model.kind === 'unknown') this.#unknownModel(camera.topic, model.name);
    const isElsewhere = cameraFromSpace.some((value, i) => value !== first[i]);
    return [
      {
        ...image,
        calibration: this.#builder.calibration(calibration),
        ...(isElsewhere ? { cameraFromSpace } : {}),
      },
    ];
  }

  /** `toFromFrom` between two frames at two times, through the root they share; null where they share none. */
  #between(to: string, toStamp: bigint, from: string, fromStamp: bigint): Mat4 | null {
    const { tree } = this.#contents;
    const [target, source] = [tree.place(to, toStamp), tree.place(from, fromStamp)];
    if (to === from && (toStamp === fromStamp || !target?.isMoving)) return identityMatrix;
    if (!target || !source || target.root !== source.root) return null;
    return multiply(invertRigid(target.rootFromFrame), source.rootFromFrame);
  }

  /** The latest calibration of the camera at a time, or its first: by frame, then by how much of the topic agrees. */
  #calibrationFor(camera: SensorTopic, stamp: bigint): CalibrationMessage | null {
    let known = this.#calibrationsOf.get(camera.topic);
    if (!known) {
      known = this.#candidates(camera);
      this.#calibrationsOf.set(camera.topic, known);
    }
    return known.findLast((message) => message.stamp <= stamp) ?? known[0] ?? null;
  }

  #candidates(camera: SensorTopic): CalibrationMessage[] {
    const { calibrations } = this.#contents;
    const ofFrame = calibrations.filter(({ message }) => message.frameId === camera.frameId);
    const isShared =
      this.#contents.cameras.length > 1 &&
      new Set(this.#contents.cameras.map(({ frameId }) => frameId)).size === 1;
    // Producers that name no frames, or one for all cameras, leave the topics to tell.
    const pool =
      ofFrame.length > 0 && !isShared
        ? ofFrame
        : calibrations.filter(({ topic }) => sharedParts(topic, camera.topic) > 1);
    const rank = ({ topic, message }: (typeof calibrations)[number]) => {
      const model = cameraModel(message, camera.topic);
      const usable = model === null ? 0 : model.kind === 'unknown' ? 1 : 2;
      return 1000 * usable + sharedParts(topic, camera.topic);
    };
    const best = Math.max(...pool.map(rank));
    const topic = pool.find((candidate) => rank(candidate) === best)?.topic;
    return pool.filter((candidate) => candidate.topic === topic).map(({ message }) => message);
  }

  #cannotPlace(from: string, to: string): void {
    const params = { from: from || '?', to: to || '?' };
    this.#once(`place ${params.from} ${params.to}`, 'mcap-transform-missing', params);
  }

  #uncalibrated(camera: string): void {
    this.#once(`calibration ${camera}`, 'camera-uncalibrated', { camera });
  }

  #unknownModel(camera: string, model: string): void {
    this.#once(`model ${camera}`, 'camera-model-unknown', { camera, model });
  }

  #once(key: string, code: string, params: Record<string, string>): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#builder.problems.add({ code, severity: 'warning', path: this.#path, params });
  }
}
