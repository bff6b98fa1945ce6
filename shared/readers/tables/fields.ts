/**
 * What becomes of a row's fields: each sink takes one value a row into a typed column. A value of the wrong kind is
 * stepped over and answered with false: it costs that value, not the row.
 */

import { grown } from './growing.ts';
import type { JsonCursor } from './jsonCursor.ts';
import { NO_TOKEN, TokenTable } from './tokenTable.ts';

export interface FieldSink {
  /** Reads the value at the cursor (behind any white space) as that of `row`. False: it was unusable. */
  take(cursor: JsonCursor, row: number): boolean;
  /** The row has no such field. */
  absent(row: number): void;
  /** So many rows are to be expected: a guess from the file's length, which spares growing. */
  reserve?(rows: number): void;
}

const QUOTE = 0x22;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

/** A number comes next: a digit, a minus, or what Python writes for NaN and infinity. */
function isNumberStart(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x4e || byte === 0x49;
}

/** Tokens of another table's rows, or of this one's own. Whole numbers serve as tokens too. */
export class TokenField implements FieldSink {
  values = new Int32Array(0);
  readonly table: TokenTable;
  readonly #isDefining: boolean;

  /** `defining`: unknown tokens are given a number; without it they are NO_TOKEN. */
  constructor(table: TokenTable, use: 'defining' | 'referring') {
    this.table = table;
    this.#isDefining = use === 'defining';
  }

  reserve(rows: number): void {
    this.values = grown(this.values, rows);
  }

  take(cursor: JsonCursor, row: number): boolean {
    if (row >= this.values.length) this.values = grown(this.values, row + 1);
    this.values[row] = NO_TOKEN;
    const byte = cursor.peek();
    if (byte === QUOTE) {
      this.values[row] = this.#isDefining ? this.table.internNext(cursor) : this.table.findNext(cursor);
      return true;
    }
    const value = cursor.value();
    if (!Number.isSafeInteger(value)) return value === null;
    const text = String(value);
    this.values[row] = this.#isDefining ? this.table.intern(text) : this.table.find(text);
    return true;
  }

  absent(row: number): void {
    this.values = grown(this.values, row + 1);
    this.values[row] = NO_TOKEN;
  }
}

/** The tokens by which a table's own rows are known. */
export class KeyField extends TokenField {
  constructor(table: TokenTable) {
    super(table, 'defining');
  }

  override reserve(rows: number): void {
    super.reserve(rows);
    this.table.reserve(rows);
  }
}

/** Texts of which many are alike, numbered by a table of its own. */
export class TextField extends TokenField {
  constructor() {
    super(new TokenTable(), 'defining');
  }

  textAt(row: number): string {
    return this.table.text(this.values[row]!);
  }
}

/** A list of tokens; equal lists share one number, since rows repeat the same few. */
export class TokenListField implements FieldSink {
  values = new Int32Array(0);
  /** Tokens of every list; list 0 is empty. Unknown tokens are left out. */
  readonly lists: (readonly number[])[] = [[]];
  readonly #table: TokenTable;
  /** By list and token: the list that is longer by this token. */
  readonly #longer: number[][] = [];

  constructor(table: TokenTable) {
    this.#table = table;
  }

  reserve(rows: number): void {
    this.values = grown(this.values, rows);
  }

  take(cursor: JsonCursor, row: number): boolean {
    this.absent(row);
    if (cursor.peek() !== OPEN_LIST) {
      cursor.skip();
      return false;
    }
    cursor.at++;
    if (cursor.accept(CLOSE_LIST)) return true;
    let list = 0;
    let isWhole = true;
    do {
      if (cursor.peek() !== QUOTE) {
        cursor.skip();
        isWhole = false;
        continue;
      }
      const token = this.#table.findNext(cursor);
      if (token === NO_TOKEN) isWhole = false;
      else list = this.#extended(list, token);
    } while (cursor.hasAnother(CLOSE_LIST));
    this.values[row] = list;
    return isWhole;
  }

  absent(row: number): void {
    if (row >= this.values.length) this.values = grown(this.values, row + 1);
    this.values[row] = 0;
  }

