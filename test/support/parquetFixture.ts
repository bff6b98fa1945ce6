/**
 * A small Parquet writer for tests: plain or dictionary pages of either kind, nulls, lists of one level, row groups,
 * a page index. Nothing is compressed. It follows the published format and shares nothing with the reader.
 */
type Cell = number | bigint | string | boolean | Uint8Array | null;

export interface FixtureColumn {
  readonly name: string;
  readonly type: 'boolean' | 'int32' | 'int64' | 'float' | 'double' | 'bytes' | 'text';
  /** A cell per row; for lists a list of cells, or null. */
  readonly values: readonly (Cell | readonly Cell[])[];
  readonly isList?: boolean;
  readonly isDictionary?: boolean;
}

export interface FixtureOptions {
  readonly rowsPerGroup?: number;
  readonly rowsPerPage?: number;
  /** Data pages of the second kind. */
  readonly isSecondKind?: boolean;
  readonly hasPageIndex?: boolean;
}

const PHYSICAL = { boolean: 0, int32: 1, int64: 2, float: 4, double: 5, bytes: 6, text: 6 } as const;

class Bytes {
  readonly #parts: Uint8Array[] = [];
  length = 0;

  add(part: Uint8Array | readonly number[]): this {
    const bytes = part instanceof Uint8Array ? part : Uint8Array.from(part);
    this.#parts.push(bytes);
    this.length += bytes.length;
    return this;
  }

