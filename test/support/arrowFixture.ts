/** Writes Arrow IPC files and streams for tests, metadata and all, from the published schema. Shares nothing with the reader. */

export type FixtureType =
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float16'
  | 'float32'
  | 'float64'
  | 'bool'
  | 'utf8'
  | 'largeUtf8'
  | 'timestamp'
  | 'date32'
  | 'list'
  | 'struct'
  | 'utf8View';

export interface FixtureColumn {
  readonly name: string;
  readonly type: FixtureType;
  /** Half floats as their 16 bits; lists and structs take numbers, one child value a row. */
  readonly values: readonly (number | bigint | string | boolean | null)[];
  /** Written as 8-bit indices into these. Extra ones go into a delta dictionary. */
  readonly dictionary?: {
    readonly first: readonly (string | null)[];
    readonly delta?: readonly string[];
    /** Streams only: takes the place of both after the first batch. */
    readonly anew?: readonly string[];
  };
}

export interface FixtureOptions {
  readonly form?: 'file' | 'stream' | 'old-stream';
  readonly rowsPerBatch?: number;
  readonly pack?: { readonly codec: 'lz4' | 'zstd'; readonly bytes: (input: Uint8Array) => Uint8Array };
  /** Writes buffers as they are though the batch says that it is packed. */
  readonly isLeftRaw?: boolean;
  readonly isBigEndian?: boolean;
}

type Slot =
  | { readonly as: 'u8' | 'i16' | 'i32' | 'i64'; readonly value: number }
  | { readonly as: 'table'; readonly table: Slots }
  | { readonly as: 'tables'; readonly tables: readonly Slots[] }
  | { readonly as: 'text'; readonly text: string }
  | { readonly as: 'structs'; readonly rows: readonly (readonly number[])[] }
  /** offset i64, metadata length i32 with padding, body length i64 */
  | { readonly as: 'blocks'; readonly rows: readonly (readonly [number, number, number])[] };
type Slots = readonly (Slot | null)[];

const WIDTH = { u8: 1, i16: 2, i32: 4, i64: 8 } as const;

/** FlatBuffers, written front to back: each table, then what it points at. */
class FlatWriter {
  readonly bytes: number[] = [0, 0, 0, 0];

  constructor(root: Slots) {
    this.#number(0, 4, this.#table(root));
    while (this.bytes.length % 8 !== 0) this.bytes.push(0);
  }

  #number(at: number, width: number, value: number): void {
    for (let i = 0, rest = BigInt.asUintN(64, BigInt(value)); i < width; i++, rest >>= 8n) {
      this.bytes[at + i] = Number(rest & 255n);
    }
  }

  #append(width: number, value: number): void {
    this.#number(this.bytes.length, width, value);
  }

  #table(slots: Slots): number {
    const sizes = slots.map((slot) => (slot ? (WIDTH[slot.as as keyof typeof WIDTH] ?? 4) : 0));
    const vtable = this.bytes.length;
    this.#append(2, 4 + 2 * slots.length);
    this.#append(2, 4 + sizes.reduce((sum: number, size) => sum + size, 0));
    let offset = 4;
    for (const size of sizes) {
      this.#append(2, size === 0 ? 0 : offset);
      offset += size;
    }
    const at = this.bytes.length;
    this.#append(4, at - vtable);
    const places = slots.map((slot, i) => {
      const place = this.bytes.length;
      if (slot) this.#append(sizes[i]!, 'value' in slot ? slot.value : 0);
      return place;
    });
    for (const [i, slot] of slots.entries()) {
      if (slot && !('value' in slot)) this.#point(places[i]!, slot);
    }
    return at;
  }

  #point(place: number, slot: Exclude<Slot, { readonly value: number }>): void {
    const target = slot.as === 'table' ? this.#table(slot.table) : this.#vector(slot);
    this.#number(place, 4, target - place);
  }

  #vector(slot: Exclude<Slot, { readonly value: number } | { readonly as: 'table' }>): number {
    const at = this.bytes.length;
    if (slot.as === 'text') {
      const text = new TextEncoder().encode(slot.text);
      this.#append(4, text.length);
      this.bytes.push(...text, 0);
    } else if (slot.as === 'structs' || slot.as === 'blocks') {
      this.#append(4, slot.rows.length);
      for (const row of slot.rows) for (const value of row) this.#append(8, value);
    } else {
      this.#append(4, slot.tables.length);
      const places = slot.tables.map((_, i) => at + 4 + 4 * i);
      for (const _ of places) this.#append(4, 0);
      for (const [i, table] of slot.tables.entries())
        this.#number(places[i]!, 4, this.#table(table) - places[i]!);
    }
    return at;
  }
}

