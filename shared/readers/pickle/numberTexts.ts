/** Numbers and texts as the oldest pickles write them, and whole numbers of any length. */

/** Bytes of the longest whole number that is read; a count or a time takes eight. */
export const LONGEST_INTEGER = 64;

/** Little-endian two's complement, as a number where a double holds it. */
export function integerOf(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
  return narrowed(BigInt.asIntN(8 * bytes.length, value));
}

/** Decimal digits, with Python's `L` behind where it had one; null for anything else. */
export function integerOfText(text: string): number | bigint | null {
  const match = /^([+-]?\d{1,150})L?$/.exec(text);
  return match ? narrowed(BigInt(match[1]!)) : null;
}

function narrowed(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** What Python's `repr` of a float says; null for anything else. */
export function floatOfText(text: string): number | null {
  if (/^[+-]?nan$/.test(text)) return Number.NaN;
  if (/^[+-]?inf$/.test(text))
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** Between quotes, with backslash escapes; null where the quotes do not match. */
export function quotedText(text: string): string | null {
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || text.at(-1) !== quote) return null;
  return text.slice(1, -1).replace(/\\(x[0-9a-f]{2}|.)/gi, (whole, sequence: string) => {
    if (sequence.length === 3) return String.fromCharCode(Number.parseInt(sequence.slice(1), 16));
    return SIMPLE_ESCAPES[sequence] ?? whole;
  });
}

/** `\uXXXX` and `\UXXXXXXXX` in an otherwise plain text. */
export function escapedText(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})|\\U([0-9a-f]{8})/gi, (whole, short?: string, long?: string) => {
    const code = Number.parseInt(short ?? long ?? '', 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
