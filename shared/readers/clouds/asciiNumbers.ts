/**
 * Decimal numbers out of ASCII bytes without making strings. Up to 15 digits and powers of ten within 22 are exact in
 * one double operation (both factors are exact doubles); everything else goes through `Number`, which rounds right.
 */
const POWERS = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const decoder = new TextDecoder('latin1');

const isDigit = (byte: number) => byte >= 48 && byte <= 57;

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

/** The number written in bytes [start, end), NaN and infinities included; null when it is no number. */
export function parseAsciiNumber(bytes: Uint8Array, start: number, end: number): number | null {
  let at = start;
  const isNegative = bytes[at] === 45;
  if (isNegative || bytes[at] === 43) at++;
  let digits = 0;
  let mantissa = 0;
  let exponent = 0;
  const firstDigit = at;
  while (at < end && isDigit(bytes[at]!)) {
    mantissa = mantissa * 10 + bytes[at++]! - 48;
    if (mantissa !== 0) digits++;
  }
  let seen = at - firstDigit;
  if (at < end && bytes[at] === 46) {
    const firstFraction = ++at;
    while (at < end && isDigit(bytes[at]!)) {
      mantissa = mantissa * 10 + bytes[at++]! - 48;
      if (mantissa !== 0) digits++;
    }
    exponent = firstFraction - at;
    seen += at - firstFraction;
  }
  if (seen === 0 || digits > 15) return parseWord(bytes, start, end);
  if (at < end) {
    if (bytes[at] !== 101 && bytes[at] !== 69) return parseWord(bytes, start, end);
    at++;
    const isDown = bytes[at] === 45;
    if (isDown || bytes[at] === 43) at++;
    const firstExponent = at;
    let power = 0;
    while (at < end && isDigit(bytes[at]!) && power < 1000) power = power * 10 + bytes[at++]! - 48;
    if (at < end || at === firstExponent) return parseWord(bytes, start, end);
    exponent += isDown ? -power : power;
  }
  if (exponent < -22 || exponent > 22) return parseWord(bytes, start, end);
  const value = exponent < 0 ? mantissa / POWERS[-exponent]! : mantissa * POWERS[exponent]!;
  return isNegative ? -value : value;
}
