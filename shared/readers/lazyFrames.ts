/** The frames of a large delivery, made scene by scene when one of them is asked for. */
import type { Frame, FrameList, Scene } from '../model/delivery.ts';

/** Scenes kept: the one on screen, its neighbours, and what prefetching and a second view want. */
const KEPT_SCENES = 8;

export class LazyFrames implements FrameList {
  readonly length: number;
  readonly #scenes: readonly Scene[];
  readonly #makeScene: (scene: number) => readonly Frame[];
  /** Least recently used first. */
  readonly #kept = new Map<number, readonly Frame[]>();

  /** `scenes` cover the frames without gaps; `makeScene` gives all frames of one, and the same ones every time. */
  constructor(scenes: readonly Scene[], makeScene: (scene: number) => readonly Frame[]) {
    this.#scenes = scenes;
    this.#makeScene = makeScene;
    const last = scenes.at(-1);
    this.length = last ? last.frameStart + last.frameCount : 0;
  }

  at(index: number): Frame | undefined {
    const at = index < 0 ? index + this.length : index;
    if (!(at >= 0 && at < this.length)) return undefined;
    const scene = sceneOfFrame(this.#scenes, at);
    return this.#framesOf(scene)[at - this.#scenes[scene]!.frameStart];
  }

  *[Symbol.iterator](): Iterator<Frame> {
    for (let index = 0; index < this.length; index++) yield this.at(index)!;
  }

  *entries(): Iterable<[number, Frame]> {
    for (let index = 0; index < this.length; index++) yield [index, this.at(index)!];
  }

  map<Value>(make: (frame: Frame, index: number) => Value): Value[] {
    return Array.from(this, (frame, index) => make(frame, index));
  }

  flatMap<Value>(make: (frame: Frame, index: number) => Value | readonly Value[]): Value[] {
    const values: Value[] = [];
    for (const [index, frame] of this.entries()) {
      const made = make(frame, index);
      if (Array.isArray(made)) values.push(...made);
      else values.push(made as Value);
    }
    return values;
  }

  filter(test: (frame: Frame, index: number) => boolean): Frame[] {
    const passed: Frame[] = [];
    for (const [index, frame] of this.entries()) if (test(frame, index)) passed.push(frame);
    return passed;
  }

  slice(start = 0, end = this.length): Frame[] {
    const from = start < 0 ? Math.max(0, start + this.length) : start;
    const to = end < 0 ? end + this.length : Math.min(end, this.length);
    const frames: Frame[] = [];
    for (let index = from; index < to; index++) frames.push(this.at(index)!);
    return frames;
  }

  #framesOf(scene: number): readonly Frame[] {
    const frames = this.#kept.get(scene) ?? this.#makeScene(scene);
    this.#kept.delete(scene);
    this.#kept.set(scene, frames);
    if (this.#kept.size > KEPT_SCENES) this.#kept.delete(this.#kept.keys().next().value!);
    return frames;
  }
}

/** The scene a frame belongs to, by halving. */
export function sceneOfFrame(scenes: readonly Scene[], frame: number): number {
  let low = 0;
  let high = scenes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (scenes[middle]!.frameStart <= frame) low = middle;
    else high = middle - 1;
  }
  return low;
}
