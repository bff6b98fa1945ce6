/** Points put in the order they are drawn: every one once, and each first share of them evenly over the whole. */
import { expect, test } from 'vitest';
import type { Sweep } from '../../../../shared/model/sweep.ts';
import { type BufferPool, freshBuffers } from '../../../../shared/readers/clouds/bufferPool.ts';
import { spreadBytes, spreadSweep } from '../../../../shared/readers/clouds/spreadSweep.ts';

/** Row i is (i, 2 i, 3 i, ...) in a buffer that is longer than it needs to be. */
function sweepOf(count: number, strideFloats: number): Sweep {
  const interleaved = new Float32Array(count * strideFloats + 5).fill(-1);
  for (let row = 0; row < count; row++)
    for (let part = 0; part < strideFloats; part++) interleaved[row * strideFloats + part] = row * (part + 1);
  return {
    count,
    interleaved,
    strideFloats,
    position: 0,
    intensity: strideFloats > 3 ? 3 : -1,
    ring: -1,
    finiteCount: count,
    bounds: [0, 0, 0, count, 2 * count, 3 * count],
    intensityMax: 1,
    origin: [7, 8, 9],
  };
}

/** Old row of every new one; fails where a row was torn apart. */
function orderOf({ count, strideFloats, interleaved }: Sweep): number[] {
  const order: number[] = [];
  for (let to = 0; to < count; to++) {
    const row = interleaved.subarray(to * strideFloats, (to + 1) * strideFloats);
    if (row.some((value, part) => value !== row[0]! * (part + 1))) throw new Error(`row ${to} is ${row}`);
    order.push(row[0]!);
  }
  return order;
}

const counts = [0, 1, 2, 3, 4, 5, 8, 13, 100, 377, 1000, 1024, 4999, 30_030];

test('every row comes once and whole, and the rest of the sweep is as it was', () => {
  for (const count of counts) {
    for (const stride of [3, 4, 6]) {
      const sweep = sweepOf(count, stride);
      const spread = spreadSweep(sweep, freshBuffers);
      expect(orderOf(spread).sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
      expect({ ...spread, interleaved: null }).toEqual({ ...sweep, interleaved: null });
    }
  }
});

test('the first rows, however many, lie evenly over the file', () => {
  for (const count of [20, 42, 1000, 1024, 4999, 5000, 7828, 30_030, 65_536]) {
    const order = orderOf(spreadSweep(sweepOf(count, 3), freshBuffers));
    for (const taken of [2, 7, 16, 50, 137, Math.floor(count / 3), Math.floor(count / 2)]) {
      if (taken > count) continue;
      const sorted = order.slice(0, taken).sort((a, b) => a - b);
      // Around the end of the file, as the order goes round it too.
      const gaps = sorted.map((row, at) => (sorted[at + 1] ?? sorted[0]! + count) - row);
      expect(Math.max(...gaps), `${taken} of ${count}`).toBeLessThan((2.6 * count) / taken);
    }
  }
});

test('what is kept beside the points, a byte each, goes where its point goes', () => {
  for (const count of counts) {
    const order = orderOf(spreadSweep(sweepOf(count, 3), freshBuffers));
    const bytes = Uint8Array.from({ length: count }, (_, row) => (row * 37 + (row >> 8)) & 255);
    expect([...spreadBytes(bytes)]).toEqual(order.map((row) => bytes[row]));
  }
});

test('the buffer the points came in goes back to the pool', () => {
  const released: ArrayBuffer[] = [];
  const pool: BufferPool = { ...freshBuffers, release: (buffer) => void released.push(buffer) };
  const sweep = sweepOf(10, 4);
  const { interleaved } = spreadSweep(sweep, pool);
  expect(released).toEqual([sweep.interleaved.buffer]);
  expect(interleaved.buffer).not.toBe(sweep.interleaved.buffer);
});
