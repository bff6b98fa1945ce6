/** What every reader fills while it walks a folder: scenes, frames, cameras, calibrations, labels and problems. */
import type { Calibration, Delivery, FormatId, Frame } from '../model/delivery.ts';
import type { DeliveryIndex } from '../model/labels.ts';
import { Interner } from './interner.ts';
import { LabelTableBuilder } from './labelTableBuilder.ts';
import { ProblemList } from './problemList.ts';

/** A frame as its reader knows it; `key` is its name within the scene. */
export type FrameDraft = Omit<Frame, 'id' | 'scene' | 'index'> & { readonly key: string };

/** Camera indices are 16 bits wide in the label columns. */
const MOST_CAMERAS = 0xffff;

export class DeliveryBuilder {
  readonly problems = new ProblemList();
  readonly labels = new LabelTableBuilder(this.problems);
  readonly #scenes: { id: string; frames: FrameDraft[] }[] = [];
  readonly #lidars = new Interner();
  readonly #cameras = new Interner();
  readonly #calibrationKeys = new Interner();
  readonly #calibrations: Calibration[] = [];
  readonly #labelFiles: string[] = [];
  #frameCount = 0;

  /** Frames added from now on belong to this scene. */
  startScene(id: string): void {
    this.#scenes.push({ id, frames: [] });
  }

  /** Index of the frame in the delivery: what label rows refer to. */
  addFrame(frame: FrameDraft): number {
    this.#scenes.at(-1)!.frames.push(frame);
    for (const { lidar } of frame.sweeps) this.#lidars.indexOf(lidar);
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

  labelFile(path: string): void {
    this.#labelFiles.push(path);
  }

  /** Scenes without frames are left out. Frame ids carry the scene's only where there are several. */
  build(format: FormatId): DeliveryIndex {
    const filled = this.#scenes.filter((scene) => scene.frames.length > 0);
    const taken = new Set<string>();
    const frames: Frame[] = [];
    const scenes = filled.map(({ id, frames: drafts }, scene) => {
      const frameStart = frames.length;
      for (const [index, { key, ...frame }] of drafts.entries()) {
        const wanted = filled.length > 1 ? `${id}/${key}` : key;
        frames.push({ ...frame, id: uniqueName(wanted, taken), scene, index });
      }
      return { id, frameStart, frameCount: drafts.length };
    });
    const named = (interner: Interner) => interner.names.map((name) => ({ name }));
    const delivery: Delivery = {
      format,
      scenes,
      frames,
      lidars: named(this.#lidars),
      cameras: named(this.#cameras),
      calibrations: this.#calibrations,
      labelFiles: [...this.#labelFiles].sort(),
    };
    const labels = this.labels.build(frames.length);
    return { delivery, labels, problems: this.problems.toArray() };
  }
}

function uniqueName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let copy = 2; taken.has(name); copy++) name = `${wanted}#${copy}`;
  taken.add(name);
  return name;
}
