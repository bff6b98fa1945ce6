/**
 * Times of many spellings as whole nanoseconds in a decimal string. Integers are told apart by size: seconds,
 * milliseconds, microseconds or nanoseconds since 1970 do not overlap for any date between 1973 and 5138.
 */

/** Decimal exponent that turns a whole number of this many digits into nanoseconds. */
function scaleOf(digits: number): number {
  if (digits >= 18) return 0;
  if (digits >= 15) return 3;
  return digits >= 12 ? 6 : 9;
}

/** `12.5` with scale 9 -> `12500000000`; digits below a nanosecond are cut. */
function shifted(whole: string, fraction: string, scale: number): string {
  const digits = `${whole}${fraction.slice(0, scale).padEnd(scale, '0')}`;
  return BigInt(digits).toString();
}

const DATE = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9})\d*)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

function fromDate(text: string): string | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const [, day, time, fraction = '', zone = 'Z'] = match;
  const milliseconds = Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  if (Number.isNaN(milliseconds)) return null;
  return (BigInt(milliseconds) * 1_000_000n + BigInt(fraction.padEnd(9, '0'))).toString();
}

/**
 * Nanoseconds of a number or string: seconds with a fraction, whole seconds to nanoseconds by size, or an ISO date
 * (UTC where no zone is given). Null for anything else.
 */
export function nanosOf(value: unknown): string | null {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null;
    // Doubles hold present-day seconds to a quarter of a microsecond: more digits would be invented ones.
    return nanosOf(Number.isInteger(value) ? value.toFixed(0) : value.toFixed(6));
  }
  if (typeof value !== 'string') return null;
  const text = value.trim();
  const match = /^(-?)(\d{1,20})(?:\.(\d*))?$/.exec(text);
  if (!match) return fromDate(text);
  const [, sign, whole = '', fraction] = match;
  const scale = fraction === undefined ? scaleOf(whole.length) : 9;
  const nanos = shifted(whole, fraction ?? '', scale);
  return sign === '-' && nanos !== '0' ? `-${nanos}` : nanos;
}

/** A time in a file name: its last group of ten digits with a fraction, or of at least 13 digits. */
export function nanosOfStem(stem: string): string | null {
  const match = /(?:^|\D)(\d{10}\.\d+|\d{13,19})$/.exec(stem);
  return match ? nanosOf(match[1]) : null;
}
