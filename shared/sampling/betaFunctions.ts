/** Regularised incomplete beta function and its inverse, for binomial intervals and Student's t. */
import { deviance, nonZero, stirlingError, type Tails } from './gammaFunctions.ts';
import { findRoot } from './rootFinding.ts';

/**
 * Gamma(a+b+1) / (Gamma(a+1) Gamma(b+1)) x^a y^b with y = 1 - x given apart, so that neither loses digits near 1.
 * For whole a and b this is the binomial probability of `a` successes in a + b trials.
 */
export function binomialDensity(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  if (a === 0) return Math.exp(n * logOf(y, x));
  if (b === 0) return Math.exp(n * logOf(x, y));
  if (x === 0 || y === 0) return 0;
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y);
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * a * b));
}

/** ln(value) where `value` = 1 - complement. */
function logOf(value: number, complement: number): number {
  return complement < 0.5 ? Math.log1p(-complement) : Math.log(value);
}

/** I_x(a, b) and 1 - I_x(a, b) for a, b > 0; y = 1 - x. */
export function betaTails(a: number, b: number, x: number, y: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (y <= 0) return { lower: 1, upper: 0 };
  // The continued fraction converges quickly on the side of the mean it is evaluated on.
  if (x <= (a + 1) / (a + b + 2)) {
    const lower = betaFraction(a, b, x, y);
    return { lower, upper: 1 - lower };
  }
  const upper = betaFraction(b, a, y, x);
  return { lower: 1 - upper, upper };
}

/** x^a y^b / (a B(a, b)) times the continued fraction of I_x(a, b), by Lentz's method. */
function betaFraction(a: number, b: number, x: number, y: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 1_000_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 2e-16) break;
  }
  return (binomialDensity(a, b, x, y) * b * fraction) / (a + b);
}

/**
 * x with I_x(a, b) = probability (`tail` lower) or 1 - I_x(a, b) = probability (`tail` upper), probability in
 * (0, 1). Found on the logit scale, so that roots near 0 and near 1 both keep all their digits.
 */
export function inverseBeta(a: number, b: number, probability: number, tail: 'lower' | 'upper'): number {
  const target = Math.log(probability);
  const miss = (logit: number): number =>
    Math.log(betaTails(a, b, 1 / (1 + Math.exp(-logit)), 1 / (1 + Math.exp(logit)))[tail]) - target;
  const isBefore = (logit: number): boolean => (tail === 'lower' ? miss(logit) < 0 : miss(logit) > 0);
  const middle = Math.log(a / b);
  let [low, high] = [middle - 1, middle + 1];
  while (!isBefore(low)) low -= high - low;
  while (isBefore(high)) high += high - low;
  return 1 / (1 + Math.exp(-findRoot(miss, low, high)));
}

/** t with P(|T| > t) = probability for Student's t with `degrees` of freedom. */
export function studentTwoSided(degrees: number, probability: number): number {
  // T^2 / (T^2 + degrees) follows Beta(1/2, degrees/2).
  const share = inverseBeta(degrees / 2, 0.5, probability, 'lower');
  return Math.sqrt((degrees * (1 - share)) / share);
}
