/** What every reader fills while it walks a folder: scenes, frames, cameras, calibrations, labels and problems. */
import type {
  Calibration,
  Delivery,
  FormatId,
  Frame,
  FrameList,
  PointClass,
  SceneFacts,
  StringColumn,
} from '../model/delivery.ts';
import type { DeliveryIndex, LabelSource, LabelTable, OtherLabels } from '../model/labels.ts';
import { fallingTimes } from './fallingTimes.ts';
import { Interner } from './interner.ts';
import { LabelTableBuilder } from './labelTableBuilder.ts';
import { ProblemList } from './problemList.ts';

/** A frame as its reader knows it; `key` is its name within the scene. */
export type FrameDraft = Omit<Frame, 'id' | 'scene' | 'index'> & { readonly key: string };

/** Camera indices are 16 bits wide in the label columns. */
const MOST_CAMERAS = 0xffff;

/** Name of the vendor's own labels where the format gives them none. */
export const VENDOR_LABELS = 'vendor';

/** Frames and labels that a reader holds as columns already, for deliveries too large for a row object each. */
export interface ReadyColumns {
  readonly scenes: Delivery['scenes'];
  readonly frames: FrameList;
  readonly frameIds: StringColumn;
  readonly labels: LabelTable;
}

export class DeliveryBuilder {
  readonly problems = new ProblemList();
  readonly labels = new LabelTableBuilder(this.problems);
  readonly #scenes: { id: string; facts: SceneFacts; frames: FrameDraft[] }[] = [];
  readonly #lidars = new Interner();
  readonly #cameras = new Interner();
  readonly #calibrationKeys = new Interner();
  readonly #calibrations: Calibration[] = [];
  readonly #radars = new Interner();
  readonly #labelFiles: string[] = [];
  readonly #others: { source: LabelSource; labels: LabelTableBuilder }[] = [];
  #source: LabelSource = { name: VENDOR_LABELS, kind: 'vendor' };
  #pointClasses: readonly PointClass[] | null = null;
  #frameCount = 0;

  /** Frames added from now on belong to this scene. */
  startScene(id: string, facts: SceneFacts = {}): void {
    this.#scenes.push({ id, facts, frames: [] });
  }

  /** Index of the frame in the delivery: what label rows refer to. */
  addFrame(frame: FrameDraft): number {
    this.#scenes.at(-1)!.frames.push(frame);
    for (const { lidar } of frame.sweeps) this.#lidars.indexOf(lidar);
    for (const { lidar } of frame.radars ?? []) this.#radars.indexOf(lidar);
    return this.#frameCount++;
  }

  camera(name: string): number {
    if (this.#cameras.size < MOST_CAMERAS || this.#cameras.has(name)) return this.#cameras.indexOf(name);
    const params = { limit: MOST_CAMERAS };
    this.problems.add({ code: 'cameras-too-many', severity: 'warning', path: '', params });
    return MOST_CAMERAS - 1;
  }

  lidar(name: string): void {
    this.#lidars.indexOf(name);
  }

  /** Index of an equal calibration, kept once: most rigs repeat theirs in every frame. */
  calibration(calibration: Calibration): number {
    const index = this.#calibrationKeys.indexOf(JSON.stringify(calibration));
    if (index === this.#calibrations.length) this.#calibrations.push(calibration);
    return index;
  }

  radar(name: string): void {
    this.#radars.indexOf(name);
  }

  /** What the values of point-wise class files mean. */
  pointClasses(classes: readonly PointClass[]): void {
    this.#pointClasses = classes;
  }

  /** The labels of `labels` are not (only) the vendor's: say whose they are. */
  nameSource(name: string, kind: LabelSource['kind']): void {
    this.#source = { name, kind };
  }

  /** Another opinion about the same frames; the same name gives the same table. */
  otherLabels(name: string, kind: LabelSource['kind']): LabelTableBuilder {
    const known = this.#others.find(({ source }) => source.name === name);
    if (known) return known.labels;
    const labels = new LabelTableBuilder(this.problems);
    this.#others.push({ source: { name, kind }, labels });
    return labels;
  }

  labelFile(path: string): void {
    this.#labelFiles.push(path);
  }

  /**
   * Scenes without frames are left out. Frame ids carry the scene's only where there are several. `makeLabels`: for a
   * reader that holds its labels as columns, given the number of frames; without it those of `labels` are meant.
   */
  build(format: FormatId, makeLabels?: (frameCount: number) => LabelTable): DeliveryIndex {
    const filled = this.#scenes.filter((scene) => scene.frames.length > 0);
    const taken = new Set<string>();
    const frames: Frame[] = [];
    const scenes = filled.map(({ id, facts, frames: drafts }, scene) => {
      const frameStart = frames.length;
      for (const [index, { key, ...frame }] of drafts.entries()) {
        const wanted = filled.length > 1 ? `${id}/${key}` : key;
        frames.push({ ...frame, id: uniqueName(wanted, taken), scene, index });
      }
      return { id, frameStart, frameCount: drafts.length, ...facts };
    });
    // KITTI's readers tell it themselves, with the file that states the times.
    const isTold = this.problems.has('kitti-times-falling');
    if (!isTold) this.problems.addAll(fallingTimes(scenes, frames));
    const labels = makeLabels ? makeLabels(frames.length) : this.labels.build(frames.length);
    return this.buildFrom(format, { scenes, frames, frameIds: frames.map(({ id }) => id), labels });
  }

  /** The same from columns; sensors, calibrations, other labels and problems are the builder's own. */
  buildFrom(format: FormatId, { labels, ...columns }: ReadyColumns): DeliveryIndex {
    const named = (interner: Interner) => interner.names.map((name) => ({ name }));
    const delivery: Delivery = {
      format,
      ...columns,
      lidars: named(this.#lidars),
      ...(this.#radars.size > 0 ? { radars: named(this.#radars) } : {}),
      ...(this.#pointClasses ? { pointClasses: this.#pointClasses } : {}),
      cameras: named(this.#cameras),
      calibrations: this.#calibrations,
      labelFiles: [...this.#labelFiles].sort(),
    };
    const others = this.#others.map(
      ({ source, labels: other }): OtherLabels => ({
        ...source,
        labels: other.build(columns.frames.length),
      }),
    );
    return { delivery, labels, source: this.#source, others, problems: this.problems.toArray() };
  }
}

function uniqueName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let copy = 2; taken.has(name); copy++) name = `${wanted}#${copy}`;
  taken.add(name);
  return name;
}
