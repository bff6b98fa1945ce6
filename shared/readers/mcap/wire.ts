/** How messages are written byte by byte: ROS 1, CDR (ROS 2), protobuf, and the base64 of JSON. */

/** A message ends before its fields do, or says what cannot be. Becomes a problem at the door of the message. */
export class WireError extends Error {}

const text = new TextDecoder('utf-8');

/**
 * Fields of a ROS message, one after another. ROS 1 packs them; CDR aligns each to its own size, counted from behind
 * the four bytes that say how it was written (OMG DDSI-RTPS 2.3, section 10).
 */
export class RosFields {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #isCdr: boolean;
  readonly #isLittle: boolean;
  readonly #origin: number;
  /** Version 2 of CDR aligns nothing to more than four bytes. */
  readonly #alignment: number;
  #at: number;

  constructor(bytes: Uint8Array, isCdr: boolean) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#isCdr = isCdr;
    this.#origin = isCdr ? 4 : 0;
    this.#at = this.#origin;
    const kind = isCdr ? bytes[1] : 1;
    if (kind !== 0 && kind !== 1 && kind !== 6 && kind !== 7) throw new WireError('encapsulation');
    this.#isLittle = (kind & 1) === 1;
    this.#alignment = kind >= 6 ? 4 : 8;
  }

  #take(size: number): number {
    if (this.#isCdr) {
      const step = Math.min(size, this.#alignment);
      this.#at += (step - ((this.#at - this.#origin) % step)) % step;
    }
    const at = this.#at;
    if (at + size > this.#bytes.length) throw new WireError('end of message');
    this.#at += size;
    return at;
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), this.#isLittle);
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8), this.#isLittle);
  }

  /** Length of a list whose items take at least `itemBytes` each. */
  length(itemBytes: number): number {
    const length = this.uint32();
    if (length * itemBytes > this.#bytes.length - this.#at) throw new WireError('list longer than message');
    return length;
  }

  float64s(length: number): number[] {
    return Array.from({ length }, () => this.float64());
  }

  /** A view of a list of bytes. */
  bytes(): Uint8Array {
    const length = this.length(1);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  text(): string {
    // CDR counts a zero at the end.
    return text.decode(this.bytes()).replace(/\0$/, '');
  }

  /** Seconds and nanoseconds. */
  time(): bigint {
    const seconds = this.uint32();
    return BigInt(seconds) * 1_000_000_000n + BigInt(this.uint32());
  }

  /** The usual header; ROS 1 has a counter before it. Frame names lose the slash that older ones begin with. */
  header(): { stamp: bigint; frameId: string } {
    if (!this.#isCdr) this.uint32();
    const stamp = this.time();
    return { stamp, frameId: this.text().replace(/^\//, '') };
  }
}

/** One field of a protobuf message: a number, or bytes. */
export interface ProtobufField {
  readonly number: number;
  /** Varints, fixed numbers as bits; meaningless where `bytes` is set. */
  readonly bits: bigint;
  readonly bytes: Uint8Array | null;
}

/** Walks the fields of a protobuf message (protobuf.dev/programming-guides/encoding); groups are refused. */
export function* protobufFields(bytes: Uint8Array): Generator<ProtobufField> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new WireError('end of message');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new WireError('varint too long');
  };
  const fixed = (size: number): number => {
    if (at + size > bytes.length) throw new WireError('end of message');
    at += size;
    return at - size;
  };
  while (at < bytes.length) {
    const tag = Number(varint() & 0xffff_ffffn);
    const number = tag >>> 3;
    const kind = tag & 7;
    if (kind === 0) yield { number, bits: varint(), bytes: null };
    else if (kind === 1) yield { number, bits: view.getBigUint64(fixed(8), true), bytes: null };
    else if (kind === 5) yield { number, bits: BigInt(view.getUint32(fixed(4), true)), bytes: null };
    else if (kind === 2) {
      const length = Number(varint());
      const start = fixed(length);
      yield { number, bits: 0n, bytes: bytes.subarray(start, start + length) };
    } else throw new WireError('group');
  }
}

const bits = new DataView(new ArrayBuffer(8));

/** The double that stands in the bits of a fixed field. */
export function doubleOf(field: ProtobufField): number {
  bits.setBigUint64(0, field.bits);
  return bits.getFloat64(0);
}

/** Doubles of a repeated field, packed or one by one. */
export function doublesOf(field: ProtobufField): number[] {
  const { bytes } = field;
  if (!bytes) return [doubleOf(field)];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, i) => view.getFloat64(8 * i, true));
}

export function textOf({ bytes }: ProtobufField): string {
  return bytes ? text.decode(bytes) : '';
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SIX_BITS = new Int16Array(128).fill(-1);
for (let value = 0; value < 64; value++) SIX_BITS[ALPHABET.charCodeAt(value)] = value;
SIX_BITS['-'.charCodeAt(0)] = 62;
SIX_BITS['_'.charCodeAt(0)] = 63;

/** Bytes of base64 in either alphabet. Throws WireError at any other character. */
export function base64Bytes(encoded: string): Uint8Array<ArrayBuffer> {
  let end = encoded.length;
  while (end > 0 && encoded[end - 1] === '=') end--;
  const out = new Uint8Array(Math.floor((end * 3) / 4));
  let word = 0;
  for (let at = 0, to = 0; at < end; at++) {
    const value = SIX_BITS[encoded.charCodeAt(at)] ?? -1;
    if (value < 0) throw new WireError('base64');
    word = (word << 6) | value;
    // Every four characters hold three bytes: the second, third and fourth each complete one.
    const place = at & 3;
    if (place > 0) out[to++] = (word >>> (6 - 2 * place)) & 0xff;
  }
  return out;
}
