import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../../../shared/base/problem.ts';
import { createBufferPool, freshBuffers } from '../../../../shared/readers/clouds/bufferPool.ts';
import {
  ArithmeticDecoder,
  IntegerDecoder,
} from '../../../../shared/readers/clouds/las/arithmeticDecoder.ts';
import { nodesWithin, readCopcNodes } from '../../../../shared/readers/clouds/las/copc.ts';
import { readLas } from '../../../../shared/readers/clouds/las/las.ts';
import type { SweepReading } from '../../../../shared/readers/clouds/sweepRows.ts';
import type { Codecs } from '../../../../shared/readers/codecs.ts';
import type { LasFixture, LasPoint } from '../../../support/lasFixture.ts';
import { lasFile, lasRow, lazFile, rowBytesOf, variableRecord } from '../../../support/lasFixture.ts';
import { encodeIntegers } from '../../../support/lazTable.ts';
import { MemorySource } from '../../../support/memoryFolder.ts';
import { joinBytes } from '../../../support/pcdFixture.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import { describeWithSharedData, sharedData } from '../../../support/sharedData.ts';

const wasm = new Uint8Array(
  readFileSync(path.resolve(import.meta.dirname, '../../../../node_modules/laz-perf/lib/laz-perf.wasm')),
);
const codecs: Codecs = { wasm: () => Promise.resolve(wasm) };
const tools = { pool: freshBuffers, codecs };

function read(bytes: Uint8Array): Promise<Result<SweepReading>> {
  return readLas(new MemorySource(bytes), 'a.las', tools);
}

async function sweepOf(bytes: Uint8Array, problems: readonly string[] = []): Promise<SweepReading['sweep']> {
  const result = await read(bytes);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  expect(result.value.problems.map(({ code }) => code)).toEqual(problems);
  return result.value.sweep;
}

async function failure(bytes: Uint8Array): Promise<string> {
  const result = await read(bytes);
  return result.ok ? `${result.value.sweep.count} points` : result.problem.code;
}

/** Positions with the origin added back, and intensity. */
function pointsOf(sweep: SweepReading['sweep']): number[][] {
  return Array.from({ length: sweep.count }, (_, i) => {
    const row = sweep.interleaved.subarray(i * sweep.strideFloats, (i + 1) * sweep.strideFloats);
    return [...[0, 1, 2].map((axis) => row[axis]! + sweep.origin[axis]!), row[3]!];
  });
}

function randomPoints(count: number, seed: number): LasPoint[] {
  const random = seededRandom(seed);
  const unit = () => random.integer(-8000, 8000);
  return Array.from({ length: count }, () => [unit(), unit(), unit(), random.integer(0, 65_535)]);
}

/** A chunk of one point is that point as it is, and the four bytes its coder starts with. */
function singles(fixture: LasFixture) {
  return fixture.points.map((point, i) => ({
    points: 1,
    // Sizes that differ, so that the table has something to say.
    bytes: joinBytes(lasRow(point, rowBytesOf(fixture)), new Uint8Array(4 + 7 * (i % 3))),
  }));
}

