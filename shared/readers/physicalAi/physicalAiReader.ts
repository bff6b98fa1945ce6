/**
 * NVIDIA PhysicalAI-Autonomous-Vehicles, a folder a clip or in chunks. A scene is a clip; its frames are the spins of
 * the lidar (without one, the pictures of the first camera), given in the vehicle's frame at the end of the spin.
 */
import type { Folder } from '../../base/bytes.ts';
import { identityMatrix } from '../../geometry/matrix.ts';
import type { ImageRef, SweepEncoding, SweepRef } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import { exposedImage, isSamePose, middleOf } from '../ncore/exposures.ts';
import type { FrameTime } from '../ncore/labelSources.ts';
import { addCuboidSources } from '../ncore/labelSources.ts';
import { nanosOfMicros, nearestByTime } from '../ncore/nearest.ts';
import { RIG, WORLD } from '../ncore/poseGraph.ts';
import { findClips, looksLikeClips } from './clipFiles.ts';
import type { ClipCamera, ClipSensor, ClipTables, Reading } from './clipTables.ts';
import { ClipTableReader } from './clipTables.ts';

/** A reading further away in time than this, microseconds, belongs to another instant. */
const FARTHEST = 60_000;

class ClipReader {
  readonly #id: string;
  readonly #tables: ClipTables;
  readonly #builder: DeliveryBuilder;
  readonly #trackPrefix: string;
  readonly #reported = new Set<string>();

  constructor(id: string, tables: ClipTables, builder: DeliveryBuilder, hasSeveral: boolean) {
    this.#id = id;
    this.#tables = tables;
    this.#builder = builder;
    this.#trackPrefix = hasSeveral ? `${id}/` : '';
  }

