/** What units of few scenes are worth, and the limits that rest on an effective number of units. */
import { describe, expect, test } from 'vitest';
import { binomialTails } from '../../../shared/sampling/distributions.ts';
import {
  clusterLimits,
  effectiveLimits,
  mostThatShowsNone,
  stratifiedLimits,
  unequalLimits,
  weightedSize,
} from '../../../shared/sampling/effectiveLimits.ts';
import {
  clusteredPlan,
  enoughUnits,
  predictedEffective,
  sceneCounts,
} from '../../../shared/sampling/effectiveSample.ts';
import { clopperPearson, lotLimits, shareLimits } from '../../../shared/sampling/intervals.ts';
import { acceptanceProbability } from '../../../shared/sampling/operatingCharacteristic.ts';
import { seededRandom } from '../../support/seededRandom.ts';

describe('before anything is judged', () => {
  test('320 objects from 8 scenes carry the information of 101 where they are alike by 0.055', () => {
    const { unitsPerScene, deff, effectiveN, isWarning } = predictedEffective({
      units: 320,
      scenes: 8,
      rho: 0.055,
    });
    expect([unitsPerScene, isWarning]).toEqual([40, true]);
    expect(deff).toBeCloseTo(3.145, 12);
    expect(Math.floor(effectiveN)).toBe(101);
  });

  test('a unit a scene is worth a unit, however few they are', () => {
    expect(predictedEffective({ units: 6, scenes: 6 })).toMatchObject({ deff: 1, isWarning: false });
    expect(predictedEffective({ units: 3, scenes: 6 })).toMatchObject({ unitsPerScene: 1, deff: 1 });
  });

  test('what is enough gives back what was wanted, and one unit less does not', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 300; round += 1) {
      const scenes = random.integer(1, 80);
      const rho = random.between(0.005, 0.4);
      const wanted = random.integer(scenes + 1, 600);
      const { units, most } = enoughUnits(wanted, scenes, rho);
      expect(most).toBeCloseTo(scenes / rho, 9);
      if (wanted >= most) expect(units).toBeNull();
      else {
        const worth = (n: number): number => predictedEffective({ units: n, scenes, rho }).effectiveN;
        expect(worth(units!)).toBeGreaterThanOrEqual(wanted * (1 - 1e-9));
        expect(worth(units! - 1)).toBeLessThan(wanted);
      }
    }
    expect(enoughUnits(5, 8, 0.05).units).toBe(5);
    expect(enoughUnits(125, 8, 0)).toEqual({ units: 125, most: Number.POSITIVE_INFINITY });
  });
});

describe('a plan for few scenes', () => {
  test('counts of scenes that are hardly alike are binomial, and add up to one', () => {
    const masses = sceneCounts(10, 12, 0.04, 1e-9, 120);
    let sum = 0;
    for (let x = 0; x <= 12; x += 1) {
      sum += masses[x]!;
      expect(sum).toBeCloseTo(binomialTails(x, 120, 0.04).lower, 6);
    }
    const alike = sceneCounts(7, 9, 0.1, 0.2, 63);
    expect(alike.reduce((total, mass) => total + mass, 0)).toBeCloseTo(1, 12);
    expect(alike.reduce((mean, mass, x) => mean + mass * x, 0)).toBeCloseTo(6.3, 10);
    const variance = alike.reduce((total, mass, x) => total + mass * (x - 6.3) ** 2, 0);
    // As many times the binomial variance as the design effect says.
    expect(variance / (63 * 0.1 * 0.9)).toBeCloseTo(1 + 8 * 0.2, 9);
  });

  test('keeps both risks, asks for more than single units do, and gives up where no number helps', () => {
    const risks = { p1: 0.015, pa1: 0.95, p2: 0.08, pa2: 0.1 };
    const pa = (scenes: number, n: number, ac: number, p: number, rho: number): number =>
      sceneCounts(scenes, n / scenes, p, rho, ac).reduce((sum, mass) => sum + mass, 0);
    for (const scenes of [8, 20, 50]) {
      const { n, ac } = clusteredPlan({ scenes, rho: 0.05, ...risks, mostPerScene: 4000 })!;
      expect(pa(scenes, n, ac, 0.015, 0.05)).toBeGreaterThanOrEqual(0.95);
      expect(pa(scenes, n, ac, 0.08, 0.05)).toBeLessThanOrEqual(0.1);
    }
    const single = clusteredPlan({ scenes: 20, rho: 0, ...risks, mostPerScene: 4000 })!;
    expect(acceptanceProbability(single.n, single.ac, 0.08, 'binomial')).toBeLessThanOrEqual(0.1);
    const few = clusteredPlan({ scenes: 8, rho: 0.05, ...risks, mostPerScene: 4000 })!;
    expect(few.n).toBeGreaterThan(single.n);
    expect(clusteredPlan({ scenes: 3, rho: 0.3, ...risks, mostPerScene: 4000 })).toBeNull();
    expect(clusteredPlan({ scenes: 8, rho: 0.05, ...risks, mostPerScene: 5 })).toBeNull();
  });
});

