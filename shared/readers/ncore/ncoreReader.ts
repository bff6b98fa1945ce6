/**
 * NVIDIA NCore V4: sequences of component stores. Frames are the sweeps of the main lidar (or, without one, the clouds
 * or the pictures there are), given in the vehicle's frame at the end of the sweep; everything else is brought there
 * through the pose graph.
 */
import type { Folder } from '../../base/bytes.ts';
import { identityMatrix } from '../../geometry/matrix.ts';
import type { FileRef, ImageRef, SweepRef } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import { exposedImage, isSamePose, middleOf } from './exposures.ts';
import type { FrameTime } from './labelSources.ts';
import { addCuboidSources } from './labelSources.ts';
import { sourcesOfInstance } from './ncoreCuboids.ts';
import type { NcoreComponents, NcoreSensor, SensorFrame } from './ncoreSequence.ts';
import { readComponents } from './ncoreSequence.ts';
import { fileOfStore, readSequences, storePaths } from './ncoreStores.ts';
import { nanosOfMicros, nearestByTime } from './nearest.ts';
import { RIG, WORLD } from './poseGraph.ts';

/** A sensor's frame further away in time than this, microseconds, belongs to another instant. */
const FARTHEST = 60_000;

class SequenceReader {
  readonly #id: string;
  readonly #components: NcoreComponents;
  readonly #builder: DeliveryBuilder;
  readonly #trackPrefix: string;
  readonly #space: string;
  readonly #companions: readonly FileRef[];

  constructor(id: string, components: NcoreComponents, builder: DeliveryBuilder, hasSeveral: boolean) {
    this.#id = id;
    this.#components = components;
    this.#builder = builder;
    this.#trackPrefix = hasSeveral ? `${id}/` : '';
    const { poses, posesStore } = components;
    this.#space = poses.has(RIG) ? RIG : 'lidar';
    this.#companions = posesStore ? [fileOfStore(posesStore)] : [];
  }

  read(): void {
    this.#builder.startScene(this.#id);
    const frames = this.#frameTimes().map(({ start, end }): FrameTime => {
      return { frame: this.#addFrame(start, end), start, end };
    });
    const { poses, cuboids } = this.#components;
    const sources = cuboids.flatMap(({ name, store, observations }) => {
      const found = sourcesOfInstance(
        name,
        observations,
        fileOfStore(store, `cuboids/${name}/cuboids/.zattrs`).path,
      );
      if (found.bad > 0) {
        const params = { instance: name, count: found.bad };
        const { path } = store.store;
        this.#builder.problems.add({ code: 'ncore-cuboid-bad', severity: 'error', path, params });
      }
      return found.sources;
    });
    const trackPrefix = this.#trackPrefix;
    addCuboidSources(sources, this.#builder, { frames, space: this.#space, poses, trackPrefix });
  }

  /** The lidar that spins the instants: the one with most sweeps. */
  #mainLidar(): NcoreSensor | null {
    const lidars = [...this.#components.lidars].sort((a, b) => b.frames.length - a.frames.length);
    return lidars[0] && lidars[0].frames.length > 0 ? lidars[0] : null;
  }

