/** The table scanner against JSON.parse: the same rows whatever the window, and a clear problem for every damage. */
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../../../shared/base/bytes.ts';
import { ProblemError } from '../../../../shared/base/problem.ts';
import { CountField, FlagField, ValueField, VectorField } from '../../../../shared/readers/tables/fields.ts';
import { PathField } from '../../../../shared/readers/tables/pathField.ts';
import { scanTable } from '../../../../shared/readers/tables/scanTable.ts';
import { TimeField } from '../../../../shared/readers/tables/timeField.ts';
import {
  KeyField,
  TextField,
  TokenField,
  TokenListField,
} from '../../../../shared/readers/tables/tokenFields.ts';
import { TokenTable } from '../../../../shared/readers/tables/tokenTable.ts';
import { MemorySource } from '../../../support/memoryFolder.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function columns() {
  const own = new TokenTable();
  return {
    own,
    fields: {
      token: new KeyField(own),
      next: new TokenField(own, 'defining'),
      name: new TextField(),
      position: new VectorField(3),
      count: new CountField(-1),
      flag: new FlagField(),
      time: new TimeField(),
      file: new PathField(),
    },
  };
}

async function scan(content: string | Uint8Array, chunkBytes = 1 << 20) {
  const bytes = typeof content === 'string' ? encode(content) : content;
  const made = columns();
  const result = await scanTable(new MemorySource(bytes), 't.json', { fields: made.fields }, { chunkBytes });
  const { fields, own } = made;
  const rows = Array.from({ length: result.rows }, (_, row) => ({
    token: own.text(fields.token.values[row]!),
    next: own.text(fields.next.values[row]!),
    name: fields.name.textAt(row),
    position: Array.from(fields.position.values.subarray(3 * row, 3 * row + 3)),
    count: fields.count.values[row]!,
    flag: fields.flag.values[row] === 1,
    time: fields.time.nanosAt(row),
    file: fields.file.pathAt(row),
  }));
  return { ...result, rows, codes: result.problems.map(({ code }) => code) };
}

const random = seededRandom(11);
const hex = (length: number) => Array.from({ length }, () => random.integer(0, 15).toString(16)).join('');
const names = [
  '',
  'car',
  'vehicle.car',
  'Übergröße',
  '行人',
  'a"b\\c\n',
  '\u{1F697}',
  '__proto__',
  'x'.repeat(70),
];
const tokens = [hex(32), hex(64), hex(8), 'a7f1-uuid-like', 'ABCDEF00', hex(31), '雪', ''];
const numbers = [
  0,
  -0.5,
  1e-7,
  373.214,
  0.9831098797903927,
  -18.620076176991617,
  1e300,
  123456789012,
  0.1 + 0.2,
];

function madeRow(i: number) {
  const pick = <Item>(items: readonly Item[]) => items[random.integer(0, items.length - 1)]!;
  return {
    token: `${hex(24)}${i.toString(16).padStart(8, '0')}`,
    next: pick([...tokens, hex(32)]),
    name: pick(names),
    position: [pick(numbers), random.normal() * 10 ** random.integer(-8, 8), random.between(-1, 1)],
    count: random.integer(0, 1000),
    flag: random.next() < 0.5,
    time: 1_532_402_927_000_000 + random.integer(0, 999_999),
    file: pick([
      `samples/LIDAR_TOP/n015__LIDAR_TOP__${1_532_402_927_647_951 + i}.pcd.bin`,
      `images/host_${String(i).padStart(6, '0')}.jpeg`,
      'lidar/host-a017_lidar1_1236118886501000046.bin',
      'no-digits-at-all',
      '007',
      'schr\u00e4g/0001.png',
      '',
    ]),
  };
}

const madeRows = Array.from({ length: 400 }, (_, i) => madeRow(i));
const expected = madeRows.map((row) => ({ ...row, time: `${row.time}000` }));
const layouts: Record<string, string> = {
  compact: JSON.stringify(madeRows),
  'a line a value': JSON.stringify(madeRows, null, 0).replaceAll(',"', ',\n"'),
  'indented, CRLF': JSON.stringify(madeRows, null, 2).replaceAll('\n', '\r\n'),
  'tabs and a byte order mark': `\uFEFF${JSON.stringify(madeRows, null, '\t')}\n`,
};

