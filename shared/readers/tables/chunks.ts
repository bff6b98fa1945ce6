/**
 * The parts of a file in their order, a few of them fetched before they are asked for. Where the source can fill an
 * array, the same few arrays serve the whole file: a fresh megabyte for each part costs more than reading it.
 */
import type { ByteSource } from '../../base/bytes.ts';

/** Chunks under way at a time: a busy machine answers late. */
const FETCHED_AHEAD = 4;

export interface Chunk {
  /** The chunk's bytes are [start, end). In front of them is room for what was left of the chunk before. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Nothing follows. */
  readonly isLast: boolean;
}

export class Chunks {
  readonly #source: ByteSource;
  readonly #chunkBytes: number;
  readonly #padding: number;
  readonly #room: number;
  readonly #ahead: Promise<{ bytes: Uint8Array; length: number }>[] = [];
  readonly #free: Uint8Array[] = [];
  #asked = 0;
  #given = 0;

  /** Behind every chunk `padding` zeros follow. */
  constructor(source: ByteSource, chunkBytes: number, padding: number) {
    this.#source = source;
    this.#chunkBytes = Math.max(1, Math.min(chunkBytes, source.length));
    this.#padding = padding;
    this.#room = this.#chunkBytes >> 2;
  }

  /** Empty at the end. A file that became shorter meanwhile ends where it ends now. */
  async next(): Promise<Chunk> {
    const { length: total } = this.#source;
    while (this.#ahead.length < FETCHED_AHEAD && this.#asked < total) {
      const fetched = this.#fetch(this.#asked);
      // Where the scan ends early nobody waits for it, and its failure is nobody's.
      fetched.catch(() => undefined);
      this.#ahead.push(fetched);
      this.#asked += this.#chunkBytes;
    }
    const { bytes, length } = (await this.#ahead.shift()) ?? { bytes: this.#array(), length: 0 };
    const isWhole = length === Math.min(this.#chunkBytes, total - this.#given);
    this.#given += length;
    const end = this.#room + length;
    bytes.fill(0, end, end + this.#padding);
    return { bytes, start: this.#room, end, isLast: !isWhole || this.#given >= total };
  }

  /** Nobody looks at the chunk any more: its array may be filled anew. */
  release({ bytes }: Chunk): void {
    this.#free.push(bytes);
  }

  #array(): Uint8Array {
    return this.#free.pop() ?? new Uint8Array(this.#room + this.#chunkBytes + this.#padding);
  }

  async #fetch(from: number): Promise<{ bytes: Uint8Array; length: number }> {
    const to = Math.min(from + this.#chunkBytes, this.#source.length);
    const bytes = this.#array();
    if (this.#source.fill) {
      const target = bytes.subarray(this.#room, this.#room + to - from);
      return { bytes, length: await this.#source.fill(target, from) };
    }
    const fetched = await this.#source.slice(from, to);
    bytes.set(fetched, this.#room);
    return { bytes, length: fetched.length };
  }
}
