/** Parquet's delta encodings: integers as differences in bit-packed blocks, byte strings by lengths and shared prefixes. */
import { ParquetError } from './broken.ts';
import type { ByteCursor } from './runs.ts';
import { checkedCount, readVarint } from './runs.ts';

/** Whole number of any width up to 64 bits, lowest bit first. */
function readBits(bytes: Uint8Array, bitStart: number, width: number): bigint {
  let value = 0n;
  for (let read = 0; read < width; ) {
    const bit = bitStart + read;
    const byte = bytes[Math.floor(bit / 8)];
    if (byte === undefined) throw new ParquetError('page-data');
    const shift = bit % 8;
    const take = Math.min(8 - shift, width - read);
    value |= BigInt((byte >> shift) & ((1 << take) - 1)) << BigInt(read);
    read += take;
  }
  return value;
}

function readZigzag(cursor: ByteCursor): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) throw new ParquetError('page-data');
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return (value >> 1n) ^ -(value & 1n);
  }
  throw new ParquetError('page-data');
}

/** `count` integers; the stream states its own number, which must be that one. */
export function readDeltaIntegers(
  cursor: ByteCursor,
  type: 'int32' | 'int64',
  count: number,
): Int32Array | BigInt64Array {
  const blockSize = readVarint(cursor);
  const miniblocks = readVarint(cursor);
  const total = readVarint(cursor);
  let value = readZigzag(cursor);
  const perMiniblock = blockSize / miniblocks;
  if (total !== count || !Number.isInteger(perMiniblock) || perMiniblock < 1)
    throw new ParquetError('page-data');
  const out = type === 'int32' ? new Int32Array(checkedCount(count)) : new BigInt64Array(checkedCount(count));
  const write = (at: number, number: bigint) => {
    if (out instanceof Int32Array) out[at] = Number(BigInt.asIntN(32, number));
    else out[at] = number;
  };
  if (count > 0) write(0, value);
  for (let filled = 1; filled < count; ) {
    const least = readZigzag(cursor);
    const widths = cursor.at;
    cursor.at += miniblocks;
    for (let mini = 0; mini < miniblocks && filled < count; mini++) {
      const width = cursor.bytes[widths + mini];
      if (width === undefined || width > 64) throw new ParquetError('page-data');
      for (let i = 0; i < perMiniblock && filled < count; i++) {
        const step = width === 0 ? 0n : readBits(cursor.bytes, 8 * cursor.at + i * width, width);
        value = BigInt.asIntN(64, value + least + step);
        write(filled++, value);
      }
      cursor.at += (perMiniblock * width) / 8;
    }
  }
  return out;
}

/** All lengths first, then all bytes. */
export function readDeltaLengths(cursor: ByteCursor, count: number): Uint8Array[] {
  const lengths = readDeltaIntegers(cursor, 'int32', count) as Int32Array;
  const values: Uint8Array[] = [];
  for (const length of lengths) {
    if (length < 0 || length > cursor.bytes.length - cursor.at) throw new ParquetError('page-data');
    values.push(cursor.bytes.subarray(cursor.at, cursor.at + length));
    cursor.at += length;
  }
  return values;
}

/** Bytes that prefixes may repeat in one page: a chain of long ones would grow with the square of the page. */
const MOST_REPEATED_BYTES = 1 << 28;

/** Each value shares a prefix with the one before it. */
export function readDeltaBytes(cursor: ByteCursor, count: number): Uint8Array[] {
  const prefixes = readDeltaIntegers(cursor, 'int32', count) as Int32Array;
  const suffixes = readDeltaLengths(cursor, count);
  const values: Uint8Array[] = [];
  let before = new Uint8Array(0);
  let repeated = 0;
  for (const [i, suffix] of suffixes.entries()) {
    const prefix = prefixes[i]!;
    if (prefix < 0 || prefix > before.length) throw new ParquetError('page-data');
    repeated += prefix;
    if (repeated > MOST_REPEATED_BYTES) throw new ParquetError('too-large');
    const value = new Uint8Array(prefix + suffix.length);
    value.set(before.subarray(0, prefix));
    value.set(suffix, prefix);
    values.push(value);
    before = value;
  }
  return values;
}
