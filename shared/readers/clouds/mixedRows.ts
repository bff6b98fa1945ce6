/**
 * Rows of float32 positions among fields of any kind, picked apart and measured in one pass: the usual layout of
 * recorded clouds, and the one where every further pass over the rows shows.
 */
import type { Sweep } from '../../model/sweep.ts';
import type { BufferPool } from './bufferPool.ts';
import type { RowField, RowLayout } from './fieldRows.ts';
import { FAR_METERS } from './sweepMeasures.ts';
import { pooledFloats, sweepFromFloats } from './sweepRows.ts';

const isFloat32 = ({ type, size }: RowField) => type === 'F' && size === 4;

/** How the intensity is read; anything else is left to the general way. */
const IntensityKind = { none: 0, float32: 1, uint8: 2, uint16: 3 } as const;

function intensityKind(field: RowField | null): number | null {
  if (!field) return IntensityKind.none;
  if (isFloat32(field)) return IntensityKind.float32;
  if (field.type !== 'U') return null;
  if (field.size === 1) return IntensityKind.uint8;
  return field.size === 2 ? IntensityKind.uint16 : null;
}

/** Null where the rows hold other types than this knows. */
export function decodeMixedRows(
  view: DataView,
  layout: RowLayout,
  count: number,
  pool: BufferPool,
): Sweep | null {
  const kind = intensityKind(layout.intensity);
  if (kind === null || layout.isBigEndian || ![layout.x, layout.y, layout.z].every(isFloat32)) return null;
  const { rowBytes } = layout;
  const [atX, atY, atZ] = [layout.x.offset, layout.y.offset, layout.z.offset];
  const atIntensity = layout.intensity?.offset ?? 0;
  const stride = kind === IntensityKind.none ? 3 : 4;
  const values = pooledFloats(pool, count * stride);
  let [minX, minY, minZ] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [maxX, maxY, maxZ] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let intensityMax = 0;
  let finiteCount = 0;
  for (let i = 0, at = 0, to = 0; i < count; i++, at += rowBytes, to += stride) {
    const x = view.getFloat32(at + atX, true);
    const y = view.getFloat32(at + atY, true);
    const z = view.getFloat32(at + atZ, true);
    values[to] = x;
    values[to + 1] = y;
    values[to + 2] = z;
    if (kind !== IntensityKind.none) {
      let intensity: number;
      if (kind === IntensityKind.float32) intensity = view.getFloat32(at + atIntensity, true);
      else if (kind === IntensityKind.uint8) intensity = view.getUint8(at + atIntensity);
      else intensity = view.getUint16(at + atIntensity, true);
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
  const shape = { count, position: 0, intensity, ring: -1 };
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
