/**
 * Makes a delivery whose truth is known: a small town with traffic, swept by a lidar and photographed, labelled as
 * OpenLABEL, with faults put into the labels on purpose. Files go to the sink one by one; nothing but one scene's
 * world and label text is held, so memory does not grow with the number of scenes.
 */
import { actorInstances, Photographer } from './camera/exposure.ts';
import { encodeJpeg } from './camera/jpeg.ts';
import { type CameraSpec, LIDAR_NAME, LIDAR_POSITION, makeRig } from './camera/rig.ts';
import { DefectInjector } from './labels/defects.ts';
import { OpenLabelScene, type SensorFile } from './labels/openLabel.ts';
import { encodeOrder, encodeTruth } from './labels/sideFiles.ts';
import { type Shot, trueLabels } from './labels/truth.ts';
import { makeBeams } from './lidar/beams.ts';
import { Caster } from './lidar/caster.ts';
import { encodePcd } from './lidar/pcd.ts';
import { sprayClouds } from './lidar/spray.ts';
import { type MadeSweep, makeSweep, type SweepEffects } from './lidar/sweep.ts';
import type { SynthOptions } from './options.ts';
import { cos, sin } from './portableMath.ts';
import { randomStream } from './random.ts';
import type { Placement } from './world/motion.ts';
import { makeWorld, type World } from './world/world.ts';

/** Where the files go. Paths are relative with `/`; a file is written once and whole. */
export interface SynthSink {
  write(path: string, bytes: Uint8Array): Promise<void>;
}

export interface SynthProgress {
  readonly scene: string;
  /** Frames finished and to be made, over the whole delivery. */
  readonly done: number;
  readonly total: number;
}

export interface SynthRun {
  progress?(progress: SynthProgress): void;
  readonly signal?: AbortSignal;
}

/** What was made, for the caller to say. */
export interface SynthSummary {
  readonly scenes: number;
  readonly frames: number;
  readonly files: number;
  readonly bytes: number;
  readonly cuboids: number;
  /** Labels that are wrong, one per frame and object. */
  readonly defects: number;
}

/** 2026-03-02 09:00:00 UTC; scenes begin ten minutes apart. */
const FIRST_SECONDS = 1_772_442_000n;
const SCENE_GAP_SECONDS = 600n;
const FRAME_SECONDS = 0.1;

/**
 * Writes the whole delivery: `labels/`, `sensors/`, `order.json` and, for the auditor's eyes, `truth.json`. `options`
 * are those that `synthOptions` let pass. Rejects with the signal's reason when aborted, or with the sink's own error.
 */
export async function synthesise(
  options: SynthOptions,
  sink: SynthSink,
  run: SynthRun = {},
): Promise<SynthSummary> {
  const maker = new Maker(options, sink, run);
  for (let index = 0; index < options.scenes; index++) await maker.makeScene(index);
  return maker.finish();
}

class Maker {
  readonly #options: SynthOptions;
  readonly #sink: SynthSink;
  readonly #run: SynthRun;
  readonly #rig: readonly CameraSpec[];
  readonly #caster: Caster;
  readonly #injector: DefectInjector;
  #files = 0;
  #bytes = 0;
  #cuboids = 0;
  #framesDone = 0;

  constructor(options: SynthOptions, sink: SynthSink, run: SynthRun) {
    this.#options = options;
    this.#sink = sink;
    this.#run = run;
    this.#rig = makeRig(options.cameras, options.imageWidth, options.imageHeight);
    this.#caster = new Caster(makeBeams(options.lidar));
    this.#injector = new DefectInjector(options.defects, options.seed, options.scenes, options.frames);
  }

