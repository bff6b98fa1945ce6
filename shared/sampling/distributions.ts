/**
 * Counts of nonconforming units in a sample: binomial (a process), hypergeometric (a real lot) and Poisson
 * (defects per hundred units). The smaller tail is summed term by term from its largest term outwards, so it
 * keeps its relative accuracy however small it is; the other tail is 1 minus it.
 */
import { binomialDensity } from './betaFunctions.ts';
import { poissonDensity, type Tails } from './gammaFunctions.ts';

/** P(X <= x) and P(X > x) for X the number of successes in `n` trials of probability `p`. */
export function binomialTails(x: number, n: number, p: number): Tails {
  if (x < 0) return { lower: 0, upper: 1 };
  if (x >= n) return { lower: 1, upper: 0 };
  const odds = (1 - p) / p;
  return sumTails(x, n * p, {
    density: (k) => binomialProbability(k, n, p),
    down: (k) => (k * odds) / (n - k + 1),
    up: (k) => (n - k) / ((k + 1) * odds),
    last: n,
  });
}

export function binomialProbability(x: number, n: number, p: number): number {
  return x < 0 || x > n ? 0 : binomialDensity(x, n - x, p, 1 - p);
}

/** P(X <= x) and P(X > x) for X Poisson with this mean. */
export function poissonTails(x: number, mean: number): Tails {
  if (x < 0) return { lower: 0, upper: 1 };
  return sumTails(x, mean, {
    density: (k) => poissonDensity(k, mean),
    down: (k) => k / mean,
    up: (k) => mean / (k + 1),
    last: Number.POSITIVE_INFINITY,
  });
}

/** A lot of `lot` units with `defectives` nonconforming ones, `n` drawn without replacement. */
export interface LotDraw {
  readonly lot: number;
  readonly defectives: number;
  readonly n: number;
}

/** P(X <= x) and P(X > x) for X the nonconforming units among the drawn ones. */
export function hypergeometricTails(x: number, draw: LotDraw): Tails {
  const { lot, defectives, n } = draw;
  const good = lot - defectives;
  const least = Math.max(0, n - good);
  const most = Math.min(n, defectives);
  if (x < least) return { lower: 0, upper: 1 };
  if (x >= most) return { lower: 1, upper: 0 };
  return sumTails(x, n * (defectives / lot), {
    density: (k) => hypergeometricProbability(k, draw),
    down: (k) => (k / (defectives - k + 1)) * ((good - n + k) / (n - k + 1)),
    up: (k) => ((defectives - k) / (k + 1)) * ((n - k) / (good - n + k + 1)),
    last: most,
  });
}

/** As a ratio of three binomials with p = n / lot, whose roundings cancel (Loader 2000). */
export function hypergeometricProbability(x: number, { lot, defectives, n }: LotDraw): number {
  const good = lot - defectives;
  if (x < Math.max(0, n - good) || x > Math.min(n, defectives)) return 0;
  if (n === 0 || n === lot) return 1;
  const drawn = n / lot;
  const left = (lot - n) / lot;
  return (
    (binomialDensity(x, defectives - x, drawn, left) * binomialDensity(n - x, good - (n - x), drawn, left)) /
    binomialDensity(n, lot - n, drawn, left)
  );
}

interface Terms {
  density(k: number): number;
  /** P(k - 1) / P(k). */
  down(k: number): number;
  /** P(k + 1) / P(k). */
  up(k: number): number;
  /** Largest count with a probability above zero. */
  readonly last: number;
}

function sumTails(x: number, mean: number, terms: Terms): Tails {
  if (x < mean) {
    const lower = sumDown(x, terms);
    return { lower, upper: 1 - lower };
  }
  const upper = x + 1 > terms.last ? 0 : sumUp(x + 1, terms);
  return { lower: 1 - upper, upper };
}

function sumDown(from: number, terms: Terms): number {
  let term = terms.density(from);
  let sum = term;
  for (let k = from; k > 0 && term > sum * 1e-18; k--) {
    term *= terms.down(k);
    sum += term;
  }
  return Math.min(1, sum);
}

function sumUp(from: number, terms: Terms): number {
  let term = terms.density(from);
  let sum = term;
  for (let k = from; k < terms.last && term > sum * 1e-18; k++) {
    term *= terms.up(k);
    sum += term;
  }
  return Math.min(1, sum);
}
