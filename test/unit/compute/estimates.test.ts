import { describe, expect, it } from 'vitest';
import {
  estimateClusters,
  estimateStratified,
  estimateUnequal,
  logitInterval,
} from '../../../shared/sampling/estimates.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { answer, near, refusal } from './ask.ts';

describe('estimate', () => {
  it('stratified', () => {
    const input = { design: 'stratified', N: [800, 200], n: [80, 40], defects: [2, 5] };
    // By hand: 0.8 * 0.025 + 0.2 * 0.125, and the variance of each stratum by its share squared.
    const variance = (0.64 * 0.9 * 0.025 * 0.975) / 79 + (0.04 * 0.8 * 0.125 * 0.875) / 39;
    expect(answer('estimate', input)).toMatchObject({ rate: near(0.045), se: near(Math.sqrt(variance), 12) });
    expect(answer('estimate', { ...input, n: [80, 1], defects: [2, 0] })).toMatchObject({
      se: null,
      reason: expect.any(String),
    });
    // A stratum of one unit, inspected, leaves no doubt about itself.
    expect(
      answer('estimate', { design: 'stratified', N: [800, 1], n: [80, 1], defects: [2, 1] }),
    ).toMatchObject({ se: expect.any(Number) });
  });

  it('clusters', () => {
    const input = { design: 'cluster', sizes: [30, 50, 20, 40, 60], defects: [1, 0, 2, 1, 4] };
    // By hand: residuals y - 0.04 m are -0.2, -2, 1.2, -0.6, 1.6, whose squares sum to 8.4.
    expect(Math.sqrt((0.8 * (5 / 4) * 8.4) / 200 ** 2)).toBeCloseTo(0.0144914, 7);
    expect(((5 / 4) * 8.4) / 200 ** 2 / ((0.04 * 0.96) / 199)).toBeCloseTo(1.36035, 5);
    expect(answer('estimate', { ...input, clusters: 25 })).toMatchObject({
      rate: near(0.04),
      se: near(0.0144914, 7),
      deff: near(1.36035, 5),
      effectiveN: near(200 / 1.36035, 3),
    });
    expect(answer('estimate', input)).toMatchObject({
      se: near(0.0144914 / Math.sqrt(0.8), 6),
      deff: near(1.36035, 5),
    });
    expect(answer('estimate', { design: 'cluster', sizes: [30], defects: [1] })).toMatchObject({
      se: null,
      deff: null,
    });
    expect(answer('estimate', { design: 'cluster', sizes: [30, 40], defects: [0, 0] })).toMatchObject({
      rate: 0,
      se: 0,
      deff: null,
    });
  });

  it('unequal chances', () => {
    expect(
      answer('estimate', { design: 'unequal', probability: [0.5, 0.25, 0.1], y: [1, 0, 1] }),
    ).toMatchObject({ total: near(12), rate: near(0.75) });
    const { totalSe, se } = answer('estimate', {
      design: 'unequal',
      probability: [0.5, 0.25, 0.1],
      y: [1, 0, 1],
    }) as { totalSe: number; se: number };
    // By hand: z = 2, 0, 10 about 4; and (0.25, -0.75, 0.25) / (pi * 16).
    expect(totalSe).toBeCloseTo(Math.sqrt((3 / 2) * (4 + 16 + 36)), 10);
    const z = [0.25 / 8, -0.75 / 4, 0.25 / 1.6];
    const mean = (z[0]! + z[1]! + z[2]!) / 3;
    expect(se).toBeCloseTo(Math.sqrt(1.5 * z.reduce((sum, value) => sum + (value - mean) ** 2, 0)), 10);
  });

  it('refuses samples that cannot be', () => {
    expect(refusal('estimate', { design: 'stratified', N: [10], n: [11], defects: [0] })?.field).toBe('/n');
    expect(refusal('estimate', { design: 'stratified', N: [10, 5], n: [4], defects: [0] })?.code).toBe(
      'compute-input-invalid',
    );
    expect(refusal('estimate', { design: 'cluster', sizes: [3], defects: [4] })?.field).toBe('/defects');
    expect(refusal('estimate', { design: 'unequal', probability: [0], y: [1] })?.field).toBe(
      '/probability/0',
    );
    expect(refusal('estimate', { design: 'other' })?.field).toBe('/design');
  });

  it('puts the interval on the logit scale', () => {
    const { interval } = answer('estimate', {
      design: 'stratified',
      N: [800, 200],
      n: [80, 40],
      defects: [2, 5],
      confidence: 0.95,
    }) as { interval: { lower: number; upper: number } };
    const middle =
      (Math.log(interval.lower / (1 - interval.lower)) + Math.log(interval.upper / (1 - interval.upper))) / 2;
    expect(1 / (1 + Math.exp(-middle))).toBeCloseTo(0.045, 10);
    expect(interval.lower).toBeGreaterThan(0);
    expect(logitInterval({ rate: 0, se: 0, degrees: 9 }, 0.95)).toBeNull();
    expect(logitInterval({ rate: 0.5, se: null, degrees: 9 }, 0.95)).toBeNull();
  });
});

