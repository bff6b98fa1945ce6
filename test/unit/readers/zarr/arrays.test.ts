/** Arrays of zarr v2 out of folders and `.itar`, whole and by chunks; indexes and layouts that lie. */
import { describe, expect, test } from 'vitest';
import { readItarIndex } from '../../../../shared/readers/zarr/itar.ts';
import {
  parseZarrLayout,
  readEncodedBytes,
  readZarrArray,
} from '../../../../shared/readers/zarr/zarrArray.ts';
import { openFolderStore, openItarStore, openLooseStore } from '../../../../shared/readers/zarr/zarrStore.ts';
import { MemorySource, memoryFolder } from '../../../support/memoryFolder.ts';
import { bloscCopied, encodedImage, floats, longs, ZarrFixture } from '../../../support/zarrFixture.ts';

const picture = Uint8Array.of(0xff, 0xd8, 1, 2, 3, 0, 0);

function fixture(): ZarrFixture {
  const values = floats([2, 3], [1, 2, 3, 4, 5, 6]);
  const config = { id: 'blosc', cname: 'lz4', clevel: 5, shuffle: 2, blocksize: 0 };
  return new ZarrFixture()
    .group('', { version: 'v4' })
    .group('a/b', { name: 'β' })
    .array('a/b/points', { ...values, compressor: { config, pack: (plain) => bloscCopied(plain, 4) } })
    .array('a/b/times', longs([1700000000000001, 2]))
    .array('a/b/image', encodedImage(picture, 'jpeg'));
}

async function itarStore(bytes: Uint8Array) {
  return openItarStore(memoryFolder({ 'x.zarr.itar': bytes }), 'x.zarr.itar');
}

describe('stores', () => {
  test.each(['folder', 'consolidated folder', 'loose folder', 'itar'])('%s', async (form) => {
    const files = fixture().folder('d/x.zarr', form !== 'folder');
    const opened =
      form === 'itar'
        ? await itarStore(fixture().itar())
        : form === 'loose folder'
          ? { ok: true as const, value: openLooseStore(memoryFolder(files), 'd/x.zarr/') }
          : { ok: true as const, value: openFolderStore(memoryFolder(files), 'd/x.zarr/') };
    if (!opened.ok) throw new Error(opened.problem.code);
    const store = opened.value;
    await store.consolidate();
    expect(store.problems).toEqual([]);
    expect([...store.children('a/b')].sort()).toEqual(['image', 'points', 'times']);
    const points = await readZarrArray(store, 'a/b/points');
    expect(points).toEqual({ ok: true, value: { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) } });
    const times = await readZarrArray(store, 'a/b/times');
    expect(times).toMatchObject({ value: { values: BigUint64Array.of(1700000000000001n, 2n) } });
    const image = await readEncodedBytes(store, 'a/b/image');
    expect(image).toEqual({ ok: true, value: { bytes: picture, format: 'jpeg' } });
    expect(await readZarrArray(store, 'a/none')).toEqual({ ok: true, value: null });
    expect((await store.document('a/b/.zattrs')) as unknown).toMatchObject({ value: { name: 'β' } });
  });

  test('an .itar is read by its tail and by ranges', async () => {
    const big = new ZarrFixture().group('');
    for (let i = 0; i < 40; i++)
      big.array(`c/${i}`, {
        ...floats([1], [0]),
        shape: [100_000],
        dtype: '|u1',
        bytes: new Uint8Array(100_000),
      });
    const folder = memoryFolder({ 'big.zarr.itar': big.itar() });
    const store = await openItarStore(folder, 'big.zarr.itar');
    const array = store.ok && (await readZarrArray(store.value, 'c/7'));
    expect(array).toMatchObject({ ok: true, value: { shape: [100_000] } });
    expect(folder.entries[0]!.size).toBeGreaterThan(4_000_000);
    expect(folder.bytesRead.get('big.zarr.itar')!).toBeLessThan(1_300_000);
  });
});

