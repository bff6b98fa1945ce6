/** Sweeps, images, calibrations and poses of a scene's frames. */
import { multiply } from '../../geometry/matrix.ts';
import type { FileRef, ImageRef, SweepRef } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import { encodingByName } from '../cloudEncoding.ts';
import { extensionOf } from '../paths.ts';
import type { DocumentFrame } from './document.ts';
import type { StreamFrame } from './frameStreams.ts';
import { streamFrames } from './frameStreams.ts';
import { lensFrom, Spelling } from './lenses.ts';
import type { SceneInput, SceneNotes } from './sceneInput.ts';
import type { ScenePlan } from './scenePlan.ts';
import type { Spaces } from './spaces.ts';
import { frameStreamProperties, frameTimestamp } from './streamStatements.ts';

interface StreamFiles {
  readonly name: string;
  /** One per frame of the document. */
  readonly frames: readonly StreamFrame[];
}

const VIDEO_EXTENSIONS = new Set(['mp4', 'avi', 'mkv', 'mov', 'h264', 'hevc']);

export class SceneSensors {
  readonly #input: SceneInput;
  readonly #plan: ScenePlan;
  readonly #notes: SceneNotes;
  readonly #spelling = new Spelling();
  readonly #clouds: readonly StreamFiles[];
  readonly #images: readonly StreamFiles[];

  constructor(input: SceneInput, plan: ScenePlan, notes: SceneNotes) {
    this.#input = input;
    this.#plan = plan;
    this.#notes = notes;
    // Without a lidar stream the clouds are still looked for: labels alone often name no sensors.
    const lidars = plan.lidars.length > 0 ? plan.lidars : [plan.space];
    const framesOf = (kind: 'lidar' | 'camera') => (name: string) => ({
      name,
      frames: streamFrames(input, notes, name, kind),
    });
    this.#clouds = lidars.map(framesOf('lidar'));
    this.#images = plan.cameras.map(framesOf('camera'));
    for (const name of plan.cameras) input.builder.camera(name);
  }

  /** Every sensor file that a frame refers to. */
  get files(): FileRef[] {
    return [...this.#clouds, ...this.#images].flatMap(({ frames }) =>
      frames.flatMap(({ file }) => file ?? []),
    );
  }

  /** What belongs to the frame at `position` of the document. */
  frameParts(frame: DocumentFrame, position: number, spaces: Spaces) {
    return {
      sweeps: this.#clouds.flatMap(({ name, frames }) => this.#sweep(name, frames[position]!, spaces)),
      images: this.#images.flatMap(({ name, frames }) => this.#image(name, frames[position]!, frame, spaces)),
      ...this.#world(spaces),
    };
  }

  #sweep(lidar: string, { file }: StreamFrame, spaces: Spaces): SweepRef[] {
    if (file === null) return [];
    const sweep = { ...file, lidar, encoding: encodingByName(file.path) };
    const isInSpace = lidar === this.#plan.space || !this.#input.document.coordinateSystems.has(lidar);
    if (isInSpace) return [sweep];
    const spaceFromPoints = this.#notes.connect(spaces, this.#plan.space, lidar);
    return spaceFromPoints ? [{ ...sweep, spaceFromPoints }] : [];
  }

  #image(
    name: string,
    { file, timestampNanos, row }: StreamFrame,
    frame: DocumentFrame,
    spaces: Spaces,
  ): ImageRef[] {
    if (file === null) return [];
    const camera = this.#input.builder.camera(name);
    const calibration = this.#calibration(name, camera, frame, spaces);
    const film = row === undefined ? {} : ({ encoding: 'mp4', part: { row } } as const);
    return [
      { ...file, camera, calibration, timestampNanos: timestampNanos ?? frameTimestamp(frame), ...film },
    ];
  }

  /** -1 where the lens or the place of the camera is not known. */
  #calibration(name: string, camera: number, frame: DocumentFrame, spaces: Spaces): number {
    const own = frameStreamProperties(frame, name);
    const lens = (own && lensFrom(own, this.#spelling)) ?? this.#streamLens(name);
    if (lens === 'bad') this.#notes.addOnce('openlabel-lens-bad', 'error', { camera: name });
    if (lens === null || lens === 'bad' || !this.#input.document.coordinateSystems.has(name)) {
      this.#notes.addOnce('camera-uncalibrated', 'warning', { camera: name });
      return -1;
    }
    if (lens.model.kind === 'unknown') {
      this.#notes.addOnce('camera-model-unknown', 'warning', { camera: name, model: lens.model.name });
    }
    const streamFromSpace = this.#notes.connect(spaces, name, this.#plan.space);
    if (streamFromSpace === null) return -1;
    const { model, lensFromStream, width, height } = lens;
    const size = width !== undefined && height !== undefined ? { width, height } : {};
    const cameraFromSpace = multiply(lensFromStream, streamFromSpace);
    return this.#input.builder.calibration({ camera, model, cameraFromSpace, ...size });
  }

  #streamLens(name: string) {
    return lensFrom(this.#input.document.streams.get(name)?.properties ?? {}, this.#spelling);
  }

  /** A pose is only a pose where every step to the world is given, and by this frame where any frame gives it. */
  #world(spaces: Spaces): { worldFromSpace?: Mat4 } {
    const { world, space, movingPairs } = this.#plan;
    const connection = world === null ? null : spaces.connect(world, space);
    if (connection === null || connection.isAssumed) return {};
    const isStale = connection.pairs.some((pair) => movingPairs.has(pair) && !spaces.ownPairs.has(pair));
    return isStale ? {} : { worldFromSpace: connection.matrix };
  }

  /** To be called once all frames are read. */
  report(): void {
    this.#reportMissing(this.#clouds, 'frame-without-sweep');
    this.#reportMissing(this.#images, 'image-missing');
    if (this.#clouds.every(isEmpty)) this.#reportNoClouds();
    // Lenses of cameras without images are read too: their spelling is worth a word all the same.
    for (const name of this.#plan.cameras) this.#streamLens(name);
    if (this.#spelling.old.size > 0) {
      const keys = [...this.#spelling.old].sort().join(', ');
      this.#notes.add('openlabel-old-spelling', 'warning', { keys });
    }
    for (const [name, { kind, uri }] of this.#input.document.streams) {
      if (kind !== 'camera' || !VIDEO_EXTENSIONS.has(extensionOf(uri))) continue;
      const stream = this.#images.find((images) => images.name === name);
      if (stream && !isEmpty(stream)) continue;
      this.#notes.add('openlabel-video', 'info', { camera: name, uri });
    }
  }

  /** Gaps in a stream that has files; a stream without any is a matter of the delivery, not of its frames. */
  #reportMissing(streams: readonly StreamFiles[], code: string): void {
    for (const stream of streams) {
      if (isEmpty(stream)) continue;
      for (const [i, { file, uri }] of stream.frames.entries()) {
        if (file !== null) continue;
        const { key } = this.#input.document.frames[i]!;
        const params = { frame: key, camera: stream.name, uri };
        this.#notes.add(code, 'warning', params, `/openlabel/frames/${key}`);
      }
    }
  }

  #reportNoClouds(): void {
    const { lidars, cameras, isSpatial } = this.#plan;
    const isPicturesOnly = lidars.length === 0 && (cameras.length > 0 || !isSpatial);
    const frames = this.#input.document.frames.length;
    if (frames > 0 && !isPicturesOnly) this.#notes.add('sensor-data-absent', 'warning', { frames });
  }
}

function isEmpty({ frames }: StreamFiles): boolean {
  return frames.every(({ file }) => file === null);
}
