/**
 * One table of a FlatBuffers message, read by slot number. Every offset is checked against the bytes there are, so a
 * damaged or hostile message throws `Damage` and never reads elsewhere.
 * Layout: https://flatbuffers.dev/internals/
 */
import { demand } from './damage.ts';

const OFFSET_BYTES = 4;

/** Elements of a vector that lie in the message themselves. */
export interface FlatVector {
  readonly start: number;
  readonly count: number;
}

export class FlatTable {
  readonly view: DataView;
  readonly #part: string;
  readonly #at: number;
  readonly #slots: number;
  readonly #slotCount: number;

  private constructor(view: DataView, at: number, part: string) {
    this.view = view;
    this.#part = part;
    this.#at = at;
    this.#need(at, OFFSET_BYTES);
    const slots = at - view.getInt32(at, true);
    this.#need(slots, 4);
    const bytes = view.getUint16(slots, true);
    this.#need(slots, bytes);
    this.#slots = slots + 4;
    this.#slotCount = Math.max(0, (bytes - 4) >> 1);
  }

  /** The table that a message starts with. */
  static root(bytes: Uint8Array, part: string): FlatTable {
    demand(bytes.length >= OFFSET_BYTES, part);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true), part);
  }

  #need(at: number, bytes: number): void {
    demand(at >= 0 && at + bytes <= this.view.byteLength, this.#part);
  }

  /** Where a field of `bytes` lies; -1 = it has its default. */
  #field(slot: number, bytes: number): number {
    if (slot >= this.#slotCount) return -1;
    const offset = this.view.getUint16(this.#slots + 2 * slot, true);
    if (offset === 0) return -1;
    this.#need(this.#at + offset, bytes);
    return this.#at + offset;
  }

  uint8(slot: number, fallback = 0): number {
    const at = this.#field(slot, 1);
    return at < 0 ? fallback : this.view.getUint8(at);
  }

  int16(slot: number, fallback = 0): number {
    const at = this.#field(slot, 2);
    return at < 0 ? fallback : this.view.getInt16(at, true);
  }

  int32(slot: number, fallback = 0): number {
    const at = this.#field(slot, 4);
    return at < 0 ? fallback : this.view.getInt32(at, true);
  }

  /** Counts and offsets: beyond 2^53 they are damage. */
  int64(slot: number): number {
    const at = this.#field(slot, 8);
    return at < 0 ? 0 : this.int64At(at);
  }

  int64At(at: number): number {
    this.#need(at, 8);
    const value = Number(this.view.getBigInt64(at, true));
    demand(Number.isSafeInteger(value), this.#part);
    return value;
  }

  #target(at: number): number {
    const target = at + this.view.getUint32(at, true);
    this.#need(target, OFFSET_BYTES);
    return target;
  }

  table(slot: number): FlatTable | null {
    const at = this.#field(slot, OFFSET_BYTES);
    return at < 0 ? null : new FlatTable(this.view, this.#target(at), this.#part);
  }

  vector(slot: number, elementBytes: number): FlatVector {
    const at = this.#field(slot, OFFSET_BYTES);
    if (at < 0) return { start: 0, count: 0 };
    const target = this.#target(at);
    const count = this.view.getUint32(target, true);
    const start = target + OFFSET_BYTES;
    this.#need(start, count * elementBytes);
    return { start, count };
  }

  tables(slot: number): FlatTable[] {
    const { start, count } = this.vector(slot, OFFSET_BYTES);
    return Array.from(
      { length: count },
      (_, i) => new FlatTable(this.view, this.#target(start + OFFSET_BYTES * i), this.#part),
    );
  }

  text(slot: number): string {
    const { start, count } = this.vector(slot, 1);
    return new TextDecoder().decode(new Uint8Array(this.view.buffer, this.view.byteOffset + start, count));
  }
}
