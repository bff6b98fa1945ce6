/**
 * A strict JSON reader over the bytes of a window: it moves over values and hands out numbers and spans of text, and
 * makes a string or an object only when asked for one. What it meets is told by position, in bytes of the file.
 */
import { writeNearest } from './decimals.ts';

/** Thrown where the window ends inside a row and more of the file is to come. One object: nothing to say. */
export const needsMore = new Error('the row goes on beyond the window');

/** The bytes are no JSON from here on. */
export class JsonDamage extends Error {
  readonly code: 'table-damaged' | 'table-truncated' | 'table-too-deep';
  /** Byte of the file. */
  readonly position: number;
  constructor(code: JsonDamage['code'], position: number) {
    super(code);
    this.code = code;
    this.position = position;
  }
}

/** Deeper nesting than this is no table: a hostile file must not reach the end of the stack. */
const DEEPEST = 64;
/** Bytes beyond the window's end that may be looked at; they hold zero, which ends every loop. */
export const WINDOW_PADDING = 64;

/** Longest run between two values that is remembered. */
const LONGEST_GAP = WINDOW_PADDING - 8;

/** What stood between two values of a row: comma, name, colon and white space, as words for a quick comparison. */
export interface Gap {
  readonly words: Int32Array;
  readonly tailMask: number;
  readonly tail: number;
  readonly length: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const CLOSE_LIST = 0x5d;

/** 1 where a byte ends the plain run of a string: quote, backslash, control characters. */
const ENDS_RUN = new Uint8Array(256).map((_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH ? 1 : 0,
);
const ESCAPED = new Set([...'"\\/bfnrtu'].map((character) => character.charCodeAt(0)));

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class JsonCursor {
  bytes: Uint8Array = new Uint8Array(WINDOW_PADDING);
  view: DataView = new DataView(this.bytes.buffer);
  /** Next byte to read, within `bytes`. */
  at = 0;
  /** Span of the last string, without its quotes. */
  spanStart = 0;
  spanEnd = 0;
  /** The last string has escapes: its bytes are not its text. */
  spanIsEscaped = false;
  readonly #single = new Float64Array(1);
  #end = 0;
  #base = 0;
  #isLast = false;

  /**
   * `bytes` [from, end) lie at `position` in the file and are followed by WINDOW_PADDING zeros; `isLast`: nothing
   * follows.
   */
  open(bytes: Uint8Array, from: number, end: number, position: number, isLast: boolean): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.at = from;
    this.#end = end;
    this.#base = position - from;
    this.#isLast = isLast;
  }

  /** Byte of the file that is read next. */
  get position(): number {
    return this.#base + this.at;
  }

  /** The window is read to its end. */
  get isAtEnd(): boolean {
    return this.at >= this.#end;
  }

  /** Throws: the byte at `at` is not what JSON asks for there, or the window ends here. */
  refuse(at: number = this.at): never {
    if (at < this.#end) throw new JsonDamage('table-damaged', this.#base + at);
    if (this.#isLast) throw new JsonDamage('table-truncated', this.#base + this.#end);
    throw needsMore;
  }

  /** Moves to the next byte that is no white space and answers it (0 at the end of the window). */
  peek(): number {
    const { bytes } = this;
    let { at } = this;
    let byte = bytes[at]!;
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++at]!;
    this.at = at;
    return byte;
  }

  /** Steps over `byte` where it comes next. */
  accept(byte: number): boolean {
    if (this.peek() !== byte) return false;
    this.at++;
    return true;
  }

  expect(byte: number): void {
    if (!this.accept(byte)) this.refuse();
  }

  expectColon(): void {
    if (this.bytes[this.at] === COLON) this.at++;
    else this.expect(COLON);
  }

  /** After an item of a list or record: true = another one follows, false = `close` was stepped over. */
  hasAnother(close: number): boolean {
    const byte = this.peek();
    if (byte === COMMA) {
      this.at++;
      // A comma before the bracket is damage in JSON: `peek` shows what stands there to whoever reads the item.
      if (this.peek() === close) this.refuse();
      return true;
    }
    if (byte !== close) this.refuse();
    this.at++;
    return false;
  }

  /** Steps over a string and keeps its span. The next byte must be its opening quote. */
  span(): void {
    const { bytes } = this;
    if (bytes[this.at] !== QUOTE) this.refuse();
    let at = this.at + 1;
    this.spanStart = at;
    this.spanIsEscaped = false;
    for (;;) {
      at = this.#plainRun(at);
      while (ENDS_RUN[bytes[at]!] === 0) at++;
      if (bytes[at] === QUOTE) break;
      if (bytes[at] !== BACKSLASH) this.refuse(at);
      if (at + 1 >= this.#end) this.refuse(this.#end);
      if (!ESCAPED.has(bytes[at + 1]!)) this.refuse(at + 1);
      this.spanIsEscaped = true;
      at += 2;
    }
    // Beyond the window only zeros stand, so the quote is within it.
    this.spanEnd = at;
    this.at = at + 1;
  }

  /** Text of the last span. */
  spanText(): string {
    const { spanStart, spanEnd } = this;
    if (!this.spanIsEscaped) return decoder.decode(this.bytes.subarray(spanStart, spanEnd));
    try {
      return JSON.parse(decoder.decode(this.bytes.subarray(spanStart - 1, spanEnd + 1)));
    } catch {
      // Four hexadecimal digits must follow `\u`.
      return this.refuse(spanStart);
    }
  }

  /** The number that comes next. NaN and the infinities, which JSON has not but Python writes, are accepted. */
  number(): number {
    this.numberInto(this.#single, 0);
    return this.#single[0]!;
  }

  /** The same, into `out` at `index`. */
  numberInto(out: Float64Array, index: number): void {
    const { bytes } = this;
    const start = this.at;
    let at = start;
    const isNegative = bytes[at] === MINUS;
    if (isNegative) at++;
    // Digits are 0x30 .. 0x39: this leaves 0 .. 9 of them and more of every other byte.
    let digit = bytes[at]! ^ ZERO;
    if (digit > 9) {
      out[index] = this.#notFinite(at, isNegative);
      return;
    }
    let high = 0;
    let low = 0;
    let lowDigits = 0;
    let room = 9;
    if (digit === 0) {
      if ((bytes[++at]! ^ ZERO) <= 9) this.refuse(at);
    } else {
      do {
        high = (high * 10 + digit) | 0;
        digit = bytes[++at]! ^ ZERO;
      } while (--room > 0 && digit <= 9);
      for (; digit <= 9; digit = bytes[++at]! ^ ZERO) {
        if (lowDigits++ === 9) {
          out[index] = this.#slow(start);
          return;
        }
        low = (low * 10 + digit) | 0;
      }
    }
    let exponent = 0;
    if (bytes[at] === POINT) {
      const first = ++at;
      digit = bytes[at]! ^ ZERO;
      if (digit > 9) this.refuse(at);
      // Zeros in front of the first other digit only move the point.
      if (high === 0) while (digit === 0) digit = bytes[++at]! ^ ZERO;
      for (; room > 0 && digit <= 9; room--) {
        high = (high * 10 + digit) | 0;
        digit = bytes[++at]! ^ ZERO;
      }
      for (; digit <= 9; digit = bytes[++at]! ^ ZERO) {
        if (lowDigits++ === 9) {
          out[index] = this.#slow(start);
          return;
        }
        low = (low * 10 + digit) | 0;
      }
      exponent = first - at;
    }
    const isPlain = (bytes[at]! | 0x20) !== 0x65;
    // The window may end within the number.
    if (isPlain && at >= this.#end) this.refuse(at);
    if (isPlain && writeNearest(out, index, high, low, lowDigits, exponent)) {
      this.at = at;
      if (isNegative) out[index] = -out[index]!;
    } else out[index] = this.#slow(start);
  }

  /**
   * The list of `width` numbers that comes next, into `out` from `start` on. False where it is another list, which is
   * stepped over nevertheless.
   */
  numbers(out: Float64Array, start: number, width: number): boolean {
    this.at++;
    if (this.accept(CLOSE_LIST)) return width === 0;
    let count = 0;
    let isPlain = true;
    do {
      const byte = this.peek();
      if ((byte ^ ZERO) > 9 && byte !== MINUS && byte !== 0x4e && byte !== 0x49) {
        this.skip();
        isPlain = false;
      } else if (count < width) this.numberInto(out, start + count);
      else this.numberInto(this.#single, 0);
      count++;
    } while (this.hasAnother(CLOSE_LIST));
    return isPlain && count === width;
  }

  /** The bytes of `gap` come next: they are stepped over. */
  acceptGap(gap: Gap): boolean {
    const { view } = this;
    let { at } = this;
    const { words, tail, tailMask, length } = gap;
    for (let i = 0; i < words.length; i++, at += 4) if (view.getInt32(at, true) !== words[i]) return false;
    if ((view.getInt32(at, true) & tailMask) !== tail) return false;
    this.at += length;
    return true;
  }

  /** The bytes from `start` up to the cursor, to be recognised when they come again. */
  gapFrom(start: number): Gap {
    const length = this.at - start;
    // A run too long to be looked at beyond the window's end is never recognised.
    if (length > LONGEST_GAP) return { words: Int32Array.of(), tailMask: 0, tail: 1, length: 0 };
    const bytes = this.bytes.slice(start, this.at + 4);
    const view = new DataView(bytes.buffer);
    const words = Int32Array.from({ length: length >> 2 }, (_, word) => view.getInt32(4 * word, true));
    const tailMask = (1 << (8 * (length & 3))) - 1;
    return { words, tailMask, tail: view.getInt32(4 * words.length, true) & tailMask, length };
  }

  /** Steps over any value, checking that it is one. */
  skip(depth = 0): void {
    const byte = this.peek();
    if (byte === QUOTE) this.span();
    else if (byte === 0x7b) this.#skipRecord(depth);
    else if (byte === 0x5b) this.#skipList(depth);
    else if (byte === 0x74) this.#word('true');
    else if (byte === 0x66) this.#word('false');
    else if (byte === 0x6e) this.#word('null');
    else this.number();
  }

  /** `null` comes next, and is stepped over. */
  acceptNull(): boolean {
    if (this.peek() !== 0x6e) return false;
    this.#word('null');
    return true;
  }

  /** The boolean that comes next, or null, without moving, where none does. */
  boolean(): boolean | null {
    const byte = this.peek();
    if (byte !== 0x74 && byte !== 0x66) return null;
    this.#word(byte === 0x74 ? 'true' : 'false');
    return byte === 0x74;
  }

  /** Any value, parsed: for the small and the unknown. */
  value(): unknown {
    this.peek();
    const start = this.at;
    this.skip();
    const text = decoder.decode(this.bytes.subarray(start, this.at));
    try {
      return JSON.parse(text);
    } catch {
      // Only what Python writes beyond JSON passes `skip` and fails here.
      return null;
    }
  }

  /** Four bytes at a time over what is surely neither quote nor backslash nor control character. */
  #plainRun(from: number): number {
    const { view } = this;
    let at = from;
    for (; ; at += 4) {
      const word = view.getInt32(at, true);
      const quote = word ^ 0x22222222;
      const backslash = word ^ 0x5c5c5c5c;
      // The high bit of a byte is set where that byte is zero (or below 0x20), and maybe in the one after it.
      const marks =
        ((quote - 0x01010101) & ~quote) |
        ((backslash - 0x01010101) & ~backslash) |
        ((word - 0x20202020) & ~word);
      if ((marks & 0x80808080) !== 0) return at;
    }
  }

  #skipRecord(depth: number): void {
    if (depth >= DEEPEST) throw new JsonDamage('table-too-deep', this.position);
    this.at++;
    if (this.accept(0x7d)) return;
    do {
      this.peek();
      this.span();
      this.expect(COLON);
      this.skip(depth + 1);
    } while (this.hasAnother(0x7d));
  }

  #skipList(depth: number): void {
    if (depth >= DEEPEST) throw new JsonDamage('table-too-deep', this.position);
    this.at++;
    if (this.accept(CLOSE_LIST)) return;
    do this.skip(depth + 1);
    while (this.hasAnother(CLOSE_LIST));
  }

  #word(word: string): void {
    for (let i = 0; i < word.length; i++) {
      if (this.bytes[this.at + i] !== word.charCodeAt(i)) this.refuse(this.at + i);
    }
    this.at += word.length;
  }

  #notFinite(at: number, isNegative: boolean): number {
    this.at = at;
    if (this.bytes[at] === 0x49) {
      this.#word('Infinity');
      return isNegative ? -Infinity : Infinity;
    }
    if (this.bytes[at] !== 0x4e || isNegative) this.refuse(at);
    this.#word('NaN');
    return Number.NaN;
  }

  /** Long or far numbers, checked against the grammar and left to `Number`. */
  #slow(start: number): number {
    const { bytes } = this;
    let at = start;
    const digitsFrom = (from: number) => {
      let end = from;
      while (bytes[end]! >= ZERO && bytes[end]! <= 0x39) end++;
      if (end === from) this.refuse(end);
      return end;
    };
    if (bytes[at] === MINUS) at++;
    at = digitsFrom(at);
    if (bytes[at] === POINT) at = digitsFrom(at + 1);
    if ((bytes[at]! | 0x20) === 0x65) {
      at++;
      if (bytes[at] === PLUS || bytes[at] === MINUS) at++;
      at = digitsFrom(at);
    }
    if (at >= this.#end) this.refuse(at);
    this.at = at;
    return Number(decoder.decode(bytes.subarray(start, at)));
  }
}