describe('LAS', () => {
  for (const version of [0, 1, 2, 3, 4]) {
    for (let format = 0; format <= 10; format++) {
      it(`1.${version}, point format ${format}, with extra bytes: gives back what was written`, async () => {
        const points = randomPoints(40, format + 1);
        const sweep = await sweepOf(lasFile({ version, format, points, extraBytes: format % 3 }));
        const expected = points.map(([x, y, z, i]) => [...[x, y, z].map((v) => Math.fround(v * 0.01)), i]);
        expect(pointsOf(sweep)).toEqual(expected);
        expect(sweep.intensityMax).toBe(Math.max(...points.map(([, , , i]) => i)));
      });
    }
  }

  it('coordinates in the millions keep their millimetres', async () => {
    const points: LasPoint[] = [
      [1, -2, 3, 7],
      [123_456, 654_321, -77, 8],
      [-99_999, 5, 1000, 9],
    ];
    const offset = [512_700, 5_403_547, 295] as const;
    const scale = [0.001, 0.001, 0.001] as const;
    const sweep = await sweepOf(lasFile({ points, scale, offset }));
    expect(sweep.origin.every(Number.isInteger)).toBe(true);
    for (const [i, point] of pointsOf(sweep).entries()) {
      for (const axis of [0, 1, 2] as const) {
        expect(point[axis]).toBeCloseTo(points[i]![axis] * 0.001 + offset[axis], 4);
      }
    }
    expect(sweep.bounds[4]).toBe(654_321 * 0.001 + 5_403_547);
  });

  it('an axis that is turned around has its bounds the right way round', async () => {
    const points: LasPoint[] = [
      [100, 0, 0, 0],
      [-300, 1, 1, 0],
    ];
    const sweep = await sweepOf(lasFile({ points, scale: [-0.5, 1, 1] }));
    expect(sweep.bounds).toEqual([-50, 0, 0, 150, 1, 1]);
  });

  it('reads large bodies in pieces and buffers from the pool are used again', async () => {
    const points = randomPoints(300, 5);
    const pool = createBufferPool();
    const bytes = lasFile({ points });
    const first = await readLas(new MemorySource(bytes), 'a.las', { pool, codecs });
    if (!first.ok) throw new Error('no sweep');
    const { buffer } = first.value.sweep.interleaved;
    pool.release(buffer);
    const second = await readLas(new MemorySource(bytes), 'a.las', { pool, codecs });
    expect(second.ok && second.value.sweep.interleaved.buffer === buffer).toBe(true);
  });
});

describe('LAS that cannot be true', () => {
  const points = randomPoints(20, 3);
  const whole = lasFile({ version: 4, format: 6, points });
  const changed = (change: (view: DataView) => void) => {
    const bytes = whole.slice();
    change(new DataView(bytes.buffer));
    return bytes;
  };

  it('a cut body gives the whole points before the cut', async () => {
    const sweep = await sweepOf(whole.subarray(0, whole.length - 45), ['las-body-truncated']);
    expect(sweep.count).toBe(18);
  });

  it('10^12 points are not believed, nor given room', async () => {
    const sweep = await sweepOf(lasFile({ version: 4, format: 6, points, stated: 1e12 }), [
      'las-body-truncated',
    ]);
    expect(sweep.count).toBe(20);
  });

  it('fewer points than there is room for are said', async () => {
    const sweep = await sweepOf(lasFile({ points, stated: 5 }), ['las-body-longer']);
    expect(sweep.count).toBe(5);
  });

  it('points outside of the stated bounds are said', async () => {
    const bytes = changed((view) => view.setInt32(375, 2_000_000_000, true));
    await sweepOf(bytes, ['las-bounds-differ']);
  });

  it('each broken header is one problem', async () => {
    expect(await failure(new Uint8Array(0))).toBe('las-header-missing');
    expect(await failure(whole.subarray(0, 226))).toBe('las-header-missing');
    expect(await failure(changed((view) => view.setUint8(24, 2)))).toBe('las-header-bad');
    expect(await failure(changed((view) => view.setUint16(94, 10, true)))).toBe('las-header-bad');
    expect(await failure(changed((view) => view.setUint32(96, 10, true)))).toBe('las-header-bad');
    expect(await failure(changed((view) => view.setUint16(105, 5, true)))).toBe('las-header-bad');
    expect(await failure(changed((view) => view.setUint8(104, 33)))).toBe('las-format-unknown');
    for (const scale of [0, Number.NaN, Number.POSITIVE_INFINITY, 1e300]) {
      expect(await failure(changed((view) => view.setFloat64(139, scale, true)))).toBe('las-scale-bad');
    }
    expect(await failure(changed((view) => view.setFloat64(163, Number.NaN, true)))).toBe('las-scale-bad');
  });
});