  async makeScene(index: number): Promise<void> {
    const { frames, scenes, seed, effects } = this.#options;
    this.#run.signal?.throwIfAborted();
    const scene = sceneName(index);
    const world = makeWorld(seed, index, frames * FRAME_SECONDS, effects?.vegetation);
    const photographer = new Photographer(world);
    const labels = new OpenLabelScene(scene, this.#rig);
    this.#injector.startScene(scene);
    for (let frame = 0; frame < frames; frame++) {
      await this.#makeFrame(index, frame, world, photographer, labels);
      this.#framesDone++;
      this.#run.progress?.({ scene, done: this.#framesDone, total: frames * scenes });
    }
    await this.#write(`labels/${scene}.json`, labels.encode());
  }

  async #makeFrame(
    index: number,
    frame: number,
    world: World,
    photographer: Photographer,
    labels: OpenLabelScene,
  ): Promise<void> {
    this.#run.signal?.throwIfAborted();
    const scene = sceneName(index);
    const start = (FIRST_SECONDS + SCENE_GAP_SECONDS * BigInt(index)) * 1_000_000_000n;
    const nanos = start + BigInt(frame) * 100_000_000n;
    const time = frame * FRAME_SECONDS;
    const { sweep, lidar, ego } = this.#sweep(index, frame, world, time);
    const uri = (sensor: string, ending: string) =>
      `sensors/${scene}/${sensor}/${String(frame).padStart(6, '0')}.${ending}`;
    const files: SensorFile[] = [{ sensor: LIDAR_NAME, uri: uri(LIDAR_NAME, 'pcd'), nanos }];
    await this.#write(files[0]!.uri, encodePcd(sweep));
    photographer.prepare(time);
    const shots: Shot[] = [];
    for (const camera of this.#rig) {
      this.#run.signal?.throwIfAborted();
      const offset = shutterMicros(this.#options.seed, index, frame, camera);
      const exposure = photographer.expose(camera, time + offset / 1e6);
      shots.push({ camera, exposure, time: time + offset / 1e6 });
      files.push({
        sensor: camera.name,
        uri: uri(camera.name, 'jpg'),
        nanos: nanos + BigInt(offset) * 1000n,
      });
      await this.#write(files.at(-1)!.uri, encodeJpeg(exposure.picture, this.#options.jpegQuality));
    }
    const truth = trueLabels(world.actors, time, sweep, lidar, shots);
    const delivered = this.#injector.inject(truth, { scene, frame, sweep, lidar });
    this.#cuboids += delivered.length;
    labels.addFrame(ego, nanos, files, delivered, (label) =>
      this.#injector.deliveredClass(label.object, label.className),
    );
  }

  #sweep(
    index: number,
    frame: number,
    world: World,
    time: number,
  ): { sweep: MadeSweep; lidar: Placement; ego: Placement } {
    const ego = world.egoAt(time);
    const lidar = lidarPlace(ego);
    const instances = [...world.scenery, ...actorInstances(world, time, ego)];
    this.#caster.cast(instances, lidar);
    const random = randomStream(this.#options.seed, 'scene', index, 'sweep', frame);
    const effects = this.#effects(index, frame, world, time, lidar);
    return { sweep: makeSweep(this.#caster, instances, lidar, world.road, random, effects), lidar, ego };
  }

  #effects(index: number, frame: number, world: World, time: number, lidar: Placement): SweepEffects | null {
    const { effects, seed } = this.#options;
    if (!effects || Object.values(effects).every((level) => level === 0)) return null;
    const random = randomStream(seed, 'scene', index, 'effects', frame);
    const spray = effects.spray ? sprayClouds(world.actors, time, lidar) : [];
    return { levels: effects, random, spray };
  }

  async finish(): Promise<SynthSummary> {
    const { scenes, frames } = this.#options;
    const names = Array.from({ length: scenes }, (_, index) => sceneName(index));
    await this.#write('order.json', encodeOrder(this.#options, names, this.#rig));
    await this.#write('truth.json', encodeTruth(this.#options, this.#injector.records));
    return {
      scenes,
      frames: scenes * frames,
      files: this.#files,
      bytes: this.#bytes,
      cuboids: this.#cuboids,
      defects: this.#injector.records.length,
    };
  }

  async #write(path: string, bytes: Uint8Array): Promise<void> {
    await this.#sink.write(path, bytes);
    this.#files++;
    this.#bytes += bytes.length;
  }
}

export function sceneName(index: number): string {
  return `scene-${String(index + 1).padStart(4, '0')}`;
}

/** Where the lidar is when the vehicle is at `ego`. */
export function lidarPlace(ego: Placement): Placement {
  const [x, y, z] = LIDAR_POSITION;
  const c = cos(ego.yaw);
  const s = sin(ego.yaw);
  return { x: ego.x + c * x - s * y, y: ego.y + s * x + c * y, z: ego.z + z, yaw: ego.yaw };
}

/** Microseconds from the sweep to the exposure: the camera's own offset, and up to 0.6 ms of unrest. */
export function shutterMicros(seed: number, scene: number, frame: number, camera: CameraSpec): number {
  const unrest = randomStream(seed, 'scene', scene, 'shutter', frame, camera.name).between(-600, 600);
  return camera.offsetMillis * 1000 + Math.round(unrest);
}
