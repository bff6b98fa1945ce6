import { describe, expect, it } from 'vitest';
import { betaTails, inverseBeta, studentTwoSided } from '../../../shared/sampling/betaFunctions.ts';
import {
  binomialProbability,
  binomialTails,
  hypergeometricProbability,
  hypergeometricTails,
  poissonTails,
} from '../../../shared/sampling/distributions.ts';
import {
  deviance,
  gammaTails,
  inverseChiSquare,
  inverseGamma,
  normalQuantile,
  normalTwoSided,
  stirlingError,
  type Tails,
} from '../../../shared/sampling/gammaFunctions.ts';
import { findRoot, firstWhole } from '../../../shared/sampling/rootFinding.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { exactBinomial, exactHypergeometric, exactPoisson } from './exactNumbers.ts';

/** Relative error; tails below the smallest normal double have no relative accuracy to keep. */
function expectRelative(actual: number, expected: number, tolerance = 1e-11): void {
  if (Math.abs(expected) < 1e-290) expect(Math.abs(actual)).toBeLessThan(1e-289);
  else expect(Math.abs(actual / expected - 1)).toBeLessThan(tolerance);
}

/** Both tails to 1e-11; near 1 that is what 1 minus the other can give. */
function expectTails(actual: Tails, expected: Tails): void {
  const [small, large] =
    expected.lower < expected.upper ? (['lower', 'upper'] as const) : (['upper', 'lower'] as const);
  expectRelative(actual[large], expected[large], 1e-11);
  // The tail that is not summed is 1 minus the other: exact to a rounding of 1.
  expect(Math.abs(actual[small] - expected[small])).toBeLessThan(Math.max(1e-15, 1e-11 * expected[small]));
}

describe('counts in a sample', () => {
  it('holds against exact fractions for lots of ten million and samples of five thousand', () => {
    const cases = [
      [3, 10_000_000, 50_000, 800],
      [21, 10_000_000, 100_000, 1250],
      [60, 10_000_000, 123_456, 5000],
      [0, 10_000_000, 3000, 5000],
      [200, 9_999_991, 350_000, 5000],
      [2, 300, 9, 60],
      [120, 5000, 200, 3000],
      [44, 20_000, 5000, 125],
      [0, 400, 8, 124],
    ] as const;
    for (const [x, lot, defectives, n] of cases) {
      expectTails(hypergeometricTails(x, { lot, defectives, n }), exactHypergeometric(x, lot, defectives, n));
    }
    for (const [x, n, p] of [
      [2, 60, 0.03],
      [50, 5000, 0.02],
      [0, 5000, 1e-5],
      [44, 2000, 0.015],
      [900, 5000, 0.2],
      [4990, 5000, 0.999],
    ] as const) {
      expectTails(binomialTails(x, n, p), exactBinomial(x, n, p));
    }
    for (const [x, mean] of [
      [2, 1.8],
      [21, 40],
      [0, 1e-7],
      [44, 12.5],
      [300, 250],
    ] as const) {
      expectTails(poissonTails(x, mean), exactPoisson(x, mean));
    }
  });

  it('holds against exact fractions at random, deep tails included', () => {
    const random = seededRandom(41);
    for (let round = 0; round < 150; round++) {
      const lot = Math.floor(10 ** random.between(1, 5));
      const defectives = random.integer(0, lot);
      const n = random.integer(1, Math.min(lot, 600));
      const x = random.integer(0, n);
      const actual = hypergeometricTails(x, { lot, defectives, n });
      const expected = exactHypergeometric(x, lot, defectives, n);
      // On its own side of the mean a tail is summed, and is right in its own digits however small.
      if (x < (n * defectives) / lot) expectRelative(actual.lower, expected.lower);
      else expectRelative(actual.upper, expected.upper);
      expectTails(actual, expected);
    }
    for (let round = 0; round < 150; round++) {
      const [n, p] = [random.integer(1, 300), random.next() ** 3];
      const x = random.integer(0, n);
      const actual = binomialTails(x, n, p);
      const expected = exactBinomial(x, n, p);
      if (x < n * p) expectRelative(actual.lower, expected.lower);
      else expectRelative(actual.upper, expected.upper);
      const mean = 10 ** random.between(-3, 2);
      expectTails(poissonTails(x, mean), exactPoisson(x, mean));
    }
  });

  it('adds up to one', () => {
    for (const [lot, defectives, n] of [
      [50, 20, 30],
      [1000, 3, 77],
      [9, 9, 4],
    ] as const) {
      let sum = 0;
      for (let k = 0; k <= n; k++) sum += hypergeometricProbability(k, { lot, defectives, n });
      expect(sum).toBeCloseTo(1, 13);
    }
    let sum = 0;
    for (let k = 0; k <= 500; k++) sum += binomialProbability(k, 500, 0.37);
    expect(sum).toBeCloseTo(1, 13);
  });

  it('answers at the ends', () => {
    expect(binomialTails(0, 10, 0)).toEqual({ lower: 1, upper: 0 });
    expect(binomialTails(9, 10, 1)).toEqual({ lower: 0, upper: 1 });
    expect(binomialTails(10, 10, 1)).toEqual({ lower: 1, upper: 0 });
    expect(binomialTails(-1, 10, 0.5)).toEqual({ lower: 0, upper: 1 });
    expect(poissonTails(0, 0)).toEqual({ lower: 1, upper: 0 });
    expect(hypergeometricTails(2, { lot: 10, defectives: 3, n: 10 })).toEqual({ lower: 0, upper: 1 });
    expect(hypergeometricTails(3, { lot: 10, defectives: 3, n: 10 })).toEqual({ lower: 1, upper: 0 });
    expect(hypergeometricTails(0, { lot: 10, defectives: 0, n: 4 })).toEqual({ lower: 1, upper: 0 });
  });
});

