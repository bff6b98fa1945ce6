/**
 * Reads a table, a JSON list of records, row by row from a byte source of any size into typed columns. The file is
 * never a string and never whole in memory: a window moves over it, and the next part is fetched while one is read.
 */
import type { ByteSource } from '../../base/bytes.ts';
import type { Problem } from '../../base/problem.ts';
import { ProblemError } from '../../base/problem.ts';
import type { Chunk } from './chunks.ts';
import { Chunks } from './chunks.ts';
import type { FieldSink } from './fieldSink.ts';
import type { Gap } from './jsonCursor.ts';
import { JsonCursor, JsonDamage, needsMore, WINDOW_PADDING } from './jsonCursor.ts';

export interface TableShape {
  readonly fields: Readonly<Record<string, FieldSink>>;
  /** After a row's fields: false leaves it out, and the next row takes its place in the columns. */
  readonly keep?: (row: number, position: number) => boolean;
  /** A field that the shape does not name. The cursor stands before its value, which must be read or skipped. */
  readonly other?: (row: number, name: string, cursor: JsonCursor) => void;
}

export interface ScanOptions {
  /** Aborting makes the scan throw the signal's reason. */
  readonly signal?: AbortSignal;
  /** Bytes fetched at a time. */
  readonly chunkBytes?: number;
}

export interface TableScan {
  /** Rows in the columns. */
  readonly rows: number;
  /** Rows in the file as far as it could be read. */
  readonly rowsRead: number;
  readonly problems: readonly Problem[];
}

const CHUNK_BYTES = 1 << 20;
/** A single row beyond this is no row of a table. */
const LARGEST_ROW = 1 << 24;

const OPEN_RECORD = 0x7b;
const CLOSE_RECORD = 0x7d;
const CLOSE_LIST = 0x5d;

interface NamedGap {
  readonly bytes: Gap;
  readonly name: string;
  /** Undefined where the shape names no such field. */
  readonly field: Field | undefined;
}

interface Field {
  readonly name: string;
  readonly sink: FieldSink;
  /** `sink.take`, so that looking it up is not part of every value. */
  readonly take: FieldSink['take'];
  /** Serial number of the row that last had it. */
  seenIn: number;
  readonly unusable: Trouble;
  readonly repeated: Trouble;
}

/** How many rows had it, and where the first and the last of them stand. */
interface Trouble {
  count: number;
  first: number;
  last: number;
}

/**
 * Rows before any damage stay in the columns. Problems: `table-damaged`, `table-truncated`, `table-too-deep`,
 * `table-not-a-list`, `table-row-too-large`, and once a field `table-value-unusable`, `table-field-repeated`; once a
 * table `table-row-unusable`. Trouble with the file itself is a problem too, as the source tells it.
 */
export async function scanTable(
  source: ByteSource,
  path: string,
  shape: TableShape,
  options: ScanOptions = {},
): Promise<TableScan> {
  const scanner = new RowScanner(shape);
  const problems: Problem[] = [];
  try {
    await moveOver(source, scanner, options);
  } catch (error) {
    if (error instanceof ProblemError) problems.push(error.problem);
    else if (error instanceof ScanStop) problems.push({ ...error.problem, path });
    else if (error instanceof JsonDamage) {
      const params = { rows: scanner.rowsRead };
      const place = `byte ${error.position}`;
      problems.push({ code: error.code, severity: 'error', path, place, params });
    } else throw error;
  }
  return {
    rows: scanner.row,
    rowsRead: scanner.rowsRead,
    problems: [...problems, ...scanner.problems(path)],
  };
}

/** Ends a scan for a reason of its own. */
class ScanStop extends Error {
  readonly problem: Problem;
  constructor(code: string, position: number, params: Problem['params'] = {}) {
    super(code);
    this.problem = { code, severity: 'error', path: '', place: `byte ${position}`, params };
  }
}