describe('chunks', () => {
  const read = async (document: object, chunks: Record<string, Uint8Array>) => {
    const files: Record<string, string | Uint8Array> = { 'x/a/.zarray': JSON.stringify(document) };
    for (const [key, bytes] of Object.entries(chunks)) files[`x/a/${key}`] = bytes;
    const result = await readZarrArray(openFolderStore(memoryFolder(files), 'x/'), 'a');
    return result.ok && result.value ? [...result.value.values] : result;
  };
  const base = { zarr_format: 2, filters: null, compressor: null, order: 'C' };

  test('a grid with an edge and a missing chunk, rows and columns first', async () => {
    const grid = { ...base, shape: [3, 3], chunks: [2, 2], dtype: '|u1', fill_value: 9 };
    const chunks = {
      '0.0': Uint8Array.of(1, 2, 4, 5),
      '0.1': Uint8Array.of(3, 0, 6, 0),
      '1.1': Uint8Array.of(8, 0, 0, 0),
    };
    expect(await read(grid, chunks)).toEqual([1, 2, 3, 4, 5, 6, 9, 9, 8]);
    const turned = {
      '0.0': Uint8Array.of(1, 4, 2, 5),
      '0.1': Uint8Array.of(3, 6, 0, 0),
      '1.1': Uint8Array.of(8, 0, 0, 0),
    };
    expect(await read({ ...grid, order: 'F' }, turned)).toEqual([1, 2, 3, 4, 5, 6, 9, 9, 8]);
    const nested = Object.fromEntries(
      Object.entries(chunks).map(([key, bytes]) => [key.replace('.', '/'), bytes]),
    );
    expect(await read({ ...grid, dimension_separator: '/' }, nested)).toEqual([1, 2, 3, 4, 5, 6, 9, 9, 8]);
  });

  test('a column-major array in one chunk', async () => {
    const document = { ...base, order: 'F', shape: [2, 3], chunks: [2, 3], dtype: '|u1', fill_value: 0 };
    expect(await read(document, { '0.0': Uint8Array.of(1, 4, 2, 5, 3, 6) })).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('big-endian numbers, half floats, booleans and fill values by name', async () => {
    const one = (dtype: string, fill: unknown) => ({
      ...base,
      shape: [2],
      chunks: [1],
      dtype,
      fill_value: fill,
    });
    expect(await read(one('>i2', -2), { 0: Uint8Array.of(0xff, 0xfd) })).toEqual([-3, -2]);
    expect(await read(one('<f4', 'NaN'), {})).toEqual([Number.NaN, Number.NaN]);
    expect(await read(one('<f8', '-Infinity'), {})).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ]);
    expect(await read(one('<f2', 0), { 0: Uint8Array.of(0, 0x3c) })).toEqual([1, 0]);
    expect(await read(one('|b1', true), { 1: Uint8Array.of(0) })).toEqual([1, 0]);
    expect(await read(one('<i8', -1), {})).toEqual([-1n, -1n]);
  });

  test.each([
    ['another version', { zarr_format: 3 }],
    ['a shape of 10^12', { shape: [1e12] }],
    ['a shape that is no number', { shape: ['2'] }],
    ['negative chunks', { chunks: [-1] }],
    ['chunks of another rank', { chunks: [1, 1] }],
    ['chunks far larger than the array', { chunks: [1e10] }],
    ['text', { dtype: '<U5' }],
    ['objects', { dtype: '|O' }],
    ['filters', { filters: [{ id: 'delta' }] }],
    ['a fill value that is a word', { fill_value: 'many' }],
  ])('refused: %s', (_, change) => {
    const document = { ...base, shape: [2], chunks: [2], dtype: '<f4', fill_value: 0, ...change };
    expect(typeof parseZarrLayout(document)).toBe('string');
  });

  test('a chunk that is too short or too long is a problem', async () => {
    const document = { ...base, shape: [4], chunks: [4], dtype: '|u1', fill_value: 0 };
    expect(await read(document, { 0: new Uint8Array(3) })).toMatchObject({
      problem: { code: 'zarr-array-bad', path: 'x', place: 'a/0' },
    });
    expect(await read(document, { 0: new Uint8Array(1 << 20) })).toMatchObject({
      problem: { code: 'zarr-record-too-large' },
    });
  });
});

describe('hostile indexes', () => {
  test('records outside the archive, twice, or of no size are left out', async () => {
    const bytes = fixture().itar((table) => {
      table.items.push('out', 'negative', 'huge', 'a/b/points/0.0', 7);
      table.offset_datas.push(2 ** 40, -5, 0, 0, 0);
      table.sizes.push(4, 4, 2 ** 52, 4, 4);
    });
    const index = await readItarIndex(new MemorySource(bytes), 'x.itar');
    if (!index.ok) throw new Error(index.problem.code);
    expect(index.value.problems.map(({ code }) => code)).toEqual(new Array(5).fill('itar-record-bad'));
    expect([...index.value.records.keys()]).not.toContain('out');
    const store = await itarStore(bytes);
    expect(store.ok && (await readZarrArray(store.value, 'a/b/points'))).toMatchObject({ ok: true });
  });

  test.each([
    ['no archive at all', (bytes: Uint8Array) => bytes.subarray(0, 100)],
    ['no mark', (bytes: Uint8Array) => bytes.fill(0, bytes.length - 512, bytes.length - 508)],
    [
      'an index past the end',
      (bytes: Uint8Array) => bytes.fill(0xff, bytes.length - 504, bytes.length - 497),
    ],
    [
      'an index of another type',
      (bytes: Uint8Array) => bytes.fill(9, bytes.length - 508, bytes.length - 507),
    ],
  ])('%s', async (_, bend) => {
    const result = await readItarIndex(new MemorySource(bend(fixture().itar())), 'x.itar');
    expect(result).toMatchObject({ ok: false, problem: { code: 'itar-broken', path: 'x.itar' } });
  });

  test('lists of different length', async () => {
    const bytes = fixture().itar((table) => table.sizes.pop());
    const result = await readItarIndex(new MemorySource(bytes), 'x.itar');
    expect(result).toMatchObject({ ok: false, problem: { code: 'itar-broken' } });
  });
});
