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
 * The double nearest to (high * 10^lowDigits + low) * 10^exponent, or NaN where this arithmetic cannot tell.
 * `high` holds up to nine digits, `low` the `lowDigits` (at most nine) that follow.
 */
export function nearestDouble(high: number, low: number, lowDigits: number, exponent: number): number {
  const head = high * POWERS[lowDigits]!;
  const sum = head + low;
  if (exponent === 0) return sum;
  if (exponent < -22) return sum === 0 ? 0 : Number.NaN;
  if (lowDigits <= 6) {
    if (exponent < 0) return sum / POWERS[-exponent]!;
    return exponent <= 22 ? sum * POWERS[exponent]! : Number.NaN;
  }
  return exponent < 0 ? dividedByPower(sum, low - (sum - head), -exponent) : Number.NaN;
}

/** (value + rest) / 10^exponent, or NaN where the rounding is in doubt. */
function dividedByPower(value: number, rest: number, exponent: number): number {
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
  const lower = quotient + correction * (1 - DOUBT);
  return upper === lower ? upper : Number.NaN;
}
