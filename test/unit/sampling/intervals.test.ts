import { describe, expect, it } from 'vitest';
import { binomialTails, poissonTails } from '../../../shared/sampling/distributions.ts';
import {
  clopperPearson,
  defectsPerHundred,
  finiteLotLimits,
  finiteLotUpper,
  wilson,
} from '../../../shared/sampling/intervals.ts';
import {
  acceptanceProbability,
  defectivesAtRate,
  lotAcceptanceProbability,
  outgoing,
  rateAcceptedWith,
} from '../../../shared/sampling/operatingCharacteristic.ts';
import { seededRandom } from '../../support/seededRandom.ts';

describe('curves', () => {
  it('give the reference values', () => {
    expect(acceptanceProbability(60, 2, 0.03, 'binomial')).toBeCloseTo(0.731466, 6);
    expect(acceptanceProbability(60, 2, 0.03, 'poisson')).toBeCloseTo(0.730621, 6);
    expect(lotAcceptanceProbability(60, 2, 300, 9)).toBeCloseTo(0.740012, 6);
    const rates = [0.95, 0.5, 0.1].map((pa) => 100 * rateAcceptedWith(pa, 60, 2, 'binomial'));
    [1.3765, 4.4318, 8.6278].forEach((expected, at) => {
      expect(rates[at]).toBeCloseTo(expected, 4);
    });
    const { aoq, ati } = outgoing(300, 60, 2, 0.03);
    expect(aoq).toBeCloseTo(0.0175552, 7);
    expect(ati).toBeCloseTo(124.448, 3);
  });

  it('turn back into the rate they came from', () => {
    const random = seededRandom(61);
    for (let round = 0; round < 200; round++) {
      const n = random.integer(1, 5000);
      const ac = random.integer(0, Math.min(n - 1, 60));
      const pa = random.between(0.001, 0.999);
      for (const model of ['binomial', 'poisson'] as const) {
        expect(acceptanceProbability(n, ac, rateAcceptedWith(pa, n, ac, model), model)).toBeCloseTo(pa, 10);
      }
    }
    expect(rateAcceptedWith(0.1, 2, 2, 'binomial')).toBe(1);
  });

  it('fall as quality falls', () => {
    for (const model of ['binomial', 'poisson'] as const) {
      let before = 1;
      for (let p = 0; p <= 1; p += 0.004) {
        const pa = acceptanceProbability(80, 3, p, model);
        expect(pa).toBeLessThanOrEqual(before);
        before = pa;
      }
    }
  });

  it('reads rates in a lot as whole units, rounding errors aside', () => {
    expect(defectivesAtRate(400, 0.02)).toBe(8);
    expect(defectivesAtRate(100, 0.07)).toBe(7);
    expect(defectivesAtRate(100, 0.0701)).toBe(8);
    expect(defectivesAtRate(10, 0.001)).toBe(1);
    expect(defectivesAtRate(10, 0)).toBe(0);
    expect(defectivesAtRate(10, 1)).toBe(10);
  });
});

