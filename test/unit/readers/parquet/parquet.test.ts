import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { ParquetFile } from '../../../../shared/readers/parquet/parquetFile.ts';
import { openParquet } from '../../../../shared/readers/parquet/parquetFile.ts';
import { MemorySource } from '../../../support/memoryFolder.ts';
import { packedColumns } from '../../../support/parquetCodecs.ts';
import type { FixtureColumn, FixtureOptions } from '../../../support/parquetFixture.ts';
import { parquetFixture, thrift } from '../../../support/parquetFixture.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

const ROWS = 60;
const rows = <Value>(make: (row: number) => Value) => Array.from({ length: ROWS }, (_, row) => make(row));

const columns: FixtureColumn[] = [
  { name: 'flag', type: 'boolean', values: rows((row) => row % 3 === 0) },
  { name: 'small', type: 'int32', values: rows((row) => row - 30) },
  { name: 'time', type: 'int64', values: rows((row) => 1_700_000_000_123_456_789n + BigInt(row)) },
  { name: 'half', type: 'float', values: rows((row) => row / 2) },
  { name: 'deep.name', type: 'double', values: rows((row) => (row % 7 === 0 ? null : row * 0.1)) },
  { name: 'class', type: 'text', values: rows((row) => ['Car', 'Bus', '人'][row % 3]!), isDictionary: true },
  { name: 'rare', type: 'text', values: rows((row) => (row === 41 ? 'x' : null)), isDictionary: true },
  {
    name: 'cell',
    type: 'bytes',
    values: rows((row) => Uint8Array.from({ length: row % 5 }, (_, i) => i + row)),
  },
  {
    name: 'list',
    type: 'float',
    isList: true,
    values: rows((row) =>
      row % 9 === 0 ? null : Array.from({ length: row % 5 }, (_, i) => (i === 3 ? null : row + i)),
    ),
  },
  {
    name: 'full',
    type: 'int64',
    isList: true,
    values: rows((row) => Array.from({ length: row % 4 }, (_, i) => BigInt(row * i))),
  },
];

const layouts: [string, FixtureOptions][] = [
  ['one page', {}],
  ['small pages', { rowsPerPage: 7 }],
  ['row groups', { rowsPerGroup: 25, rowsPerPage: 10 }],
  ['pages of the second kind', { isSecondKind: true, rowsPerPage: 11 }],
  ['a page index', { hasPageIndex: true, rowsPerPage: 6, rowsPerGroup: 40 }],
  ['a page index, second kind', { hasPageIndex: true, rowsPerPage: 6, isSecondKind: true }],
];

async function opened(bytes: Uint8Array): Promise<{ file: ParquetFile; source: MemorySource }> {
  const source = new MemorySource(bytes);
  const file = await openParquet(source, 'table.parquet');
  if (!file.ok) throw new Error(JSON.stringify(file.problem));
  return { file: file.value, source };
}

