/** Puts the points of a huge sweep in an order in which every first share of them shows the whole, only thinner. */
import type { Sweep } from '../../model/sweep.ts';
import type { BufferPool } from './bufferPool.ts';

/**
 * Row i of the answer is row (i * step) mod count, with a step near the golden section of `count` and prime to it:
 * however many rows one takes from the start, they lie evenly over the file's own order, which follows the sensor or
 * the terrain. One pass, no random numbers, the same every time. The sweep's own buffer goes back to the pool.
 */
export function spreadSweep(sweep: Sweep, pool: BufferPool): Sweep {
  const { count, strideFloats, interleaved } = sweep;
  const spread = new Float32Array(pool.acquire(4 * count * strideFloats), 0, count * strideFloats);
  const step = spreadStep(count);
  for (let row = 0, from = 0, to = 0; row < count; row++, to += strideFloats) {
    const at = from * strideFloats;
    for (let part = 0; part < strideFloats; part++) spread[to + part] = interleaved[at + part]!;
    from += step;
    if (from >= count) from -= count;
  }
  pool.release(interleaved.buffer);
  return { ...sweep, interleaved: spread };
}

/** The rows' own places, in the order they are drawn: for what is kept beside the points, one value each. */
export function spreadBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const spread = new Uint8Array(bytes.length);
  const step = spreadStep(bytes.length);
  for (let row = 0, from = 0; row < bytes.length; row++) {
    spread[row] = bytes[from]!;
    from += step;
    if (from >= bytes.length) from -= bytes.length;
  }
  return spread;
}

function spreadStep(count: number): number {
  if (count < 3) return 1;
  let step = Math.max(1, Math.round(count * 0.6180339887498949) % count);
  while (commonDivisor(step, count) !== 1) step++;
  return step;
}

function commonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
