import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { PointClassRef, SweepRef } from '../../../../shared/model/delivery.ts';
import { readPointClasses } from '../../../../shared/readers/clouds/pointClasses.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import { classes4, points5 } from '../../../support/pandasPickles.ts';
import { fromBase64, gzipped } from '../../../support/pickleFixture.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

async function read(bytes: Uint8Array, encoding: PointClassRef['encoding'], count: number) {
  const folder = memoryFolder({ x: bytes });
  return readPointClasses({ root: 'delivery', path: 'x', encoding }, count, {
    open: ({ path }) => folder.open(path),
  });
}

/** An array as numpy 1.0 writes it. */
function npy(values: Uint16Array | Uint8Array | Uint32Array, descr: string): Uint8Array {
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${values.length},), }`;
  const header = `${dict.padEnd(64 * Math.ceil((dict.length + 11) / 64) - 11)}\n`;
  const body = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const length = new Uint8Array(Uint16Array.of(header.length).buffer);
  return Uint8Array.from([
    0x93,
    ...new TextEncoder().encode('NUMPY'),
    1,
    0,
    ...length,
    ...new TextEncoder().encode(header),
    ...body,
  ]);
}

describe('classes of points', () => {
  it('bytes, words and the two halves of a word', async () => {
    expect(await read(Uint8Array.of(0, 24, 255), 'uint8', 3)).toEqual({
      ok: true,
      value: { classes: Uint16Array.of(0, 24, 255) },
    });
    expect(await read(new Uint8Array(Uint16Array.of(1, 300).buffer), 'uint16', 2)).toEqual({
      ok: true,
      value: { classes: Uint16Array.of(1, 300) },
    });
    const words = Uint32Array.of(259 | (7 << 16), 10, (0xffff * 65_536 + 0xffff) >>> 0);
    expect(await read(new Uint8Array(words.buffer), 'uint32', 3)).toEqual({
      ok: true,
      value: { classes: Uint16Array.of(259, 10, 65_535), instances: Uint16Array.of(7, 0, 65_535) },
    });
  });

  it('panoptic archives: thousands are the class, the rest the instance', async () => {
    const values = Uint16Array.of(0, 17_003, 24_000, 31_999);
    const expected = { classes: Uint16Array.of(0, 17, 24, 31), instances: Uint16Array.of(0, 3, 0, 999) };
    for (const level of [0, 6] as const) {
      const packed = zipSync({ 'data.npy': npy(values, '<u2') }, { level });
      expect(await read(packed, 'npz', 4)).toEqual({ ok: true, value: expected });
    }
    const wide = zipSync({ 'data.npy': npy(Uint32Array.from(values), '<u4') });
    expect(await read(wide, 'npz', 4)).toEqual({ ok: true, value: expected });
  });

  it('data frames, of the whole file or of the lidar whose points they are', async () => {
    const folder = memoryFolder({ p: gzipped(fromBase64(points5)), x: gzipped(fromBase64(classes4)) });
    const tools = { open: ({ path }: { readonly path: string }) => folder.open(path) };
    const ref = { root: 'delivery', path: 'x', encoding: 'pandas' } as const;
    expect(await readPointClasses(ref, 3, tools)).toEqual({
      ok: true,
      value: { classes: Uint16Array.of(1, 2, 5) },
    });
    const sweep: SweepRef = {
      root: 'delivery',
      path: 'p',
      lidar: 'forward',
      encoding: 'pandas',
      part: { only: { field: 'd', equals: 1 } },
    };
    expect(await readPointClasses(ref, 1, tools, sweep)).toEqual({
      ok: true,
      value: { classes: Uint16Array.of(5) },
    });
    expect(await readPointClasses(ref, 3, tools, sweep)).toMatchObject({
      problem: { code: 'point-classes-count', params: { found: 1, points: 3 } },
    });
  });

  it('another number of points is told, and nothing is guessed', async () => {
    const params = { found: 2, points: 3 };
    for (const encoding of ['uint8', 'uint16', 'uint32'] as const) {
      const width = { uint8: 1, uint16: 2, uint32: 4 }[encoding];
      expect(await read(new Uint8Array(2 * width), encoding, 3)).toMatchObject({
        problem: { code: 'point-classes-count', params },
      });
    }
    expect(await read(zipSync({ 'data.npy': npy(Uint16Array.of(1, 2), '<u2') }), 'npz', 3)).toMatchObject({
      problem: { code: 'point-classes-count', params },
    });
  });

  it('archives that swell, floats, objects and damage are refused', async () => {
    const bomb = zipSync({ 'data.npy': new Uint8Array(30_000_000) });
    expect(await read(bomb, 'npz', 10)).toMatchObject({ problem: { code: 'point-classes-bad' } });
    for (const descr of ['<f4', '|O', '>u2', '<i8']) {
      const packed = zipSync({ 'data.npy': npy(Uint16Array.of(1, 2), descr) });
      expect(await read(packed, 'npz', 2), descr).toMatchObject({ problem: { code: 'point-classes-bad' } });
    }
    const packed = zipSync({
      'data.npy': npy(
        Uint16Array.from({ length: 200 }, (_, i) => i * 17),
        '<u2',
      ),
    });
    const random = seededRandom(3);
    for (let round = 0; round < 1500; round++) {
      const damaged = packed.slice(0, round % 3 === 0 ? random.integer(0, packed.length) : packed.length);
      if (damaged.length > 0) damaged[random.integer(0, damaged.length - 1)] = random.integer(0, 255);
      await read(damaged, 'npz', 200);
    }
  });
});