/** Typed arrays and lists as plain ones, so that values compare whatever holds them. */
function plainOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${[...value].join(' ')}`;
  if (ArrayBuffer.isView(value) || Array.isArray(value))
    return Array.from(value as ArrayLike<unknown>, plainOf);
  return value ?? null;
}

describe('Parquet', () => {
  for (const [name, options] of layouts) {
    it(`gives back every value of every row range: ${name}`, async () => {
      const { file } = await opened(parquetFixture(columns, options));
      expect(file.rows).toBe(ROWS);
      expect(file.columns).toEqual(columns.map((column) => column.name));
      for (const [rowStart, rowEnd] of [
        [0, ROWS],
        [0, 1],
        [24, 26],
        [41, 42],
        [13, 50],
        [ROWS - 1, ROWS],
        [5, 5],
      ] as const) {
        const read = await file.read(file.columns, { rowStart, rowEnd });
        if (!read.ok) throw new Error(JSON.stringify(read.problem));
        for (const { name: column, values } of columns) {
          expect(plainOf(read.value.get(column)), `${column} ${rowStart}-${rowEnd}`).toEqual(
            plainOf(values.slice(rowStart, rowEnd)),
          );
        }
      }
    });

    it(`reads what an independent reader reads: ${name}`, async () => {
      const bytes = parquetFixture(columns, options);
      const oracle = await parquetReadObjects({ file: bytes.slice().buffer as ArrayBuffer, utf8: false });
      const { file } = await opened(bytes);
      const read = await file.read(['time', 'deep.name', 'class', 'list']);
      if (!read.ok) throw new Error(JSON.stringify(read.problem));
      for (const column of ['time', 'deep.name', 'class', 'list']) {
        expect(plainOf(read.value.get(column))).toEqual(oracle.map((row) => plainOf(row[column])));
      }
    });
  }

  it('holds numbers in typed arrays and 64-bit integers exactly', async () => {
    const { file } = await opened(parquetFixture(columns));
    const read = await file.read(['small', 'time', 'half', 'full']);
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    expect(read.value.get('small')).toBeInstanceOf(Int32Array);
    expect(read.value.get('time')).toBeInstanceOf(BigInt64Array);
    expect(read.value.get('half')).toBeInstanceOf(Float32Array);
    expect((read.value.get('full') as unknown[])[3]).toBeInstanceOf(BigInt64Array);
  });

  it('fetches only the pages of the wanted rows', async () => {
    const long: FixtureColumn[] = [
      {
        name: 'cell',
        type: 'bytes',
        values: Array.from({ length: 400 }, (_, row) => new Uint8Array(20_000).fill(row)),
      },
    ];
    const bytes = parquetFixture(long, { rowsPerPage: 1, hasPageIndex: true });
    const { file, source } = await opened(bytes);
    const read = await file.read(['cell'], { rowStart: 300, rowEnd: 301 });
    expect(read.ok && (read.value.get('cell')![0] as Uint8Array)[0]).toBe(300 % 256);
    // One window ahead at the start, one at the page, and the footer: not the eight megabytes.
    expect(source.bytesRead).toBeLessThan(bytes.length / 3);
  });

  it('unpacks what each codec packed', async () => {
    const { file } = await opened(new Uint8Array(Buffer.from(packedColumns, 'base64')));
    const expected = rows((row) => `track ${row % 9} of the parked cars, row ${row}`);
    const read = await file.read(file.columns);
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    expect(file.columns).toEqual(['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli']);
    for (const column of file.columns) expect(read.value.get(column), column).toEqual(expected);
  });

  it('names a column that is not there', async () => {
    const { file } = await opened(parquetFixture(columns));
    const read = await file.read(['nothing']);
    expect(read.ok ? null : read.problem).toMatchObject({
      code: 'parquet-column-missing',
      params: { column: 'nothing' },
    });
  });
});

/** A file of one page whose header and footer say whatever a test wants. */
function lying(
  page: { values: number; body: readonly number[]; unpacked?: number },
  rowCount: number,
): Uint8Array {
  const header = thrift({
    fields: {
      1: { i: 0 },
      2: { i: page.unpacked ?? page.body.length },
      3: { i: page.body.length },
      5: { fields: { 1: { i: page.values }, 2: { i: 0 }, 3: { i: 3 }, 4: { i: 3 } } },
    },
  });
  const size = header.length + page.body.length;
  const meta = thrift({
    fields: {
      1: { i: 1 },
      2: {
        items: [
          { fields: { 4: { text: 'root' }, 5: { i: 1 } } },
          { fields: { 1: { i: 1 }, 3: { i: 1 }, 4: { text: 'x' } } },
        ],
      },
      3: { i: rowCount },
      4: {
        items: [
          {
            fields: {
              1: {
                items: [
                  {
                    fields: {
                      2: { i: 4 },
                      3: {
                        fields: {
                          1: { i: 1 },
                          3: { items: [{ text: 'x' }] },
                          4: { i: 0 },
                          5: { i: page.values },
                          6: { i: size },
                          7: { i: size },
                          9: { i: 4 },
                        },
                      },
                    },
                  },
                ],
              },
              3: { i: rowCount },
            },
          },
        ],
      },
    },
  });
  const length = [0, 8, 16, 24].map((shift) => (meta.length >> shift) & 255);
  return Uint8Array.from([80, 65, 82, 49, ...header, ...page.body, ...meta, ...length, 80, 65, 82, 49]);
}

describe('hostile Parquet', () => {
  async function problemOf(bytes: Uint8Array): Promise<string> {
    const file = await openParquet(new MemorySource(bytes), 'bad.parquet');
    if (!file.ok) return file.problem.code;
    const read = await file.value.read(file.value.columns);
    return read.ok ? 'none' : read.problem.code;
  }

  it('reads the made file where it does not lie', async () => {
    expect(await problemOf(lying({ values: 1, body: [2, 0, 0, 0, 2, 1, 7, 0, 0, 0] }, 1))).toBe('none');
  });

  it('refuses a run that claims thirty million nulls, and rows by the billion', async () => {
    const run = [6, 0, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x08, 0];
    expect(await problemOf(lying({ values: 2 ** 30, body: run }, 2 ** 30))).toBe('parquet-too-large');
    expect(await problemOf(lying({ values: 2 ** 31 - 1, body: run }, 2 ** 50))).toBe('parquet-too-large');
  });

  it('refuses pages that are longer than the file or hold fewer values than they say', async () => {
    expect(
      await problemOf(lying({ values: 1, body: [2, 0, 0, 0, 2, 1, 7, 0, 0, 0], unpacked: 2 ** 40 }, 1)),
    ).toBe('parquet-broken');
    expect(await problemOf(lying({ values: 9, body: [2, 0, 0, 0, 18, 1, 7, 0, 0, 0] }, 9))).toBe(
      'parquet-broken',
    );
    expect(await problemOf(lying({ values: 1, body: [255, 255, 255, 127, 2, 1] }, 1))).toBe('parquet-broken');
  });

  it('refuses what has no mark, no footer or a footer beyond its start', async () => {
    for (const bytes of [
      new Uint8Array(0),
      Uint8Array.from([80, 65, 82, 49]),
      new Uint8Array(200),
      Uint8Array.from([80, 65, 82, 49, 255, 255, 255, 255, 80, 65, 82, 49]),
      Uint8Array.from([80, 65, 82, 49, 0, 0, 0, 0, 80, 65, 82, 49]),
    ]) {
      expect(await problemOf(bytes)).toBe('parquet-broken');
    }
  });

  it('never throws and never hangs, whatever bytes are changed or cut', async () => {
    const random = seededRandom(20_261_122);
    const below = (limit: number) => Math.floor(random.next() * limit);
    const files = layouts.map(([, options]) => parquetFixture(columns, options));
    let refused = 0;
    for (let turn = 0; turn < 3000; turn++) {
      const bytes = files[turn % files.length]!.slice();
      const changes = 1 + below(4);
      for (let change = 0; change < changes; change++) {
        // The footer is a fifth of such a file; it is aimed at half of the time.
        const from = random.next() < 0.5 ? 0 : Math.floor(bytes.length * 0.7);
        bytes[from + below(bytes.length - from)] = below(256);
      }
      const cut = random.next() < 0.1 ? bytes.subarray(0, below(bytes.length)) : bytes;
      const code = await problemOf(cut);
      if (code !== 'none') refused++;
      expect(['none', 'parquet-broken', 'parquet-too-large', 'parquet-column-missing']).toContain(code);
    }
    expect(refused).toBeGreaterThan(500);
  });
});
