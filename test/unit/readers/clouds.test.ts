import { describe, expect, it } from 'vitest';
import type { Result } from '../../../shared/base/problem.ts';
import { AsciiNumbers } from '../../../shared/readers/clouds/asciiNumbers.ts';
import { scanAsciiRows } from '../../../shared/readers/clouds/asciiRows.ts';
import { sniffBinCloud } from '../../../shared/readers/clouds/binCloud.ts';
import { createBufferPool } from '../../../shared/readers/clouds/bufferPool.ts';
import { decompressLzf } from '../../../shared/readers/clouds/lzf.ts';
import type { SweepReading } from '../../../shared/readers/clouds/readSweep.ts';
import { decodeSweep, readSweep } from '../../../shared/readers/clouds/readSweep.ts';
import { MemorySource } from '../../support/memoryFolder.ts';
import type { FixtureField, PcdFixture } from '../../support/pcdFixture.ts';
import { compressLzf, joinBytes, pcdFile } from '../../support/pcdFixture.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const encodings = ['ascii', 'binary', 'binary_compressed'] as const;

function float(name: string): FixtureField {
  return { name, type: 'F', size: 4 };
}

const xyzi = [float('x'), float('y'), float('z'), float('intensity')];

function reading(result: Result<SweepReading>): SweepReading {
  if (!result.ok) throw new Error(`no sweep: ${JSON.stringify(result.problem)}`);
  return result.value;
}

function codes(result: Result<SweepReading>): string[] {
  return result.ok ? result.value.problems.map((problem) => problem.code) : [result.problem.code];
}

/** Positions (origin added back) and intensity, point by point. */
function pointsOf({ sweep }: SweepReading): number[][] {
  return Array.from({ length: sweep.count }, (_, i) => {
    const at = i * sweep.strideFloats;
    const point = [0, 1, 2].map(
      (axis) => sweep.interleaved[at + sweep.position + axis]! + sweep.origin[axis]!,
    );
    return sweep.intensity < 0 ? point : [...point, sweep.interleaved[at + sweep.intensity]!];
  });
}

function randomPoints(count: number, seed: number, columns = 4): number[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: columns }, () => Math.fround((random.next() - 0.5) * 160)),
  );
}