/** Feeds the scanner: what it leaves of one chunk is put in front of the next. */
async function moveOver(source: ByteSource, scanner: RowScanner, options: ScanOptions): Promise<void> {
  const { signal, chunkBytes = CHUNK_BYTES } = options;
  const chunks = new Chunks(source, chunkBytes, WINDOW_PADDING);
  /** Unread are the bytes [from, end) of the window; the first of them is byte `position` of the file. */
  let window: Uint8Array = new Uint8Array(0);
  let [from, end, position] = [0, 0, 0];
  let before: Chunk | null = null;
  /** A row that filled most of a window is not looked at again before there is twice as much of it. */
  let enough = 0;
  for (let isOver = false; !isOver; ) {
    signal?.throwIfAborted();
    const chunk = await chunks.next();
    isOver = chunk.isLast;
    const left = end - from;
    const start = chunk.start - left;
    if (start >= 0) {
      chunk.bytes.set(window.subarray(from, end), start);
      if (before) chunks.release(before);
      before = chunk;
      [window, from, end] = [chunk.bytes, start, chunk.end];
    } else {
      if (left > LARGEST_ROW) throw new ScanStop('table-row-too-large', position, { bytes: LARGEST_ROW });
      window = joined(window.subarray(from, end), chunk);
      chunks.release(chunk);
      if (before) chunks.release(before);
      before = null;
      [from, end] = [0, window.length - WINDOW_PADDING];
    }
    if (end - from < enough && !chunk.isLast) continue;
    const used = scanner.read(window, from, end, position, chunk.isLast) - from;
    if (position === 0 && used > 0) scanner.reserve(source.length / used);
    from += used;
    position += used;
    enough = from === end || used > 0 ? 0 : 2 * (end - from);
  }
}

/** A row that is longer than the room in front of a chunk gets an array of its own. */
function joined(left: Uint8Array, { bytes, start, end }: Chunk): Uint8Array {
  const window = new Uint8Array(left.length + end - start + WINDOW_PADDING);
  window.set(left);
  window.set(bytes.subarray(start, end), left.length);
  return window;
}

/** What comes next: the list, its first element or its end, an element, a comma or the end, nothing. */
const State = { before: 0, atFirst: 1, atElement: 2, between: 3, behind: 4 } as const;

class RowScanner {
  /** Rows in the columns so far: the place of the next one. */
  row = 0;
  rowsRead = 0;
  readonly #cursor = new JsonCursor();
  readonly #shape: TableShape;
  readonly #fields: Field[];
  /**
   * What stood before each value of the row before, and the field it named: rows written by one program are alike, and
   * the same bytes in the same place say the same.
   */
  readonly #gaps: NamedGap[] = [];
  #state: number = State.before;
  /** Where in the window what is not done with starts. */
  #whole = 0;
  /** Counts every row, kept or not. */
  #serial = 0;
  #unusableRows = 0;
  #firstUnusable = 0;

