/**
 * Frames of one film by number. A frame is decoded from the key frame before it; going on forward goes on decoding, so
 * that looking through a film frame by frame decodes each once.
 */
import type { ByteSource } from '../../../shared/base/bytes.ts';
import { done, failed, type Problem, type Result } from '../../../shared/base/problem.ts';
import { type FilmIndex, samplesForFrame } from '../../../shared/readers/video/mp4Index.ts';

/** Most frames that a film may hold back for reordering. */
const mostReordered = 16;
/** Frames after the wanted one that came out with it and may be wanted next. Decoders run dry if many are held. */
const mostKept = 4;
/** Samples are fetched together up to this many bytes. */
const fetchBytes = 4 << 20;

export class FilmDecoder {
  readonly #film: FilmIndex;
  readonly #source: ByteSource;
  readonly #path: string;
  #decoder: VideoDecoder | null = null;
  /** The sample to be fed next; -1 = only a key sample may come. */
  #next = -1;
  /** The last frame that came out, in the order they are shown; all before it came out too. */
  #shown = -1;
  /** The frame that is being decoded for. */
  #wanted = 0;
  readonly #kept = new Map<number, VideoFrame>();
  #failure: Problem | null = null;
  #wake: (() => void) | null = null;
  /** One request at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(film: FilmIndex, source: ByteSource, path: string) {
    this.#film = film;
    this.#source = source;
    this.#path = path;
  }

  /** The frame as a bitmap. Fails with `video-frame-missing`, `video-undecodable` or the source's own problem. */
  frame(index: number, signal: AbortSignal): Promise<Result<ImageBitmap>> {
    const turn = this.#turn.then(() => this.#decode(index, signal));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  close(): void {
    this.#restart();
    if (this.#decoder?.state !== 'closed') this.#decoder?.close();
    this.#decoder = null;
  }

  async #decode(index: number, signal: AbortSignal): Promise<Result<ImageBitmap>> {
    signal.throwIfAborted();
    const samples = samplesForFrame(this.#film, index);
    if (!samples) return this.#problem('video-frame-missing', { frame: index, frames: this.#film.frames });
    const isReached = this.#kept.has(index);
    const goesOn = this.#next >= samples.first && this.#next >= 0 && index > this.#shown;
    if (!isReached && !goesOn) {
      this.#restart();
      this.#next = samples.first;
    }
    this.#wanted = index;
    for (const kept of [...this.#kept.keys()]) if (kept < index) this.#release(kept);
    try {
      const trouble = await this.#decodeUntil(index, samples.last, signal);
      if (trouble) return failed(trouble);
    } catch (error) {
      this.#restart();
      throw error;
    }
    const frame = this.#kept.get(index);
    if (!frame) return this.#problem('video-undecodable', { frame: index });
    return done(await createImageBitmap(frame, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' }));
  }

  /** Feeds samples until the frame came out: its own, then those it may wait for, then the end of what was fed. */
  async #decodeUntil(index: number, last: number, signal: AbortSignal): Promise<Problem | null> {
    const final = Math.min(this.#film.frames - 1, last + mostReordered);
    while (!this.#kept.has(index) && this.#next >= 0 && this.#next <= final) {
      signal.throwIfAborted();
      const until = this.#next <= last ? last : Math.min(final, this.#next + 3);
      const trouble = (await this.#feed(until)) ?? (await this.#settle(index));
      if (trouble) return trouble;
    }
    if (this.#kept.has(index)) return null;
    const decoder = this.#decoder;
    if (decoder?.state !== 'configured') return this.#failure;
    // What is still inside comes out; afterwards only a key frame may follow.
    await decoder.flush().catch(() => undefined);
    this.#next = -1;
    return this.#failure;
  }

  /** Hands the samples up to `until` to the decoder. */
  async #feed(until: number): Promise<Problem | null> {
    const { offsets, sizes, isKey, frameOfSample } = this.#film;
    const decoder = this.#ready();
    while (this.#next <= until) {
      const first = this.#next;
      const start = offsets[first]!;
      let end = start;
      let behind = first;
      // Samples that lie one behind the other are fetched in one.
      while (behind <= until && offsets[behind] === end && end - start < fetchBytes) end += sizes[behind++]!;
      if (end > this.#source.length)
        return this.#trouble('video-truncated', { frame: frameOfSample[first]! });
      const bytes = await this.#source.slice(start, end);
      for (let sample = first; sample < behind; sample++) {
        const at = offsets[sample]! - start;
        const data = bytes.subarray(at, at + sizes[sample]!);
        const type = isKey[sample] === 1 ? 'key' : 'delta';
        if (decoder.state !== 'configured') return this.#failure;
        decoder.decode(new EncodedVideoChunk({ type, timestamp: frameOfSample[sample]!, data }));
      }
      this.#next = behind;
    }
    return null;
  }

  /** Waits until the frame is there, the decoder has taken in all it was given, or gave up. */
  async #settle(index: number): Promise<Problem | null> {
    const decoder = this.#decoder!;
    while (!this.#kept.has(index) && !this.#failure && decoder.decodeQueueSize > 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    // Frames come out in a task of their own, after the queue is empty.
    if (!this.#kept.has(index)) await new Promise((resolve) => setTimeout(resolve, 0));
    return this.#failure;
  }

  #ready(): VideoDecoder {
    const wake = () => {
      this.#wake?.();
      this.#wake = null;
    };
    if (!this.#decoder || this.#decoder.state === 'closed') {
      this.#decoder = new VideoDecoder({
        output: (frame) => {
          this.#keep(frame);
          wake();
        },
        error: () => {
          this.#failure = this.#trouble('video-undecodable', { frame: this.#shown + 1 });
          wake();
        },
      });
      this.#decoder.addEventListener('dequeue', wake);
    }
    if (this.#decoder.state === 'unconfigured') {
      const { codec, description, width, height } = this.#film;
      const described = description ? { description } : {};
      this.#decoder.configure({ codec, codedWidth: width, codedHeight: height, ...described });
    }
    return this.#decoder;
  }

  #keep(frame: VideoFrame): void {
    this.#shown = Math.max(this.#shown, frame.timestamp);
    this.#kept.set(frame.timestamp, frame);
    const numbers = [...this.#kept.keys()].sort((a, b) => a - b);
    const useful = numbers.filter((number) => number >= this.#wanted).slice(0, mostKept);
    for (const number of numbers) if (!useful.includes(number)) this.#release(number);
  }

  #release(number: number): void {
    this.#kept.get(number)?.close();
    this.#kept.delete(number);
  }

  #restart(): void {
    for (const number of [...this.#kept.keys()]) this.#release(number);
    this.#next = -1;
    this.#shown = -1;
    this.#failure = null;
    if (this.#decoder?.state === 'configured') this.#decoder.reset();
  }

  #trouble(code: string, params: Problem['params']): Problem {
    return { code, severity: 'error', path: this.#path, params };
  }

  #problem(code: string, params: Problem['params']): Result<never> {
    return failed(this.#trouble(code, params));
  }
}
