/** The points of one frame as the checks ask them: those of all its lidars together, in the frame's space, on one grid. */
import { buildSweepGrid, type SweepGrid } from '../../geometry/sweepGrid.ts';
import type { Frame, SweepRef } from '../../model/delivery.ts';
import type { Mat4, Vec3 } from '../../model/pose.ts';
import type { Sweep } from '../../model/sweep.ts';
import type { SweepSource } from '../checkScene.ts';

export interface FramePoints {
  readonly grid: SweepGrid;
  /** Points of the sweep that the grid was built over, those without a place included. */
  readonly count: number;
  /** Where the lidars stand, in the frame's space; each with its own run of the points. */
  readonly eyes: readonly LidarEye[];
}

export interface LidarEye {
  readonly place: Vec3;
  /** Its points by index: [from, to). */
  readonly from: number;
  readonly to: number;
}

/** Buffers that go from frame to frame. One scan of a scene has its own. */
export interface PointsPool {
  grid: SweepGrid | undefined;
  merged: Float32Array<ArrayBuffer>;
}

export function createPointsPool(): PointsPool {
  return { grid: undefined, merged: new Float32Array(0) };
}

/**
 * Null where the frame has no sweep, or one of them cannot be read: a count over half of the lidars would be wrong.
 * What it answers holds until the pool is used again. Rejects with the signal's reason when aborted.
 */
export async function readFramePoints(
  { sweeps }: Frame,
  source: SweepSource,
  pool: PointsPool,
): Promise<FramePoints | null> {
  const read: { readonly ref: SweepRef; readonly sweep: Sweep }[] = [];
  try {
    for (const ref of sweeps) {
      source.signal?.throwIfAborted();
      const reading = await source.read(ref);
      if (!reading.ok) return null;
      read.push({ ref, sweep: reading.value.sweep });
    }
    if (read.length === 0) return null;
    const [only] = read;
    const isOne = read.length === 1 && !only!.ref.spaceFromPoints;
    const sweep = isOne ? only!.sweep : mergedSweep(read, pool);
    pool.grid = buildSweepGrid(sweep, pool.grid);
    let from = 0;
    const eyes = read.map(({ ref, sweep: { count } }) => {
      const m = ref.spaceFromPoints;
      const place: Vec3 = m ? [m[3]!, m[7]!, m[11]!] : [0, 0, 0];
      from += count;
      return { place, from: from - count, to: from };
    });
    return { grid: pool.grid, count: sweep.count, eyes };
  } finally {
    for (const { sweep } of read) source.release(sweep);
  }
}

/** All points in the frame's space, rebased on the first place so that map coordinates keep their millimetres. */
function mergedSweep(
  read: readonly { readonly ref: SweepRef; readonly sweep: Sweep }[],
  pool: PointsPool,
): Sweep {
  const count = read.reduce((sum, { sweep }) => sum + sweep.count, 0);
  if (pool.merged.length < 3 * count) pool.merged = new Float32Array(3 * count);
  const { merged } = pool;
  const origin = originOf(read[0]!.ref.spaceFromPoints, read[0]!.sweep.origin);
  const low: [number, number, number] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ];
  const high: [number, number, number] = [
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  let finiteCount = 0;
  let out = 0;
  for (const { ref, sweep } of read) {
    const m = ref.spaceFromPoints;
    const { interleaved, strideFloats, position, origin: own } = sweep;
    for (let point = 0, at = position; point < sweep.count; point++, at += strideFloats) {
      const x = interleaved[at]! + own[0];
      const y = interleaved[at + 1]! + own[1];
      const z = interleaved[at + 2]! + own[2];
      const px = (m ? m[0]! * x + m[1]! * y + m[2]! * z + m[3]! : x) - origin[0];
      const py = (m ? m[4]! * x + m[5]! * y + m[6]! * z + m[7]! : y) - origin[1];
      const pz = (m ? m[8]! * x + m[9]! * y + m[10]! * z + m[11]! : z) - origin[2];
      merged[out] = px;
      merged[out + 1] = py;
      merged[out + 2] = pz;
      out += 3;
      if (px - px + (py - py) + (pz - pz) !== 0) continue;
      finiteCount++;
      if (px < low[0]) low[0] = px;
      if (px > high[0]) high[0] = px;
      if (py < low[1]) low[1] = py;
      if (py > high[1]) high[1] = py;
      if (pz < low[2]) low[2] = pz;
      if (pz > high[2]) high[2] = pz;
    }
  }
  const at = (ends: Vec3, axis: 0 | 1 | 2): number => ends[axis] + origin[axis];
  return {
    ...{ count, interleaved: merged, strideFloats: 3, position: 0, intensity: -1, ring: -1, finiteCount },
    bounds: [at(low, 0), at(low, 1), at(low, 2), at(high, 0), at(high, 1), at(high, 2)],
    ...{ intensityMax: 0, origin },
  };
}

/** Of the first sweep, in the frame's space: zero unless it lies far from there. */
function originOf(spaceFromPoints: Mat4 | undefined, origin: Vec3): Vec3 {
  if (origin.every((value) => value === 0)) return origin;
  const m = spaceFromPoints;
  if (!m) return origin;
  const [x, y, z] = origin;
  return [
    m[0]! * x + m[1]! * y + m[2]! * z + m[3]!,
    m[4]! * x + m[5]! * y + m[6]! * z + m[7]!,
    m[8]! * x + m[9]! * y + m[10]! * z + m[11]!,
  ];
}