describe('intervals', () => {
  it('give the reference values', () => {
    const exact = clopperPearson(4, 60, 0.95);
    expect(exact.lower).toBeCloseTo(0.0184618, 7);
    expect(exact.upper).toBeCloseTo(0.1619868, 7);
    expect(clopperPearson(4, 60, 0.95, 'upper')).toEqual({ lower: 0, upper: expect.closeTo(0.1460972, 7) });
    const score = wilson(4, 60, 0.95);
    expect(score.lower).toBeCloseTo(0.0262287, 7);
    expect(score.upper).toBeCloseTo(0.1592535, 6);
    const perHundred = defectsPerHundred(4, 60, 0.95);
    expect(perHundred.lower).toBeCloseTo(1.81644, 5);
    expect(perHundred.upper).toBeCloseTo(17.06931, 5);
  });

  it('end at 0 and 1', () => {
    expect(clopperPearson(0, 60, 0.95).lower).toBe(0);
    expect(clopperPearson(60, 60, 0.95).upper).toBe(1);
    expect(clopperPearson(0, 100, 0.95, 'upper').upper).toBeCloseTo(1 - 0.05 ** (1 / 100), 14);
    expect(clopperPearson(0, 10_000_000, 0.95, 'upper').upper).toBeCloseTo(-Math.log(0.05) / 1e7, 13);
    expect(wilson(0, 60, 0.95).lower).toBe(0);
    expect(wilson(60, 60, 0.95).upper).toBe(1);
    expect(defectsPerHundred(0, 60, 0.95).lower).toBe(0);
    expect(defectsPerHundred(0, 60, 0.95, 'upper').upper).toBeCloseTo((-100 * Math.log(0.05)) / 60, 12);
  });

  it('leave exactly the promised probability on each side', () => {
    const random = seededRandom(62);
    for (let round = 0; round < 300; round++) {
      const n = Math.floor(10 ** random.between(0.5, 6));
      const x = random.integer(1, Math.min(n - 1, 400));
      const confidence = random.between(0.5, 0.999);
      const tail = (1 - confidence) / 2;
      const { lower, upper } = clopperPearson(x, n, confidence);
      expect(lower).toBeLessThan(x / n);
      expect(upper).toBeGreaterThan(x / n);
      expect(binomialTails(x - 1, n, lower).upper / tail).toBeCloseTo(1, 8);
      expect(binomialTails(x, n, upper).lower / tail).toBeCloseTo(1, 8);
      const counts = defectsPerHundred(x, n, confidence);
      expect(poissonTails(x - 1, (n * counts.lower) / 100).upper / tail).toBeCloseTo(1, 8);
      expect(poissonTails(x, (n * counts.upper) / 100).lower / tail).toBeCloseTo(1, 8);
      const oneSided = clopperPearson(x, n, confidence, 'upper').upper;
      expect(oneSided).toBeLessThan(upper);
    }
  });

  it('covers the truth at least as often as promised', () => {
    for (const [n, p] of [
      [20, 0.1],
      [60, 0.03],
      [125, 0.5],
    ] as const) {
      let covered = 0;
      for (let x = 0; x <= n; x++) {
        const probability = binomialTails(x, n, p).lower - binomialTails(x - 1, n, p).lower;
        const { lower, upper } = clopperPearson(x, n, 0.95);
        if (lower <= p && p <= upper) covered += probability;
      }
      expect(covered).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('bounds the bad units of a real lot', () => {
    for (const [lot, n, x, confidence] of [
      [300, 60, 0, 0.95],
      [300, 60, 4, 0.95],
      [10_000_000, 5000, 3, 0.99],
      [20, 5, 0, 0.9],
    ] as const) {
      const { defectives, rate } = finiteLotUpper(lot, n, x, confidence);
      expect(rate).toBe(defectives / lot);
      expect(lotAcceptanceProbability(n, x, lot, defectives)).toBeGreaterThan(1 - confidence);
      expect(lotAcceptanceProbability(n, x, lot, defectives + 1)).toBeLessThanOrEqual(
        (1 - confidence) * (1 + 1e-9),
      );
    }
    expect(finiteLotUpper(50, 50, 3, 0.95)).toEqual({ defectives: 3, rate: 0.06 });
    expect(finiteLotUpper(50, 5, 5, 0.95).defectives).toBe(50);
    // 9 of 10 drawn and none bad: one bad left has probability exactly 0.1, which is not above 0.1.
    expect(finiteLotUpper(10, 9, 0, 0.9).defectives).toBe(0);
  });

  it('two-sided limits of a lot are the shares that both tails allow, and the share itself where all was drawn', () => {
    for (const [lot, n, x] of [
      [60, 20, 0],
      [60, 20, 3],
      [60, 20, 20],
      [500, 80, 2],
    ] as const) {
      const { lower, upper } = finiteLotLimits(lot, n, x, 0.95);
      const share = (defectives: number) => {
        const atMost = lotAcceptanceProbability(n, x, lot, defectives);
        const below = x === 0 ? 0 : lotAcceptanceProbability(n, x - 1, lot, defectives);
        return { atMost, atLeast: 1 - below };
      };
      const allowed = Array.from({ length: lot + 1 }, (_, defectives) => defectives).filter((defectives) => {
        const { atMost, atLeast } = share(defectives);
        return atMost > 0.025 && atLeast > 0.025;
      });
      expect([lower * lot, upper * lot].map(Math.round)).toEqual([allowed[0], allowed.at(-1)]);
    }
    expect(finiteLotLimits(50, 50, 3, 0.95)).toEqual({ lower: 0.06, upper: 0.06 });
  });
});
