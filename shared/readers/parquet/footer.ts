/** A Parquet footer: which columns a file has, and where the chunks of each row group lie. */
import { ParquetError } from './broken.ts';
import type { ThriftStruct, ThriftValue } from './thrift.ts';
import { ThriftError, ThriftReader } from './thrift.ts';

export const physicalTypes = [
  'boolean',
  'int32',
  'int64',
  'int96',
  'float',
  'double',
  'bytes',
  'fixed',
] as const;
export type PhysicalType = (typeof physicalTypes)[number];

export const codecNames = ['none', 'snappy', 'gzip', 'lzo', 'brotli', 'lz4-hadoop', 'zstd', 'lz4'] as const;
export type ParquetCodec = (typeof codecNames)[number];

/** What the bytes of a column mean beyond their physical type. */
export type LogicalKind = 'plain' | 'text' | 'unsigned' | 'float16' | 'decimal';

/** A leaf of the schema. */
export interface ParquetColumn {
  /** Names from the root joined by `.`, without the two levels that a list puts around its elements. */
  readonly name: string;
  readonly type: PhysicalType;
  /** Bytes per value of `fixed`. */
  readonly fixedLength: number;
  readonly logical: LogicalKind;
  /** Decimal digits behind the point, for `decimal`. */
  readonly scale: number;
  readonly maxDefinition: number;
  /** 0 = one value a row, 1 = a list a row; deeper nesting is not read. */
  readonly maxRepetition: number;
  /** Definition level from which on a list has an element. */
  readonly elementDefinition: number;
}

export interface ColumnChunk {
  readonly codec: ParquetCodec;
  /** Bytes [start, end) of the file that hold the chunk's pages. */
  readonly start: number;
  readonly end: number;
  /** Bytes [start, end) of the list of pages, or null. */
  readonly pageIndex: readonly [start: number, end: number] | null;
}

export interface RowGroup {
  readonly rowStart: number;
  readonly rows: number;
  /** In the order of the columns; null = the chunk cannot be read. */
  readonly chunks: readonly (ColumnChunk | null)[];
}

export interface ParquetFooter {
  readonly rows: number;
  readonly columns: readonly ParquetColumn[];
  readonly groups: readonly RowGroup[];
}

const REQUIRED = 0;
const REPEATED = 2;
const LIST = 3;
const UTF8_KINDS = new Set([0, 4, 19]);
const DECIMAL = 5;
const UNSIGNED_KINDS = new Set([11, 12, 13, 14]);
const DEEPEST_SCHEMA = 16;

const text = (value: ThriftValue | undefined) =>
  value instanceof Uint8Array ? new TextDecoder().decode(value) : '';
const list = (value: ThriftValue | undefined) =>
  Array.isArray(value) ? (value as readonly ThriftValue[]) : [];
const struct = (value: ThriftValue | undefined): ThriftStruct | null => (value instanceof Map ? value : null);
const whole = (value: ThriftValue | undefined): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : -1;

/** Level counts on the way from the root to a leaf. */
interface Levels {
  readonly names: readonly string[];
  readonly definition: number;
  readonly repetition: number;
  readonly elementDefinition: number;
}

function logicalKind(element: ThriftStruct, type: PhysicalType): LogicalKind {
  const converted = element.get(6);
  const logical = struct(element.get(10));
  const integer = struct(logical?.get(10));
  if ((typeof converted === 'number' && UTF8_KINDS.has(converted)) || logical?.has(1)) return 'text';
  if (logical?.has(4) || logical?.has(12)) return 'text';
  if (converted === DECIMAL || logical?.has(5)) return 'decimal';
  if (logical?.has(15) && type === 'fixed') return 'float16';
  if ((typeof converted === 'number' && UNSIGNED_KINDS.has(converted)) || integer?.get(2) === false) {
    return 'unsigned';
  }
  return 'plain';
}

/** Walks the schema, which lists every node before its children. Columns are its leaves, in order. */
class SchemaWalk {
  readonly columns: ParquetColumn[] = [];
  readonly #elements: readonly ThriftValue[];
  #next = 0;

  constructor(elements: readonly ThriftValue[]) {
    this.#elements = elements;
    const root = this.#take();
    this.#children(root, { names: [], definition: 0, repetition: 0, elementDefinition: 0 }, false, 0);
  }

