import { describe, expect, it } from 'vitest';
import type { ArrowColumn } from '../../../../shared/readers/arrow/arrowColumns.ts';
import { openArrow } from '../../../../shared/readers/arrow/arrowTable.ts';
import type { FixtureColumn, FixtureOptions } from '../../../support/arrowFixture.ts';
import { arrowFixture } from '../../../support/arrowFixture.ts';
import { packLz4Frame } from '../../../support/lz4Fixture.ts';
import { MemorySource } from '../../../support/memoryFolder.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

const lz4 = {
  codec: 'lz4',
  bytes: (input: Uint8Array) => packLz4Frame(input, { contentSize: true }),
} as const;

/** A frame of one stored block, written by hand. */
function storedZstd(input: Uint8Array): Uint8Array {
  const block = (input.length << 3) | 1;
  const size = new Uint8Array(Uint32Array.of(input.length).buffer);
  return Uint8Array.from([
    0x28,
    0xb5,
    0x2f,
    0xfd,
    0xa0,
    ...size,
    block & 255,
    (block >> 8) & 255,
    block >> 16,
    ...input,
  ]);
}
const zstd = { codec: 'zstd', bytes: storedZstd } as const;

const columns: FixtureColumn[] = [
  { name: 'views', type: 'utf8View', values: ['', '', '', '', ''] },
  { name: 'i8', type: 'int8', values: [-128, 127, 0, null, 5] },
  { name: 'u8', type: 'uint8', values: [0, 255, 1, 2, 3] },
  { name: 'i16', type: 'int16', values: [-32768, 32767, 0, 1, 2] },
  { name: 'list', type: 'list', values: [1, 2, 3, 4, 5] },
  { name: 'u16', type: 'uint16', values: [0, 65535, 1, 2, 3] },
  { name: 'i32', type: 'int32', values: [-2147483648, 2147483647, 0, 1, 2] },
  { name: 'u32', type: 'uint32', values: [0, 4294967295, 1, 2, 3] },
  { name: 'i64', type: 'int64', values: [315966265259836000n, -1n, 0n, null, 2n] },
  { name: 'u64', type: 'uint64', values: [18446744073709551615n, 0n, 1n, 2n, 3n] },
  { name: 'half', type: 'float16', values: [0x3c00, 0xc000, 0x7bff, 0x0001, 0x3555] },
  { name: 'f32', type: 'float32', values: [1.5, -2.25, 0, 1e30, 5] },
  { name: 'struct', type: 'struct', values: [1, 2, 3, 4, 5] },
  { name: 'f64', type: 'float64', values: [Math.PI, null, 0, 1e300, 5] },
  { name: 'flag', type: 'bool', values: [true, false, null, true, true] },
  { name: 'text', type: 'utf8', values: ['', 'BOLLARD', '行人', null, 'e'] },
  { name: 'large', type: 'largeUtf8', values: ['a', 'bc', '', 'd', 'e'] },
  {
    name: 'kind',
    type: 'utf8',
    values: [1, 0, null, 2, 1],
    dictionary: { first: ['car', 'bus'], delta: ['tram'] },
  },
  { name: 'at', type: 'timestamp', values: [1n, 2n, 3n, 4n, 5n] },
  { name: 'day', type: 'date32', values: [1, 2, 3, 4, 5] },
];

async function opened(bytes: Uint8Array) {
  const table = await openArrow(new MemorySource(bytes), 'a.feather');
  if (!table.ok) throw new Error(JSON.stringify(table.problem));
  return table.value;
}

