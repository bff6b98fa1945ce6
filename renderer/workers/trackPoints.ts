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

/**
 * Along, across, up each: metres from the centre of `shape` (in the frame's space) in its own axes, of all points of
 * the sweeps within `margin` metres of its faces. Fails where a sweep cannot be read: half a picture would look
 * like a label without points.
 */
export async function pointsAround(
  address: DeliveryAddress,
  sweeps: readonly SweepRef[],
  shape: CuboidShape,
  margin: number,
  pool: BufferPool,
  signal: AbortSignal,
): Promise<Result<Float32Array>> {
  const each: Float32Array[] = [];
  for (const ref of sweeps) {
    const whole = wholeFiles(address, pool, signal);
    const reading = await readPoints(ref, {
      open: inRanges.has(ref.encoding) ? (file) => rangedFile(address, file, signal) : whole.open,
      pool,
      codecs: codecsFrom(address.base),
    });
    if (!reading.ok) {
      whole.releaseExcept(null);
      return reading;
    }
    const { sweep } = reading.value;
    const pointsFromSpace = ref.spaceFromPoints ? invert(ref.spaceFromPoints) : null;
    const isPlaced = !ref.spaceFromPoints || pointsFromSpace !== null;
    if (isPlaced) {
      each.push(inOwnAxes(sweep, pointsFromSpace ? transformCuboid(pointsFromSpace, shape) : shape, margin));
    }
    whole.releaseExcept(sweep.interleaved.buffer);
    pool.release(sweep.interleaved.buffer);
    if (!isPlaced) return failed({ code: 'sweep-pose-unusable', severity: 'error', path: ref.path });
    if (signal.aborted) return failed({ code: 'sweep-not-loaded', severity: 'info', path: ref.path });
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