  toArray(): Uint8Array {
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

export function varint(value: number | bigint): number[] {
  const out: number[] = [];
  let left = BigInt(value);
  for (; left > 127n; left >>= 7n) out.push(Number(left & 127n) | 128);
  return [...out, Number(left)];
}

const zigzag = (value: number) => varint(value < 0 ? -2n * BigInt(value) - 1n : 2n * BigInt(value));

/** Thrift compact fields: id to value, in ascending order of id. */
export type Thrift =
  | { readonly i: number }
  | { readonly long: number }
  | { readonly text: string }
  | { readonly flag: boolean }
  | { readonly fields: Readonly<Record<number, Thrift>> }
  | { readonly items: readonly Thrift[] };

function thriftType(value: Thrift): number {
  if ('i' in value) return 5;
  if ('long' in value) return 6;
  if ('text' in value) return 8;
  if ('flag' in value) return value.flag ? 1 : 2;
  return 'fields' in value ? 12 : 9;
}

export function thrift(value: Thrift): number[] {
  if ('i' in value) return zigzag(value.i);
  if ('long' in value) return zigzag(value.long);
  if ('text' in value) {
    const bytes = [...new TextEncoder().encode(value.text)];
    return [...varint(bytes.length), ...bytes];
  }
  if ('flag' in value) return [];
  if ('items' in value) {
    const type = value.items[0] ? thriftType(value.items[0]) : 12;
    const head =
      value.items.length < 15
        ? [(value.items.length << 4) | type]
        : [0xf0 | type, ...varint(value.items.length)];
    return [...head, ...value.items.flatMap(thrift)];
  }
  const out: number[] = [];
  let before = 0;
  for (const [key, field] of Object.entries(value.fields)) {
    const id = Number(key);
    out.push(((id - before) << 4) | thriftType(field), ...thrift(field));
    before = id;
  }
  return [...out, 0];
}

function plain(type: FixtureColumn['type'], cells: readonly Cell[]): Uint8Array {
  if (type === 'boolean') {
    const bits = new Uint8Array(Math.ceil(cells.length / 8));
    for (const [i, cell] of cells.entries()) if (cell) bits[i >> 3]! |= 1 << (i & 7);
    return bits;
  }
  const out = new Bytes();
  for (const cell of cells) {
    const word = new DataView(new ArrayBuffer(8));
    if (type === 'int32') word.setInt32(0, cell as number, true);
    else if (type === 'int64') word.setBigInt64(0, BigInt(cell as bigint), true);
    else if (type === 'float') word.setFloat32(0, cell as number, true);
    else if (type === 'double') word.setFloat64(0, cell as number, true);
    else {
      const bytes = cell instanceof Uint8Array ? cell : new TextEncoder().encode(cell as string);
      word.setUint32(0, bytes.length, true);
      out.add(new Uint8Array(word.buffer, 0, 4)).add(bytes);
      continue;
    }
    out.add(new Uint8Array(word.buffer, 0, type === 'int32' || type === 'float' ? 4 : 8));
  }
  return out.toArray();
}

/** Runs of equal values, and nothing but runs. */
function runs(values: readonly number[], width: number): Uint8Array {
  const out = new Bytes();
  for (let i = 0; i < values.length; ) {
    let end = i;
    while (end < values.length && values[end] === values[i]) end++;
    out.add(varint((end - i) * 2));
    for (let shift = 0; shift < width; shift += 8) out.add([(values[i]! >> shift) & 255]);
    i = end;
  }
  return out.toArray();
}

const bitsFor = (value: number) => 32 - Math.clz32(value);
const lengthOf = (bytes: Uint8Array) => [0, 8, 16, 24].map((shift) => (bytes.length >> shift) & 255);

interface Shredded {
  readonly cells: readonly Cell[];
  readonly definitions: readonly number[];
  readonly repetitions: readonly number[];
}

/** Levels and values of some rows. Lists are `optional group > repeated group > optional element`. */
function shred(
  column: FixtureColumn,
  rows: readonly (Cell | readonly Cell[])[],
  isOptional: boolean,
): Shredded {
  const cells: Cell[] = [];
  const definitions: number[] = [];
  const repetitions: number[] = [];
  for (const row of rows) {
    if (!column.isList) {
      if (row !== null) cells.push(row as Cell);
      definitions.push(row === null ? 0 : isOptional ? 1 : 0);
      continue;
    }
    const list = row as readonly Cell[] | null;
    if (list === null || list.length === 0) {
      definitions.push(list === null ? 0 : 1);
      repetitions.push(0);
    }
    for (const [i, cell] of (list ?? []).entries()) {
      repetitions.push(i === 0 ? 0 : 1);
      definitions.push(cell === null ? 2 : 3);
      if (cell !== null) cells.push(cell);
    }
  }
  return { cells, definitions, repetitions };
}

function schemaOf(column: FixtureColumn, isOptional: boolean): Thrift[] {
  const type = { i: PHYSICAL[column.type] };
  const text: Record<number, Thrift> = column.type === 'text' ? { 6: { i: 0 } } : {};
  if (!column.isList) {
    return [{ fields: { 1: type, 3: { i: isOptional ? 1 : 0 }, 4: { text: column.name }, ...text } }];
  }
  return [
    { fields: { 3: { i: 1 }, 4: { text: column.name }, 5: { i: 1 }, 6: { i: 3 } } },
    { fields: { 3: { i: 2 }, 4: { text: 'list' }, 5: { i: 1 } } },
    { fields: { 1: type, 3: { i: 1 }, 4: { text: 'element' }, ...text } },
  ];
}

interface Page {
  readonly offset: number;
  readonly size: number;
  readonly row: number;
}

/** Writes columns of equal length. */
export function parquetFixture(columns: readonly FixtureColumn[], options: FixtureOptions = {}): Uint8Array {
  const total = columns[0]?.values.length ?? 0;
  const { rowsPerGroup = Math.max(1, total), rowsPerPage = Number.POSITIVE_INFINITY } = options;
  const file = new Bytes().add([80, 65, 82, 49]);
  const groups: Thrift[] = [];
  for (let start = 0; start < total; start += rowsPerGroup) {
    const rows = Math.min(rowsPerGroup, total - start);
    const chunks = columns.map((column) =>
      writeChunk(file, column, start, rows, Math.min(rowsPerPage, rows), options),
    );
    groups.push({ fields: { 1: { items: chunks }, 2: { long: file.length }, 3: { long: rows } } });
  }
  const schema: Thrift[] = [{ fields: { 4: { text: 'root' }, 5: { i: columns.length } } }];
  for (const column of columns) schema.push(...schemaOf(column, isOptional(column)));
  const footer = Uint8Array.from(
    thrift({ fields: { 1: { i: 1 }, 2: { items: schema }, 3: { long: total }, 4: { items: groups } } }),
  );
  return file.add(footer).add(lengthOf(footer)).add([80, 65, 82, 49]).toArray();
}

const isOptional = ({ values, isList }: FixtureColumn) => isList === true || values.includes(null);

function writeChunk(
  file: Bytes,
  column: FixtureColumn,
  rowStart: number,
  rows: number,
  rowsPerPage: number,
  { isSecondKind = false, hasPageIndex = false }: FixtureOptions,
): Thrift {
  const optional = isOptional(column);
  const values = column.values.slice(rowStart, rowStart + rows);
  const whole = shred(column, values, optional);
  const start = file.length;
  const distinct = column.isDictionary ? [...new Set(whole.cells)] : [];
  if (column.isDictionary) {
    const body = plain(column.type, distinct);
    const header = {
      1: { i: 2 },
      2: { i: body.length },
      3: { i: body.length },
      7: { fields: { 1: { i: distinct.length }, 2: { i: 0 } } },
    };
    file.add(thrift({ fields: header })).add(body);
  }
  const dataStart = file.length;
  const pages: Page[] = [];
  for (let row = 0; row < rows; row += rowsPerPage) {
    const offset = file.length;
    writePage(file, column, values.slice(row, row + rowsPerPage), distinct, optional, isSecondKind);
    pages.push({ offset, size: file.length - offset, row });
  }
  const end = file.length;
  const index = thrift({
    fields: {
      1: {
        items: pages.map(({ offset, size, row }) => ({
          fields: { 1: { long: offset }, 2: { i: size }, 3: { long: row } },
        })),
      },
    },
  });
  if (hasPageIndex) file.add(index);
  const dictionary: Record<number, Thrift> = column.isDictionary ? { 11: { long: start } } : {};
  const path = column.isList ? [column.name, 'list', 'element'] : [column.name];
  const meta: Record<number, Thrift> = {
    1: { i: PHYSICAL[column.type] },
    2: { items: [{ i: 0 }] },
    3: { items: path.map((text) => ({ text })) },
    4: { i: 0 },
    5: { long: whole.definitions.length },
    6: { long: end - start },
    7: { long: end - start },
    9: { long: dataStart },
    ...dictionary,
  };
  const place: Record<number, Thrift> = hasPageIndex ? { 4: { long: end }, 5: { i: index.length } } : {};
  return { fields: { 2: { long: start }, 3: { fields: meta }, ...place } };
}

function writePage(
  file: Bytes,
  column: FixtureColumn,
  rows: FixtureColumn['values'],
  distinct: readonly Cell[],
  optional: boolean,
  isSecondKind: boolean,
): void {
  const { cells, definitions, repetitions } = shred(column, rows, optional);
  const width = bitsFor(Math.max(1, distinct.length - 1));
  const body = column.isDictionary
    ? new Bytes()
        .add([width])
        .add(
          runs(
            cells.map((cell) => distinct.indexOf(cell)),
            width,
          ),
        )
        .toArray()
    : plain(column.type, cells);
  const maxDefinition = column.isList ? 3 : optional ? 1 : 0;
  const repetitionBytes = column.isList ? runs(repetitions, 1) : new Uint8Array(0);
  const definitionBytes = maxDefinition > 0 ? runs(definitions, bitsFor(maxDefinition)) : new Uint8Array(0);
  const encoding = { i: column.isDictionary ? 8 : 0 };
  const page = new Bytes();
  const withLength = (bytes: Uint8Array, isThere: boolean) => {
    if (isThere && !isSecondKind) page.add(lengthOf(bytes));
    if (isThere) page.add(bytes);
  };
  withLength(repetitionBytes, column.isList === true);
  withLength(definitionBytes, maxDefinition > 0);
  page.add(body);
  const sizes = { 2: { i: page.length }, 3: { i: page.length } };
  const values = { i: definitions.length };
  const header: Record<number, Thrift> = isSecondKind
    ? {
        1: { i: 3 },
        ...sizes,
        8: {
          fields: {
            1: values,
            2: { i: definitions.length - cells.length },
            3: { i: rows.length },
            4: encoding,
            5: { i: definitionBytes.length },
            6: { i: repetitionBytes.length },
            7: { flag: false },
          },
        },
      }
    : { 1: { i: 0 }, ...sizes, 5: { fields: { 1: values, 2: encoding, 3: { i: 3 }, 4: { i: 3 } } } };
  file.add(thrift({ fields: header })).add(page.toArray());
}