const u8 = (value: number): Slot => ({ as: 'u8', value });
const i16 = (value: number): Slot => ({ as: 'i16', value });
const i32 = (value: number): Slot => ({ as: 'i32', value });
const i64 = (value: number): Slot => ({ as: 'i64', value });
const table = (slots: Slots): Slot => ({ as: 'table', table: slots });

const int = (bits: number, isSigned: boolean): [number, Slots] => [2, [i32(bits), u8(isSigned ? 1 : 0)]];
const CHILD = { name: 'item', type: 'float32' } as const;

/** Number of the union and the table of each type. */
const TYPE: Readonly<Record<FixtureType, [number, Slots]>> = {
  int8: int(8, true),
  uint8: int(8, false),
  int16: int(16, true),
  uint16: int(16, false),
  int32: int(32, true),
  uint32: int(32, false),
  int64: int(64, true),
  uint64: int(64, false),
  float16: [3, [i16(0)]],
  float32: [3, [i16(1)]],
  float64: [3, [i16(2)]],
  bool: [6, []],
  utf8: [5, []],
  largeUtf8: [20, []],
  timestamp: [10, [i16(3)]],
  date32: [8, [i16(0)]],
  list: [12, []],
  struct: [13, []],
  utf8View: [24, []],
};

function fieldSlots(
  { name, type, dictionary }: Pick<FixtureColumn, 'name' | 'type' | 'dictionary'>,
  id: number,
): Slots {
  const [code, details] = TYPE[type];
  const children = type === 'list' || type === 'struct' ? [fieldSlots(CHILD, 0)] : [];
  return [
    { as: 'text', text: name },
    u8(1),
    u8(code),
    table(details),
    dictionary ? table([i64(id), table([i32(8), u8(1)])]) : null,
    { as: 'tables', tables: children },
  ];
}

function bits(flags: readonly boolean[]): Uint8Array {
  const out = new Uint8Array(Math.ceil(flags.length / 8));
  for (const [i, flag] of flags.entries()) if (flag) out[i >> 3]! |= 1 << (i & 7);
  return out;
}

type Values = FixtureColumn['values'];

function fixed(type: FixtureType, values: Values): Uint8Array {
  const numbers = values.map((value) => Number(value ?? 0));
  switch (type) {
    case 'int8':
      return new Uint8Array(Int8Array.from(numbers).buffer);
    case 'uint8':
      return Uint8Array.from(numbers);
    case 'int16':
      return new Uint8Array(Int16Array.from(numbers).buffer);
    case 'uint16':
    case 'float16':
      return new Uint8Array(Uint16Array.from(numbers).buffer);
    case 'int32':
    case 'date32':
      return new Uint8Array(Int32Array.from(numbers).buffer);
    case 'uint32':
      return new Uint8Array(Uint32Array.from(numbers).buffer);
    case 'float32':
      return new Uint8Array(Float32Array.from(numbers).buffer);
    case 'float64':
      return new Uint8Array(Float64Array.from(numbers).buffer);
    default:
      return new Uint8Array(
        BigInt64Array.from(
          values.map((value) => BigInt.asIntN(64, BigInt((value as bigint | number | null) ?? 0))),
        ).buffer,
      );
  }
}

/** Nodes and buffers of one column's rows. */
interface Piece {
  readonly nodes: readonly (readonly [rows: number, nulls: number])[];
  readonly buffers: readonly Uint8Array[];
  readonly variadic: readonly number[];
}

function piece(type: FixtureType, values: Values): Piece {
  const present = values.map((value) => value !== null);
  const nulls = present.filter((flag) => !flag).length;
  const own = { nodes: [[values.length, nulls] as const], variadic: [] };
  const validity = nulls === 0 ? new Uint8Array(0) : bits(present);
  if (type === 'bool') return { ...own, buffers: [validity, bits(values.map((value) => value === true))] };
  if (type === 'utf8' || type === 'largeUtf8') {
    const texts = values.map((value) => new TextEncoder().encode(String(value ?? '')));
    let end = 0;
    const ends = [0, ...texts.map((text) => (end += text.length))];
    const offsets = fixed(type === 'utf8' ? 'int32' : 'int64', ends);
    return { ...own, buffers: [validity, offsets, Uint8Array.from(texts.flatMap((text) => [...text]))] };
  }
  if (type === 'utf8View')
    return { nodes: own.nodes, buffers: [validity, new Uint8Array(0), new Uint8Array(5)], variadic: [1] };
  if (type === 'list' || type === 'struct') {
    const child = piece('float32', values);
    const offsets =
      type === 'list'
        ? [
            fixed(
              'int32',
              Array.from({ length: values.length + 1 }, (_, i) => i),
            ),
          ]
        : [];
    return {
      nodes: [...own.nodes, ...child.nodes],
      buffers: [validity, ...offsets, ...child.buffers],
      variadic: [],
    };
  }
  return { ...own, buffers: [validity, fixed(type, values)] };
}

