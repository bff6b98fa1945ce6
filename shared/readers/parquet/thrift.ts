/**
 * Thrift's compact protocol, as far as Parquet's footers and page headers use it. Nothing is allocated on a stated
 * count: every element takes at least one byte, and lists grow as their elements are found.
 */

export type ThriftValue = boolean | number | Uint8Array | readonly ThriftValue[] | ThriftStruct;
/** Values by field id. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

/** Footers nest about six deep. */
const DEEPEST = 24;

const Type = {
  stop: 0,
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
} as const;

/** The bytes end before the struct does, or say something that no struct says. */
export class ThriftError extends Error {
  /** Byte where reading stopped. */
  readonly position: number;
  /** More bytes may help. */
  readonly isShort: boolean;

  constructor(position: number, isShort: boolean) {
    super(`thrift: ${isShort ? 'cut off' : 'unreadable'} at ${position}`);
    this.position = position;
    this.isShort = isShort;
  }
}

export class ThriftReader {
  #at: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** Bytes read so far, counted from the start of the array. */
  get position(): number {
    return this.#at;
  }

  struct(depth = 0): ThriftStruct {
    if (depth > DEEPEST) throw new ThriftError(this.#at, false);
    const fields = new Map<number, ThriftValue>();
    for (let id = 0; ; ) {
      const head = this.#byte();
      const type = head & 0x0f;
      if (type === Type.stop) return fields;
      id = head >> 4 === 0 ? zigzag(this.#varint()) : id + (head >> 4);
      fields.set(id, this.#value(type, depth));
    }
  }

  #value(type: number, depth: number): ThriftValue {
    switch (type) {
      case Type.true:
        return true;
      case Type.false:
        return false;
      case Type.byte:
        return (this.#byte() << 24) >> 24;
      case Type.i16:
      case Type.i32:
      case Type.i64:
        return zigzag(this.#varint());
      case Type.double: {
        const bytes = this.#take(8);
        return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
      }
      case Type.binary:
        return this.#take(this.#varint());
      case Type.list:
      case Type.set:
        return this.#list(depth);
      case Type.map:
        return this.#map(depth);
      case Type.struct:
        return this.struct(depth + 1);
      default:
        throw new ThriftError(this.#at, false);
    }
  }

  #list(depth: number): ThriftValue[] {
    const head = this.#byte();
    const count = head >> 4 === 15 ? this.#varint() : head >> 4;
    return this.#elements(head & 0x0f, count, depth);
  }

  /** Keys and values one after another: no map of Parquet's is ever looked into. */
  #map(depth: number): ThriftValue[] {
    const count = this.#varint();
    if (count === 0) return [];
    const types = this.#byte();
    const entries: ThriftValue[] = [];
    for (let i = 0; i < count; i++) {
      entries.push(...this.#elements(types >> 4, 1, depth), ...this.#elements(types & 0x0f, 1, depth));
    }
    return entries;
  }

  #elements(type: number, count: number, depth: number): ThriftValue[] {
    if (depth > DEEPEST) throw new ThriftError(this.#at, false);
    const isBoolean = type === Type.true || type === Type.false;
    const elements: ThriftValue[] = [];
    // A boolean within a list is a byte of its own, so that every turn of this loop reads at least one.
    for (let i = 0; i < count; i++) {
      elements.push(isBoolean ? this.#byte() === Type.true : this.#value(type, depth + 1));
    }
    return elements;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new ThriftError(this.#at, true);
    this.#at++;
    return byte;
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length;
    if (!(end <= this.#bytes.length)) throw new ThriftError(this.#at, true);
    const bytes = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }

  /** Beyond 2^53 the last digits are lost; no size, offset or count of a real file gets there. */
  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new ThriftError(this.#at, false);
  }
}

function zigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
