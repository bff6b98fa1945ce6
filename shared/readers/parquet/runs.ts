/** Parquet's hybrid of runs and bit-packed groups: levels and dictionary indices. */
import { ParquetError } from './broken.ts';

/** Values that one page may hold: what a run of a few bytes may claim. */
export const MOST_VALUES = 1 << 25;

/** A count from outside, refused before anything is allocated for it. */
export function checkedCount(count: number): number {
  if (!Number.isInteger(count) || count < 0) throw new ParquetError('page-data');
  if (count > MOST_VALUES) throw new ParquetError('too-large');
  return count;
}

/** What a whole read may claim beyond the bytes that are there: many small pages must not add up to a large one. */
export class ValueBudget {
  #left = 2 * MOST_VALUES;

  /** Negative amounts are free. Throws ParquetError `too-large`. */
  spend(values: number): void {
    this.#left -= Math.max(0, values);
    if (this.#left < 0) throw new ParquetError('too-large');
  }
}

export interface ByteCursor {
  readonly bytes: Uint8Array;
  at: number;
}

export function readVarint(cursor: ByteCursor): number {
  let value = 0;
  for (let shift = 0; shift < 63; shift += 7) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) throw new ParquetError('page-data');
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  throw new ParquetError('page-data');
}

/** `count` values of `width` bits (0..32), from the cursor on; the cursor ends behind the last run that was read. */
export function readRuns(cursor: ByteCursor, width: number, count: number): Uint32Array {
  if (width > 32) throw new ParquetError('page-data');
  const out = new Uint32Array(checkedCount(count));
  for (let filled = 0; filled < count; ) {
    const head = readVarint(cursor);
    const wanted = count - filled;
    if (head % 2 === 1) {
      const values = Math.min(((head - 1) / 2) * 8, wanted);
      unpack(cursor.bytes, cursor.at, width, out, filled, values);
      cursor.at += ((head - 1) / 2) * width;
      filled += values;
    } else {
      const values = Math.min(head / 2, wanted);
      out.fill(runValue(cursor, width), filled, filled + values);
      filled += values;
    }
  }
  return out;
}

function runValue(cursor: ByteCursor, width: number): number {
  let value = 0;
  for (let shift = 0; shift < width; shift += 8) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) throw new ParquetError('page-data');
    value += byte * 2 ** shift;
  }
  return value;
}

/** Values packed lowest bit first. The last group of a page may be cut after its last value that counts. */
function unpack(
  bytes: Uint8Array,
  start: number,
  width: number,
  out: Uint32Array,
  from: number,
  count: number,
): void {
  if (Math.ceil((count * width) / 8) > bytes.length - start) throw new ParquetError('page-data');
  let at = start;
  let held = 0;
  let bits = 0;
  const size = 2 ** width;
  for (let i = 0; i < count; i++) {
    while (bits < width) {
      held += bytes[at++]! * 2 ** bits;
      bits += 8;
    }
    const value = held % size;
    out[from + i] = value;
    held = (held - value) / size;
    bits -= width;
  }
}