  #take(): ThriftStruct {
    const element = struct(this.#elements[this.#next++]);
    if (!element) throw new ParquetError('schema');
    return element;
  }

  #children(parent: ThriftStruct, above: Levels, isList: boolean, depth: number): void {
    if (depth > DEEPEST_SCHEMA) throw new ParquetError('schema');
    const count = whole(parent.get(5));
    for (let child = 0; child < count; child++) this.#node(above, isList, depth);
  }

  #node(above: Levels, isInList: boolean, depth: number): void {
    const element = this.#take();
    const repetition = whole(element.get(3));
    const definition = above.definition + (repetition === REQUIRED ? 0 : 1);
    const isRepeated = repetition === REPEATED;
    const childCount = whole(element.get(5));
    const isList = element.get(6) === LIST || struct(element.get(10))?.has(3) === true;
    // `name (LIST) > list > element` reads as `name`; a struct of a list keeps its fields' names.
    const isWrapping = isInList && (isRepeated || childCount <= 0);
    const below: Levels = {
      names: isWrapping ? above.names : [...above.names, text(element.get(4))],
      definition,
      repetition: above.repetition + (isRepeated ? 1 : 0),
      elementDefinition: isRepeated ? definition : above.elementDefinition,
    };
    if (childCount > 0) this.#children(element, below, isList || (isInList && isRepeated), depth + 1);
    else this.#leaf(element, below);
  }

  #leaf(element: ThriftStruct, levels: Levels): void {
    const type = physicalTypes[whole(element.get(1))];
    if (!type) throw new ParquetError('schema');
    this.columns.push({
      name: levels.names.join('.'),
      type,
      fixedLength: Math.max(0, whole(element.get(2))),
      logical: logicalKind(element, type),
      scale: Math.max(0, whole(element.get(7))),
      maxDefinition: levels.definition,
      maxRepetition: levels.repetition,
      elementDefinition: levels.elementDefinition,
    });
  }
}

/** Null where the chunk lies in another file, is encrypted or points out of this one. */
function chunkOf(value: ThriftValue, fileLength: number): ColumnChunk | null {
  const chunk = struct(value);
  const meta = struct(chunk?.get(3));
  const codec = codecNames[whole(meta?.get(4))];
  if (!chunk || !meta || !codec || text(chunk.get(1)) !== '') return null;
  const dataStart = whole(meta.get(9));
  const dictionary = whole(meta.get(11));
  const start = dictionary > 0 ? Math.min(dictionary, dataStart) : dataStart;
  const end = start + whole(meta.get(7));
  if (start < 4 || end < start || end > fileLength || dataStart < 4) return null;
  const indexStart = whole(chunk.get(4));
  const indexEnd = indexStart + whole(chunk.get(5));
  const pageIndex = indexStart > 0 && indexEnd > indexStart && indexEnd <= fileLength;
  return { codec, start, end, pageIndex: pageIndex ? [indexStart, indexEnd] : null };
}

/** `bytes`: the footer alone, without its length and the mark behind it. Throws ParquetError. */
export function parseFooter(bytes: Uint8Array, fileLength: number): ParquetFooter {
  const meta = footerStruct(bytes);
  const { columns } = new SchemaWalk(list(meta.get(2)));
  const groups: RowGroup[] = [];
  let rowStart = 0;
  for (const item of list(meta.get(4))) {
    const group = struct(item);
    const rows = whole(group?.get(3));
    if (!group || rows < 0) throw new ParquetError('footer');
    const chunks = list(group.get(1));
    groups.push({
      rowStart,
      rows,
      chunks: columns.map((_, i) => (chunks[i] === undefined ? null : chunkOf(chunks[i], fileLength))),
    });
    rowStart += rows;
    if (!Number.isSafeInteger(rowStart)) throw new ParquetError('footer');
  }
  return { rows: rowStart, columns, groups };
}

function footerStruct(bytes: Uint8Array): ThriftStruct {
  try {
    return new ThriftReader(bytes).struct();
  } catch (error) {
    if (error instanceof ThriftError) throw new ParquetError('footer', error.position);
    throw error;
  }
}