describe('LAZ', () => {
  it('whole numbers of every size come back from the arithmetic coder', () => {
    const random = seededRandom(9);
    const rows = Array.from({ length: 3000 }, () => {
      const size = 2 ** random.integer(0, 31);
      return [
        random.integer(0, 3) * 3 ** random.integer(0, 7),
        Math.floor(random.next() * size) - Math.floor(size / 2),
      ];
    });
    const numbers = new IntegerDecoder(new ArithmeticDecoder(encodeIntegers(rows, 2)), 2);
    let last = [0, 0];
    const found = rows.map(() => {
      last = [numbers.next(last[0]!, 0), numbers.next(last[1]!, 1)];
      return last;
    });
    expect(found).toEqual(rows);
  });

  for (const format of [0, 1, 2, 3]) {
    it(`format ${format}: chunks of one point, with a table of their sizes`, async () => {
      const fixture = { format, points: randomPoints(60, format + 20) };
      const sweep = await sweepOf(lazFile(fixture, singles(fixture), 1));
      const expected = fixture.points.map(([x, y, z, i]) => [
        ...[x, y, z].map((v) => Math.fround(v * 0.01)),
        i,
      ]);
      expect(pointsOf(sweep)).toEqual(expected);
    });
  }

  for (const [format, layers] of [
    [6, 9],
    [7, 10],
    [8, 11],
  ] as const) {
    it(`format ${format}: layered chunks of one point, each with its count`, async () => {
      const fixture = { version: 4, format, points: randomPoints(12, format) };
      const chunks = fixture.points.map((point, i) => {
        // The point as it is, how many there are, and the bytes of every layer: none.
        const counts = new Uint8Array(4 * (1 + layers) + 6 * (i % 3));
        counts[0] = 1;
        return { points: 1, bytes: joinBytes(lasRow(point, rowBytesOf(fixture)), counts) };
      });
      const sweep = await sweepOf(lazFile(fixture, chunks, null));
      const expected = fixture.points.map(([x, y, z, i]) => [
        ...[x, y, z].map((v) => Math.fround(v * 0.01)),
        i,
      ]);
      expect(pointsOf(sweep)).toEqual(expected);
    });
  }

  const fixture = { points: randomPoints(8, 77) };
  const whole = lazFile(fixture, singles(fixture), 1);

  it('without its table only the first chunk is read, and that is said', async () => {
    const sweep = await sweepOf(whole.subarray(0, whole.length - 60), ['laz-chunks-unknown']);
    expect(sweep.count).toBe(1);
  });

  it('a count that the bytes could never hold is one problem', async () => {
    expect(await failure(lazFile({ ...fixture, stated: 4e9 }, singles(fixture), 1))).toBe('las-header-bad');
  });

  it('a missing compressor record and an unknown compression are one problem each', async () => {
    expect(await failure(lasFile({ ...fixture, compressed: true }))).toBe('laz-record-missing');
    expect(await failure(lazFile({ ...fixture, format: 4 }, [], 1))).toBe('laz-format-unsupported');
  });

  it('seeded damage never throws and never gives more points than stated', async () => {
    for (let seed = 1; seed <= 120; seed++) {
      const random = seededRandom(seed);
      const bytes = whole.slice(
        0,
        random.integer(0, 3) === 0 ? random.integer(0, whole.length) : whole.length,
      );
      for (let flips = random.integer(1, 6); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
      }
      const result = await read(bytes).catch((error: unknown) => {
        throw new Error(`seed ${seed}: ${String(error)}`);
      });
      if (result.ok) expect(result.value.sweep.count).toBeLessThan(100_000);
    }
  });
});