describe('scanTable', () => {
  it.each(Object.keys(layouts))('reads what JSON.parse reads: %s', async (layout) => {
    const { rows, problems, rowsRead } = await scan(layouts[layout]!);
    expect(problems).toEqual([]);
    expect(rowsRead).toBe(400);
    expect(rows).toEqual(expected);
  });

  it.each([7, 64, 1000, 4093])('reads the same in chunks of %i bytes', async (chunkBytes) => {
    for (const layout of Object.values(layouts)) {
      const { rows, problems } = await scan(layout, chunkBytes);
      expect(problems).toEqual([]);
      expect(rows).toEqual(expected);
    }
  });

  it('reads rows whose fields change their order, are missing or are new', async () => {
    const text =
      '[{"count":1,"name":"a"},{"name":"b","count":2},{"name":"c"},{"x":[{}],"count":4,"name":"d"},{}]';
    const { rows, problems } = await scan(text);
    expect(problems).toEqual([]);
    expect(rows.map(({ name, count }) => [name, count])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', -1],
      ['d', 4],
      ['', -1],
    ]);
    expect(rows[0]!.position).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(rows[0]!.time).toBeNull();
  });

  it('keeps rows before the damage and tells the byte', async () => {
    const whole = JSON.stringify(madeRows.slice(0, 3));
    for (let end = 1; end < whole.length; end++) {
      const cut = whole.slice(0, end);
      const { rows, problems } = await scan(cut, 50);
      const complete = [...whole.slice(0, end).matchAll(/\},\{"token"/g)].length;
      expect(rows.length).toBeGreaterThanOrEqual(complete);
      expect(rows).toEqual(expected.slice(0, rows.length));
      expect(problems).toMatchObject([
        { code: 'table-truncated', severity: 'error', path: 't.json', place: `byte ${encode(cut).length}` },
      ]);
    }
  });

  it.each([
    ['[{"count":1},{"count":2},]', 'table-damaged', 25, 2],
    ['[{"count":1}{"count":2}]', 'table-damaged', 12, 1],
    ['[{"count":1,}]', 'table-damaged', 12, 0],
    ['[{"count" 1}]', 'table-damaged', 10, 0],
    ['[{"count":01}]', 'table-damaged', 11, 0],
    ['[{"count":1.}]', 'table-damaged', 12, 0],
    ['[{"count":-}]', 'table-damaged', 11, 0],
    ['[{"count":1e}]', 'table-damaged', 12, 0],
    ['[{"count":tru}]', 'table-damaged', 13, 0],
    ['[{"name":"a\nb"}]', 'table-damaged', 11, 0],
    ['[{"name":"a\\x"}]', 'table-damaged', 12, 0],
    ['[{"name":"\\u12"}]', 'table-damaged', 10, 0],
    ['[{count:1}]', 'table-damaged', 2, 0],
    ['[{"count":1}] more', 'table-damaged', 14, 1],
    ['[{"count":1}', 'table-truncated', 12, 1],
    ['', 'table-truncated', 0, 0],
    ['  ', 'table-truncated', 2, 0],
    ['{"count":1}', 'table-not-a-list', 0, 0],
    ['"text"', 'table-not-a-list', 0, 0],
  ])('refuses %j as %s at byte %i after %i rows', async (text, code, byte, rows) => {
    for (const chunkBytes of [3, 1000]) {
      const result = await scan(text, chunkBytes);
      expect(result.problems).toMatchObject([{ code, place: `byte ${byte}` }]);
      expect(result.rows).toHaveLength(rows);
    }
  });

  it('accepts an empty table and what Python writes beyond JSON', async () => {
    expect(await scan(' [ ] \n')).toMatchObject({ rows: [], problems: [] });
    const { rows, problems } = await scan('[{"position":[NaN, Infinity,-Infinity]}]');
    expect(problems).toEqual([]);
    expect(rows[0]!.position).toEqual([Number.NaN, Infinity, -Infinity]);
  });

  it('costs a wrong value only that value, told once a field', async () => {
    const text =
      '[{"count":"x","position":[1,2],"flag":1},{"count":1.5,"position":[1,2,3,4],"flag":null},{"count":3,"position":[1,"2",3],"flag":true}]';
    const { rows, problems } = await scan(text, 20);
    expect(rows.map(({ count, flag }) => [count, flag])).toEqual([
      [-1, false],
      [-1, false],
      [3, true],
    ]);
    for (const { position } of rows) expect(position).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(problems.map(({ code, params }) => [code, params?.field, params?.count])).toEqual([
      ['table-value-unusable', 'position', 3],
      ['table-value-unusable', 'count', 2],
      ['table-value-unusable', 'flag', 2],
    ]);
  });

  it('takes the last of repeated fields, and tells; entries that are no records are left out', async () => {
    const { rows, problems, rowsRead } = await scan('[{"count":1,"count":2},null,7,{"count":3}]', 9);
    expect(rows.map(({ count }) => count)).toEqual([2, 3]);
    expect(rowsRead).toBe(4);
    expect(problems.map(({ code, params }) => [code, params?.count])).toEqual([
      ['table-field-repeated', 1],
      ['table-row-unusable', 2],
    ]);
  });

  it('gives up on deep nesting and endless rows instead of memory', async () => {
    const deep = await scan(`[{"a":${'['.repeat(100_000)}`);
    expect(deep.codes).toEqual(['table-too-deep']);
    const endless: ByteSource = {
      length: 1e12,
      slice(start, end) {
        const bytes = new Uint8Array(end - start).fill(0x20);
        if (start === 0) bytes.set(encode('[{'));
        return Promise.resolve(bytes);
      },
    };
    const { fields } = columns();
    const result = await scanTable(endless, 't.json', { fields });
    expect(result.problems).toMatchObject([{ code: 'table-row-too-large' }]);
  });

  it('ends a file that became shorter while it was read, and one that cannot be read, with a problem', async () => {
    const text = encode(JSON.stringify(madeRows));
    const shorter: ByteSource = {
      length: text.length,
      slice: (start, end) => Promise.resolve(text.slice(start, Math.min(end, 5000))),
    };
    const { fields } = columns();
    const cut = await scanTable(shorter, 't.json', { fields }, { chunkBytes: 1000 });
    expect(cut.problems).toMatchObject([{ code: 'table-truncated', place: 'byte 5000' }]);
    expect(cut.rows).toBeGreaterThan(5);
    const problem = { code: 'file-missing', severity: 'error', path: 't.json' } as const;
    const gone: ByteSource = {
      length: text.length,
      slice: (start, end) =>
        start < 3000 ? Promise.resolve(text.slice(start, end)) : Promise.reject(new ProblemError(problem)),
    };
    const lost = await scanTable(gone, 't.json', { fields: columns().fields }, { chunkBytes: 1000 });
    expect(lost.problems).toEqual([problem]);
    expect(lost.rows).toBeGreaterThan(3);
  });

  it('hands fields of no name in the shape to whoever wants them, `__proto__` among them', async () => {
    const seen: [number, string, unknown][] = [];
    const { fields } = columns();
    const text = '[{"count":1,"__proto__":{"a":1},"extra":[1,"x"]},{"count":2,"constructor":null}]';
    await scanTable(new MemorySource(encode(text)), 't.json', {
      fields,
      other: (row, name, cursor) => seen.push([row, name, cursor.value()]),
    });
    expect(seen.map(([row, name]) => [row, name])).toEqual([
      [0, '__proto__'],
      [0, 'extra'],
      [1, 'constructor'],
    ]);
    expect(seen[1]![2]).toEqual([1, 'x']);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  it('gives the place of a row that is left out to the next one', async () => {
    const { fields } = columns();
    const text = JSON.stringify(madeRows.slice(0, 10));
    const { rows, rowsRead } = await scanTable(new MemorySource(encode(text)), 't.json', {
      fields,
      keep: (row) => fields.count.values[row]! % 2 === 0,
    });
    const even = madeRows.slice(0, 10).filter(({ count }) => count % 2 === 0);
    expect(rowsRead).toBe(10);
    expect(Array.from(fields.count.values.subarray(0, rows))).toEqual(even.map(({ count }) => count));
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    const source = new MemorySource(encode('[]'));
    await expect(scanTable(source, 't', { fields: {} }, { signal: stop.signal })).rejects.toThrow('enough');
  });
});

describe('times', () => {
  it('keeps nanoseconds that a double has lost', async () => {
    const { rows } = await scan(
      '[{"time":1556675185903083.2},{"time":1556675185903083.999},{"time":5},{"time":"x"}]',
    );
    expect(rows.map(({ time }) => time)).toEqual([
      '1556675185903083200',
      '1556675185903083999',
      '5000',
      null,
    ]);
  });
});

describe('lists of tokens', () => {
  it('number equal lists alike and leave unknown tokens out', async () => {
    const table = new TokenTable();
    const [a, b] = [table.intern('a'), table.intern('b')];
    const list = new TokenListField(table);
    const value = new ValueField();
    const text =
      '[{"l":[]},{"l":["a"]},{"l":["a","b"]},{"l":["a"]},{"l":["zz","b"]},{"l":7},{"v":{"k":[1]}}]';
    const { problems } = await scanTable(new MemorySource(encode(text)), 't', {
      fields: { l: list, v: value },
    });
    const lists = Array.from(list.values.subarray(0, 7), (number) => list.lists[number]);
    expect(lists).toEqual([[], [a], [a, b], [a], [b], [], []]);
    expect(list.values[1]).toBe(list.values[3]);
    expect(problems).toMatchObject([{ code: 'table-value-unusable', params: { count: 2 } }]);
    expect(value.values[6]).toEqual({ k: [1] });
  });
});
