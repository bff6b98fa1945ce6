/**
 * File names of a million sensor readings in twelve bytes each: the last run of digits (a time or a counter) as a
 * number, and what stands before and behind it, of which there are few, interned.
 */
import type { FieldSink } from './fields.ts';
import { grown } from './growing.ts';
import type { JsonCursor } from './jsonCursor.ts';
import { NO_TOKEN, TokenTable } from './tokenTable.ts';

/** Digits of the run that are taken off: two halves of nine. Further ones stay with the text before. */
const MOST_DIGITS = 18;
/** Stands for the digits in the interned text, followed by their count; no path holds it unescaped. */
const PLACEHOLDER = '\u0000';

const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What stands around the digits of a path, and how many they are; all of it in `before` where there are none. */
interface Parts {
  readonly before: string;
  readonly digits: number;
  readonly behind: string;
}

export class PathField implements FieldSink {
  /** Number of the text around the digits, NO_TOKEN where the row has no path. */
  values = new Int32Array(0);
  #high = new Uint32Array(0);
  #low = new Uint32Array(0);
  readonly #patterns = new TokenTable();
  readonly #parts: Parts[] = [];
  /** Patterns of the rows before: rows of one sensor differ in their digits alone. */
  readonly #recent = new Map<string, number>();

  take(cursor: JsonCursor, row: number): boolean {
    this.absent(row);
    if (cursor.peek() !== 0x22) {
      cursor.skip();
      return false;
    }
    cursor.span();
    if (cursor.spanIsEscaped) {
      this.#takeWhole(cursor.spanText(), row);
      return true;
    }
    const { bytes, spanStart, spanEnd } = cursor;
    let end = spanEnd;
    while (end > spanStart && !isDigit(bytes[end - 1]!)) end--;
    let start = end;
    while (start > spanStart && end - start < MOST_DIGITS && isDigit(bytes[start - 1]!)) start--;
    if (start === end) {
      this.#takeWhole(cursor.spanText(), row);
      return true;
    }
    const middle = Math.max(start, end - 9);
    this.#high[row] = wholeNumber(bytes, start, middle);
    this.#low[row] = wholeNumber(bytes, middle, end);
    const before = decoder.decode(bytes.subarray(spanStart, start));
    const behind = decoder.decode(bytes.subarray(end, spanEnd));
    this.values[row] = this.#pattern(`${before}${PLACEHOLDER}${end - start}${PLACEHOLDER}${behind}`);
    return true;
  }

  absent(row: number): void {
    if (row >= this.values.length) {
      this.values = grown(this.values, row + 1);
      this.#high = grown(this.#high, this.values.length);
      this.#low = grown(this.#low, this.values.length);
    }
    this.values[row] = NO_TOKEN;
  }

  /** The path as the row has it; '' where it has none. */
  pathAt(row: number): string {
    const pattern = this.values[row]!;
    if (pattern === NO_TOKEN) return '';
    const { before, digits, behind } = this.#partsOf(pattern);
    if (digits === 0) return before;
    const low = String(this.#low[row]).padStart(Math.min(9, digits), '0');
    const high = digits > 9 ? String(this.#high[row]).padStart(digits - 9, '0') : '';
    return `${before}${high}${low}${behind}`;
  }

  #partsOf(pattern: number): Parts {
    const known = this.#parts[pattern];
    if (known) return known;
    const [before = '', count = '0', behind = ''] = this.#patterns.text(pattern).split(PLACEHOLDER);
    const parts = { before, digits: Number(count), behind };
    this.#parts[pattern] = parts;
    return parts;
  }

  #takeWhole(path: string, row: number): void {
    this.values[row] = path.includes(PLACEHOLDER) ? NO_TOKEN : this.#patterns.intern(path);
  }

  #pattern(text: string): number {
    const known = this.#recent.get(text);
    if (known !== undefined) return known;
    const number = this.#patterns.intern(text);
    if (this.#recent.size >= 64) this.#recent.clear();
    this.#recent.set(text, number);
    return number;
  }
}

function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + bytes[at]! - 0x30;
  return value;
}
