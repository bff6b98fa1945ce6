/** The tight loop over the text of an ascii cloud: blank-separated rows of numbers, read straight from the bytes. */
import { AsciiNumbers, EXACT_POWERS, EXACT_SUM } from './asciiNumbers.ts';

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const PLUS = 43;
const MINUS = 45;
const ZERO = 48;
/** What ends a run of digits, as it stands there less `ZERO`. */
const POINT = 46 - ZERO;
const AFTER_SPACE = SPACE - ZERO;
const AFTER_NEWLINE = NEWLINE - ZERO;
const AFTER_RETURN = RETURN - ZERO;
const AFTER_TAB = TAB - ZERO;
/** Decimal digits that an int32 sum holds whatever they are. */
const MOST_DIGITS = 9;

/** Values of a row in the output: x, y, z, intensity. */
export const ASCII_STRIDE = 4;

export interface AsciiScan {
  /** Whole rows. */
  readonly rows: number;
  /** Lines with some values, but too few. */
  readonly shortLines: number;
  /** Wanted values that are no numbers. */
  readonly unreadable: number;
  /** First byte that was not looked at. */
  readonly end: number;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === NEWLINE || byte === RETURN || byte === TAB;
}

/** First blank, line end or end of the bytes from `start` on. */
function wordEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && !isBlank(bytes[at]!)) at++;
  return at;
}

/**
 * Reads rows until `capacity` of them are found. Value `column` of row `i` goes to `out[4 * i + slots[column]]`, or
 * nowhere where its slot is -1; short lines leave no row, values that are no numbers become NaN.
 *
 * One loop on purpose: a call per number costs a third of all. Plain decimals of up to nine digits on either side of
 * the point are summed as two integers and joined, exactly, by one addition and one division.
 */
export function scanAsciiRows(
  bytes: Uint8Array,
  slots: Int8Array,
  out: Float64Array,
  capacity: number,
): AsciiScan {
  const others = new AsciiNumbers(bytes);
  const end = bytes.length;
  const columns = slots.length;
  let at = 0;
  let rows = 0;
  let shortLines = 0;
  let unreadable = 0;
  while (at < end && rows < capacity) {
    let column = 0;
    while (column < columns) {
      let first = NEWLINE;
      for (; at < end; at++) {
        first = bytes[at]!;
        if (first !== SPACE && first !== TAB && first !== RETURN) break;
      }
      if (at >= end || first === NEWLINE) break;
      const start = at;
      const slot = slots[column++]!;
      if (slot < 0) {
        at = wordEnd(bytes, start);
        continue;
      }
      if (first === MINUS || first === PLUS) at++;

      const wholeStart = at;
      let digit = 0;
      let whole = 0;
      for (; at < end; at++) {
        digit = bytes[at]! - ZERO;
        if (digit >>> 0 > 9) break;
        whole = (Math.imul(whole, 10) + digit) | 0;
      }
      const wholeDigits = at - wholeStart;
      let fraction = 0;
      let fractionDigits = 0;
      if (digit === POINT) {
        const fractionStart = ++at;
        for (; at < end; at++) {
          digit = bytes[at]! - ZERO;
          if (digit >>> 0 > 9) break;
          fraction = (Math.imul(fraction, 10) + digit) | 0;
        }
        fractionDigits = at - fractionStart;
      }

      const isWord =
        digit === AFTER_SPACE || digit === AFTER_NEWLINE || digit === AFTER_RETURN || digit === AFTER_TAB;
      // Sums of more digits have wrapped around and are not looked at.
      const isSummed = wholeDigits <= MOST_DIGITS && fractionDigits <= MOST_DIGITS;
      if (isWord && isSummed && wholeDigits + fractionDigits > 0) {
        const power = EXACT_POWERS[fractionDigits]!;
        const mantissa = whole * power + fraction;
        if (mantissa <= EXACT_SUM) {
          const value = mantissa / power;
          out[ASCII_STRIDE * rows + slot] = first === MINUS ? -value : value;
          continue;
        }
      }
      at = wordEnd(bytes, start);
      if (!others.read(start, at, out, ASCII_STRIDE * rows + slot)) unreadable++;
    }
    while (at < end && bytes[at] !== NEWLINE) at++;
    at++;
    if (column === columns) rows++;
    else if (column > 0) shortLines++;
  }
  return { rows, shortLines, unreadable, end: Math.min(at, end) };
}

/** Is there anything but blanks and line ends from `start` on? */
export function hasMoreText(bytes: Uint8Array, start: number): boolean {
  for (let at = start; at < bytes.length; at++) if (!isBlank(bytes[at]!)) return true;
  return false;
}
