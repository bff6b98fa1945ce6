/**
 * Any decimal number out of ASCII bytes, exactly. Digits up to 2^53 and powers of ten up to 22 are exact doubles, so
 * one multiplication or division rounds right; everything else goes through `Number`.
 */

/** 10^0 to 10^22: the powers of ten that a double holds exactly. */
export const EXACT_POWERS = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
/** Largest sum of digits that is known to be exact. */
export const EXACT_SUM = Number.MAX_SAFE_INTEGER;
/** Longer words have more digits than a double holds, or more zeros than is worth a thought. */
const LONGEST_SUMMED = 20;
/** Bytes made into a string at once: the cost lies in the call, not in the bytes. */
const WINDOW_BYTES = 1 << 16;

const decoder = new TextDecoder('latin1');

/** NaN and infinities in the spellings that C libraries print are numbers; null for what is none. */
function numberOf(word: string): number | null {
  const value = Number(word);
  if (!Number.isNaN(value)) return value;
  if (/^[+-]?(nan|1\.#(qnan|ind).*)(\(.*\))?$/i.test(word)) return Number.NaN;
  if (/^[+-]?(inf|infinity|1\.#inf)$/i.test(word)) {
    return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return null;
}

/** Power of ten written in bytes [start, end), or null. */
function exponentOf(bytes: Uint8Array, start: number, end: number): number | null {
  const isNegative = bytes[start] === 45;
  const first = isNegative || bytes[start] === 43 ? start + 1 : start;
  if (first === end || end - first > 3) return null;
  let exponent = 0;
  for (let at = first; at < end; at++) {
    const digit = bytes[at]! - 48;
    if (digit < 0 || digit > 9) return null;
    exponent = exponent * 10 + digit;
  }
  return isNegative ? -exponent : exponent;
}

export class AsciiNumbers {
  readonly #bytes: Uint8Array;
  /** `#bytes` from `#windowStart` to `#windowEnd` as text, one character a byte. */
  #window = '';
  #windowStart = 0;
  #windowEnd = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /**
   * Writes the number that stands in bytes [start, end), NaN and infinities included, to `out[to]`; false, and NaN
   * there, when it is no number. Written to an array rather than answered: a returned double would be boxed each time.
   */
  read(start: number, end: number, out: Float64Array, to: number): boolean {
    if (end - start <= LONGEST_SUMMED && this.#sum(start, end, out, to)) return true;
    const value = numberOf(this.#word(start, end));
    out[to] = value ?? Number.NaN;
    return value !== null;
  }

  /** False, and nothing written, where digits or exponent leave the range in which one rounding is exact. */
  #sum(start: number, end: number, out: Float64Array, to: number): boolean {
    const bytes = this.#bytes;
    let at = start;
    const isNegative = bytes[at] === 45;
    if (isNegative || bytes[at] === 43) at++;
    let mantissa = 0;
    let seen = 0;
    let fraction = 0;
    let isFraction = false;
    for (; at < end; at++) {
      const digit = bytes[at]! - 48;
      if (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        seen++;
        if (isFraction) fraction++;
      } else if (digit === -2 && !isFraction) isFraction = true;
      else break;
    }
    if (seen === 0 || mantissa > EXACT_SUM) return false;
    // An `e` in either case.
    const hasExponent = at < end && (bytes[at]! | 32) === 101;
    const exponent = hasExponent ? exponentOf(bytes, at + 1, end) : 0;
    if (exponent === null || (at < end && !hasExponent)) return false;
    const scale = exponent - fraction;
    if (Math.abs(scale) >= EXACT_POWERS.length) return false;
    const value = scale < 0 ? mantissa / EXACT_POWERS[-scale]! : mantissa * EXACT_POWERS[scale]!;
    out[to] = isNegative ? -value : value;
    return true;
  }

  #word(start: number, end: number): string {
    if (start < this.#windowStart || end > this.#windowEnd) {
      this.#windowStart = start;
      this.#windowEnd = Math.min(this.#bytes.length, Math.max(end, start + WINDOW_BYTES));
      this.#window = decoder.decode(this.#bytes.subarray(start, this.#windowEnd));
    }
    return this.#window.slice(start - this.#windowStart, end - this.#windowStart);
  }
}
