/**
 * Decimal numbers out of ASCII bytes without making strings. Digits up to 2^53 and powers of ten up to 22 are exact
 * doubles, so one division rounds right; everything else goes through `Number`.
 */
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const EXACT = Number.MAX_SAFE_INTEGER;
const decoder = new TextDecoder('latin1');

/** The slow way, also for `nan` and `inf` in any of the spellings C libraries print; null when it is no number. */
function parseWord(bytes: Uint8Array, start: number, end: number): number | null {
  const word = decoder.decode(bytes.subarray(start, end));
  const value = Number(word);
  if (!Number.isNaN(value)) return value;
  if (/^[+-]?(nan|1\.#(qnan|ind).*)(\(.*\))?$/i.test(word)) return Number.NaN;
  if (/^[+-]?(inf|infinity|1\.#inf)$/i.test(word)) {
    return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return null;
}

/**
 * Writes the number that stands in bytes [start, end), NaN and infinities included, to `out[to]`; false, and NaN
 * there, when it is no number. Written to an array rather than answered: a returned double would be boxed each time.
 */
export function parseAsciiNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Float64Array,
  to: number,
): boolean {
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
  // Anything but plain digits, and more of them than a double holds exactly, goes the slow way.
  if (at < end || seen === 0 || fraction > 22 || mantissa > EXACT) {
    const value = parseWord(bytes, start, end);
    out[to] = value ?? Number.NaN;
    return value !== null;
  }
  const value = mantissa / POWERS[fraction]!;
  out[to] = isNegative ? -value : value;
  return true;
}
