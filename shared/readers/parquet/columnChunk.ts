/** One column of one row group: its pages found, skipped where no row of them is wanted, and decoded. */
import type { ByteSource } from '../../base/bytes.ts';
import { ParquetError } from './broken.ts';
import type { ColumnRows } from './columnRows.ts';
import { unpackPage } from './decompress.ts';
import type { ColumnChunk, ParquetColumn } from './footer.ts';
import type { PageHeader } from './pageHeader.ts';
import { readPageHeader } from './pageHeader.ts';
import { firstPageOf } from './pageIndex.ts';
import type { ValueBudget } from './runs.ts';
import { readRuns } from './runs.ts';
import type { LeafValues } from './values.ts';
import { readDictionary, readValues } from './values.ts';

/** Bytes fetched ahead at a new place, and at most while pages are walked one after another. */
const FIRST_WINDOW = 1 << 14;
const LARGEST_WINDOW = 1 << 20;

/** A stretch of the file that is read ahead, so that small pages do not cost a request each. */
class Window {
  readonly #source: ByteSource;
  readonly #end: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #ahead = FIRST_WINDOW;

  constructor(source: ByteSource, end: number) {
    this.#source = source;
    this.#end = end;
  }

  /** Bytes [start, start + length), or fewer where the chunk ends. */
  async take(start: number, length: number): Promise<Uint8Array> {
    const end = Math.min(start + length, this.#end);
    if (start < this.#start || end > this.#start + this.#bytes.length) {
      const reached = this.#start + this.#bytes.length;
      const isNext = start >= this.#start && start <= reached;
      this.#ahead = isNext ? Math.min(4 * this.#ahead, LARGEST_WINDOW) : FIRST_WINDOW;
      this.#bytes = await this.#source.slice(start, Math.min(Math.max(end, start + this.#ahead), this.#end));
      this.#start = start;
    }
    return this.#bytes.subarray(start - this.#start, end - this.#start);
  }
}

export interface ChunkRows {
  readonly column: ParquetColumn;
  readonly chunk: ColumnChunk;
  /** Rows of the whole group. */
  readonly groupRows: number;
  /** First row wanted, counted from the group's first. */
  readonly rowStart: number;
  readonly budget: ValueBudget;
}

/** A value takes a bit or more, unless a run of equal ones says many at once. */
const PLAIN_VALUES_PER_BYTE = 8;

/**
 * Hands the pages that hold rows from `rowStart` on to `makeRows(first)`, until it has what it wants. `first` is the
 * row of the group that the first page begins with. Throws ParquetError, and what the source throws.
 */
export async function readChunk(
  source: ByteSource,
  { column, chunk, groupRows, rowStart, budget }: ChunkRows,
  makeRows: (firstRow: number) => ColumnRows,
): Promise<ColumnRows> {
  if (column.maxRepetition > 1) throw new ParquetError('schema');
  const window = new Window(source, chunk.end);
  let at = chunk.start;
  let dictionary: LeafValues | null = null;
  const head = await pageAt(window, at, chunk.end);
  if (head.kind === 'dictionary') {
    const packed = await window.take(at + head.headerBytes, head.packedBytes);
    const bytes = await located(at, () => unpackPage(packed, head.unpackedBytes, chunk.codec));
    dictionary = readDictionary(bytes, column, head.values);
    at += head.headerBytes + head.packedBytes;
  }
  const place = await firstPageOf(source, chunk, groupRows, rowStart);
  const firstRow = place && place.start >= at ? place.row : 0;
  if (place && place.start >= at) at = place.start;
  const rows = makeRows(firstRow);
  while (at < chunk.end && !rows.isDone) {
    const header = await pageAt(window, at, chunk.end);
    const body = at + header.headerBytes;
    if (header.kind === 'data' || header.kind === 'data2') {
      const stated = header.kind === 'data2' ? header.rows : column.maxRepetition === 0 ? header.values : -1;
      if (stated >= 0 && rows.row + stated <= rowStart - firstRow) rows.skip(stated);
      else {
        budget.spend(header.values - PLAIN_VALUES_PER_BYTE * header.packedBytes);
        const packed = await window.take(body, header.packedBytes);
        if (packed.length !== header.packedBytes) throw new ParquetError('page-size', at);
        await located(at, () => addPage(packed, header, column, chunk, dictionary, rows));
      }
    }
    at = body + header.packedBytes;
  }
  return rows;
}

/** The head of the page at `at`, whose body must end within the chunk. */
async function pageAt(window: Window, at: number, end: number): Promise<PageHeader> {
  const header = await readPageHeader((length) => window.take(at, length), at);
  if (at + header.headerBytes + header.packedBytes > end) throw new ParquetError('page-size', at);
  return header;
}

/** Gives damage the place of its page. */
async function located<Value>(byte: number, step: () => Promise<Value>): Promise<Value> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof ParquetError && error.byte === null) throw new ParquetError(error.fault, byte);
    throw error;
  }
}

const bitsFor = (level: number) => 32 - Math.clz32(level);

async function addPage(
  packed: Uint8Array,
  header: PageHeader,
  column: ParquetColumn,
  chunk: ColumnChunk,
  dictionary: LeafValues | null,
  rows: ColumnRows,
): Promise<void> {
  const isSecond = header.kind === 'data2';
  const levelBytes = isSecond ? header.repetitionBytes + header.definitionBytes : 0;
  if (levelBytes > packed.length) throw new ParquetError('levels');
  const rest = packed.subarray(levelBytes);
  const codec = isSecond && !header.isPacked ? 'none' : chunk.codec;
  const body = await unpackPage(rest, header.unpackedBytes - levelBytes, codec);
  const cursor = { bytes: body, at: 0 };
  const levels = (highest: number, start: number): Uint32Array | null => {
    if (highest === 0) return null;
    if (!header.hasRunLevels) throw new ParquetError('levels');
    // The second kind of page keeps its levels in front, unpacked; the first within, each with its length.
    if (isSecond) return readRuns({ bytes: packed, at: start }, bitsFor(highest), header.values);
    const end = cursor.at + 4 + lengthAt(body, cursor.at);
    if (end > body.length) throw new ParquetError('levels');
    const read = readRuns(
      { bytes: body.subarray(0, end), at: cursor.at + 4 },
      bitsFor(highest),
      header.values,
    );
    cursor.at = end;
    return read;
  };
  const repetitions = levels(column.maxRepetition, 0);
  if (repetitions) {
    const begun = countOf(repetitions, 0);
    if (rows.row + begun <= rows.rowStart) {
      rows.skip(begun);
      return;
    }
  }
  const definitions = levels(column.maxDefinition, header.repetitionBytes);
  const present = definitions ? countOf(definitions, column.maxDefinition) : header.values;
  const values = readValues(cursor, column, header.encoding, present, dictionary);
  rows.add({ values, definitions: present === header.values ? null : definitions, repetitions });
}

function lengthAt(bytes: Uint8Array, at: number): number {
  if (at + 4 > bytes.length) throw new ParquetError('levels');
  return new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true);
}

function countOf(levels: Uint32Array, highest: number): number {
  let count = 0;
  for (let i = 0; i < levels.length; i++) if (levels[i] === highest) count++;
  return count;
}