describe('PCD in every encoding', () => {
  for (const encoding of encodings) {
    it(`${encoding}: gives back what was written, from bytes and from a source`, async () => {
      const points = randomPoints(500, 11);
      const bytes = pcdFile({ fields: xyzi, points, encoding });
      expect(pointsOf(reading(decodeSweep(bytes, 'pcd', 'a.pcd')))).toEqual(points);
      expect(pointsOf(reading(await readSweep(new MemorySource(bytes), 'pcd', 'a.pcd')))).toEqual(points);
    });

    it(`${encoding}: every field type and size, padding, COUNT 0 and above 1`, () => {
      const fields: FixtureField[] = [
        { name: '_', type: 'U', size: 1, count: 3 },
        { name: 'x', type: 'I', size: 2 },
        { name: 'normal', type: 'F', size: 4, count: 3 },
        { name: 'y', type: 'F', size: 8 },
        { name: 't', type: 'U', size: 8 },
        { name: '_', type: 'U', size: 1, count: 0 },
        { name: 'z', type: 'U', size: 4 },
        { name: 'Intensity', type: 'U', size: 1 },
        { name: 'ring', type: 'U', size: 2 },
      ];
      const rows = [
        [9, 9, 9, 12, 1, 2, 3, -4.25, 77, 5, 200, 31],
        [8, 8, 8, 90, 4, 5, 6, 0.1, 78, 7, 3, 30],
      ];
      const result = reading(decodeSweep(pcdFile({ fields, points: rows, encoding }), 'pcd', 'a.pcd'));
      expect(pointsOf(result)).toEqual([
        [12, -4.25, 5, 200],
        [90, Math.fround(0.1), 7, 3],
      ]);
      expect(result.sweep.intensityMax).toBe(200);
      expect(result.sweep.bounds).toEqual([12, -4.25, 5, 90, 0.1, 7]);
    });

    it(`${encoding}: NaN points stay and are not counted as finite`, () => {
      const points = [
        [1, 2, 3, 0.5],
        [Number.NaN, 2, 3, 0.75],
        [4, 5, Number.NaN, Number.NaN],
      ];
      const { sweep } = reading(decodeSweep(pcdFile({ fields: xyzi, points, encoding }), 'pcd', 'a.pcd'));
      expect([sweep.count, sweep.finiteCount]).toEqual([3, 1]);
      expect(sweep.bounds).toEqual([1, 2, 3, 1, 2, 3]);
      expect(sweep.intensityMax).toBe(0.75);
    });

    it(`${encoding}: map coordinates are rebased in doubles`, () => {
      const fields: FixtureField[] = ['x', 'y', 'z'].map((name) => ({ name, type: 'F', size: 8 }));
      const points = [
        [512_700.123_45, 5_403_547.678_9, 295.5],
        [512_834.75, 5_403_850.001, 404.08],
        [512_800.5, 5_403_700.002, 300.25],
      ];
      const { sweep } = reading(decodeSweep(pcdFile({ fields, points, encoding }), 'pcd', 'a.pcd'));
      expect(Math.abs(sweep.origin[1])).toBeGreaterThan(5_000_000);
      for (const [i, point] of points.entries()) {
        for (const axis of [0, 1, 2]) {
          const stored = sweep.interleaved[i * 3 + axis]!;
          expect(Math.abs(stored + sweep.origin[axis]! - point[axis]!)).toBeLessThan(2e-5);
        }
      }
      expect(sweep.bounds.slice(0, 3)).toEqual([512_700.123_45, 5_403_547.678_9, 295.5]);
    });
  }

  it('stray points at zero do not move the origin of a far cloud', () => {
    const points = [[0, 0, 0, 1], ...Array.from({ length: 20 }, (_, i) => [500_000 + i, 4_000_000, 10, 1])];
    const { sweep } = reading(decodeSweep(pcdFile({ fields: xyzi, points, encoding: 'binary' }), 'pcd', 'a'));
    expect(sweep.origin[1]).toBe(4_000_000);
  });

  it('one far outlier does not move a cloud that lies at its sensor', () => {
    const points = [...randomPoints(50, 3), [1e6, 0, 0, 1]];
    const { sweep } = reading(decodeSweep(pcdFile({ fields: xyzi, points, encoding: 'binary' }), 'pcd', 'a'));
    expect(sweep.origin).toEqual([0, 0, 0]);
  });
});

