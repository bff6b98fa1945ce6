/** Turns decoded rows into a `Sweep`: measures them and, for clouds far from zero, rebases them in doubles. */
import type { Problem } from '../../base/problem.ts';
import type { Sweep } from '../../model/sweep.ts';
import type { BufferPool } from './bufferPool.ts';
import type { Viewpoint } from './pcdHeader.ts';
import type { Rows, SweepMeasures } from './sweepMeasures.ts';
import { measureRows, originOf } from './sweepMeasures.ts';

export interface SweepReading {
  readonly sweep: Sweep;
  /** What was wrong with the file though points were found. */
  readonly problems: readonly Problem[];
  /** The file's VIEWPOINT when it is not the identity. The points are not moved by it (PCL's convention). */
  readonly viewpoint: Viewpoint | null;
}

/** Float32 rows over bytes: the file's own or a pooled buffer. `ownsValues`: may be overwritten. */
export interface FloatRows extends Rows {
  readonly values: Float32Array<ArrayBuffer>;
  readonly ring: number;
  readonly ownsValues: boolean;
}

/** Bytes per value of the interleaved buffer. */
const FLOAT_BYTES = 4;

/** A pooled float array that holds exactly `length` values (its buffer may be longer). */
export function pooledFloats(pool: BufferPool, length: number): Float32Array<ArrayBuffer> {
  return new Float32Array(pool.acquire(length * FLOAT_BYTES), 0, length);
}

/** Copies x, y, z (less the origin) and the fields at `kept` of any rows to float32 rows. */
function rebasedRows(
  rows: Rows,
  origin: Sweep['origin'],
  kept: readonly number[],
  out: Float32Array<ArrayBuffer>,
): void {
  const { values, count, stride, position } = rows;
  const outStride = 3 + kept.length;
  const [originX, originY, originZ] = origin;
  for (let i = 0, at = position, to = 0; i < count; i++, at += stride, to += outStride) {
    out[to] = values[at]! - originX;
    out[to + 1] = values[at + 1]! - originY;
    out[to + 2] = values[at + 2]! - originZ;
  }
  for (const [slot, field] of kept.entries()) {
    for (let i = 0, at = field, to = 3 + slot; i < count; i++, at += stride, to += outStride)
      out[to] = values[at]!;
  }
}

function packed(rows: Rows, measures: SweepMeasures, origin: Sweep['origin'], pool: BufferPool): Sweep {
  const { intensity, ring = -1, time = -1 } = rows;
  const kept = [intensity, ring, time].filter((field) => field >= 0);
  const placeOf = (field: number): number => (field < 0 ? -1 : 3 + kept.indexOf(field));
  const interleaved = pooledFloats(pool, rows.count * (3 + kept.length));
  rebasedRows(rows, origin, kept, interleaved);
  return {
    count: rows.count,
    interleaved,
    strideFloats: 3 + kept.length,
    position: 0,
    intensity: placeOf(intensity),
    ring: placeOf(ring),
    ...(time < 0 ? {} : { time: placeOf(time) }),
    ...measures,
    origin,
  };
}

/** Double rows are always repacked: the origin is taken off before anything becomes a float32. */
export function sweepFromDoubles(rows: Rows, pool: BufferPool): Sweep {
  const measures = measureRows(rows);
  return packed(rows, measures, originOf(rows, measures), pool);
}

/** Float rows stay where they are unless the cloud lies far out; then only the fields this knows are kept. */
export function sweepFromFloats(rows: FloatRows, pool: BufferPool): Sweep {
  const measures = measureRows(rows);
  const origin = originOf(rows, measures);
  const { count, stride, position, intensity, ring, time = -1 } = rows;
  if (origin.some((value) => value !== 0)) {
    const sweep = packed(rows, measures, origin, pool);
    if (rows.ownsValues) pool.release(rows.values.buffer);
    return sweep;
  }
  return {
    count,
    interleaved: rows.values,
    strideFloats: stride,
    position,
    intensity,
    ring,
    ...(time < 0 ? {} : { time }),
    ...measures,
    origin,
  };
}

/**
 * Float32 view of `bytes`, `length` values long: over the very bytes where they lie on a multiple of four, else over
 * one aligned copy in a pooled buffer.
 */
export function floatView(
  bytes: Uint8Array,
  length: number,
  pool: BufferPool,
): { values: Float32Array<ArrayBuffer>; ownsValues: boolean } {
  const { buffer, byteOffset } = bytes;
  if (byteOffset % FLOAT_BYTES === 0 && buffer instanceof ArrayBuffer) {
    return { values: new Float32Array(buffer, byteOffset, length), ownsValues: false };
  }
  const values = pooledFloats(pool, length);
  new Uint8Array(values.buffer, 0, length * FLOAT_BYTES).set(bytes.subarray(0, length * FLOAT_BYTES));
  return { values, ownsValues: true };
}
