/** Reads a frame's sweeps and keeps only what lies around one label, in the label's own axes. */
import { done, failed, type Result } from '../../shared/base/problem.ts';
import {
  type CuboidShape,
  createCuboidFrame,
  setCuboidFrame,
  transformCuboid,
} from '../../shared/geometry/cuboid.ts';
import { invert } from '../../shared/geometry/matrix.ts';
import { pointsInside } from '../../shared/geometry/pointsInCuboid.ts';
import type { SweepRef } from '../../shared/model/delivery.ts';
import type { Sweep } from '../../shared/model/sweep.ts';
import type { BufferPool } from '../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../shared/readers/clouds/readPoints.ts';
import { codecsFrom } from './codecs.ts';
import { type DeliveryAddress, rangedFile, wholeFiles } from './remoteFiles.ts';
import { inRanges } from './sweepShelf.ts';
import { createByteCache } from './trackCache.ts';
import type { PointsPicture } from './trackProtocol.ts';

/** Reads sweeps and keeps the last ones: the next label of a scene lies in the same frames. */
export interface SweepReader {
  read(address: DeliveryAddress, ref: SweepRef, signal: AbortSignal): Promise<Result<Sweep>>;
}

/** A sweep may be read again at any time once another was asked for: use it before the next call. */
export function createSweepReader(pool: BufferPool, budgetBytes: number): SweepReader {
  const kept = createByteCache<Sweep>(
    budgetBytes,
    ({ interleaved }) => interleaved.buffer.byteLength,
    ({ interleaved }) => pool.release(interleaved.buffer),
  );
  return {
    async read(address, ref, signal) {
      const key = JSON.stringify([address, ref.root, ref.path, ref.part ?? null, ref.companions ?? null]);
      const known = kept.get(key);
      if (known) return done(known);
      const whole = wholeFiles(address, pool, signal);
      const reading = await readPoints(ref, {
        open: inRanges.has(ref.encoding) ? (file) => rangedFile(address, file, signal) : whole.open,
        pool,
        codecs: codecsFrom(address.base),
      });
      whole.releaseExcept(reading.ok ? reading.value.sweep.interleaved.buffer : null);
      if (!reading.ok) return reading;
      kept.set(key, reading.value.sweep);
      return done(reading.value.sweep);
    },
  };
}

/**
 * Along, across, up each: metres from the centre of `shape` (in the frame's space) in its own axes, of all points of
 * the sweeps within `margin` metres of its faces. Fails where a sweep cannot be read: half a picture would look
 * like a label without points.
 */
export async function pointsAround(
  { read }: SweepReader,
  { address, sweeps, shape, margin }: Pick<PointsPicture, 'address' | 'sweeps' | 'shape' | 'margin'>,
  signal: AbortSignal,
): Promise<Result<Float32Array>> {
  const each: Float32Array[] = [];
  for (const ref of sweeps) {
    const pointsFromSpace = ref.spaceFromPoints ? invert(ref.spaceFromPoints) : null;
    if (ref.spaceFromPoints && !pointsFromSpace) {
      return failed({ code: 'sweep-pose-unusable', severity: 'error', path: ref.path });
    }
    const sweep = await read(address, ref, signal);
    if (!sweep.ok) return sweep;
    if (signal.aborted) return failed({ code: 'sweep-not-loaded', severity: 'info', path: ref.path });
    const placed = pointsFromSpace ? transformCuboid(pointsFromSpace, shape) : shape;
    each.push(inOwnAxes(sweep.value, placed, margin));
  }
  const all = new Float32Array(each.reduce((sum, points) => sum + points.length, 0));
  let at = 0;
  for (const points of each) {
    all.set(points, at);
    at += points.length;
  }
  return done(all);
}

/** The shape is in the space of the sweep's own coordinates. */
function inOwnAxes(sweep: Sweep, shape: CuboidShape, margin: number): Float32Array {
  const { interleaved, strideFloats, position, origin } = sweep;
  const near = pointsInside(sweep, shape, margin);
  const f = setCuboidFrame(createCuboidFrame(), shape, origin);
  const points = new Float32Array(3 * near.length);
  for (let place = 0; place < near.length; place++) {
    const at = near[place]! * strideFloats + position;
    const x = interleaved[at]! - f[0]!;
    const y = interleaved[at + 1]! - f[1]!;
    const z = interleaved[at + 2]! - f[2]!;
    for (let axis = 0; axis < 3; axis++) {
      points[3 * place + axis] = x * f[6 + axis]! + y * f[9 + axis]! + z * f[12 + axis]!;
    }
  }
  return points;
}