  read(): void {
    this.#builder.startScene(this.#id);
    const { lidars, cameras, poses, sources, labelFiles } = this.#tables;
    const main = [...lidars, ...cameras].find(({ readings }) => readings.length > 0);
    const frames = (main?.readings ?? []).map(({ start, end }): FrameTime => {
      return { frame: this.#addFrame(start, end), start, end };
    });
    for (const path of labelFiles) this.#builder.labelFile(path);
    addCuboidSources(sources, this.#builder, { frames, space: RIG, poses, trackPrefix: this.#trackPrefix });
  }

  #addFrame(start: number, end: number): number {
    const { lidars, radars, cameras, poses } = this.#tables;
    const worldFromSpace = poses.at(WORLD, RIG, end);
    const returns = radars.flatMap((radar) => this.#scan(radar, end));
    const shown = cameras.flatMap((camera) => this.#image(camera, start, end));
    const frame = this.#builder.addFrame({
      key: String(end),
      timestampNanos: nanosOfMicros(end),
      space: RIG,
      sweeps: lidars.flatMap((lidar) => this.#spin(lidar, end)),
      images: shown.map(({ image }) => image),
      ...(returns.length > 0 ? { radars: returns } : {}),
      ...(worldFromSpace ? { worldFromSpace } : {}),
    });
    for (const { image, camera, row } of shown) this.#addBlurred(frame, image, camera, row);
    return frame;
  }

  #near({ readings }: ClipSensor, time: number): Reading | null {
    return readings[nearestByTime(readings, ({ end }) => end, time, FARTHEST)] ?? null;
  }

  #sweep(
    sensor: ClipSensor,
    reading: Reading,
    encoding: SweepEncoding,
    isMoved: boolean,
    frameEnd: number,
  ): SweepRef {
    const { name, file } = sensor;
    const { poses, companions } = this.#tables;
    const spaceFromPoints =
      (isMoved
        ? poses.between(RIG, frameEnd, RIG, reading.end)
        : poses.between(RIG, frameEnd, name, reading.end)) ?? poses.at(RIG, name, frameEnd);
    if (!isMoved && !poses.between(RIG, frameEnd, name, reading.end)) this.#reportPose(name, file.path);
    return {
      ...file,
      lidar: name,
      encoding,
      part: { row: reading.row, name: this.#id },
      timestampNanos: nanosOfMicros(reading.end),
      ...(isMoved ? { companions } : {}),
      ...(spaceFromPoints && !isSamePose(spaceFromPoints, identityMatrix) ? { spaceFromPoints } : {}),
    };
  }

  /** With egomotion over all of it, the carrier places every point at its own time; without, the spin is one instant. */
  #spin(lidar: ClipSensor, frameEnd: number): SweepRef[] {
    const reading = this.#near(lidar, frameEnd);
    if (!reading) return [];
    const { poses, companions } = this.#tables;
    const isCovered = [reading.start, reading.end].every(
      (time) => poses.between(RIG, frameEnd, lidar.name, time) !== null,
    );
    return [this.#sweep(lidar, reading, 'draco', isCovered && companions.length > 0, frameEnd)];
  }

  #scan(radar: ClipSensor, frameEnd: number): SweepRef[] {
    const reading = this.#near(radar, frameEnd);
    if (!reading) return [];
    if (this.#tables.poses.at(RIG, radar.name, frameEnd)) {
      return [this.#sweep(radar, reading, 'radar-table', false, frameEnd)];
    }
    // Many radars, none of whose places is known, would only be a heap of points around the vehicle.
    this.#reportPose(radar.name, radar.file.path);
    return [];
  }

  #image(
    camera: ClipCamera,
    frameStart: number,
    frameEnd: number,
  ): { image: ImageRef; camera: ClipCamera; row: number }[] {
    const { name, lens, file, readings } = camera;
    this.#builder.camera(name);
    const at = nearestByTime(readings, middleOf, frameEnd, Math.max(FARTHEST, frameEnd - frameStart));
    const reading = readings[at];
    if (!reading) return [];
    const setting = { name, lens, poses: this.#tables.poses, space: RIG, frameTime: frameEnd };
    const { image, isPlaced } = exposedImage(this.#builder, setting, reading);
    if (!isPlaced) this.#reportPose(name, file.path);
    const { row } = reading;
    return [{ image: { ...file, ...image, encoding: 'mp4', part: { row } }, camera, row }];
  }

  /** What was blurred in the picture: shown, never judged. */
  #addBlurred(frame: number, image: ImageRef, camera: ClipCamera, row: number): void {
    for (const [i, box] of (camera.blurred.get(row) ?? []).entries()) {
      const [left, top, right, bottom] = box as [number, number, number, number];
      this.#builder.labels.addShape({
        frame,
        id: `blurred-${camera.name}-${i}`,
        className: 'blurred',
        track: null,
        kind: 'polygon',
        camera: image.camera,
        coordinates: [left, top, right, top, right, bottom, left, bottom],
        attributes: {},
      });
    }
  }

  /** Once a sensor: every one of its readings would say the same. */
  #reportPose(frame: string, path: string): void {
    if (this.#reported.has(frame)) return;
    this.#reported.add(frame);
    this.#builder.problems.add({ code: 'ncore-pose-missing', severity: 'warning', path, params: { frame } });
  }
}

async function detect(folder: Folder): Promise<number> {
  return looksLikeClips(folder.entries) ? 0.92 : 0;
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const report = builder.problems.add.bind(builder.problems);
  const clips = await findClips(folder, context, report);
  const folders = { delivery: folder, sensors: context.sensors };
  for (const [done, clip] of clips.entries()) {
    context.signal?.throwIfAborted();
    const tables = await new ClipTableReader(clip, folders, report).read();
    new ClipReader(clip.id, tables, builder, clips.length > 1).read();
    context.progress?.(done + 1, clips.length);
  }
  return builder.build('physical-ai');
}

export const physicalAiReader: Reader = {
  id: 'physical-ai',
  lookedFor: 'readers.lookedFor.physical-ai',
  detect,
  index,
};