interface Written {
  readonly header: Slots;
  readonly body: Uint8Array;
}

function padded(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / 8) * 8);
  out.set(bytes);
  return out;
}

function batch(pieces: readonly Piece[], rows: number, { pack, isLeftRaw }: FixtureOptions): Written {
  const packed = pieces
    .flatMap(({ buffers }) => buffers)
    .map((bytes) => {
      if (!pack || bytes.length === 0) return bytes;
      const prefix = new BigInt64Array([isLeftRaw ? -1n : BigInt(bytes.length)]);
      const content = isLeftRaw ? bytes : pack.bytes(bytes);
      return Uint8Array.from([...new Uint8Array(prefix.buffer), ...content]);
    });
  let offset = 0;
  const places = packed.map((bytes): [number, number] => {
    const place: [number, number] = [offset, bytes.length];
    offset += padded(bytes).length;
    return place;
  });
  const variadic = pieces.flatMap((one) => one.variadic.map((count) => [count]));
  const header: Slots = [
    i64(rows),
    { as: 'structs', rows: pieces.flatMap(({ nodes }) => nodes) },
    { as: 'structs', rows: places },
    pack ? table([u8(pack.codec === 'lz4' ? 0 : 1), u8(0)]) : null,
    variadic.length > 0 ? { as: 'structs', rows: variadic } : null,
  ];
  return { header, body: Uint8Array.from(packed.flatMap((bytes) => [...padded(bytes)])) };
}

function message(type: number, header: Slots, body: Uint8Array, isOld: boolean): Uint8Array {
  const metadata = new FlatWriter([i16(4), u8(type), table(header), i64(body.length)]).bytes;
  const length = new Uint8Array(Int32Array.of(metadata.length).buffer);
  const mark = isOld ? [] : [255, 255, 255, 255];
  return Uint8Array.from([...mark, ...length, ...metadata, ...body]);
}

/** The bytes of a file or stream that holds `columns`, all of one length. */
export function arrowFixture(columns: readonly FixtureColumn[], options: FixtureOptions = {}): Uint8Array {
  const { form = 'file', isBigEndian } = options;
  const rows = columns[0]?.values.length ?? 0;
  const step = options.rowsPerBatch ?? Math.max(1, rows);
  const schema: Slots = [
    i16(isBigEndian ? 1 : 0),
    { as: 'tables', tables: columns.map((column, i) => fieldSlots(column, i)) },
  ];
  const out: number[] = form === 'file' ? [...new TextEncoder().encode('ARROW1'), 0, 0] : [];
  const blocks: { dictionaries: [number, number, number][]; batches: [number, number, number][] } = {
    dictionaries: [],
    batches: [],
  };
  const add = (type: number, header: Slots, body: Uint8Array, list?: [number, number, number][]) => {
    const bytes = message(type, header, body, form === 'old-stream');
    list?.push([out.length, bytes.length - body.length, body.length]);
    for (const byte of bytes) out.push(byte);
  };
  add(1, schema, new Uint8Array(0));
  const addDictionary = (id: number, texts: Values | undefined, isDelta: boolean) => {
    if (!texts) return;
    const { header, body } = batch([piece('utf8', texts)], texts.length, options);
    add(2, [i64(id), table(header), u8(isDelta ? 1 : 0)], body, blocks.dictionaries);
  };
  for (const [id, { dictionary }] of columns.entries()) {
    addDictionary(id, dictionary?.first, false);
    addDictionary(id, dictionary?.delta, true);
  }
  for (let start = 0; start < rows; start += step) {
    const pieces = columns.map(({ type, values, dictionary }) =>
      piece(dictionary ? 'int8' : type, values.slice(start, start + step)),
    );
    const { header, body } = batch(pieces, Math.min(step, rows - start), options);
    add(3, header, body, blocks.batches);
    if (start === 0) {
      for (const [id, { dictionary }] of columns.entries()) addDictionary(id, dictionary?.anew, false);
    }
  }
  if (form !== 'old-stream') out.push(255, 255, 255, 255);
  out.push(0, 0, 0, 0);
  if (form !== 'file') return Uint8Array.from(out);
  const footer = new FlatWriter([
    i16(4),
    table(schema),
    { as: 'blocks', rows: blocks.dictionaries },
    { as: 'blocks', rows: blocks.batches },
  ]).bytes;
  const length = new Uint8Array(Int32Array.of(footer.length).buffer);
  return Uint8Array.from([...out, ...footer, ...length, ...new TextEncoder().encode('ARROW1')]);
}
