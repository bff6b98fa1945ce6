/**
 * XZ files with LZMA2 as their only filter: what NCore packs its indexes with. Decoded here rather than by a library,
 * so that a hostile index is bounded in memory and time. Checksums of the content are left unchecked: what is decoded
 * is parsed with care anyway.
 */
import type { Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import { GrowingBytes, LzmaDecoder, StreamDamage } from './lzmaDecoder.ts';

const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const HEADER_BYTES = 12;
const LZMA2_FILTER = 0x21;
/** Bytes of the check after a block, by the check's id. */
const CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

class Cursor {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    if (this.at >= this.bytes.length) throw new StreamDamage('truncated');
    return this.bytes[this.at++]!;
  }

  /** A number in groups of seven bits, lowest first, at most nine of them. */
  variable(): number {
    let value = 0;
    for (let i = 0, scale = 1; i < 9; i++, scale *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new StreamDamage('number');
  }
}

/** Position after a block's header. Only LZMA2 on its own is accepted. */
function skipBlockHeader(cursor: Cursor): void {
  const start = cursor.at;
  const end = start + (cursor.byte() + 1) * 4;
  const flags = cursor.byte();
  if ((flags & 0x3c) !== 0 || (flags & 0x03) !== 0) throw new StreamDamage('filters');
  if (flags & 0x40) cursor.variable();
  if (flags & 0x80) cursor.variable();
  if (cursor.variable() !== LZMA2_FILTER || cursor.variable() !== 1) throw new StreamDamage('filter');
  cursor.byte();
  if (cursor.at + 4 > end || end > cursor.bytes.length) throw new StreamDamage('header');
  cursor.at = end;
}

function decodeBlock(cursor: Cursor, output: GrowingBytes): void {
  const decoder = new LzmaDecoder();
  const { bytes } = cursor;
  let dictionaryStart = output.length;
  let needsDictionary = true;
  for (;;) {
    const control = cursor.byte();
    if (control === 0) return;
    if (control === 1 || control >= 0xe0) {
      dictionaryStart = output.length;
      needsDictionary = false;
    } else if (needsDictionary) throw new StreamDamage('dictionary');
    if (control < 0x80) {
      if (control > 2) throw new StreamDamage('control');
      const size = cursor.byte() * 256 + cursor.byte() + 1;
      if (cursor.at + size > bytes.length) throw new StreamDamage('truncated');
      output.reserve(size);
      output.bytes.set(bytes.subarray(cursor.at, cursor.at + size), output.length);
      output.length += size;
      cursor.at += size;
      continue;
    }
    const size = (control & 0x1f) * 65_536 + cursor.byte() * 256 + cursor.byte() + 1;
    const packed = cursor.byte() * 256 + cursor.byte() + 1;
    const reset = (control >> 5) & 3;
    if (reset >= 2) decoder.setProperties(cursor.byte());
    else if (reset === 1) decoder.resetState();
    const end = cursor.at + packed;
    if (end > bytes.length) throw new StreamDamage('truncated');
    decoder.decodeChunk(bytes, cursor.at, end, output, size, dictionaryStart);
    cursor.at = end;
  }
}

/** The blocks of one stream, up to its index. */
function decodeStream(bytes: Uint8Array, output: GrowingBytes): void {
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw new StreamDamage('magic');
  const checkBytes = CHECK_BYTES[bytes[7]! & 0x0f]!;
  const cursor = new Cursor(bytes, HEADER_BYTES);
  while (cursor.at < bytes.length && bytes[cursor.at] !== 0) {
    const start = cursor.at;
    skipBlockHeader(cursor);
    decodeBlock(cursor, output);
    cursor.at += (4 - ((cursor.at - start) & 3)) & 3;
    cursor.at += checkBytes;
  }
}

/** At most `limit` bytes. Fails with `xz-broken`; `path` and `place` say whose bytes these are. */
export function decodeXz(bytes: Uint8Array, limit: number, path: string, place: string): Result<Uint8Array> {
  const output = new GrowingBytes(limit);
  try {
    decodeStream(bytes, output);
    return done(output.finished());
  } catch (error) {
    if (!(error instanceof StreamDamage || error instanceof RangeError)) throw error;
    return failed({ code: 'xz-broken', severity: 'error', path, place, params: { reason: error.message } });
  }
}
