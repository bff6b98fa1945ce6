/**
 * Float32 positions picked out from among fields of any kind, in rows or in arrays of their own, and measured in the
 * same pass: the usual layouts of recorded clouds, where every further pass over the points shows.
 */
import type { Sweep } from '../../model/sweep.ts';
import type { BufferPool } from './bufferPool.ts';
import type { ByteColumn } from './byteColumns.ts';
import { copyColumn } from './byteColumns.ts';
import { FAR_METERS } from './sweepMeasures.ts';
import { pooledFloats, sweepFromFloats } from './sweepRows.ts';

export interface PointColumns {
  readonly x: ByteColumn;
  readonly y: ByteColumn;
  readonly z: ByteColumn;
  readonly intensity: ByteColumn | null;
  /** Number of the beam. */
  readonly ring?: ByteColumn | null;
}

const isFloat32 = ({ type, size, isBigEndian }: ByteColumn) => type === 'F' && size === 4 && !isBigEndian;

/** How the intensity is read; anything else is left to the general way. */
const IntensityKind = { none: 0, float32: 1, uint8: 2, uint16: 3 } as const;

function intensityKind(column: ByteColumn | null): number | null {
  if (!column) return IntensityKind.none;
  if (isFloat32(column)) return IntensityKind.float32;
  if (column.type !== 'U' || column.isBigEndian) return null;
  if (column.size === 1) return IntensityKind.uint8;
  return column.size === 2 ? IntensityKind.uint16 : null;
}

/** Null where the columns hold other types than this knows. */
export function decodeMixedColumns(
  view: DataView,
  { x: columnX, y: columnY, z: columnZ, intensity: columnI, ring: columnR = null }: PointColumns,
  count: number,
  pool: BufferPool,
): Sweep | null {
  const kind = intensityKind(columnI);
  if (kind === null || ![columnX, columnY, columnZ].every(isFloat32)) return null;
  const [stepX, stepY, stepZ, stepI] = [columnX.stride, columnY.stride, columnZ.stride, columnI?.stride ?? 0];
  let [atX, atY, atZ, atI] = [columnX.offset, columnY.offset, columnZ.offset, columnI?.offset ?? 0];
  const ringAt = kind === IntensityKind.none ? 3 : 4;
  const stride = columnR ? ringAt + 1 : ringAt;
  const values = pooledFloats(pool, count * stride);
  if (columnR) copyColumn(view, columnR, count, values, ringAt, stride);
  let [minX, minY, minZ] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [maxX, maxY, maxZ] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let intensityMax = 0;
  let finiteCount = 0;
  for (let i = 0, to = 0; i < count; i++, to += stride) {
    const x = view.getFloat32(atX, true);
    const y = view.getFloat32(atY, true);
    const z = view.getFloat32(atZ, true);
    atX += stepX;
    atY += stepY;
    atZ += stepZ;
    values[to] = x;
    values[to + 1] = y;
    values[to + 2] = z;
    if (kind !== IntensityKind.none) {
      let intensity: number;
      if (kind === IntensityKind.float32) intensity = view.getFloat32(atI, true);
      else if (kind === IntensityKind.uint8) intensity = view.getUint8(atI);
      else intensity = view.getUint16(atI, true);
      atI += stepI;
      values[to + 3] = intensity;
      if (intensity > intensityMax && intensity !== Number.POSITIVE_INFINITY) intensityMax = intensity;
    }
    const sum = x + y + z;
    if (sum - sum !== 0) continue; // NaN or infinite
    finiteCount++;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
    if (z < minZ) minZ = z;
    if (z > maxZ) maxZ = z;
  }
  const intensity = kind === IntensityKind.none ? -1 : 3;
  const shape = { count, position: 0, intensity, ring: columnR ? ringAt : -1 };
  const bounds: Sweep['bounds'] =
    finiteCount === 0 ? [0, 0, 0, 0, 0, 0] : [minX, minY, minZ, maxX, maxY, maxZ];
  if (bounds.some((value) => Math.abs(value) > FAR_METERS)) {
    return sweepFromFloats({ ...shape, values, stride, ownsValues: true }, pool);
  }
  return {
    ...shape,
    interleaved: values,
    strideFloats: stride,
    finiteCount,
    bounds,
    intensityMax,
    origin: [0, 0, 0],
  };
}
