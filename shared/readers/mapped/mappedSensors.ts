/** The clouds and pictures that a mapping names, by scene. */
import type { Folder } from '../../base/bytes.ts';
import type { RootName } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { ReadContext } from '../contract.ts';
import { type FrameKey, pairFrames } from '../frameFiles.ts';
import type { PairedRole } from '../roleFiles.ts';
import { placementOf } from './conventions.ts';
import type { Mapping } from './mappingDocument.ts';
import { frameOf, pairPattern, type SensorPattern, sensorPattern } from './patternFiles.ts';

interface Lidar {
  readonly name: string;
  readonly spaceFromPoints: Mat4;
  readonly files: SensorPattern;
}

interface Camera {
  readonly name: string;
  readonly files: SensorPattern;
}

/** Files of a scene: those whose path names it, and those whose path names none. */
function ofScene({ delivery, sensors }: SensorPattern, scene: string): SensorPattern {
  const keep = (files: SensorPattern['delivery']) =>
    files.filter(({ parts }) => (parts.scene ?? scene) === scene);
  return { delivery: keep(delivery), sensors: keep(sensors) };
}

export class MappedSensors {
  readonly #lidars: readonly Lidar[];
  readonly #cameras: readonly Camera[];
  readonly #delivery: Folder;
  readonly #context: ReadContext;

  constructor(mapping: Mapping, delivery: Folder, context: ReadContext) {
    this.#delivery = delivery;
    this.#context = context;
    this.#lidars = mapping.lidars.map(({ name, files, axes, spaceFromPoints }) => ({
      name,
      spaceFromPoints: placementOf(spaceFromPoints, axes),
      files: sensorPattern(delivery, context.sensors, files),
    }));
    this.#cameras = mapping.images.flatMap(({ camera, files }) =>
      camerasIn(camera, sensorPattern(delivery, context.sensors, files)),
    );
  }

  /** The camera that a 2D box without a name of one can only mean. */
  get onlyCamera(): string | null {
    return this.#cameras.length === 1 ? this.#cameras[0]!.name : null;
  }

  /** Scenes that clouds name: one of them may have no labels at all. */
  get scenes(): ReadonlySet<string> {
    const files = this.#lidars.flatMap((lidar) => lidar.files.delivery);
    return new Set(files.flatMap(({ parts }) => (parts.scene === undefined ? [] : [parts.scene])));
  }

  folder(root: RootName): Folder {
    return root === 'delivery' ? this.#delivery : this.#context.sensors!;
  }

  /** Clouds of the delivery that no labelled frame asks for are frames without labels. */
  unlabelledFrames(scene: string, frames: readonly FrameKey[]): string[] {
    const lidar = this.#lidars[0];
    if (!lidar) return [];
    const stems = new Map(
      ofScene(lidar.files, scene).delivery.map((file) => [`${frameOf(file)}.x`, frameOf(file)]),
    );
    return pairFrames(frames, [...stems.keys()]).unmatched.map((alias) => stems.get(alias)!);
  }

  lidarsOf(
    scene: string,
    frames: readonly FrameKey[],
  ): { readonly name: string; readonly spaceFromPoints: Mat4; readonly paired: PairedRole }[] {
    return this.#lidars.map(({ name, spaceFromPoints, files }) => ({
      name,
      spaceFromPoints,
      paired: this.#pair(frames, ofScene(files, scene)),
    }));
  }

  camerasOf(
    scene: string,
    frames: readonly FrameKey[],
  ): { readonly name: string; readonly paired: PairedRole }[] {
    return this.#cameras.map(({ name, files }) => ({
      name,
      paired: this.#pair(frames, ofScene(files, scene)),
    }));
  }

  #pair(frames: readonly FrameKey[], files: SensorPattern): PairedRole {
    return pairPattern(frames, files, this.#context.contents ?? null);
  }
}

/** One camera by its given name, or each that `{camera}` names. */
function camerasIn(given: string, { delivery, sensors }: SensorPattern): Camera[] {
  if (given !== '') return [{ name: given, files: { delivery, sensors } }];
  const names = new Set([...delivery, ...sensors].map(({ parts }) => parts.camera ?? 'camera'));
  const keep = (files: SensorPattern['delivery'], name: string) =>
    files.filter(({ parts }) => (parts.camera ?? 'camera') === name);
  return [...names].map((name) => ({
    name,
    files: { delivery: keep(delivery, name), sensors: keep(sensors, name) },
  }));
}