  /** Number of a list and one token more. */
  #extended(list: number, token: number): number {
    this.#longer[list] ??= [];
    const longer = this.#longer[list];
    longer[token] ??= this.lists.push([...this.lists[list]!, token]) - 1;
    return longer[token];
  }
}

/** Lists of exactly `width` numbers. Anything else is NaN throughout. */
export class VectorField implements FieldSink {
  values = new Float64Array(0);
  readonly width: number;

  constructor(width: number) {
    this.width = width;
  }

  reserve(rows: number): void {
    this.values = grown(this.values, rows * this.width);
  }

  take(cursor: JsonCursor, row: number): boolean {
    const { width } = this;
    const start = row * width;
    if (start + width > this.values.length) this.values = grown(this.values, start + width);
    if (cursor.peek() !== OPEN_LIST) {
      cursor.skip();
      this.absent(row);
      return false;
    }
    if (cursor.numbers(this.values, start, width)) return true;
    this.absent(row);
    return false;
  }

  absent(row: number): void {
    const start = row * this.width;
    this.values = grown(this.values, start + this.width);
    this.values.fill(Number.NaN, start, start + this.width);
  }
}

/** Whole numbers of 31 bits; `fallback` where there is none. */
export class CountField implements FieldSink {
  values = new Int32Array(0);
  readonly #fallback: number;

  constructor(fallback: number) {
    this.#fallback = fallback;
  }

  reserve(rows: number): void {
    this.values = grown(this.values, rows);
  }

  take(cursor: JsonCursor, row: number): boolean {
    this.absent(row);
    if (!isNumberStart(cursor.peek())) {
      const isNull = cursor.acceptNull();
      if (!isNull) cursor.skip();
      return isNull;
    }
    const value = cursor.number();
    if (!Number.isInteger(value) || Math.abs(value) > 0x7fff_ffff) return false;
    this.values[row] = value;
    return true;
  }

  absent(row: number): void {
    if (row >= this.values.length) this.values = grown(this.values, row + 1);
    this.values[row] = this.#fallback;
  }
}

/** 1 = true, 0 = false or absent. */
export class FlagField implements FieldSink {
  values = new Uint8Array(0);

  reserve(rows: number): void {
    this.values = grown(this.values, rows);
  }

  take(cursor: JsonCursor, row: number): boolean {
    this.absent(row);
    const value = cursor.boolean();
    if (value === null) {
      cursor.skip();
      return false;
    }
    this.values[row] = value ? 1 : 0;
    return true;
  }

  absent(row: number): void {
    if (row >= this.values.length) this.values = grown(this.values, row + 1);
    this.values[row] = 0;
  }
}

/** Any value, parsed: for small tables. */
export class ValueField implements FieldSink {
  readonly values: unknown[] = [];

  take(cursor: JsonCursor, row: number): boolean {
    this.values[row] = cursor.value();
    return true;
  }

  absent(row: number): void {
    this.values[row] = undefined;
  }
}

/** As `TokenField`, but a token is given its number only once its row is kept: see `settle`. */
export class LateTokenField extends TokenField {
  #cursor: JsonCursor | null = null;
  #start = -1;

  constructor(table: TokenTable) {
    super(table, 'defining');
  }

  override take(cursor: JsonCursor, row: number): boolean {
    this.absent(row);
    this.#start = -1;
    const isText = cursor.peek() === QUOTE;
    if (isText) {
      this.#cursor = cursor;
      this.#start = cursor.at;
    }
    const isNull = !isText && cursor.acceptNull();
    if (!isNull) cursor.skip();
    return isText || isNull;
  }

  override absent(row: number): void {
    this.#start = -1;
    super.absent(row);
  }

  /** Gives the token of `row` its number. To be called while the row is still the last one read. */
  settle(row: number): void {
    if (this.#start < 0 || !this.#cursor) return;
    const { at } = this.#cursor;
    this.#cursor.at = this.#start;
    this.values[row] = this.table.internNext(this.#cursor);
    this.#cursor.at = at;
  }
}
