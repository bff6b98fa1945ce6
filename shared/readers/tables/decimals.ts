/**
 * Decimal digits to the nearest double, as `Number` does it, without making a string. Up to 15 digits one division is
 * exact by itself; up to 18 the quotient is corrected in double-double arithmetic (Dekker 1971), and the rare number
 * that lies too close to the middle between two doubles for that is left to `Number`.
 */

/** 10^0 .. 10^22: the powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** 2^27 + 1: splits a double in halves whose products are exact. */
const SPLITTER = 134_217_729;
const POWER_HEADS = POWERS.map((power) => SPLITTER * power - (SPLITTER * power - power));
/** Far more than the correction's own error (2^-50), far less than it takes to reach another double. */
const DOUBT = 2 ** -40;

/**
 * Writes the double nearest to (high * 10^lowDigits + low) * 10^exponent into `out`: a number that is returned would
 * have to be put on the heap. `high` holds up to nine digits, `low` the `lowDigits` (at most nine) that follow. False
 * where this arithmetic cannot tell which double is the nearest.
 */
export function writeNearest(
  out: Float64Array,
  index: number,
  high: number,
  low: number,
  lowDigits: number,
  exponent: number,
): boolean {
  const head = high * POWERS[lowDigits]!;
  const sum = head + low;
  out[index] = sum;
  if (exponent === 0) return true;
  if (exponent < -22) return sum === 0;
  if (lowDigits <= 6) {
    if (exponent > 22) return false;
    out[index] = exponent < 0 ? sum / POWERS[-exponent]! : sum * POWERS[exponent]!;
    return true;
  }
  return exponent < 0 && writeQuotient(out, index, sum, low - (sum - head), -exponent);
}

/** (value + rest) / 10^exponent; false where the rounding is in doubt. */
function writeQuotient(
  out: Float64Array,
  index: number,
  value: number,
  rest: number,
  exponent: number,
): boolean {
  const power = POWERS[exponent]!;
  const quotient = value / power;
  const product = quotient * power;
  const split = SPLITTER * quotient;
  const quotientHead = split - (split - quotient);
  const quotientTail = quotient - quotientHead;
  const powerHead = POWER_HEADS[exponent]!;
  const powerTail = power - powerHead;
  const productRest =
    quotientTail * powerTail -
    (product - quotientHead * powerHead - quotientTail * powerHead - quotientHead * powerTail);
  const correction = (value - product - productRest + rest) / power;
  const upper = quotient + correction * (1 + DOUBT);
  out[index] = upper;
  return upper === quotient + correction * (1 - DOUBT);
}
