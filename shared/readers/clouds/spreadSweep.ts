/** Puts the points of a huge sweep in an order in which every first share of them shows the whole, only thinner. */
import type { Sweep } from '../../model/sweep.ts';
import type { BufferPool } from './bufferPool.ts';

/**
 * Row i of the answer is row (i * step) mod count, with a step near the golden section of `count` and prime to it:
 * however many rows one takes from the start, they lie evenly over the file's own order, which follows the sensor or
 * the terrain (three-distance theorem). One pass, no random numbers, the same every time. The sweep's own buffer goes back to the pool.
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

/** Steps looked at on either side of the golden section: among so many there is always a good one prime to the count. */
const NEARBY = 64;

/**
 * A step that is merely prime to the count can lie so near a simple fraction of it that long stretches stay empty
 * between the first rows; how near is what the terms of step / count as a continued fraction tell.
 */
function spreadStep(count: number): number {
  const golden = Math.round(count * 0.6180339887498949);
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let step = Math.max(1, golden - NEARBY); step <= Math.min(count - 1, golden + NEARBY); step++) {
    const term = largestTerm(step, count);
    if (term < least) [best, least] = [step, term];
  }
  return best;
}

/** The largest term of the continued fraction of step / count; infinite where they have a common divisor. */
function largestTerm(step: number, count: number): number {
  let largest = 1;
  let [a, b] = [count, step];
  while (b !== 0) {
    largest = Math.max(largest, Math.floor(a / b));
    [a, b] = [b, a % b];
  }
  return a === 1 ? largest : Number.POSITIVE_INFINITY;
}
