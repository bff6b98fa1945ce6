import { describe, expect, it } from 'vitest';
import { unpackSnappy } from '../../../../shared/readers/parquet/snappy.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

const unpacked = (bytes: readonly number[], length: number) => [
  ...unpackSnappy(Uint8Array.from(bytes), length),
];

describe('Snappy blocks', () => {
  it('reads literals and the three kinds of copies, also those that repeat what they write', () => {
    // Length 4, a literal of 4.
    expect(unpacked([4, 3 << 2, 1, 2, 3, 4], 4)).toEqual([1, 2, 3, 4]);
    // One byte, copied seven times from one back: offset in one byte.
    expect(unpacked([8, 0, 9, ((7 - 4) << 2) | 1, 1], 8)).toEqual(new Array(8).fill(9));
    // Offsets of two and of four bytes.
    expect(unpacked([4, 1 << 2, 5, 6, (1 << 2) | 2, 2, 0], 4)).toEqual([5, 6, 5, 6]);
    expect(unpacked([4, 1 << 2, 5, 6, (1 << 2) | 3, 2, 0, 0, 0], 4)).toEqual([5, 6, 5, 6]);
    // A literal whose length follows in one byte.
    const long = Array.from({ length: 70 }, (_, i) => i);
    expect(unpacked([70, 60 << 2, 69, ...long], 70)).toEqual(long);
  });

  it('refuses lengths and distances that lead out, and turns back nowhere', () => {
    for (const bytes of [
      [],
      [4],
      [4, 3 << 2, 1, 2],
      [4, 1 << 2, 5, 6, (1 << 2) | 2, 3, 0],
      [4, 1 << 2, 5, 6, (1 << 2) | 2, 0, 0],
      // A literal of nearly 2^32 bytes: its sign must not lead backwards.
      [4, 63 << 2, 240, 255, 255, 255, 1],
      [255, 255, 255, 255, 255, 255],
    ]) {
      expect(() => unpackSnappy(Uint8Array.from(bytes), 4), bytes.join(' ')).toThrow('compression');
    }
  });

  it('ends on any bytes', () => {
    const random = seededRandom(31);
    let whole = 0;
    for (let turn = 0; turn < 20_000; turn++) {
      const bytes = Uint8Array.from({ length: random.integer(1, 60) }, () => random.integer(0, 255));
      bytes[0] = random.integer(0, 40);
      try {
        expect(unpackSnappy(bytes, bytes[0]!)).toHaveLength(bytes[0]!);
        whole++;
      } catch (error) {
        expect(String(error)).toContain('compression');
      }
    }
    expect(whole).toBeGreaterThan(0);
  });
});