describe('limits on an effective number of units', () => {
  test('are those of Clopper and Pearson where units were drawn one by one', () => {
    const se = Math.sqrt((0.05 * 0.95) / 120);
    const limits = effectiveLimits({ rate: 0.05, se, degrees: 119 }, 120, 0.95)!;
    const plain = clopperPearson(6, 120, 0.95);
    expect(limits.lower).toBeCloseTo(plain.lower, 12);
    expect(limits.upper).toBeCloseTo(plain.upper, 12);
  });

  test('nothing found in strata: in proportion it is the limit of a simple sample, else the worst lot', () => {
    const even = [
      { population: 6000, drawn: 60, defects: 0 },
      { population: 3000, drawn: 30, defects: 0 },
    ];
    expect(mostThatShowsNone(even, 0.05)).toBeCloseTo(shareLimits(0, 90, 0.95).upper, 12);
    const uneven = [
      { population: 7000, drawn: 20, defects: 0 },
      { population: 2000, drawn: 60, defects: 0 },
      { population: 1000, drawn: 5, defects: 0 },
    ];
    // By trying all rates of the first two strata on a grid; the third follows from the chance of finding none.
    let worst = 0;
    for (let p = 0; p < 1; p += 0.0025) {
      for (let q = 0; q < 1; q += 0.0025) {
        const left = 0.05 / ((1 - p) ** 20 * (1 - q) ** 60);
        if (left <= 1) worst = Math.max(worst, 0.7 * p + 0.2 * q + 0.1 * (1 - left ** (1 / 5)));
      }
    }
    expect(mostThatShowsNone(uneven, 0.05)).toBeGreaterThanOrEqual(worst);
    expect(mostThatShowsNone(uneven, 0.05)).toBeCloseTo(worst, 3);
    expect(stratifiedLimits(uneven, 0.95)).toMatchObject({ rate: 0, lower: 0, bound: 'none-found' });
  });

  test('strata at their edges: judged whole, one unit, none, all bad', () => {
    const whole = { population: 40, drawn: 40, defects: 3 };
    expect(stratifiedLimits([whole, { population: 60, drawn: 60, defects: 0 }], 0.95)).toMatchObject({
      rate: 0.03,
      lower: 0.03,
      upper: 0.03,
      bound: 'all-judged',
    });
    expect(stratifiedLimits([whole, { population: 60, drawn: 1, defects: 0 }], 0.95)).toBeNull();
    expect(stratifiedLimits([whole, { population: 60, drawn: 0, defects: 0 }], 0.95)).toBeNull();
    expect(stratifiedLimits([], 0.95)).toBeNull();
    const bad = [
      { population: 100, drawn: 10, defects: 10 },
      { population: 100, drawn: 10, defects: 10 },
    ];
    expect(stratifiedLimits(bad, 0.95)).toMatchObject({ rate: 1, upper: 1 });
    // A stratum judged to the last unit holds no more than was found there.
    const some = stratifiedLimits([whole, { population: 60, drawn: 20, defects: 0 }], 0.95)!;
    expect(some.upper).toBeGreaterThan(some.rate);
    expect(some.lower).toBeGreaterThanOrEqual(0);
  });

  test('clusters at their edges: one cluster, all of them, nothing found', () => {
    const clusters = { clusters: 40, rho: 0.1 };
    expect(clusterLimits({ sizes: [30], defects: [2], ...clusters }, 0.95)).toBeNull();
    expect(clusterLimits({ sizes: [30, 0, 0], defects: [2, 0, 0], ...clusters }, 0.95)).toBeNull();
    expect(clusterLimits({ sizes: [0, 0], defects: [0, 0], ...clusters }, 0.95)).toBeNull();
    const all = { sizes: [10, 30], defects: [1, 1], clusters: 2, rho: 0.1 };
    expect(clusterLimits(all, 0.95)).toMatchObject({ rate: 0.05, lower: 0.05, upper: 0.05 });
    const none = clusterLimits({ sizes: [20, 20, 20, 20], defects: [0, 0, 0, 0], ...clusters }, 0.95)!;
    // 80 objects, 20 a cell, alike by 0.1: worth 80 / 2.9.
    expect(none.effectiveN).toBeCloseTo(80 / 2.9, 12);
    expect(none.upper).toBeCloseTo(shareLimits(0, 80 / 2.9, 0.95).upper, 12);
  });

  test('a wide spread between clusters widens the limits, a small one never narrows them', () => {
    const sizes = [20, 20, 20, 20, 20, 20];
    const endless = { sizes, clusters: Number.POSITIVE_INFINITY, rho: 0.1 };
    const apart = clusterLimits({ ...endless, defects: [6, 0, 0, 0, 0, 0] }, 0.95)!;
    const alike = clusterLimits({ ...endless, defects: [1, 1, 1, 1, 1, 1] }, 0.95)!;
    expect(apart.upper).toBeGreaterThan(alike.upper);
    expect(alike.effectiveN).toBeLessThanOrEqual(120 / 2.9 + 1e-9);
  });

  test('equal chances are worth their number, unequal ones less; one unit says nothing', () => {
    expect(weightedSize([0.1, 0.1, 0.1])).toBeCloseTo(3, 12);
    expect(weightedSize([0.5, 0.1, 0.1])).toBeLessThan(3);
    expect(unequalLimits([0.2], [1], 0.95)).toBeNull();
    expect(unequalLimits([0.2, 0.2], [0, 0], 0.95)?.upper).toBeCloseTo(shareLimits(0, 2, 0.95).upper, 12);
    const none = unequalLimits([0.5, 0.1, 0.1, 0.25], [0, 0, 0, 0], 0.95)!;
    expect(none).toMatchObject({ rate: 0, lower: 0, bound: 'none-found' });
    expect(none.upper).toBeGreaterThan(shareLimits(0, 4, 0.95).upper);
  });
});

test('a lot’s limits are one-sided where nothing, or nothing but, was found', () => {
  expect(shareLimits(0, 80, 0.95).upper).toBeCloseTo(0.0368, 4);
  expect(shareLimits(80, 80, 0.95).lower).toBeCloseTo(1 - 0.0368, 4);
  expect(lotLimits(400, 400, 0, 0.95)).toEqual({ lower: 0, upper: 0 });
  expect(lotLimits(400, 400, 400, 0.95)).toEqual({ lower: 1, upper: 1 });
});