describe('COPC', () => {
  /** Entries of a page: level, x, y, z, offset, bytes, points. */
  function page(entries: readonly (readonly number[])[]): Uint8Array {
    const bytes = new Uint8Array(32 * entries.length);
    const view = new DataView(bytes.buffer);
    for (const [i, [level, x, y, z, offset, size, points]] of entries.entries()) {
      for (const [part, value] of [level, x, y, z].entries()) view.setInt32(32 * i + 4 * part, value!, true);
      view.setBigUint64(32 * i + 16, BigInt(offset!), true);
      view.setInt32(32 * i + 24, size!, true);
      view.setInt32(32 * i + 28, points!, true);
    }
    return bytes;
  }

  function info(offset: number, bytes: number) {
    const content = new Uint8Array(160);
    new DataView(content.buffer).setBigUint64(40, BigInt(offset), true);
    new DataView(content.buffer).setBigUint64(48, BigInt(bytes), true);
    return { user: 'copc', id: 1, bytes: content };
  }

  it('walks pages once each, whatever they point to, and leaves out nodes outside of the file', async () => {
    const second = page([
      [2, 0, 0, 0, 300, 10, 50],
      [3, 0, 0, 0, 0, 128, -1],
      [2, 1, 0, 0, 9000, 10, 50],
    ]);
    const first = page([
      [0, 0, 0, 0, 100, 10, 5],
      [1, 0, 0, 0, 200, 10, 20],
      [2, 0, 0, 0, 128, 96, -1],
      [1, 1, 1, 1, 100, 10, 0],
    ]);
    const bytes = joinBytes(first, second, new Uint8Array(400));
    const nodes = await readCopcNodes(new MemorySource(bytes), [info(0, first.length)]);
    expect(nodes!.map(({ level, chunk }) => [level, chunk.points])).toEqual([
      [0, 5],
      [1, 20],
      [2, 50],
    ]);
  });

  it('takes whole levels within the budget, and always the first', () => {
    const node = (level: number, points: number) => ({
      level,
      x: 0,
      y: 0,
      z: 0,
      chunk: { start: 0, end: 1, points },
    });
    const nodes = [node(0, 10), node(1, 20), node(1, 25), node(2, 100)];
    expect(nodesWithin(nodes, 60)).toHaveLength(3);
    expect(nodesWithin(nodes, 54)).toHaveLength(1);
    expect(nodesWithin(nodes, 1)).toHaveLength(1);
    expect(nodesWithin(nodes, 155)).toHaveLength(4);
  });

  it('is nothing without its record', async () => {
    const other = variableRecord('other', 1, new Uint8Array(160));
    expect(await readCopcNodes(new MemorySource(other), [])).toBeNull();
  });
});

describeWithSharedData('LAS and LAZ of laz-perf', 'data/las-laz', () => {
  for (const [plain, compressed] of [
    ['point10.las', 'point10.las.laz'],
    ['1815.las', '1815.laz'],
  ] as const) {
    it(`${compressed} holds the very points of ${plain}`, async () => {
      const [one, other] = [plain, compressed].map((name) =>
        readFileSync(sharedData(`data/las-laz/${name}`)),
      );
      expect(await sweepOf(other!)).toEqual(await sweepOf(one!));
    });
  }

  it('many chunks of many points: the same chunk over and over', async () => {
    const file = readFileSync(sharedData('data/las-laz/point10.las.laz'));
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    const start = view.getUint32(96, true) + 8;
    const chunk = file.subarray(start, Number(view.getBigInt64(start - 8, true)));
    const once = await sweepOf(file);
    const points = Array.from({ length: 3 * once.count }, (): LasPoint => [0, 0, 0, 0]);
    const padded = [0, 5, 2].map((zeros) => joinBytes(chunk, new Uint8Array(zeros)));
    const chunks = padded.map((bytes) => ({ points: once.count, bytes }));
    const thrice = lazFile({ points, scale: [1, 1, 1] }, chunks, once.count);
    const sweep = await sweepOf(thrice, ['las-bounds-differ']);
    expect(sweep.count).toBe(3 * once.count);
    const rows = (from: number) => pointsOf(sweep).slice(from * once.count, (from + 1) * once.count);
    expect(rows(1)).toEqual(rows(0));
    expect(rows(2)).toEqual(rows(0));
  });
});
