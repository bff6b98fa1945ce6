import { describe, expect, it } from 'vitest';
import { decompressLzf } from '../../../../shared/readers/clouds/lzf.ts';
import { LARGEST_BYTES, unpackLzf } from '../../../../shared/readers/clouds/lzfWasm.ts';
import { compressLzf } from '../../../support/pcdFixture.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

/** What both answer for the same stream: the bytes that were filled. */
function both(input: Uint8Array, capacity: number): [number[], number[]] {
  const output = new Uint8Array(capacity);
  const slow = output.subarray(0, decompressLzf(input, output));
  const { bytes, filled } = unpackLzf(input, capacity);
  return [[...bytes.subarray(0, filled)], [...slow]];
}

describe('LZF in WebAssembly', () => {
  it('gives back what was compressed: noise, runs of every period, and floats', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandom(seed);
      const period = random.integer(1, 40);
      const noise = random.integer(0, 3);
      const raw = Uint8Array.from({ length: random.integer(0, 5000) }, (_, i) =>
        random.integer(0, 3) < noise ? random.integer(0, 255) : (i % period) * 7,
      );
      const { bytes, filled } = unpackLzf(compressLzf(raw), raw.length);
      expect(filled).toBe(raw.length);
      expect([...bytes]).toEqual([...raw]);
    }
  });

  it('answers exactly as the plain loop does for streams that are no LZF, too short or too long', () => {
    for (let seed = 1; seed <= 4000; seed++) {
      const random = seededRandom(seed);
      const isNoise = random.integer(0, 1) === 0;
      const raw = Uint8Array.from({ length: random.integer(1, 300) }, (_, i) =>
        isNoise ? random.integer(0, 255) : i % 9,
      );
      const stream = isNoise ? raw : compressLzf(raw).slice();
      for (let flips = random.integer(0, 3); flips > 0; flips--) {
        stream[random.integer(0, stream.length - 1)] = random.integer(0, 255);
      }
      const cut = stream.subarray(0, random.integer(0, stream.length));
      const [fast, slow] = both(cut, random.integer(0, 600));
      if (fast.join() !== slow.join()) throw new Error(`seed ${seed}`);
    }
  });

  it('grows for large clouds, and refuses those that are left to the plain loop', () => {
    const raw = new Uint8Array(8 << 20).fill(5);
    const { bytes, filled } = unpackLzf(compressLzf(raw), raw.length);
    expect(filled).toBe(raw.length);
    expect(bytes.every((byte) => byte === 5)).toBe(true);
    expect(() => unpackLzf(new Uint8Array(10), LARGEST_BYTES)).toThrow(RangeError);
  });
});
