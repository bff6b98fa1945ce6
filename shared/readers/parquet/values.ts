/** Parquet's plain and dictionary encodings: page bytes into typed arrays, as exact as the file states them. */
import { ParquetError } from './broken.ts';
import { readDeltaBytes, readDeltaIntegers, readDeltaLengths } from './delta.ts';
import type { ParquetColumn } from './footer.ts';
import type { ByteCursor } from './runs.ts';
import { checkedCount, readRuns } from './runs.ts';

export type NumberValues = Int32Array | Uint32Array | Float32Array | Float64Array;
export type BigValues = BigInt64Array | BigUint64Array;
/** Values of one leaf without nulls: numbers typed, booleans, texts and byte strings in arrays. */
export type LeafValues =
  | NumberValues
  | BigValues
  | readonly boolean[]
  | readonly string[]
  | readonly number[]
  | readonly bigint[]
  | readonly Uint8Array[];

/** Ids of Parquet's encodings. */
const Encoding = {
  plain: 0,
  plainDictionary: 2,
  rle: 3,
  deltaBinaryPacked: 5,
  deltaLengthByteArray: 6,
  deltaByteArray: 7,
  rleDictionary: 8,
  byteStreamSplit: 9,
} as const;

const WIDTHS = {
  boolean: 0,
  int32: 4,
  int64: 8,
  int96: 12,
  float: 4,
  double: 8,
  bytes: 4,
  fixed: 0,
} as const;

function widthOf(column: ParquetColumn): number {
  return column.type === 'fixed' ? column.fixedLength : WIDTHS[column.type];
}

export function usesDictionary(encoding: number): boolean {
  return encoding === Encoding.plainDictionary || encoding === Encoding.rleDictionary;
}

/** `count` values at the cursor. Throws ParquetError for bytes that do not hold them. */
export function readValues(
  cursor: ByteCursor,
  column: ParquetColumn,
  encoding: number,
  count: number,
  dictionary: LeafValues | null,
): LeafValues {
  checkedCount(count);
  if (usesDictionary(encoding)) return fromDictionary(cursor, count, dictionary);
  return asLogical(physicalValues(cursor, column, encoding, count), column);
}

/** A dictionary page: always plain. */
export function readDictionary(bytes: Uint8Array, column: ParquetColumn, count: number): LeafValues {
  const values = plainValues({ bytes, at: 0 }, column, checkedCount(count));
  return asLogical(values, column);
}

function fromDictionary(cursor: ByteCursor, count: number, dictionary: LeafValues | null): LeafValues {
  if (!dictionary) throw new ParquetError('dictionary');
  const width = cursor.bytes[cursor.at++];
  if (width === undefined && count > 0) throw new ParquetError('page-data');
  const places = readRuns(cursor, width ?? 0, count);
  const most = dictionary.length;
  for (let i = 0; i < count; i++) if (places[i]! >= most) throw new ParquetError('dictionary');
  return valuesAt(dictionary, places);
}

/** The values at `places`, in an array of the same kind. */
function valuesAt(values: LeafValues, places: Uint32Array): LeafValues {
  if (Array.isArray(values)) return Array.from(places, (place) => values[place]!) as unknown as LeafValues;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const out =
      values instanceof BigInt64Array ? new BigInt64Array(places.length) : new BigUint64Array(places.length);
    for (let i = 0; i < places.length; i++) out[i] = values[places[i]!]!;
    return out;
  }
  const typed = values as NumberValues;
  const out = typed.slice(0, 0).constructor as new (length: number) => NumberValues;
  const picked = new out(places.length);
  for (let i = 0; i < places.length; i++) picked[i] = typed[places[i]!]!;
  return picked;
}

function physicalValues(
  cursor: ByteCursor,
  column: ParquetColumn,
  encoding: number,
  count: number,
): LeafValues {
  switch (encoding) {
    case Encoding.plain:
      return plainValues(cursor, column, count);
    case Encoding.rle: {
      if (column.type !== 'boolean') break;
      cursor.at += 4;
      return Array.from(readRuns(cursor, 1, count), (bit) => bit === 1);
    }
    case Encoding.deltaBinaryPacked:
      if (column.type === 'int32' || column.type === 'int64') {
        return readDeltaIntegers(cursor, column.type, count);
      }
      break;
    case Encoding.deltaLengthByteArray:
      if (column.type === 'bytes') return readDeltaLengths(cursor, count);
      break;
    case Encoding.deltaByteArray:
      if (column.type === 'bytes' || column.type === 'fixed') return readDeltaBytes(cursor, count);
      break;
    case Encoding.byteStreamSplit:
      return plainValues({ bytes: joinStreams(cursor, widthOf(column), count), at: 0 }, column, count);
    default:
  }
  throw new ParquetError('page-data');
}

