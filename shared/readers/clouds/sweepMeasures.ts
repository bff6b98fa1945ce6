/** One pass over interleaved rows: bounds, finite points, largest intensity; and the origin a far cloud is rebased to. */

import type { Vec3 } from '../../model/pose.ts';
import type { Sweep } from '../../model/sweep.ts';

/** Interleaved values: rows of `stride`, x, y, z at `position`, intensity at `intensity` (-1 = none). */
export interface Rows {
  readonly values: Float32Array | Float64Array;
  readonly count: number;
  readonly stride: number;
  readonly position: number;
  readonly intensity: number;
  /** Number of the beam and seconds since the first point; absent = -1. */
  readonly ring?: number;
  readonly time?: number;
}

export type SweepMeasures = Pick<Sweep, 'finiteCount' | 'bounds' | 'intensityMax'>;

/** Metres from zero beyond which float32 steps (1 mm at 10 km) begin to show in a cuboid of a few metres. */
export const FAR_METERS = 10_000;
const ORIGIN_SAMPLES = 63;

/** Bounds are over points with finite x, y and z, and all zero when there is none. */
export function measureRows(rows: Rows): SweepMeasures {
  const { values, count, stride, position, intensity } = rows;
  let minX = Number.POSITIVE_INFINITY;
  let minY = minX;
  let minZ = minX;
  let maxX = Number.NEGATIVE_INFINITY;
  let maxY = maxX;
  let maxZ = maxX;
  let intensityMax = 0;
  let finiteCount = 0;
  for (let i = 0, at = position; i < count; i++, at += stride) {
    const x = values[at]!;
    const y = values[at + 1]!;
    const z = values[at + 2]!;
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
  if (intensity >= 0) {
    for (let i = 0, at = intensity; i < count; i++, at += stride) {
      const value = values[at]!;
      if (value > intensityMax && value !== Number.POSITIVE_INFINITY) intensityMax = value;
    }
  }
  const bounds: Sweep['bounds'] =
    finiteCount === 0 ? [0, 0, 0, 0, 0, 0] : [minX, minY, minZ, maxX, maxY, maxZ];
  return { finiteCount, bounds, intensityMax };
}

/**
 * Whole metres near the cloud's middle when it lies far from zero (map or UTM coordinates), else zero. The middle is
 * the median of a few points spread over the rows, so that stray points at (0, 0, 0) do not decide.
 */
export function originOf(rows: Rows, measures: SweepMeasures): Vec3 {
  const reach = measures.bounds.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (reach <= FAR_METERS) return [0, 0, 0];
  const { values, count, stride, position } = rows;
  const samples: [number[], number[], number[]] = [[], [], []];
  const step = Math.max(1, Math.floor(count / ORIGIN_SAMPLES));
  for (let i = 0; i < count; i += step) {
    const at = i * stride + position;
    const point = [values[at]!, values[at + 1]!, values[at + 2]!];
    if (point.every(Number.isFinite)) for (let axis = 0; axis < 3; axis++) samples[axis]!.push(point[axis]!);
  }
  const median = (list: number[]) => Math.round(list.sort((a, b) => a - b)[list.length >> 1] ?? 0);
  const middle: Vec3 = [median(samples[0]), median(samples[1]), median(samples[2])];
  return middle.some((value) => Math.abs(value) > FAR_METERS) ? middle : [0, 0, 0];
}