describe('headers as they come', () => {
  const points = randomPoints(7, 5);
  const good: PcdFixture = { fields: xyzi, points, encoding: 'binary' };

  it('reads CRLF, a byte order mark, extra lines and odd versions', () => {
    for (const encoding of encodings) {
      const fixture = {
        ...good,
        encoding,
        newline: '\r\n',
        header: { VERSION: '3.0', LABEL: 'made by hand' },
      };
      const bytes = joinBytes(Uint8Array.of(0xef, 0xbb, 0xbf), pcdFile(fixture));
      expect(pointsOf(reading(decodeSweep(bytes, 'pcd', 'a.pcd'))), encoding).toEqual(points);
    }
  });

  it('reports a viewpoint and leaves the points where they are', () => {
    const bytes = pcdFile({ ...good, header: { VIEWPOINT: '1 2 3 0 1 0 0' } });
    const result = reading(decodeSweep(bytes, 'pcd', 'a.pcd'));
    expect(result.viewpoint).toEqual({ translation: [1, 2, 3], rotation: [1, 0, 0, 0] });
    expect(pointsOf(result)).toEqual(points);
    expect(reading(decodeSweep(pcdFile(good), 'pcd', 'a.pcd')).viewpoint).toBeNull();
  });

  it('never believes a count the body does not bear out', () => {
    for (const encoding of encodings) {
      const headers: Record<string, string>[] = [
        { POINTS: '4000000000' },
        { POINTS: '999999999999999', WIDTH: '999999999999999' },
      ];
      for (const header of headers) {
        const result = decodeSweep(pcdFile({ ...good, encoding, header }), 'pcd', 'a.pcd');
        expect(reading(result).sweep.count, encoding).toBe(7);
        expect(codes(result).length).toBeGreaterThan(0);
      }
    }
  });

  it('WIDTH x HEIGHT decides where it fits the body and POINTS does not', () => {
    const result = decodeSweep(pcdFile({ ...good, header: { POINTS: '3' } }), 'pcd', 'a.pcd');
    expect(reading(result).sweep.count).toBe(7);
    expect(codes(result)).toEqual(['pcd-size-mismatch']);
  });

  it.each([
    ['FIELDS', '', 'pcd-header-bad'],
    ['FIELDS', 'a b c d', 'pcd-fields-missing'],
    ['SIZE', '4 4', 'pcd-header-bad'],
    ['SIZE', '4 4 4 3', 'pcd-header-bad'],
    ['TYPE', 'F F Q F', 'pcd-header-bad'],
    ['COUNT', '1 1 1 99999999999', 'pcd-header-bad'],
    ['COUNT', '0 1 1 1', 'pcd-fields-missing'],
    ['DATA', 'zipped', 'pcd-header-bad'],
  ])('%s %s is refused as %s', (key, value, code) => {
    expect(codes(decodeSweep(pcdFile({ ...good, header: { [key]: value } }), 'pcd', 'a.pcd'))).toEqual([
      code,
    ]);
  });

  it('a file without a DATA line is no PCD', () => {
    const text = new TextEncoder().encode('not a cloud\n'.repeat(10_000));
    expect(codes(decodeSweep(text, 'pcd', 'a.pcd'))).toEqual(['pcd-header-missing']);
    expect(codes(decodeSweep(new Uint8Array(0), 'pcd', 'a.pcd'))).toEqual(['pcd-header-missing']);
  });
});