/** Byte k of every value stands in stream k. */
function joinStreams(cursor: ByteCursor, width: number, count: number): Uint8Array {
  const { bytes, at } = cursor;
  if (width * count > bytes.length - at) throw new ParquetError('page-data');
  const joined = new Uint8Array(width * count);
  for (let byte = 0; byte < width; byte++) {
    for (let i = 0, from = at + byte * count; i < count; i++) joined[i * width + byte] = bytes[from + i]!;
  }
  return joined;
}

function plainValues(cursor: ByteCursor, column: ParquetColumn, count: number): LeafValues {
  if (column.type === 'boolean') return plainBooleans(cursor, count);
  if (column.type === 'bytes') return plainByteArrays(cursor, count);
  const width = widthOf(column);
  const { bytes, at } = cursor;
  if (width === 0 || width * count > bytes.length - at) throw new ParquetError('page-data');
  cursor.at += width * count;
  if (column.type === 'fixed') {
    return Array.from({ length: count }, (_, i) => bytes.subarray(at + i * width, at + (i + 1) * width));
  }
  if (column.type === 'int96') {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, width * count);
    return Array.from({ length: count }, (_, i) => instantNanos(view, i * width));
  }
  // Copied, since pages start at any byte and typed arrays do not.
  const { buffer } = new Uint8Array(bytes.subarray(at, at + width * count));
  switch (column.type) {
    case 'int32':
      return new Int32Array(buffer);
    case 'int64':
      return new BigInt64Array(buffer);
    case 'float':
      return new Float32Array(buffer);
    default:
      return new Float64Array(buffer);
  }
}

const JULIAN_DAY_OF_1970 = 2_440_588n;
const NANOS_OF_DAY = 86_400_000_000_000n;

/** The old time type: nanoseconds within the day, then the Julian day. Nanoseconds since 1970. */
function instantNanos(view: DataView, at: number): bigint {
  const day = BigInt(view.getInt32(at + 8, true)) - JULIAN_DAY_OF_1970;
  return day * NANOS_OF_DAY + view.getBigInt64(at, true);
}

function plainBooleans(cursor: ByteCursor, count: number): boolean[] {
  const { bytes, at } = cursor;
  if (Math.ceil(count / 8) > bytes.length - at) throw new ParquetError('page-data');
  cursor.at += Math.ceil(count / 8);
  return Array.from({ length: count }, (_, i) => ((bytes[at + (i >> 3)]! >> (i & 7)) & 1) === 1);
}

function plainByteArrays(cursor: ByteCursor, count: number): Uint8Array[] {
  const { bytes } = cursor;
  if (4 * count > bytes.length - cursor.at) throw new ParquetError('page-data');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    if (cursor.at + 4 > bytes.length) throw new ParquetError('page-data');
    const length = view.getUint32(cursor.at, true);
    const start = cursor.at + 4;
    if (length > bytes.length - start) throw new ParquetError('page-data');
    values.push(bytes.subarray(start, start + length));
    cursor.at = start + length;
  }
  return values;
}

/** Physical values as what the schema says they mean. Times stay the whole numbers they are. */
function asLogical(values: LeafValues, column: ParquetColumn): LeafValues {
  switch (column.logical) {
    case 'text': {
      if (column.type !== 'bytes' && column.type !== 'fixed') return values;
      const decoder = new TextDecoder();
      return (values as readonly Uint8Array[]).map((bytes) => decoder.decode(bytes));
    }
    case 'unsigned':
      if (values instanceof Int32Array)
        return new Uint32Array(values.buffer, values.byteOffset, values.length);
      if (values instanceof BigInt64Array) {
        return new BigUint64Array(values.buffer, values.byteOffset, values.length);
      }
      return values;
    case 'float16':
      return Float32Array.from(values as readonly Uint8Array[], halfFloat);
    case 'decimal':
      return Float64Array.from(values as Iterable<number>, (value: number | bigint | Uint8Array) =>
        decimal(value, column.scale),
      );
    default:
      return values;
  }
}

function halfFloat(bytes: Uint8Array): number {
  const bits = bytes[0]! | (bytes[1]! << 8);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Whole number or big-endian two's complement bytes, `scale` digits behind the point. */
function decimal(value: number | bigint | Uint8Array, scale: number): number {
  if (!(value instanceof Uint8Array)) return Number(value) / 10 ** scale;
  let number = (value[0] ?? 0) & 0x80 ? -1 : 0;
  for (const byte of value) number = number * 256 + byte;
  return number / 10 ** scale;
}
