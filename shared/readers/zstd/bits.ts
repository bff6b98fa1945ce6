/** Bits as Zstandard packs them (RFC 8878): forwards from the lowest, or backwards from a mark in the last byte. */

/** Damage in a frame: caught where the frame was opened. */
export class ZstdDamage extends Error {}

/** Bits [at, at + count) of `bytes`, at most 25; those beyond either end are zeros. */
export function bitsAt(bytes: Uint8Array, at: number, count: number): number {
  if (at < 0) return at + count <= 0 ? 0 : bitsAt(bytes, 0, at + count) << -at;
  const byte = at >> 3;
  const word =
    ((bytes[byte] ?? 0) |
      ((bytes[byte + 1] ?? 0) << 8) |
      ((bytes[byte + 2] ?? 0) << 16) |
      ((bytes[byte + 3] ?? 0) << 24)) >>>
    (at & 7);
  return word & ((1 << count) - 1);
}

export class BackwardBits {
  readonly #bytes: Uint8Array;
  /** Bits left; below zero once more was read than there is. */
  left: number;

  /** The highest bit that is set in the last byte only marks where the bits end. */
  constructor(bytes: Uint8Array) {
    const last = bytes.at(-1) ?? 0;
    if (last === 0) throw new ZstdDamage('bit stream');
    this.#bytes = bytes;
    this.left = 8 * bytes.length - 8 + (31 - Math.clz32(last));
  }

  /** The next `count` bits, at most 25, without taking them. */
  peek(count: number): number {
    return bitsAt(this.#bytes, this.left - count, count);
  }

  read(count: number): number {
    this.left -= count;
    return bitsAt(this.#bytes, this.left, count);
  }

  /** Up to 32 bits. */
  readLong(count: number): number {
    if (count <= 25) return this.read(count);
    const high = this.read(count - 16);
    return high * 65_536 + this.read(16);
  }
}
