/**
 * The gamma function's parts that every probability here is made of, written so that nothing large is ever
 * subtracted from something large: ln of a factorial of ten million is 1.5e8, and its last digit alone would
 * spoil the eighth of a probability. After C. Loader, "Fast and accurate computation of binomial
 * probabilities" (2000): Stirling's error and the deviance are small and exact, and are all that is needed.
 */
import { findRoot } from './rootFinding.ts';

/** ln z! - [(z + 1/2) ln z - z + ln(2 pi) / 2] for real z > 0. */
export function stirlingError(z: number): number {
  let correction = 0;
  let at = z;
  // The series is exact to a double from 16 on; below, the recurrence climbs there.
  for (; at < 16; at++) correction += (at + 0.5) * Math.log1p(1 / at) - 1;
  const square = at * at;
  const series =
    1 / 12 -
    (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / square) / square) / square) / square) /
      square;
  return correction + series / at;
}

/** x ln(x / mean) + mean - x >= 0, for x > 0 and mean > 0, without cancelling where the two are close. */
export function deviance(x: number, mean: number): number {
  const difference = x - mean;
  const v = difference / (x + mean);
  if (Math.abs(v) >= 0.1) return x * Math.log(x / mean) - difference;
  // ln(x / mean) = 2 (v + v^3/3 + v^5/5 + ...); the first term combines with mean - x to (x - mean) v.
  let sum = difference * v;
  let power = 2 * x * v;
  for (let odd = 3; ; odd += 2) {
    power *= v * v;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
}

/** x^a e^-x / Gamma(a + 1): the Poisson probability of `a` events at mean x, for real a >= 0. */
export function poissonDensity(a: number, x: number): number {
  if (x === 0) return a === 0 ? 1 : 0;
  if (a === 0) return Math.exp(-x);
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
}

/** Both tails of a distribution; the smaller one has full relative accuracy, the other is 1 minus it. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/** Regularised incomplete gamma functions P(a, x) and Q(a, x), a > 0, x >= 0. */
export function gammaTails(a: number, x: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  if (x < a + 1) {
    const lower = poissonDensity(a, x) * lowerSeries(a, x);
    return { lower, upper: 1 - lower };
  }
  // Q(a, x) = x^a e^-x / Gamma(a) * fraction, and the density above holds Gamma(a + 1).
  const upper = poissonDensity(a, x) * a * upperFraction(a, x);
  return { lower: 1 - upper, upper };
}

/** 1 + x/(a+1) + x^2/((a+1)(a+2)) + ... */
function lowerSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

/** 1/(x+1-a- 1(1-a)/(x+3-a- 2(2-a)/(x+5-a- ...))), by Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Number.POSITIVE_INFINITY;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 1_000_000; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / nonZero(numerator * d + b);
    c = nonZero(b + numerator / c);
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 2e-16) break;
  }
  return fraction;
}

/** Lentz's method divides by these; a zero is moved off by next to nothing. */
export function nonZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}

/** x with P(a, x) = probability (`tail` lower) or Q(a, x) = probability (`tail` upper); probability in (0, 1). */
export function inverseGamma(a: number, probability: number, tail: 'lower' | 'upper'): number {
  const target = Math.log(probability);
  // On a logarithmic scale small roots keep their digits, and the tail's own logarithm is nearly straight.
  const miss = (logX: number): number => Math.log(gammaTails(a, Math.exp(logX))[tail]) - target;
  let [low, high] = [Math.log(a) - 1, Math.log(a) + 1];
  const isBefore = (logX: number): boolean => (tail === 'lower' ? miss(logX) < 0 : miss(logX) > 0);
  while (!isBefore(low)) low -= 2 * (high - low);
  while (isBefore(high)) high += Math.min(2, high - low);
  return Math.exp(findRoot(miss, low, high));
}

/** Chi-square quantile with `degrees` of freedom. */
export function inverseChiSquare(degrees: number, probability: number, tail: 'lower' | 'upper'): number {
  return 2 * inverseGamma(degrees / 2, probability, tail);
}

/** z with P(|Z| > z) = probability for a standard normal Z. */
export function normalTwoSided(probability: number): number {
  return Math.sqrt(inverseChiSquare(1, probability, 'upper'));
}

/** z with P(Z <= z) = probability for a standard normal Z. */
export function normalQuantile(probability: number): number {
  if (probability === 0.5) return 0;
  return probability > 0.5 ? normalTwoSided(2 * (1 - probability)) : -normalTwoSided(2 * probability);
}
