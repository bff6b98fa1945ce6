/** A column's values out of the buffers of a batch: typed arrays, texts, and which rows hold none. */
import type { BatchBuffers } from './arrowBuffers.ts';
import type { ArrowType } from './arrowSchema.ts';
import { demand } from './damage.ts';
import { widenHalves } from './halfFloats.ts';

export type NumberArray =
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

export type LongArray = BigInt64Array<ArrayBuffer> | BigUint64Array<ArrayBuffer>;

interface Validity {
  /** 1 for each row that has a value; null = all have. What `values` holds elsewhere means nothing. */
  readonly valid: Uint8Array | null;
}

export interface NumberColumn extends Validity {
  readonly kind: 'number';
  /** Half floats come widened, booleans as 0 and 1. */
  readonly values: NumberArray;
}

export interface LongColumn extends Validity {
  readonly kind: 'long';
  readonly values: LongArray;
}

export interface TextColumn extends Validity {
  readonly kind: 'text';
  readonly values: readonly string[];
}

export type ArrowColumn = NumberColumn | LongColumn | TextColumn;

/** The first `rows` values of a fixed width. */
function copied(bytes: Uint8Array, rows: number, width: number, part: string): ArrayBuffer {
  demand(bytes.length >= rows * width, part);
  const { buffer, byteOffset } = bytes;
  const isOwn = buffer instanceof ArrayBuffer && byteOffset === 0 && buffer.byteLength === rows * width;
  return isOwn ? buffer : (bytes.slice(0, rows * width).buffer as ArrayBuffer);
}

/** Bits, lowest first, to bytes of 0 and 1. */
function spreadBits(bytes: Uint8Array, rows: number, part: string): Uint8Array<ArrayBuffer> {
  demand(8 * bytes.length >= rows, part);
  const out = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) out[row] = (bytes[row >> 3]! >> (row & 7)) & 1;
  return out;
}

function intColumn(type: ArrowType & { kind: 'int' }, bytes: Uint8Array, rows: number, part: string) {
  const buffer = copied(bytes, rows, type.bits / 8, part);
  switch (type.bits) {
    case 8:
      return number(type.isSigned ? new Int8Array(buffer) : new Uint8Array(buffer));
    case 16:
      return number(type.isSigned ? new Int16Array(buffer) : new Uint16Array(buffer));
    case 32:
      return number(type.isSigned ? new Int32Array(buffer) : new Uint32Array(buffer));
    case 64: {
      const values: LongArray = type.isSigned ? new BigInt64Array(buffer) : new BigUint64Array(buffer);
      return { kind: 'long', values } as const;
    }
  }
}

function number(values: NumberArray) {
  return { kind: 'number', values } as const;
}

function floatColumn(bits: 16 | 32 | 64, bytes: Uint8Array, rows: number, part: string) {
  const buffer = copied(bytes, rows, bits / 8, part);
  if (bits === 16) return number(widenHalves(new Uint16Array(buffer)));
  return number(bits === 32 ? new Float32Array(buffer) : new Float64Array(buffer));
}

function textColumn(offsetBits: 32 | 64, offsets: Uint8Array, bytes: Uint8Array, rows: number, part: string) {
  // An array without rows may come without its one offset.
  const ends = rows === 0 ? null : copied(offsets, rows + 1, offsetBits / 8, part);
  const at: ArrayLike<number | bigint> =
    ends === null ? [] : offsetBits === 32 ? new Int32Array(ends) : new BigInt64Array(ends);
  const decoder = new TextDecoder();
  const values: string[] = new Array(rows);
  let start = rows === 0 ? 0 : Number(at[0]);
  // Rising offsets within the bytes: all the texts together are no longer than the file's own.
  for (let row = 0; row < rows; row++) {
    const end = Number(at[row + 1]);
    demand(start >= 0 && end >= start && end <= bytes.length, part);
    values[row] = start === end ? '' : decoder.decode(bytes.subarray(start, end));
    start = end;
  }
  return { kind: 'text', values } as const;
}

/**
 * One column of one batch. `first`: number of its first buffer there; `nulls`: how many the batch states. Throws
 * `Damage`; a type that is not decoded has to be sorted out before.
 */
export function decodeColumn(
  type: ArrowType,
  buffers: BatchBuffers,
  first: number,
  rows: number,
  nulls: number,
  part: string,
): ArrowColumn {
  const bitmap = buffers(first);
  const valid = nulls > 0 && bitmap.length > 0 ? spreadBits(bitmap, rows, part) : null;
  const data = buffers(first + 1);
  switch (type.kind) {
    case 'bool':
      return { ...number(spreadBits(data, rows, part)), valid };
    case 'int':
      return { ...intColumn(type, data, rows, part), valid };
    case 'float':
      return { ...floatColumn(type.bits, data, rows, part), valid };
    case 'text':
      return { ...textColumn(type.offsetBits, data, buffers(first + 2), rows, part), valid };
    default:
      return demand(false, part) as never;
  }
}

function joinedValid(parts: readonly ArrowColumn[], rows: number): Uint8Array | null {
  if (parts.every(({ valid }) => valid === null)) return null;
  const valid = new Uint8Array(rows).fill(1);
  let row = 0;
  for (const { valid: own, values } of parts) {
    if (own) valid.set(own, row);
    row += values.length;
  }
  return valid;
}

/** The batches of one column, one after another. They have one type, since a file has one schema. */
export function joinColumns(parts: readonly [ArrowColumn, ...ArrowColumn[]]): ArrowColumn {
  const [head] = parts;
  if (parts.length === 1) return head;
  const rows = parts.reduce((sum, { values }) => sum + values.length, 0);
  const valid = joinedValid(parts, rows);
  if (head.kind === 'text') {
    return { kind: 'text', values: parts.flatMap(({ values }) => values as readonly string[]), valid };
  }
  const joined = new (head.values.constructor as new (length: number) => typeof head.values)(rows);
  let row = 0;
  for (const { values } of parts) {
    (joined as NumberArray).set(values as NumberArray, row);
    row += values.length;
  }
  return { ...head, values: joined, valid } as ArrowColumn;
}
