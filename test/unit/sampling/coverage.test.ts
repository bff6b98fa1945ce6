/**
 * How often the exact limits hold, by enumeration of every count: no sampling error in these figures. Those that
 * are told to people must hold 95 times in 100 but for the one-sided rule at zero, and must not be wastefully wide.
 */
import { describe, expect, test } from 'vitest';
import { binomialDensity } from '../../../shared/sampling/betaFunctions.ts';
import { hypergeometricTails, poissonTails } from '../../../shared/sampling/distributions.ts';
import {
  clopperPearson,
  defectsPerHundred,
  finiteLotLimits,
  finiteLotUpper,
  type Interval,
  lotLimits,
  shareLimits,
  wilson,
} from '../../../shared/sampling/intervals.ts';

const confidence = 0.95;
const sizes = [20, 32, 50, 80, 125, 200, 315];

interface Coverage {
  readonly least: number;
  readonly mean: number;
}

function summary(coverages: readonly number[]): Coverage {
  return {
    least: Math.min(...coverages),
    mean: coverages.reduce((sum, value) => sum + value, 0) / coverages.length,
  };
}

function holds({ lower, upper }: Interval, truth: number): boolean {
  return lower <= truth * (1 + 1e-12) && upper >= truth * (1 - 1e-12);
}

/** Over rates of 0.2 to 30 %. */
function binomialCoverage(n: number, limits: (x: number) => Interval): Coverage {
  const intervals = Array.from({ length: n + 1 }, (_, x) => limits(x));
  const rates = Array.from({ length: 299 }, (_, at) => 0.002 + at * 0.001);
  return summary(
    rates.map((p) =>
      intervals.reduce(
        (sum, interval, x) => sum + (holds(interval, p) ? binomialDensity(x, n - x, p, 1 - p) : 0),
        0,
      ),
    ),
  );
}

/** Over every number of bad units a lot of 400 may hold, up to 120. */
function lotCoverage(n: number, limits: (x: number) => Interval): Coverage {
  const lot = 400;
  const intervals = Array.from({ length: n + 1 }, (_, x) => limits(x));
  const coverages: number[] = [];
  for (let defectives = 0; defectives <= 120; defectives += 1) {
    let covered = 0;
    let below = 0;
    for (let x = 0; x <= Math.min(n, defectives); x += 1) {
      const upTo = hypergeometricTails(x, { lot, defectives, n }).lower;
      if (holds(intervals[x]!, defectives / lot)) covered += upTo - below;
      below = upTo;
    }
    coverages.push(covered);
  }
  return summary(coverages);
}

describe('limits of a share', () => {
  test.each(sizes)('Clopper and Pearson never fall short, n = %i', (n) => {
    const { least, mean } = binomialCoverage(n, (x) => clopperPearson(x, n, confidence));
    expect(least).toBeGreaterThanOrEqual(confidence - 1e-9);
    expect(mean).toBeLessThan(0.983);
  });

  test.each(sizes)('one-sided where nothing is found, they lose two in a hundred at most, n = %i', (n) => {
    const { least, mean } = binomialCoverage(n, (x) => shareLimits(x, n, confidence));
    expect(least).toBeGreaterThan(0.929);
    expect(mean).toBeGreaterThan(0.96);
    expect(mean).toBeLessThan(0.98);
  });

  test.each(sizes)('what is said of a count of zero holds 95 times in 100, n = %i', (n) => {
    for (let p = 0.002; p < 0.3; p += 0.001) {
      const isFalse = shareLimits(0, n, confidence).upper < p;
      expect(isFalse ? (1 - p) ** n : 0).toBeLessThanOrEqual(1 - confidence + 1e-12);
    }
  });

  test.each(sizes)('Wilson holds on average and falls short for rare defects, n = %i', (n) => {
    const { least, mean } = binomialCoverage(n, (x) => wilson(x, n, confidence));
    expect(Math.abs(mean - confidence)).toBeLessThan(0.006);
    expect(least).toBeLessThan(0.94);
    expect(least).toBeGreaterThan(0.851);
  });
});

describe('defects per hundred units', () => {
  test('Garwood never falls short and narrows as defects grow', () => {
    const n = 80;
    const most = 90;
    const intervals = Array.from({ length: most }, (_, x) => defectsPerHundred(x, n, confidence));
    const coverageAt = (mean: number): number => {
      let covered = 0;
      let below = 0;
      for (const [x, interval] of intervals.entries()) {
        const upTo = poissonTails(x, mean).lower;
        if (holds(interval, (100 * mean) / n)) covered += upTo - below;
        below = upTo;
      }
      return covered;
    };
    const few = summary(Array.from({ length: 100 }, (_, at) => coverageAt(0.05 * (at + 1))));
    const many = summary(Array.from({ length: 100 }, (_, at) => coverageAt(5 + 0.25 * at)));
    expect(Math.min(few.least, many.least)).toBeGreaterThanOrEqual(confidence - 1e-9);
    expect(many.mean).toBeLessThan(few.mean);
    expect(many.mean).toBeLessThan(0.97);
  });
});

describe('limits of a real lot', () => {
  test.each([20, 50, 125, 315])('never fall short, %i of 400', (n) => {
    const { least, mean } = lotCoverage(n, (x) => finiteLotLimits(400, n, x, confidence));
    expect(least).toBeGreaterThanOrEqual(confidence - 1e-9);
    expect(mean).toBeLessThan(0.99);
  });

  test.each([20, 50, 125, 315])('as they are told, %i of 400', (n) => {
    const { least } = lotCoverage(n, (x) => lotLimits(400, n, x, confidence));
    expect(least).toBeGreaterThan(0.938);
  });

  test.each([20, 50, 125, 315])('the upper bound alone, %i of 400', (n) => {
    const bound = (x: number): Interval => ({
      lower: 0,
      upper: finiteLotUpper(400, n, x, confidence).rate,
    });
    expect(lotCoverage(n, bound).least).toBeGreaterThanOrEqual(confidence - 1e-9);
  });
});