  constructor(shape: TableShape) {
    this.#shape = shape;
    this.#fields = Object.entries(shape.fields).map(([name, sink]) => ({
      name,
      sink,
      take: sink.take.bind(sink),
      seenIn: 0,
      unusable: { count: 0, first: 0, last: -1 },
      repeated: { count: 0, first: 0, last: -1 },
    }));
  }

  /** Reads as many whole rows as [from, end) holds, which is byte `position` of the file; answers where it stopped. */
  read(bytes: Uint8Array, from: number, end: number, position: number, isLast: boolean): number {
    this.#cursor.open(bytes, from, end, position, isLast);
    this.#whole = from;
    try {
      if (this.#state === State.before) this.#begin();
      if (this.#state === State.atFirst) this.#first();
      if (this.#state !== State.behind) this.#elements();
      this.#finish();
    } catch (error) {
      if (error !== needsMore) throw error;
    }
    return this.#whole;
  }

  /** The file is so many times as long as what was read. */
  reserve(times: number): void {
    const rows = Math.ceil(1.05 * times * this.row);
    for (const { sink } of this.#fields) sink.reserve?.(rows);
  }

  problems(path: string): Problem[] {
    const problems: Problem[] = [];
    const tell = (code: string, field: string, { count, first }: Trouble) => {
      if (count === 0) return;
      const params = { field, count };
      problems.push({ code, severity: 'warning', path, place: `byte ${first}`, params });
    };
    for (const { name, unusable, repeated } of this.#fields) {
      tell('table-field-repeated', name, repeated);
      tell('table-value-unusable', name, unusable);
    }
    if (this.#unusableRows > 0) {
      const params = { count: this.#unusableRows };
      const place = `byte ${this.#firstUnusable}`;
      problems.push({ code: 'table-row-unusable', severity: 'warning', path, place, params });
    }
    return problems;
  }

  #move(state: number): void {
    this.#state = state;
    this.#whole = this.#cursor.at;
  }

  #begin(): void {
    const cursor = this.#cursor;
    const { bytes, at } = cursor;
    if (bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) cursor.at = at + 3;
    const byte = cursor.peek();
    if (cursor.isAtEnd) cursor.refuse();
    if (byte !== 0x5b) throw new ScanStop('table-not-a-list', cursor.position);
    cursor.at++;
    this.#move(State.atFirst);
  }

  #first(): void {
    const isEmpty = this.#cursor.accept(CLOSE_LIST);
    this.#move(isEmpty ? State.behind : State.atElement);
  }

  #elements(): void {
    const cursor = this.#cursor;
    for (;;) {
      if (this.#state === State.between) {
        const isOver = !cursor.hasAnother(CLOSE_LIST);
        this.#move(isOver ? State.behind : State.atElement);
        if (isOver) return;
      }
      this.#element();
      this.#move(State.between);
    }
  }

  /** Nothing but white space may follow the list. */
  #finish(): void {
    const cursor = this.#cursor;
    cursor.peek();
    if (!cursor.isAtEnd) cursor.refuse();
    this.#whole = cursor.at;
  }

  #element(): void {
    const cursor = this.#cursor;
    const isRecord = cursor.peek() === OPEN_RECORD;
    const { position } = cursor;
    if (isRecord) this.#record(position);
    else {
      cursor.skip();
      if (this.#unusableRows++ === 0) this.#firstUnusable = position;
    }
    this.rowsRead++;
  }

  #record(position: number): void {
    const cursor = this.#cursor;
    const { row } = this;
    this.#serial++;
    cursor.at++;
    let seen = 0;
    for (let place = 0; ; place++) {
      let gap = this.#gaps[place];
      if (gap === undefined || !cursor.acceptGap(gap.bytes)) {
        const start = cursor.at;
        if (place === 0 ? cursor.accept(CLOSE_RECORD) : !cursor.hasAnother(CLOSE_RECORD)) break;
        gap = this.#name(start);
        this.#gaps[place] = gap;
      }
      const { field } = gap;
      if (field === undefined) {
        if (this.#shape.other) this.#shape.other(row, gap.name, cursor);
        else cursor.skip();
        continue;
      }
      if (field.seenIn === this.#serial) note(field.repeated, position);
      else {
        field.seenIn = this.#serial;
        seen++;
      }
      if (!field.take(cursor, row)) note(field.unusable, position);
    }
    if (seen < this.#fields.length) {
      for (const { sink, seenIn } of this.#fields) if (seenIn !== this.#serial) sink.absent(row);
    }
    if (this.#shape.keep?.(row, position) ?? true) this.row++;
  }

  /** Steps over the next name and its colon. `start`: where the run up to the value began. */
  #name(start: number): NamedGap {
    const cursor = this.#cursor;
    cursor.peek();
    cursor.span();
    const name = cursor.spanText();
    const field = this.#fields.find((known) => known.name === name);
    cursor.expectColon();
    cursor.peek();
    return { bytes: cursor.gapFrom(start), name, field };
  }
}

/** A row that the window's end cut off is read again from its start, and counts once. */
function note(trouble: Trouble, position: number): void {
  if (trouble.last === position) return;
  if (trouble.count++ === 0) trouble.first = position;
  trouble.last = position;
}