async function readAll(
  bytes: Uint8Array,
  names: readonly string[],
): Promise<ReadonlyMap<string, ArrowColumn>> {
  const read = await (await opened(bytes)).columns(names);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

/** A column as the fixture wrote it, nulls included. */
function plain(column: ArrowColumn): unknown[] {
  return Array.from(column.values as ArrayLike<unknown>, (value, row) =>
    column.valid?.[row] === 0 ? null : value,
  );
}

const expected: Record<string, unknown[]> = {
  ...Object.fromEntries(columns.map(({ name, values }) => [name, [...values]])),
  half: [1, -2, 65504, 2 ** -24, 0.333251953125],
  f32: [1.5, -2.25, 0, Math.fround(1e30), 5],
  flag: [1, 0, null, 1, 1],
  kind: ['bus', 'car', null, 'tram', 'bus'],
};
const decoded = columns
  .filter(({ type }) => !['list', 'struct', 'utf8View'].includes(type))
  .map(({ name }) => name);

const forms: [string, FixtureOptions][] = [
  ['a file', {}],
  ['a stream', { form: 'stream' }],
  ['a stream of before 0.15', { form: 'old-stream' }],
  ['several batches', { rowsPerBatch: 2 }],
  ['LZ4', { pack: lz4 }],
  ['LZ4 in several batches of a stream', { pack: lz4, rowsPerBatch: 2, form: 'stream' }],
  ['LZ4 buffers left as they are', { pack: lz4, isLeftRaw: true }],
  ['Zstandard', { pack: zstd }],
];

describe('Arrow files and streams', () => {
  it.each(forms)('every type, beside columns that are passed over: %s', async (_, options) => {
    const read = await readAll(arrowFixture(columns, options), decoded);
    for (const name of decoded) expect(plain(read.get(name)!), name).toEqual(expected[name]);
  });

  it('a column that is not there is left out, one of an unknown type is named', async () => {
    const table = await opened(arrowFixture(columns));
    expect(table.rows).toBe(5);
    expect(await table.columns(['nothing'])).toEqual({ ok: true, value: new Map() });
    const twice = await table.columns(['u8', 'u8']);
    expect(twice.ok && plain(twice.value.get('u8')!)).toEqual([0, 255, 1, 2, 3]);
    expect(await table.columns(['u8', 'list'])).toMatchObject({
      ok: false,
      problem: { code: 'arrow-type-unknown', params: { column: 'list', type: 'list' } },
    });
  });

  it('a stream may state a dictionary anew; an entry of one may be no value', async () => {
    const column: FixtureColumn = {
      name: 'kind',
      type: 'utf8',
      values: [0, 1, 2, 0, 1],
      dictionary: { first: ['car', null], delta: ['tram'], anew: ['bus', 'van', 'cart'] },
    };
    const stream = arrowFixture([column], { form: 'stream', rowsPerBatch: 3 });
    expect(plain((await readAll(stream, ['kind'])).get('kind')!)).toEqual([
      'car',
      null,
      'tram',
      'bus',
      'van',
    ]);
  });

  it('a table without rows has columns of no rows', async () => {
    const empty = columns.map((column) => ({ ...column, values: [] }));
    for (const form of ['file', 'stream'] as const) {
      const read = await readAll(arrowFixture(empty, { form }), decoded);
      for (const name of decoded) expect(plain(read.get(name)!), name).toEqual([]);
    }
  });

  it('of a large file only what is asked for is read', async () => {
    const values = Array.from({ length: 200_000 }, (_, i) => i);
    const source = new MemorySource(
      arrowFixture([
        { name: 'a', type: 'float64', values },
        { name: 'b', type: 'float64', values },
        { name: 'c', type: 'float64', values },
      ]),
    );
    const table = await openArrow(source, 'big.feather');
    expect(table.ok && table.value.rows).toBe(200_000);
    expect(source.bytesRead).toBeLessThan(10_000);
    const read = table.ok ? await table.value.columns(['b']) : table;
    expect(read.ok && read.value.get('b')!.values[199_999]).toBe(199_999);
    expect(source.bytesRead).toBeLessThan(1_700_000);
  });

  it('other formats are told by name', async () => {
    const problem = async (bytes: Uint8Array) => {
      const table = await openArrow(new MemorySource(bytes), 'x');
      return table.ok ? null : table.problem.code;
    };
    expect(await problem(new TextEncoder().encode('FEA1....'))).toBe('arrow-feather-old');
    expect(await problem(arrowFixture(columns, { isBigEndian: true }))).toBe('arrow-big-endian');
    expect(await problem(new Uint8Array(0))).toBe('arrow-damaged');
    expect(await problem(new TextEncoder().encode('not a table at all, only words'))).toBe('arrow-damaged');
  });
});

describe('hostile Arrow files', () => {
  /** Opens and reads every column; anything but a Result is a fault of the reader. */
  async function survives(bytes: Uint8Array): Promise<boolean> {
    const table = await openArrow(new MemorySource(bytes), 'x');
    if (!table.ok) return false;
    const read = await table.value.columns(decoded);
    return read.ok;
  }

  it('every cut of a file is told', async () => {
    const bytes = arrowFixture(columns, { pack: lz4, rowsPerBatch: 3 });
    expect(await survives(bytes)).toBe(true);
    for (let end = 0; end < bytes.length; end += 7)
      expect(await survives(bytes.subarray(0, end)), `${end}`).toBe(false);
  });

  it.each(forms)(
    'random damage gives a problem or other values, never an exception: %s',
    async (name, options) => {
      const random = seededRandom(name.length);
      const bytes = arrowFixture(columns, options);
      for (let round = 0; round < 800; round++) {
        const damaged = bytes.slice();
        for (let i = random.integer(1, 4); i > 0; i--) {
          const at = random.integer(0, damaged.length - 1);
          damaged[at] =
            random.next() < 0.5 ? random.integer(0, 255) : [0, 1, 127, 128, 255][random.integer(0, 4)]!;
          // Counts and offsets are eight bytes wide: below zero, beyond the file, beyond a double.
          const wide = [-1n, 1n << 33n, 1n << 62n, BigInt(bytes.length)][random.integer(0, 3)]!;
          if (random.next() < 0.3 && at + 8 <= damaged.length)
            new DataView(damaged.buffer).setBigInt64(at, wide, true);
        }
        await survives(damaged);
      }
    },
  );

  it('columns that unpack to far more than the file cannot fill the memory', async () => {
    const values = new Array<number>(2_000_000).fill(0);
    const packed = packLz4Frame(new Uint8Array(8 * values.length));
    // Seventeen columns of sixteen megabytes each, all alike.
    const names = Array.from({ length: 17 }, (_, i) => `c${i}`);
    const bytes = arrowFixture(
      names.map((name) => ({ name, type: 'float64', values })),
      { pack: { codec: 'lz4', bytes: () => packed } },
    );
    expect(bytes.length).toBeLessThan(2_000_000);
    const table = await opened(bytes);
    expect((await table.columns(['c1'])).ok).toBe(true);
    expect(await table.columns(names)).toMatchObject({ ok: false, problem: { code: 'arrow-damaged' } });
  });

  it('a row count that nothing backs is never allocated', async () => {
    const bytes = arrowFixture([{ name: 'a', type: 'float64', values: [1, 2, 3] }], { form: 'stream' });
    const view = new DataView(bytes.buffer);
    let replaced = 0;
    for (let at = 0; at + 8 <= bytes.length; at++) {
      // The three in the batch and in its node.
      if (view.getBigInt64(at, true) !== 3n) continue;
      view.setBigInt64(at, 400_000_000n, true);
      replaced++;
    }
    expect(replaced).toBeGreaterThanOrEqual(2);
    const table = await opened(bytes);
    expect(table.rows).toBe(400_000_000);
    expect(await table.columns(['a'])).toMatchObject({ ok: false, problem: { code: 'arrow-damaged' } });
  });
});