/** A made population is drawn from many times: the estimates must centre on the truth and the errors on the spread. */
describe('estimators over repeated draws', () => {
  const random = seededRandom(91);
  const spread = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      mean,
      sd: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)),
    };
  };
  const pick = <Item>(items: readonly Item[], n: number): Item[] => {
    const left = [...items];
    return Array.from({ length: n }, () => left.splice(random.integer(0, left.length - 1), 1)[0]!);
  };

  it('strata: unbiased, with the right standard error and coverage', () => {
    const strata = [
      { N: 600, p: 0.05, n: 60 },
      { N: 300, p: 0.2, n: 50 },
      { N: 100, p: 0.5, n: 30 },
    ];
    const units = strata.map(({ N, p }) => Array.from({ length: N }, (_, k) => (k < N * p ? 1 : 0)));
    const truth = units.flat().reduce<number>((sum, y) => sum + y, 0) / 1000;
    let covered = 0;
    const results = Array.from({ length: 1500 }, () => {
      const estimate = estimateStratified(
        strata.map(({ N, n }, h) => ({
          population: N,
          drawn: n,
          defects: pick(units[h]!, n).reduce<number>((sum, y) => sum + y, 0),
        })),
      );
      const interval = logitInterval(estimate, 0.95)!;
      if (interval.lower <= truth && truth <= interval.upper) covered++;
      return estimate;
    });
    const { mean, sd } = spread(results.map(({ rate }) => rate));
    expect(Math.abs(mean - truth)).toBeLessThan(0.003);
    expect(spread(results.map(({ se }) => se!)).mean / sd).toBeCloseTo(1, 1);
    expect(covered / 1500).toBeGreaterThan(0.93);
    expect(covered / 1500).toBeLessThan(0.975);
  });

  it('clusters: the ratio centres on the truth and its error on the spread', () => {
    const scenes = Array.from({ length: 80 }, () => {
      const size = random.integer(20, 60);
      const rate = 0.02 + 0.2 * random.next() ** 2;
      return { size, bad: Array.from({ length: size }, () => random.next() < rate).filter(Boolean).length };
    });
    const truth =
      scenes.reduce((sum, { bad }) => sum + bad, 0) / scenes.reduce((sum, { size }) => sum + size, 0);
    const results = Array.from({ length: 1500 }, () => {
      const drawn = pick(scenes, 20);
      return estimateClusters(
        drawn.map(({ size }) => size),
        drawn.map(({ bad }) => bad),
        80,
      );
    });
    const { mean, sd } = spread(results.map(({ rate }) => rate));
    expect(Math.abs(mean - truth)).toBeLessThan(0.003);
    // The linearised variance runs a few percent low at twenty clusters (Cochran 1977, section 6.4).
    const ratio = spread(results.map(({ se }) => se!)).mean / sd;
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.05);
  });

  it('unequal chances: the total centres on the truth', () => {
    const units = Array.from({ length: 200 }, (_, k) => ({
      pi: 0.05 + 0.5 * random.next(),
      y: k % 7 === 0 ? 1 : 0,
    }));
    const truth = units.reduce<number>((sum, { y }) => sum + y, 0);
    const results = Array.from({ length: 2000 }, () => {
      const drawn = units.filter(({ pi }) => random.next() < pi);
      return estimateUnequal(
        drawn.map(({ pi }) => pi),
        drawn.map(({ y }) => y),
      );
    });
    const total = spread(results.map((result) => result.total));
    expect(Math.abs(total.mean - truth)).toBeLessThan(3 * (total.sd / Math.sqrt(2000)));
    expect(spread(results.map(({ totalSe }) => totalSe!)).mean).toBeGreaterThan(total.sd * 0.95);
  });
});
