/** The bytes of a pickle read in order, each length checked against what is left before anything is made of it. */
import { PickleError } from './pickleValues.ts';

export class ByteReader {
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #decoder = new TextDecoder();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  broken(): PickleError {
    return new PickleError({ code: 'pickle-broken', byte: Math.min(this.at, this.#bytes.length) });
  }

  /** A view over the next `length` bytes. */
  take(length: number): Uint8Array {
    if (!(length >= 0 && length <= this.#bytes.length - this.at)) throw this.broken();
    const start = this.at;
    this.at += length;
    return this.#bytes.subarray(start, this.at);
  }

  text(length: number): string {
    return this.#decoder.decode(this.take(length));
  }

  /** Text up to the next line feed, which is passed over; a byte is a character (ISO 8859-1). */
  line(): string {
    const end = this.#bytes.indexOf(10, this.at);
    if (end < 0) throw this.broken();
    const text = latin1(this.take(end - this.at));
    this.at++;
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  }

  uint8(): number {
    return this.#view.getUint8(this.#step(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#step(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#step(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#step(4), true);
  }

  /** A length of eight bytes; beyond 2^53 it is longer than any file. */
  length64(): number {
    return Number(this.#view.getBigUint64(this.#step(8), true));
  }

  /** Big-endian, unlike everything else in a pickle. */
  float64(): number {
    return this.#view.getFloat64(this.#step(8), false);
  }

  #step(length: number): number {
    if (length > this.#bytes.length - this.at) throw this.broken();
    const start = this.at;
    this.at += length;
    return start;
  }
}

/** Most arguments that are spread into one call. */
const SPREAD = 4096;

/** TextDecoder's "latin1" is another code page, so each byte is made a character here. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += SPREAD) {
    text += String.fromCharCode(...bytes.subarray(at, at + SPREAD));
  }
  return text;
}