describe('damaged bodies', () => {
  const points = randomPoints(100, 8);

  it('binary: keeps the whole points and says how many were promised', () => {
    const bytes = pcdFile({ fields: xyzi, points, encoding: 'binary' });
    const result = decodeSweep(bytes.subarray(0, bytes.length - 40), 'pcd', 'a.pcd');
    expect(pointsOf(reading(result))).toEqual(points.slice(0, 97));
    expect(reading(result).problems[0]).toMatchObject({
      code: 'pcd-body-truncated',
      params: { stated: 100, found: 97 },
    });
  });

  it('ascii: leaves out the broken last line', () => {
    const bytes = pcdFile({ fields: xyzi, points, encoding: 'ascii' });
    const result = decodeSweep(bytes.subarray(0, bytes.length - 30), 'pcd', 'a.pcd');
    expect(reading(result).sweep.count).toBe(99);
    expect(codes(result)).toEqual(['pcd-line-short', 'pcd-body-truncated']);
  });

  it('ascii: words that are no numbers become NaN and are counted', () => {
    const text = pcdFile({ fields: xyzi, points: [[1, 2, 3, 4]], encoding: 'ascii' });
    const broken = new TextEncoder().encode(new TextDecoder().decode(text).replace('1 2 3 4', '1 two 3 nan'));
    const result = decodeSweep(broken, 'pcd', 'a.pcd');
    expect(reading(result).sweep.finiteCount).toBe(0);
    expect(reading(result).problems).toMatchObject([{ code: 'pcd-value-unreadable', params: { values: 1 } }]);
  });

  it('compressed: a cut stream keeps the points whose coordinates were all reached', () => {
    const fields = [...xyzi, ...['a', 'b', 'c', 'd'].map(float)];
    const wide = randomPoints(200, 21, 8);
    const bytes = pcdFile({ fields, points: wide, encoding: 'binary_compressed' });
    const result = decodeSweep(bytes.subarray(0, bytes.length - 1200), 'pcd', 'a.pcd');
    expect(pointsOf(reading(result))).toEqual(wide.map((point) => point.slice(0, 4)));
    expect(codes(result)).toEqual(['pcd-compressed-damaged']);
    const shorter = decodeSweep(bytes.subarray(0, Math.floor(bytes.length * 0.3)), 'pcd', 'a.pcd');
    const kept = pointsOf(reading(shorter));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.map((point) => point.slice(0, 3))).toEqual(
      wide.slice(0, kept.length).map((p) => p.slice(0, 3)),
    );
  });

  it('compressed: sizes that cannot be true are refused without allocating for them', () => {
    const bytes = pcdFile({ fields: xyzi, points, encoding: 'binary_compressed' });
    const at = bytes.length - compressedLength(points) - 8;
    const view = new DataView(bytes.buffer);
    view.setUint32(at + 4, 0xffff_fff0, true);
    expect(codes(decodeSweep(bytes, 'pcd', 'a.pcd'))).toEqual(['pcd-compressed-sizes']);
  });

  it('surplus rows are reported and left', () => {
    const bytes = pcdFile({
      fields: xyzi,
      points,
      encoding: 'binary',
      header: { POINTS: '60', WIDTH: '60' },
    });
    const result = decodeSweep(bytes, 'pcd', 'a.pcd');
    expect(reading(result).sweep.count).toBe(60);
    expect(codes(result)).toEqual(['pcd-body-longer']);
  });

  it('seeded cuts and bit flips never throw', () => {
    for (const encoding of encodings) {
      const original = pcdFile({ fields: xyzi, points, encoding });
      for (let seed = 1; seed <= 400; seed++) {
        const random = seededRandom(seed);
        const bytes = original.slice(
          0,
          random.integer(0, 1) ? original.length : random.integer(0, original.length - 1),
        );
        for (let flips = random.integer(0, 11); flips > 0 && bytes.length > 0; flips--) {
          bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
        }
        const result = decodeSweep(bytes, 'pcd', 'a.pcd');
        if (!result.ok) continue;
        const { sweep } = result.value;
        expect(sweep.interleaved.length, `seed ${seed}`).toBeGreaterThanOrEqual(
          sweep.count * sweep.strideFloats,
        );
        expect(sweep.count, `seed ${seed}`).toBeLessThan(10_000);
      }
    }
  });
});

function compressedLength(points: readonly (readonly number[])[]): number {
  const columns = [0, 1, 2, 3].map((column) => Float32Array.from(points, (point) => point[column]!));
  return compressLzf(joinBytes(...columns.map((column) => new Uint8Array(column.buffer)))).length;
}

