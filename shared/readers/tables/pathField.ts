/**
 * File names of a million sensor readings in 17 bytes each: the last run of digits (a time or a counter) as a number,
 * and what stands before and behind it, of which there are few, interned.
 */
import type { FieldSink } from './fieldSink.ts';
import { grown } from './growing.ts';
import type { JsonCursor } from './jsonCursor.ts';
import { NO_TOKEN, TokenTable } from './tokenTable.ts';

/** Digits of the run that are taken off: two halves of nine. Further ones stay with the text before. */
const MOST_DIGITS = 18;

const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;

export class PathField implements FieldSink {
  #before = new Int32Array(0);
  #behind = new Int32Array(0);
  #high = new Uint32Array(0);
  #low = new Uint32Array(0);
  /** Digits of the run; 0 = the whole path is the text before. */
  #digits = new Uint8Array(0);
  /** Apart, so that a row finds either text near the one of the row before. */
  readonly #textsBefore = new Texts();
  readonly #textsBehind = new Texts();

  take(cursor: JsonCursor, row: number): boolean {
    this.absent(row);
    if (cursor.peek() !== 0x22) {
      cursor.skip();
      return false;
    }
    cursor.span();
    const { bytes, spanStart, spanEnd } = cursor;
    if (cursor.spanIsEscaped) {
      this.#before[row] = this.#textsBefore.table.intern(cursor.spanText());
      return true;
    }
    let end = spanEnd;
    while (end > spanStart && !isDigit(bytes[end - 1]!)) end--;
    let start = end;
    while (start > spanStart && end - start < MOST_DIGITS && isDigit(bytes[start - 1]!)) start--;
    if (start === end) {
      this.#before[row] = this.#textsBefore.table.internBytes(cursor, spanStart, spanEnd);
      return true;
    }
    const middle = Math.max(start, end - 9);
    this.#before[row] = this.#textsBefore.table.internBytes(cursor, spanStart, start);
    this.#behind[row] = this.#textsBehind.table.internBytes(cursor, end, spanEnd);
    this.#digits[row] = end - start;
    this.#high[row] = wholeNumber(bytes, start, middle);
    this.#low[row] = wholeNumber(bytes, middle, end);
    return true;
  }

  absent(row: number): void {
    if (row >= this.#before.length) this.reserve(row + 1);
    this.#before[row] = NO_TOKEN;
    this.#behind[row] = NO_TOKEN;
    this.#digits[row] = 0;
  }

  reserve(rows: number): void {
    this.#before = grown(this.#before, rows);
    this.#behind = grown(this.#behind, this.#before.length);
    this.#high = grown(this.#high, this.#before.length);
    this.#low = grown(this.#low, this.#before.length);
    this.#digits = grown(this.#digits, this.#before.length);
  }

  /** The path as the row has it; '' where it has none. */
  pathAt(row: number): string {
    const before = this.#textsBefore.at(this.#before[row]!);
    const digits = this.#digits[row]!;
    if (digits === 0) return before;
    const low = String(this.#low[row]).padStart(Math.min(9, digits), '0');
    const high = digits > 9 ? String(this.#high[row]).padStart(digits - 9, '0') : '';
    return before + high + low + this.#textsBehind.at(this.#behind[row]!);
  }
}

/** Few texts in many rows: each is made a string once. */
class Texts {
  readonly table = new TokenTable();
  readonly #made: string[] = [];

  at(number: number): string {
    if (number === NO_TOKEN) return '';
    this.#made[number] ??= this.table.text(number);
    return this.#made[number];
  }
}

function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + bytes[at]! - 0x30;
  return value;
}