  #frameTimes(): readonly SensorFrame[] {
    const { clouds, cameras } = this.#components;
    const lidar = this.#mainLidar();
    if (lidar) return lidar.frames;
    const cloud = clouds.find((source) => source.clouds.length > 0);
    if (cloud) return cloud.clouds.map(({ time }) => ({ start: time, end: time }));
    return cameras.find((camera) => camera.frames.length > 0)?.frames ?? [];
  }

  #addFrame(start: number, end: number): number {
    const { poses, lidars, radars, clouds, cameras } = this.#components;
    const sweeps = lidars.flatMap((lidar) => this.#sweep('lidars', lidar, end));
    for (const source of clouds) {
      const at = nearestByTime(source.clouds, ({ time }) => time, end, FARTHEST);
      if (at < 0) continue;
      const { index, time, frame } = source.clouds[at]!;
      const key = `point_clouds/${source.name}/pcs/${index}`;
      const spaceFromPoints = poses.between(this.#space, end, frame, time);
      if (!spaceFromPoints) this.#reportPose(frame, source.store.store.path);
      sweeps.push({
        ...fileOfStore(source.store, `${key}/xyz/0.0`),
        lidar: source.name,
        encoding: 'ray-bundle',
        part: { name: key },
        timestampNanos: nanosOfMicros(time),
        ...(spaceFromPoints ? { spaceFromPoints } : {}),
      });
    }
    const returns = radars.flatMap((radar) => this.#sweep('radars', radar, end));
    const worldFromSpace = poses.at(WORLD, this.#space, end);
    return this.#builder.addFrame({
      key: String(end),
      timestampNanos: nanosOfMicros(end),
      space: this.#space,
      sweeps,
      images: cameras.flatMap((camera) => this.#image(camera, start, end)),
      ...(returns.length > 0 ? { radars: returns } : {}),
      ...(worldFromSpace ? { worldFromSpace } : {}),
    });
  }

  /**
   * A ray bundle near the frame's time. With poses over all of it, its points come out in the vehicle's frame at its
   * own end; without, in the sensor's own frame, and only the mounting is known.
   */
  #sweep(component: 'lidars' | 'radars', sensor: NcoreSensor, frameEnd: number): SweepRef[] {
    const at = nearestByTime(sensor.frames, ({ end }) => end, frameEnd, FARTHEST);
    if (at < 0) return [];
    const { start, end } = sensor.frames[at]!;
    const { poses } = this.#components;
    const { name, store } = sensor;
    const key = `${component}/${name}/frames/${end}`;
    const isMoved = [start, end].every((time) => poses.between(RIG, end, name, time) !== null);
    const spaceFromPoints = isMoved
      ? poses.between(this.#space, frameEnd, RIG, end)
      : poses.between(this.#space, frameEnd, name, frameEnd);
    if (!isMoved && this.#space === RIG) this.#reportPose(name, store.store.path);
    return [
      {
        ...fileOfStore(store, `${key}/ray_bundle/direction/0.0`),
        lidar: name,
        encoding: 'ray-bundle',
        part: { name: key },
        timestampNanos: nanosOfMicros(end),
        ...(isMoved ? { companions: this.#companions } : {}),
        ...(spaceFromPoints && !isSamePose(spaceFromPoints, identityMatrix) ? { spaceFromPoints } : {}),
      },
    ];
  }

  #image(camera: NcoreSensor, frameStart: number, frameEnd: number): ImageRef[] {
    const { name, store, frames } = camera;
    this.#builder.camera(name);
    const at = nearestByTime(frames, middleOf, frameEnd, Math.max(FARTHEST, frameEnd - frameStart));
    if (at < 0) return [];
    const { poses, lenses } = this.#components;
    const setting = { name, lens: lenses.get(name), poses, space: this.#space, frameTime: frameEnd };
    const { image, isPlaced } = exposedImage(this.#builder, setting, frames[at]!);
    if (!isPlaced) this.#reportPose(name, store.store.path);
    const key = `cameras/${name}/frames/${frames[at]!.end}/image`;
    return [{ ...fileOfStore(store, `${key}/0`), ...image, encoding: 'zarr', part: { name: key } }];
  }

  /** Once a sensor: every one of its frames would say the same. */
  readonly #reported = new Set<string>();
  #reportPose(frame: string, path: string): void {
    if (this.#reported.has(frame)) return;
    this.#reported.add(frame);
    const params = { frame: frame.slice(0, 200) };
    this.#builder.problems.add({ code: 'ncore-pose-missing', severity: 'warning', path, params });
  }
}

/** Files that cuboids were read from: the archive, or those of a folder's that hold metadata. */
function labelFiles({ entries }: Folder, store: string, instance: string): string[] {
  if (!store.endsWith('/')) return [store];
  const names = ['.zmetadata.cbor.xz', '.zmetadata', `cuboids/${instance}/cuboids/.zattrs`];
  const wanted = new Set(names.map((name) => store + name));
  return entries.map(({ path }) => path).filter((path) => wanted.has(path));
}

async function detect(folder: Folder): Promise<number> {
  return storePaths(folder.entries).length > 0 ? 0.95 : 0;
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const report = builder.problems.add.bind(builder.problems);
  const sequences = await readSequences(folder, context, report);
  for (const sequence of sequences) {
    context.signal?.throwIfAborted();
    const components = await readComponents(sequence, report);
    for (const { name, store } of components.cuboids) {
      if (store.root === 'delivery')
        for (const path of labelFiles(folder, store.path, name)) builder.labelFile(path);
    }
    new SequenceReader(sequence.id, components, builder, sequences.length > 1).read();
  }
  return builder.build('ncore');
}

export const ncoreReader: Reader = { id: 'ncore', lookedFor: 'readers.lookedFor.ncore', detect, index };