describe('buffers', () => {
  const points = randomPoints(64, 2);
  const bytes = pcdFile({ fields: xyzi, points, encoding: 'binary' });
  const bodyOffset = bytes.length - 64 * 16;

  it('float rows are a view over the file where the body is aligned, one copy where it is not', () => {
    for (let shift = 0; shift < 4; shift++) {
      const moved = new Uint8Array(bytes.length + shift);
      moved.set(bytes, shift);
      const pool = createBufferPool();
      const { sweep } = reading(decodeSweep(moved.subarray(shift), 'pcd', 'a.pcd', pool));
      const isAligned = (bodyOffset + shift) % 4 === 0;
      expect(sweep.interleaved.buffer === moved.buffer).toBe(isAligned);
      expect(pointsOf({ sweep, problems: [], viewpoint: null })).toEqual(points);
    }
  });

  it('a source is read so that no copy is needed', async () => {
    const source = new MemorySource(bytes);
    const acquired: number[] = [];
    const acquire = (byteLength: number) => {
      acquired.push(byteLength);
      return new ArrayBuffer(byteLength);
    };
    const pool = { acquire, release: () => undefined };
    expect(pointsOf(reading(await readSweep(source, 'pcd', 'a.pcd', pool)))).toEqual(points);
    expect(acquired).toEqual([]);
  });

  it('input is never written to, not even when a far cloud is rebased', () => {
    const far = pcdFile({ fields: xyzi, points: [[5e5, 4e6, 1, 1]], encoding: 'binary' });
    const before = far.slice();
    reading(decodeSweep(far, 'pcd', 'a.pcd'));
    expect(far).toEqual(before);
  });

  it('wide float rows keep their stride; x, y, z apart are repacked', () => {
    const wide = [float('a'), float('x'), float('y'), float('z'), float('ring'), float('intensity')];
    const kept = reading(
      decodeSweep(pcdFile({ fields: wide, points: [[9, 1, 2, 3, 8, 7]], encoding: 'binary' }), 'pcd', 'a'),
    );
    expect(kept.sweep).toMatchObject({ strideFloats: 6, position: 1, ring: 4, intensity: 5 });
    const apart = [float('x'), float('a'), float('y'), float('z')];
    const packed = reading(
      decodeSweep(pcdFile({ fields: apart, points: [[1, 9, 2, 3]], encoding: 'binary' }), 'pcd', 'a'),
    );
    expect(packed.sweep).toMatchObject({ strideFloats: 3, position: 0, ring: -1, intensity: -1 });
    expect(pointsOf(packed)).toEqual([[1, 2, 3]]);
  });

  it('a pool hands the same buffer out again and forgets transferred ones', () => {
    const pool = createBufferPool();
    const first = pool.acquire(1_000_000);
    pool.release(first);
    expect(pool.acquire(900_000)).toBe(first);
    const other = pool.acquire(200_000);
    structuredClone(other, { transfer: [other] });
    pool.release(other);
    expect(pool.acquire(200_000).byteLength).toBeGreaterThanOrEqual(200_000);
    const small = createBufferPool(1000);
    small.release(new ArrayBuffer(2000));
    expect(small.acquire(2000).byteLength).not.toBe(2000);
  });

  it('decoding the same cloud again allocates nothing once the pool is warm', () => {
    const fields = [...xyzi, { name: 't', type: 'F', size: 8 } as const];
    const file = pcdFile({ fields, points: randomPoints(300, 4, 5), encoding: 'binary_compressed' });
    const pool = createBufferPool();
    const first = reading(decodeSweep(file, 'pcd', 'a', pool)).sweep.interleaved.buffer;
    pool.release(first);
    const buffers = new Set([first]);
    for (let i = 0; i < 5; i++) {
      const { sweep } = reading(decodeSweep(file, 'pcd', 'a', pool));
      buffers.add(sweep.interleaved.buffer);
      pool.release(sweep.interleaved.buffer);
    }
    expect(buffers.size).toBeLessThanOrEqual(2);
  });
});

