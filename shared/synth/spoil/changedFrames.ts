/** A list of frames in which some are replaced; the others are made when they are asked for, as they were before. */
import type { Frame, FrameList } from '../../model/delivery.ts';

export class ChangedFrames implements FrameList {
  readonly length: number;
  readonly #frames: FrameList;
  readonly #changed: ReadonlyMap<number, Frame>;

  /** `changed` by index. */
  constructor(frames: FrameList, changed: ReadonlyMap<number, Frame>) {
    this.#frames = frames;
    this.#changed = changed;
    this.length = frames.length;
  }

  at(index: number): Frame | undefined {
    return this.#changed.get(index < 0 ? index + this.length : index) ?? this.#frames.at(index);
  }

  *[Symbol.iterator](): Iterator<Frame> {
    for (const [, frame] of this.entries()) yield frame;
  }

  *entries(): Iterable<[number, Frame]> {
    for (let index = 0; index < this.length; index++) yield [index, this.at(index)!];
  }

  map<Value>(make: (frame: Frame, index: number) => Value): Value[] {
    return Array.from(this, (frame, index) => make(frame, index));
  }

  flatMap<Value>(make: (frame: Frame, index: number) => Value | readonly Value[]): Value[] {
    return [...this].flatMap((frame, index) => make(frame, index));
  }

  filter(test: (frame: Frame, index: number) => boolean): Frame[] {
    return [...this].filter((frame, index) => test(frame, index));
  }

  slice(start?: number, end?: number): Frame[] {
    return Array.from({ length: this.length }, (_, index) => index)
      .slice(start, end)
      .map((index) => this.at(index)!);
  }
}
