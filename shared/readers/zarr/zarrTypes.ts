/** Element types of zarr v2: numpy's spelling (`<f4`, `|S120`) to bytes on disk and a typed array in memory. */
import { widenHalves } from '../arrow/halfFloats.ts';

export type ZarrValues =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>;

export interface ZarrType {
  /** `f`, `i`, `u`, `b` (stored as bytes 0 and 1) or `S` (bytes of fixed length). */
  readonly kind: 'f' | 'i' | 'u' | 'b' | 'S';
  readonly bytes: number;
  readonly isBigEndian: boolean;
}

const SIZES: Record<string, readonly number[]> = { f: [2, 4, 8], i: [1, 2, 4, 8], u: [1, 2, 4, 8], b: [1] };

/** Null for types that are not read: structured, dates, text, objects. */
export function parseZarrType(text: unknown): ZarrType | null {
  const match = typeof text === 'string' ? /^([<>|])([fiubS])(\d{1,10})$/.exec(text) : null;
  if (!match) return null;
  const kind = match[2] as ZarrType['kind'];
  const bytes = Number(match[3]);
  if (kind !== 'S' && !SIZES[kind]!.includes(bytes)) return null;
  return { kind, bytes, isBigEndian: match[1] === '>' };
}

/** `bytes` as values; big-endian ones are turned around in place, half floats widened. Whole elements only. */
export function valuesOf(type: ZarrType, bytes: Uint8Array<ArrayBuffer>): ZarrValues {
  if (type.isBigEndian && type.kind !== 'S') swapBytes(bytes, type.bytes);
  const { buffer, byteOffset } = bytes;
  const count = type.kind === 'S' ? bytes.length : bytes.length / type.bytes;
  switch (`${type.kind}${type.kind === 'S' ? '' : type.bytes}`) {
    case 'f2':
      return widenHalves(new Uint16Array(buffer, byteOffset, count));
    case 'f4':
      return new Float32Array(buffer, byteOffset, count);
    case 'f8':
      return new Float64Array(buffer, byteOffset, count);
    case 'i1':
      return new Int8Array(buffer, byteOffset, count);
    case 'i2':
      return new Int16Array(buffer, byteOffset, count);
    case 'i4':
      return new Int32Array(buffer, byteOffset, count);
    case 'i8':
      return new BigInt64Array(buffer, byteOffset, count);
    case 'u2':
      return new Uint16Array(buffer, byteOffset, count);
    case 'u4':
      return new Uint32Array(buffer, byteOffset, count);
    case 'u8':
      return new BigUint64Array(buffer, byteOffset, count);
    default:
      return bytes;
  }
}

function swapBytes(bytes: Uint8Array, elementBytes: number): void {
  for (let at = 0; at < bytes.length; at += elementBytes) bytes.subarray(at, at + elementBytes).reverse();
}

/** One element as it lies on disk, filled with the array's fill value; null = a value that does not fit the type. */
export function fillBytes(type: ZarrType, fill: unknown): Uint8Array | null {
  const bytes = new Uint8Array(type.bytes);
  if (fill === null || fill === undefined || fill === 0 || fill === false || type.kind === 'S') return bytes;
  const number = fill === true ? 1 : typeof fill === 'string' ? namedNumber(fill) : fill;
  if (typeof number !== 'number') return null;
  const view = new DataView(bytes.buffer);
  const isLittle = !type.isBigEndian;
  if (type.kind === 'f') {
    if (type.bytes === 8) view.setFloat64(0, number, isLittle);
    else if (type.bytes === 4) view.setFloat32(0, number, isLittle);
    else return null;
    return bytes;
  }
  if (!Number.isInteger(number)) return null;
  let rest = BigInt.asUintN(64, BigInt(number));
  for (let i = 0; i < type.bytes; i++, rest >>= 8n) {
    bytes[isLittle ? i : type.bytes - 1 - i] = Number(rest & 0xffn);
  }
  return bytes;
}

function namedNumber(text: string): number | null {
  if (text === 'NaN') return Number.NaN;
  if (text === 'Infinity') return Number.POSITIVE_INFINITY;
  return text === '-Infinity' ? Number.NEGATIVE_INFINITY : null;
}