describe('bare clouds', () => {
  const rows = randomPoints(10, 6).map((point) => [...point.slice(0, 3), Math.abs(point[3]!)]);

  it('four and five floats a row, told apart by content', () => {
    const four = new Uint8Array(Float32Array.from(rows.flat()).buffer);
    const five = new Uint8Array(Float32Array.from(rows.flatMap((row, i) => [...row, i])).buffer);
    expect(sniffBinCloud(four, four.length, 'a.bin')).toBe('bin4');
    expect(sniffBinCloud(five, five.length, 'a.bin')).toBe('bin5');
    expect(sniffBinCloud(five, five.length, 'a.pcd.bin')).toBe('bin5');
    expect(pointsOf(reading(decodeSweep(four, 'bin4', 'a.bin')))).toEqual(rows);
    const withRing = reading(decodeSweep(five, 'bin5', 'a.bin'));
    expect(pointsOf(withRing)).toEqual(rows);
    expect(withRing.sweep.ring).toBe(4);
  });

  it('text and pictures are not clouds', () => {
    const text = new TextEncoder().encode('This is a note about the recording, nothing more than that.');
    expect(sniffBinCloud(text, text.length, 'a.bin')).toBeNull();
    expect(sniffBinCloud(new Uint8Array(0), 0, 'a.bin')).toBeNull();
  });

  it('a partial last row is left out and reported', () => {
    const bytes = new Uint8Array(Float32Array.from(rows.flat()).buffer).subarray(0, 155);
    const result = decodeSweep(bytes, 'bin4', 'a.bin');
    expect(reading(result).sweep.count).toBe(9);
    expect(reading(result).problems).toMatchObject([{ code: 'bin-tail-partial', params: { bytes: 11 } }]);
  });
});

