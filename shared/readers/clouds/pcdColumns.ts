/** Numbers out of binary PCD bodies: any field type, in rows (`binary`) or one array per field (`binary_compressed`). */
import type { PcdField, PcdHeader } from './pcdHeader.ts';

/** The fields that are kept; the rest of a point is not decoded. */
export interface WantedFields {
  readonly x: PcdField;
  readonly y: PcdField;
  readonly z: PcdField;
  readonly intensity: PcdField | null;
  readonly ring: PcdField | null;
}

const INTENSITY_NAMES = ['intensity', 'i', 'reflectance', 'reflectivity'];
const RING_NAMES = ['ring', 'channel', 'laser_id'];

/** Picks by name, whatever the case; null when x, y or z is not there. */
export function wantedFields(header: PcdHeader): WantedFields | null {
  const find = (names: readonly string[]) =>
    header.fields.find((field) => field.count > 0 && names.includes(field.name.toLowerCase())) ?? null;
  const [x, y, z] = [find(['x']), find(['y']), find(['z'])];
  if (!x || !y || !z) return null;
  return { x, y, z, intensity: find(INTENSITY_NAMES), ring: find(RING_NAMES) };
}

/** Where one value per point stands: `offset` of the first, `stride` bytes to the next. */
export interface ByteColumn {
  readonly type: PcdField['type'];
  readonly size: number;
  readonly offset: number;
  readonly stride: number;
}

export function columnInRows(field: PcdField, rowBytes: number): ByteColumn {
  return { type: field.type, size: field.size, offset: field.offset, stride: rowBytes };
}

/** Field arrays follow one another in field order, each `count` values per point long. */
export function columnInArrays(field: PcdField, points: number): ByteColumn {
  return {
    type: field.type,
    size: field.size,
    offset: field.offset * points,
    stride: field.size * field.count,
  };
}

function readerOf(view: DataView, column: ByteColumn): (at: number) => number {
  switch (`${column.type}${column.size}`) {
    case 'F4':
      return (at) => view.getFloat32(at, true);
    case 'F8':
      return (at) => view.getFloat64(at, true);
    case 'I1':
      return (at) => view.getInt8(at);
    case 'I2':
      return (at) => view.getInt16(at, true);
    case 'I4':
      return (at) => view.getInt32(at, true);
    case 'I8':
      return (at) => Number(view.getBigInt64(at, true));
    case 'U1':
      return (at) => view.getUint8(at);
    case 'U2':
      return (at) => view.getUint16(at, true);
    case 'U4':
      return (at) => view.getUint32(at, true);
    default:
      return (at) => Number(view.getBigUint64(at, true));
  }
}

/** Writes `count` values of a column to every `outStride`-th place of `out`, from `outOffset` on. */
export function copyColumn(
  view: DataView,
  column: ByteColumn,
  count: number,
  out: Float32Array | Float64Array,
  outOffset: number,
  outStride: number,
): void {
  let at = column.offset;
  let to = outOffset;
  if (column.type === 'F' && column.size === 4) {
    // Written out: the common case stays one monomorphic loop.
    for (let i = 0; i < count; i++, at += column.stride, to += outStride) out[to] = view.getFloat32(at, true);
    return;
  }
  const read = readerOf(view, column);
  for (let i = 0; i < count; i++, at += column.stride, to += outStride) out[to] = read(at);
}

/** Do float32 numbers hold every value of this column? (Integers up to 2^24 fit; 32-bit ones do not.) */
export function fitsFloat32(field: PcdField): boolean {
  return field.type === 'F' ? field.size === 4 : field.size <= 2;
}
