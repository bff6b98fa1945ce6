/** Labels gathered by scene and frame while the files are read in whatever order they come. */
import { naturalOrder } from '../paths.ts';
import { nanosOfStem } from '../timestamps.ts';
import type { MappedLabel } from './labelRows.ts';

export interface PlacedLabel extends MappedLabel {
  readonly path: string;
}

export interface FrameDraft {
  readonly stem: string;
  timestampNanos: string | null;
  readonly labels: PlacedLabel[];
}

export class SceneTable {
  readonly #scenes = new Map<string, Map<string, FrameDraft>>();

  /** The frame of this name, made where it is new. */
  frame(scene: string, stem: string): FrameDraft {
    const frames = this.#scenes.get(scene) ?? new Map<string, FrameDraft>();
    this.#scenes.set(scene, frames);
    const known = frames.get(stem);
    if (known) return known;
    const frame: FrameDraft = { stem, timestampNanos: nanosOfStem(stem), labels: [] };
    frames.set(stem, frame);
    return frame;
  }

  add(label: PlacedLabel): void {
    const frame = this.frame(label.scene, label.frame);
    frame.timestampNanos = label.timestampNanos ?? frame.timestampNanos;
    frame.labels.push(label);
  }

  get scenes(): string[] {
    return [...this.#scenes.keys()].sort(naturalOrder);
  }

  /** In order of time where all have one, else of their names. */
  framesOf(scene: string): FrameDraft[] {
    const frames = [...(this.#scenes.get(scene)?.values() ?? [])];
    const areTimed = frames.every(({ timestampNanos }) => timestampNanos !== null);
    const byName = (a: FrameDraft, b: FrameDraft): number => naturalOrder(a.stem, b.stem);
    if (!areTimed) return frames.sort(byName);
    return frames.sort((a, b) => {
      const apart = BigInt(a.timestampNanos!) - BigInt(b.timestampNanos!);
      return apart === 0n ? byName(a, b) : apart < 0n ? -1 : 1;
    });
  }
}