describe('special functions', () => {
  it('builds factorials from Stirling and its error', () => {
    let factorial = 1n;
    for (let n = 1; n <= 170; n++) {
      factorial *= BigInt(n);
      const logarithm = (n + 0.5) * Math.log(n) - n + Math.log(2 * Math.PI) / 2 + stirlingError(n);
      expect(Math.exp(logarithm) / Number(factorial)).toBeCloseTo(1, 12);
    }
    // Gamma(1.5) = sqrt(pi) / 2.
    const logGamma = Math.log(0.5) - 0.5 + Math.log(2 * Math.PI) / 2 + stirlingError(0.5);
    expect(Math.exp(logGamma)).toBeCloseTo(Math.sqrt(Math.PI) / 2, 13);
  });

  it('keeps the deviance of close numbers', () => {
    expect(deviance(5, 5)).toBe(0);
    // x ln(x/m) + m - x = d^2 / (2 m) - d^3 / (6 m^2) + ... for d = x - m.
    expect(deviance(1e6 + 1, 1e6) / (0.5e-6 - 1 / 6e12 + 1 / 12e18)).toBeCloseTo(1, 9);
    expect(deviance(3, 10)).toBeCloseTo(3 * Math.log(0.3) + 7, 14);
  });

  it('agrees with tables of chi-square, the normal and Student', () => {
    // NIST/SEMATECH e-Handbook of Statistical Methods, sections 1.3.6.7.1, .2 and .4.
    expect(inverseChiSquare(10, 0.05, 'upper')).toBeCloseTo(18.307, 3);
    expect(inverseChiSquare(1, 0.05, 'upper')).toBeCloseTo(3.841, 3);
    expect(inverseChiSquare(100, 0.01, 'upper')).toBeCloseTo(135.807, 3);
    expect(inverseChiSquare(10, 0.025, 'lower')).toBeCloseTo(3.247, 3);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
    expect(normalQuantile(0.025)).toBeCloseTo(-1.959963984540054, 13);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalTwoSided(0.01)).toBeCloseTo(2.575829303548901, 13);
    expect(studentTwoSided(4, 0.05)).toBeCloseTo(2.776, 3);
    expect(studentTwoSided(1, 0.05)).toBeCloseTo(12.706, 3);
    expect(studentTwoSided(1e6, 0.05)).toBeCloseTo(1.96, 4);
  });

  it('equals the sums of probabilities it stands for', () => {
    const random = seededRandom(42);
    for (let round = 0; round < 200; round++) {
      const [n, p] = [random.integer(1, 4000), random.next()];
      const x = random.integer(0, n - 1);
      const expected = binomialTails(x, n, p);
      const tails = betaTails(x + 1, n - x, p, 1 - p);
      expect(Math.abs(tails.upper - expected.lower)).toBeLessThan(1e-12);
      expect(Math.abs(tails.lower - expected.upper)).toBeLessThan(1e-12);
      const mean = 10 ** random.between(-2, 3);
      expect(Math.abs(gammaTails(x + 1, mean).upper - poissonTails(x, mean).lower)).toBeLessThan(1e-12);
    }
  });

  it('inverts to full precision', () => {
    const random = seededRandom(43);
    for (let round = 0; round < 200; round++) {
      const [a, b] = [10 ** random.between(-0.3, 4), 10 ** random.between(-0.3, 4)];
      const probability = 10 ** random.between(-6, -0.05);
      for (const tail of ['lower', 'upper'] as const) {
        const x = inverseBeta(a, b, probability, tail);
        expect(x > 0 && x <= 1).toBe(true);
        // A root next to 1 has only the doubles next to 1 to land on.
        if (x < 0.99) expectRelative(betaTails(a, b, x, 1 - x)[tail], probability, 1e-9);
        expectRelative(gammaTails(a, inverseGamma(a, probability, tail))[tail], probability, 1e-9);
      }
    }
  });

  it('inverts the beta distribution to rates whose exact fractions are what was asked for', () => {
    const rates = (ac: number, n: number, probabilities: readonly number[]) => {
      for (const probability of probabilities) {
        const p = inverseBeta(ac + 1, n - ac, probability, 'upper');
        const { lower } = exactBinomial(ac, n, p);
        // What the last digit of the rate can move: two units of it times the steepness there.
        const digit = 2 ** -51 * p * n * binomialProbability(ac, n - 1, p);
        expect(Math.abs(lower - probability)).toBeLessThanOrEqual(1e-9 * probability + digit);
      }
    };
    rates(0, 1, [1e-6, 0.1, 0.95]);
    rates(2, 60, [1e-6, 0.025, 0.1, 0.5, 0.95]);
    rates(44, 125, [1e-6, 0.025, 0.1, 0.5, 0.95]);
    rates(0, 5000, [1e-6, 0.1, 0.95]);
    rates(60, 5000, [0.025, 0.1]);
    rates(1500, 5000, [0.1]);
  });

  it('finds roots and first whole numbers', () => {
    expect(findRoot((x) => x ** 3 - 2, 0, 2)).toBeCloseTo(2 ** (1 / 3), 15);
    expect(findRoot((x) => Math.sign(x - 0.3), -1, 1)).toBeCloseTo(0.3, 14);
    expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow();
    expect(firstWhole((n) => n * n >= 50, 0, 100)).toBe(8);
    expect(firstWhole(() => true, 3, 100)).toBe(3);
    expect(firstWhole(() => false, 3, 100)).toBeNull();
  });
});
