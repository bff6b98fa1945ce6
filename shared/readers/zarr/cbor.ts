/**
 * CBOR (RFC 8949) as JSON-like values: numbers, text, lists, maps with text keys, bytes. Lengths are checked against
 * what is left of the input, nesting is bounded, and maps have no prototype, so no key can mean anything special.
 */
import type { Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import { widenHalves } from '../arrow/halfFloats.ts';

const DEEPEST = 64;

class Damage extends Error {}

class CborInput {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #text = new TextDecoder();
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get at(): number {
    return this.#at;
  }

  #take(count: number): number {
    const start = this.#at;
    if (count > this.#bytes.length - start) throw new Damage('truncated');
    this.#at = start + count;
    return start;
  }

  /** The number after an initial byte; -1 = of indefinite length. Beyond 2^53 it loses its lowest digits. */
  #argument(info: number): number {
    if (info < 24) return info;
    if (info === 24) return this.#view.getUint8(this.#take(1));
    if (info === 25) return this.#view.getUint16(this.#take(2));
    if (info === 26) return this.#view.getUint32(this.#take(4));
    if (info === 27) return Number(this.#view.getBigUint64(this.#take(8)));
    if (info === 31) return -1;
    throw new Damage('initial byte');
  }

  #isBreak(): boolean {
    if (this.#bytes[this.#at] !== 0xff) return false;
    this.#at++;
    return true;
  }

  value(depth = 0): unknown {
    if (depth > DEEPEST) throw new Damage('too deep');
    const initial = this.#view.getUint8(this.#take(1));
    const info = initial & 0x1f;
    switch (initial >> 5) {
      case 0:
        return this.#argument(info);
      case 1:
        return -1 - this.#argument(info);
      case 2:
        return this.#string(info, 2);
      case 3:
        return this.#text.decode(this.#string(info, 3));
      case 4:
        return this.#list(info, depth);
      case 5:
        return this.#map(info, depth);
      case 6:
        this.#argument(info);
        return this.value(depth + 1);
      default:
        return this.#simple(info);
    }
  }

  #string(info: number, major: number): Uint8Array {
    const length = this.#argument(info);
    if (length >= 0) {
      const start = this.#take(length);
      return this.#bytes.subarray(start, start + length);
    }
    const parts: Uint8Array[] = [];
    let total = 0;
    while (!this.#isBreak()) {
      const initial = this.#view.getUint8(this.#take(1));
      if (initial >> 5 !== major || (initial & 0x1f) === 31) throw new Damage('string');
      const part = this.#string(initial & 0x1f, major);
      parts.push(part);
      total += part.length;
    }
    const joined = new Uint8Array(total);
    let at = 0;
    for (const part of parts) {
      joined.set(part, at);
      at += part.length;
    }
    return joined;
  }

  #list(info: number, depth: number): unknown[] {
    const count = this.#argument(info);
    // Each item takes a byte at least.
    if (count > this.#bytes.length - this.#at) throw new Damage('list');
    const items: unknown[] = [];
    while (count < 0 ? !this.#isBreak() : items.length < count) items.push(this.value(depth + 1));
    return items;
  }

  #map(info: number, depth: number): Record<string, unknown> {
    const count = this.#argument(info);
    if (count > this.#bytes.length - this.#at) throw new Damage('map');
    const record: Record<string, unknown> = Object.create(null);
    for (let i = 0; count < 0 ? !this.#isBreak() : i < count; i++) {
      const key = this.value(depth + 1);
      if (typeof key !== 'string' && typeof key !== 'number') throw new Damage('key');
      record[String(key)] = this.value(depth + 1);
    }
    return record;
  }

  #simple(info: number): unknown {
    if (info === 20) return false;
    if (info === 21) return true;
    if (info === 22 || info === 23) return null;
    if (info === 25) return widenHalves(Uint16Array.of(this.#view.getUint16(this.#take(2))))[0];
    if (info === 26) return this.#view.getFloat32(this.#take(4));
    if (info === 27) return this.#view.getFloat64(this.#take(8));
    throw new Damage('simple value');
  }
}

/** Fails with `cbor-broken` and the byte where it gave up. */
export function decodeCbor(bytes: Uint8Array, path: string, place: string): Result<unknown> {
  const input = new CborInput(bytes);
  try {
    return done(input.value());
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    const params = { byte: input.at };
    return failed({ code: 'cbor-broken', severity: 'error', path, place, params });
  }
}
