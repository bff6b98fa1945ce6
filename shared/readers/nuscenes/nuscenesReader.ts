/**
 * nuScenes v1.0 tables and what descends from them (Lyft Level 5, T4): scenes, key frames by sample, every lidar,
 * camera and radar with its own ego pose, cuboids brought into the space of the frame's lidar. Tables become columns
 * and frames are made scene by scene, so that a delivery of a million labels opens in a few hundred megabytes.
 */
import type { Folder } from '../../base/bytes.ts';
import { identityMatrix } from '../../geometry/matrix.ts';
import type { Frame, Scene, SceneFacts } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { CuboidRows } from '../labelColumns.ts';
import { cuboidTable } from '../labelColumns.ts';
import { LazyFrames } from '../lazyFrames.ts';
import { readBytes } from '../textFile.ts';
import { AnnotationNames } from './annotationColumns.ts';
import type { Annotations } from './annotations.ts';
import { gapsOf, interpolatedRows, MOST_INTERPOLATED } from './interpolated.ts';
import { placeCuboids } from './placeCuboids.ts';
import type { Moment } from './sceneFrames.ts';
import { NO_READING } from './sensorRig.ts';
import { findTableFolders } from './tableFolders.ts';
import type { TableSet } from './tableSet.ts';
import { readTableSet } from './tableSet.ts';

/** Enough of a table to see the names of a row's fields. */
const HEAD_BYTES = 4096;
/** Steps of progress a set of tables takes. */
const STEPS = 4;

async function detect(folder: Folder): Promise<number> {
  for (const { prefix } of findTableFolders(folder.entries)) {
    const head = await readBytes(folder, `${prefix}sample_data.json`, HEAD_BYTES);
    const text = head.ok ? new TextDecoder().decode(head.value) : '';
    if (/^[\uFEFF\s]*\[/.test(text) && text.includes('"calibrated_sensor_token"')) return 0.95;
  }
  return 0;
}

/** A scene of the delivery and where it comes from. */
interface PlacedScene extends Scene {
  readonly set: TableSet;
  /** Row of the set's table of scenes. */
  readonly row: number;
  readonly idPrefix: string;
}

class NuscenesIndexer {
  readonly #builder = new DeliveryBuilder();
  readonly #folder: Folder;
  readonly #context: ReadContext;
  readonly #scenes: PlacedScene[] = [];
  readonly #frameIds: string[] = [];
  /** First frame of each set's samples; -1 for a sample that is in no scene. */
  readonly #frameOfSample = new Map<TableSet, Int32Array>();

  constructor(folder: Folder, context: ReadContext) {
    this.#folder = folder;
    this.#context = context;
  }

  async index(): Promise<DeliveryIndex> {
    const found = findTableFolders(this.#folder.entries);
    const { problems } = this.#builder;
    if (found.length > 1) {
      const params = { versions: found.map(({ version }) => version).join(', '), count: found.length };
      problems.add({ code: 'nuscenes-versions-several', severity: 'warning', path: '', params });
    }
    let steps = 0;
    const step = () => this.#context.progress?.(++steps, STEPS * found.length);
    const names = new AnnotationNames();
    const parts: CuboidRows[] = [];
    for (const folder of found) {
      const set = await readTableSet(this.#folder, folder, this.#builder, this.#context, step);
      this.#addScenes(set, found.length > 1 ? `${folder.version}/` : '');
      const annotations = await set.readAnnotations(this.#frameOfSample.get(set)!, names);
      parts.push(annotations);
      if (this.#context.between) parts.push(this.#madeCuboids(set, annotations));
      set.tell();
      step();
    }
    const labels = cuboidTable(parts, this.#frameIds.length, names, problems);
    for (const scene of this.#scenes) {
      for (const [i, moment] of this.#momentsOf(scene).entries()) {
        placeCuboids(labels.cuboids, scene.frameStart + i, worldFromSpace(scene.set, moment));
      }
    }
    return this.#builder.buildFrom('nuscenes', {
      scenes: this.#scenes.map(({ id, frameStart, frameCount, set, row }) => ({
        id,
        frameStart,
        frameCount,
        ...tagsOf(set.sceneDescriptions[row] ?? ''),
      })),
      frames: new LazyFrames(this.#scenes, (scene) => this.#framesOf(scene)),
      frameIds: this.#frameIds,
      labels,
    });
  }

  #momentsOf({ set, row }: PlacedScene): Moment[] {
    return set.frames.momentsOf(row, this.#context.between === true);
  }

  #framesOf(index: number): Frame[] {
    const scene = this.#scenes[index]!;
    return scene.set.frames.framesOf(scene.row, index, this.#momentsOf(scene), scene.idPrefix);
  }

  /** Scenes in the order of their table; those without samples are left out. */
  #addScenes(set: TableSet, idPrefix: string): void {
    const frameOfSample = new Int32Array(set.samples.count).fill(-1);
    const taken = new Set(this.#scenes.map(({ id }) => id));
    for (const [row, name] of set.sceneNames.entries()) {
      const moments = set.frames.momentsOf(row, this.#context.between === true);
      if (moments.length === 0) continue;
      const id = uniqueName(`${idPrefix}${name || `scene ${row + 1}`}`, taken);
      const frameStart = this.#frameIds.length;
      this.#scenes.push({ id, frameStart, frameCount: moments.length, set, row, idPrefix });
      for (const [i, moment] of moments.entries()) {
        if (moment.sample >= 0) frameOfSample[moment.sample] = frameStart + i;
        this.#frameIds.push(idPrefix + set.frames.idOf(moment));
      }
    }
    this.#frameOfSample.set(set, frameOfSample);
  }

  #madeCuboids(set: TableSet, annotations: Annotations): CuboidRows {
    const gaps = this.#scenes
      .filter((scene) => scene.set === set)
      .flatMap((scene) =>
        gapsOf(this.#momentsOf(scene), scene.frameStart, (moment) => set.frames.microsOf(moment)),
      );
    const perFrame = annotations.count / Math.max(1, set.samples.count);
    const frames = gaps.reduce((sum, gap) => sum + gap.frames.length, 0);
    if (perFrame * frames <= MOST_INTERPOLATED) return interpolatedRows(annotations, gaps);
    const params = { limit: MOST_INTERPOLATED };
    this.#builder.problems.add({ code: 'nuscenes-between-too-many', severity: 'warning', path: '', params });
    return interpolatedRows(annotations, []);
  }
}

/** A scene's description is a list of what it shows, in a few words each: `Night, bus stop, high speed`. */
function tagsOf(description: string): SceneFacts {
  const tags = description.split(/[,;]/).flatMap((tag) => tag.trim() || []);
  return tags.length === 0 ? {} : { tags };
}

/** The frame's own space in the world; the global frame itself where no lidar belongs to the frame. */
function worldFromSpace({ poses }: TableSet, { reference }: Moment) {
  return reference === NO_READING ? identityMatrix : poses.worldFromSensor(reference);
}

function uniqueName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let copy = 2; taken.has(name); copy++) name = `${wanted}#${copy}`;
  taken.add(name);
  return name;
}

export const nuscenesReader: Reader = {
  readsHeads: true,
  id: 'nuscenes',
  lookedFor: 'readers.lookedFor.nuscenes',
  detect,
  index: (folder, context) => new NuscenesIndexer(folder, context).index(),
};