describe('parts', () => {
  it('LZF: round trips, overlapping matches, and stops at damage', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandom(seed);
      const input = Uint8Array.from({ length: random.integer(0, 4999) }, () =>
        random.integer(0, random.integer(0, 5)),
      );
      const packed = compressLzf(input);
      const output = new Uint8Array(input.length);
      expect(decompressLzf(packed, output), `seed ${seed}`).toBe(input.length);
      expect(output, `seed ${seed}`).toEqual(input);
    }
    const output = new Uint8Array(10);
    expect(decompressLzf(Uint8Array.of(0x20, 5), output)).toBe(0);
    expect(decompressLzf(Uint8Array.of(4, 1, 2), output)).toBe(2);
    // liblzf, one literal and a run of itself: "aaaaaaaaaa".
    expect(decompressLzf(Uint8Array.of(0, 97, 0xe0, 0, 0), output)).toBe(10);
    expect([...output]).toEqual(new Array(10).fill(97));
  });

  it('LZF: steps of several bytes give what single bytes give, on any stream and never past the end', () => {
    /** The format's own words, byte by byte; null where a run would pass the end of the output. */
    const slowly = (input: Uint8Array, size: number): number[] => {
      const output: number[] = [];
      for (let at = 0; at < input.length; ) {
        const control = input[at++]!;
        if (control < 32) {
          for (let i = 0; i <= control; i++) {
            if (at === input.length || output.length === size) return output;
            output.push(input[at++]!);
          }
          continue;
        }
        let length = (control >> 5) + 2;
        if (length === 9) length += input[at++] ?? Number.NaN;
        const low = input[at++];
        if (low === undefined || Number.isNaN(length)) return output;
        const from = output.length - 256 * (control & 31) - low - 1;
        if (from < 0) return output;
        for (let i = 0; i < length && output.length < size; i++) output.push(output[from + i]!);
      }
      return output;
    };
    for (let seed = 1; seed <= 3000; seed++) {
      const random = seededRandom(seed);
      // Runs that begin well and are then random: references mostly reach back into what is there.
      const near = random.integer(0, 255);
      const stream = Uint8Array.from({ length: random.integer(0, 700) }, (_, i) => {
        if (i % 37 === 0) return 31;
        return random.next() < 0.3 ? random.integer(0, 255) : random.integer(0, near) & 0xe7;
      });
      const size = random.integer(0, 3000);
      const expected = slowly(stream, size);
      const around = new Uint8Array(size + 20).fill(0xaa);
      const shifted = joinBytes(Uint8Array.of(1, 2, 3), stream, Uint8Array.of(9)).subarray(
        3,
        3 + stream.length,
      );
      const written = decompressLzf(shifted, around.subarray(7, 7 + size));
      expect(written, `seed ${seed}`).toBe(expected.length);
      expect([...around.subarray(7, 7 + written)], `seed ${seed}`).toEqual(expected);
      expect([...around.subarray(0, 7), ...around.subarray(7 + size)]).toEqual(new Array(20).fill(0xaa));
    }
  });

  it('ascii numbers equal Number() to the last bit', () => {
    const random = seededRandom(99);
    const words = [
      '0',
      '-0',
      '+1.5',
      '.5',
      '5.',
      '1e-5',
      '-2.5E+3',
      '0.1',
      '123456789.123456789',
      '1e400',
      '4e-320',
    ];
    words.push(
      '9007199254740993',
      '0.9007199254740993',
      '00000000000000000000001.5',
      '0.00000000000000000000000015',
    );
    for (let i = 0; i < 3000; i++) {
      const value = (random.next() - 0.5) * 10 ** (random.integer(0, 29) - 15);
      words.push(
        String(value),
        value.toFixed(random.integer(0, 8)),
        value.toExponential(random.integer(0, 16)),
      );
    }
    const parsed = (word: string) => {
      const bytes = new TextEncoder().encode(` ${word} `);
      const out = new Float64Array(2);
      const isNumber = new AsciiNumbers(bytes).read(1, bytes.length - 1, out, 1);
      return { isNumber, value: out[1] };
    };
    for (const word of words) expect(parsed(word), word).toEqual({ isNumber: true, value: Number(word) });
    for (const word of ['nan', '-nan', 'NaN', '1.#QNAN', '-nan(ind)']) {
      expect(parsed(word), word).toEqual({ isNumber: true, value: Number.NaN });
    }
    for (const word of ['abc', '1.2.3', '--1', 'e5', '1e', '-', '.', '1,5']) {
      expect(parsed(word), word).toEqual({ isNumber: false, value: Number.NaN });
    }
  });

  it('a million numbers in rows equal Number() to the last bit', () => {
    const random = seededRandom(4711);
    const digits = (count: number) => Array.from({ length: count }, () => random.integer(0, 9)).join('');
    const shapes: readonly ((value: number) => string)[] = [
      (value) => String(value),
      (value) => String(Math.fround(value)),
      (value) => value.toFixed(random.integer(0, 12)),
      (value) => value.toPrecision(random.integer(1, 17)),
      (value) => value.toExponential(random.integer(0, 17)),
      (value) => value.toExponential(random.integer(0, 8)).toUpperCase().replace('E+', 'E'),
      () => `${digits(random.integer(0, 11))}.${digits(random.integer(1, 11))}`,
      () => `+${digits(random.integer(1, 18))}`,
      () => `-${digits(random.integer(1, 9))}.`,
      () => `9007199254.${random.integer(740_980, 741_000)}`,
    ];
    const separators = [' ', '  ', '\t', ' \t'];
    const ends = ['\n', '\r\n', ' \n', '\t\r\n', '\n\n'];
    const batches = 25;
    const rows = 10_000;
    let differing: string[] = [];
    for (let batch = 0; batch < batches; batch++) {
      const words = Array.from({ length: 4 * rows }, () => {
        const value = (random.next() - 0.5) * 10 ** random.integer(-12, 12);
        return shapes[random.integer(0, shapes.length - 1)]!(value);
      });
      const text = words.map((word, i) => {
        const isLast = i === words.length - 1;
        if (i % 4 < 3) return word + separators[random.integer(0, 3)]!;
        return isLast && batch % 2 === 0 ? word : word + ends[random.integer(0, 4)]!;
      });
      const out = new Float64Array(4 * rows);
      const scan = scanAsciiRows(
        new TextEncoder().encode(text.join('')),
        Int8Array.of(0, 1, 2, 3),
        out,
        rows,
      );
      expect(scan).toMatchObject({ rows, shortLines: 0, unreadable: 0 });
      differing = differing.concat(words.filter((word, i) => !Object.is(out[i], Number(word))));
    }
    expect(differing).toEqual([]);
  });
});
