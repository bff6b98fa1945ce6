/** Sinks for the names by which rows are known and refer to each other: each becomes a small number. */
import type { FieldSink } from './fieldSink.ts';
import { grown } from './growing.ts';
import type { JsonCursor } from './jsonCursor.ts';
import { NO_TOKEN, TokenTable } from './tokenTable.ts';

const QUOTE = 0x22;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

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

/** As `TokenField`, but a token is given its number only once its row is kept: see `settle`. */
export class LateTokenField extends TokenField {
  #cursor: JsonCursor | null = null;
  #start = -1;

  constructor(table: TokenTable) {
    super(table, 'defining');
  }

  override reserve(rows: number): void {
    super.reserve(rows);
    this.table.reserve(rows);
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
