/** Points in binary rows of named fields, whatever carries them: PCD, PLY, a message of a recording. */
import type { Sweep } from '../../model/sweep.ts';
import type { BufferPool } from './bufferPool.ts';
import type { ByteColumn } from './byteColumns.ts';
import { copyColumn, fitsFloat32 } from './byteColumns.ts';
import type { PointColumns } from './mixedColumns.ts';
import { decodeMixedColumns } from './mixedColumns.ts';
import { floatView, pooledFloats, sweepFromDoubles, sweepFromFloats } from './sweepRows.ts';

/** Where one value stands in a row of bytes. */
export interface RowField {
  /** Signed, unsigned or floating point. */
  readonly type: 'I' | 'U' | 'F';
  readonly size: number;
  readonly offset: number;
}

export interface RowLayout {
  readonly x: RowField;
  readonly y: RowField;
  readonly z: RowField;
  readonly intensity: RowField | null;
  readonly ring: RowField | null;
  readonly rowBytes: number;
  readonly isBigEndian: boolean;
}

const INTENSITY_NAMES = [
  'intensity',
  'i',
  'reflectance',
  'reflectivity',
  'scalar_intensity',
  'scalar_reflectance',
];
const RING_NAMES = ['ring', 'channel', 'laser_id', 'scalar_ring'];
/** Rows up to this long go to the GPU as they are: what is not drawn of them costs less than picking it out. */
const LONGEST_FLOAT_ROW = 32;

/** Picks the fields that are kept by name, whatever the case; null when x, y or z is not there. */
export function pointFields<Field extends { readonly name: string }>(fields: readonly Field[]) {
  const find = (names: readonly string[]) =>
    fields.find((field) => names.includes(field.name.toLowerCase())) ?? null;
  const [x, y, z] = [find(['x']), find(['y']), find(['z'])];
  return x && y && z ? { x, y, z, intensity: find(INTENSITY_NAMES), ring: find(RING_NAMES) } : null;
}

/** Offset in floats, or -1 where the field is missing or no aligned float32. */
function floatOffset(field: RowField | null): number {
  return field && field.type === 'F' && field.size === 4 && field.offset % 4 === 0 ? field.offset / 4 : -1;
}

/** Can the GPU take the rows as they are: x, y, z side by side, and the intensity, as aligned float32? */
function isFloatLayout({ x, y, z, intensity, rowBytes, isBigEndian }: RowLayout): boolean {
  const position = floatOffset(x);
  const isAligned = position >= 0 && floatOffset(y) === position + 1 && floatOffset(z) === position + 2;
  const isIntensityAligned = intensity === null || floatOffset(intensity) >= 0;
  return (
    !isBigEndian && isAligned && isIntensityAligned && rowBytes % 4 === 0 && rowBytes <= LONGEST_FLOAT_ROW
  );
}

/** Decodes columns wherever they stand, in doubles where a float32 could not hold them. */
export function sweepFromColumns(
  view: DataView,
  count: number,
  columns: PointColumns,
  pool: BufferPool,
): Sweep {
  const mixed = decodeMixedColumns(view, columns, count, pool);
  if (mixed) return mixed;
  const { x, y, z, intensity, ring = null } = columns;
  const further = [intensity, ring].filter((column) => column !== null);
  const stride = 3 + further.length;
  const fill = (values: Float32Array | Float64Array) => {
    for (const [slot, column] of [x, y, z, ...further].entries()) {
      copyColumn(view, column, count, values, slot, stride);
    }
  };
  const placeOf = (column: ByteColumn | null): number => (column ? 3 + further.indexOf(column) : -1);
  const shape = { count, stride, position: 0, intensity: placeOf(intensity), ring: placeOf(ring) };
  if ([x, y, z].every(fitsFloat32)) {
    const values = pooledFloats(pool, count * stride);
    fill(values);
    return sweepFromFloats({ ...shape, values, ownsValues: true }, pool);
  }
  const scratch = pool.acquire(count * stride * 8);
  const values = new Float64Array(scratch, 0, count * stride);
  fill(values);
  const sweep = sweepFromDoubles({ ...shape, values }, pool);
  pool.release(scratch);
  return sweep;
}

/** The first `count` rows of `bytes`, which must hold them: over those very bytes where their layout allows it. */
export function sweepFromRows(bytes: Uint8Array, layout: RowLayout, count: number, pool: BufferPool): Sweep {
  const { rowBytes, x, intensity, ring } = layout;
  if (isFloatLayout(layout)) {
    const stride = rowBytes / 4;
    const shape = {
      count,
      stride,
      position: floatOffset(x),
      intensity: floatOffset(intensity),
      ring: floatOffset(ring),
    };
    return sweepFromFloats({ ...floatView(bytes, count * stride, pool), ...shape }, pool);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const column = (field: RowField): ByteColumn => ({
    ...field,
    stride: rowBytes,
    isBigEndian: layout.isBigEndian,
  });
  const columns = { x: column(layout.x), y: column(layout.y), z: column(layout.z) };
  const further = { intensity: intensity && column(intensity), ring: ring && column(ring) };
  return sweepFromColumns(view, count, { ...columns, ...further }, pool);
}
