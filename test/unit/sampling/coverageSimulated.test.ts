/**
 * How often limits from samples that are not simply random hold, by simulation with fixed seeds: made lots are drawn
 * from again and again. Limits on the effective number of units keep their confidence where defects are few; the
 * logit interval with Student's t does not, and how far it falls is pinned here.
 */
import { describe, expect, test } from 'vitest';
import { clusterLimits, stratifiedLimits, unequalLimits } from '../../../shared/sampling/effectiveLimits.ts';
import {
  estimateClusters,
  estimateStratified,
  estimateUnequal,
  logitInterval,
} from '../../../shared/sampling/estimates.ts';
import type { Interval } from '../../../shared/sampling/intervals.ts';
import { type SeededRandom, seededRandom } from '../../support/seededRandom.ts';

const confidence = 0.95;
/** README states what 6,000 rounds give (`COVERAGE_ROUNDS=6000`, with `--testTimeout 600000`). */
const rounds = Number(process.env.COVERAGE_ROUNDS ?? 500);
/** The least coverage over the grid of each design, as README states it. */
const stated = { strata: 0.957, cells: 0.979, cellsVeryAlike: 0.934, unequal: 0.95 } as const;
/** Three standard errors of a coverage of 95 % over so many rounds. */
const noise = 3 * Math.sqrt((0.95 * 0.05) / rounds);

interface Coverages {
  readonly effective: number;
  /** Of the rounds in which it gives an interval at all. */
  readonly logit: number;
  /** Rounds in which it gives none. */
  readonly logitSilent: number;
}

/** `draw` gives both intervals of one sample. */
function simulate(truth: number, draw: () => readonly [Interval | null, Interval | null]): Coverages {
  let [effective, logit, silent] = [0, 0, 0];
  const holds = (interval: Interval | null): boolean =>
    interval !== null && interval.lower <= truth && interval.upper >= truth;
  for (let round = 0; round < rounds; round += 1) {
    const [limits, student] = draw();
    if (holds(limits)) effective += 1;
    if (student === null) silent += 1;
    else if (holds(student)) logit += 1;
  }
  return {
    effective: effective / rounds,
    logit: logit / Math.max(1, rounds - silent),
    logitSilent: silent / rounds,
  };
}

/** Bad units among n drawn without replacement. */
function drawnBad(random: SeededRandom, lot: number, bad: number, n: number): number {
  let found = 0;
  for (let taken = 0; taken < n; taken += 1) if (random.next() < (bad - found) / (lot - taken)) found += 1;
  return found;
}

/** Gamma(shape, 1) by Marsaglia and Tsang (2000). */
function gamma(random: SeededRandom, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = random.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A scene's own rate: mean p, units of a scene alike by rho. */
function sceneRate(random: SeededRandom, p: number, rho: number): number {
  const spread = (1 - rho) / rho;
  const a = gamma(random, p * spread);
  return a / (a + gamma(random, (1 - p) * spread));
}

describe('strata', () => {
  const populations = [1200, 600, 200];
  const worse = [1, 2, 5];
  const allocations = [
    ['in proportion', [75, 38, 12]],
    ['with a minimum', [60, 40, 25]],
    ['far from it', [30, 30, 65]],
  ] as const;

  function coverage(drawn: readonly number[], base: number, seed: number): Coverages {
    const random = seededRandom(seed);
    const bad = populations.map((population, h) => Math.round(population * base * worse[h]!));
    return simulate(bad.reduce((sum, value) => sum + value, 0) / 2000, () => {
      const strata = populations.map((population, h) => ({
        population,
        drawn: drawn[h]!,
        defects: drawnBad(random, population, bad[h]!, drawn[h]!),
      }));
      return [stratifiedLimits(strata, confidence), logitInterval(estimateStratified(strata), confidence)];
    });
  }

  test.each(allocations)('the effective limits hold, drawn %s', (_, drawn) => {
    for (const [at, base] of [0.004, 0.01, 0.02, 0.04, 0.08].entries()) {
      expect(coverage(drawn, base, 100 + at).effective).toBeGreaterThan(stated.strata - noise);
    }
  });

  test('Student on the logit scale falls to about 60 in 100 with few defects drawn far from proportion', () => {
    const { logit } = coverage([30, 30, 65], 0.01, 7);
    expect(logit).toBeGreaterThan(0.55);
    expect(logit).toBeLessThan(0.7);
  });

  test('and says nothing at all where nothing was found', () => {
    expect(coverage([75, 38, 12], 0.004, 8).logitSilent).toBeGreaterThan(0.3);
  });
});

describe('clusters', () => {
  function coverage(k: number, perCluster: number, p: number, alike: number, rho: number): Coverages {
    const random = seededRandom(1000 * k + perCluster);
    return simulate(p, () => {
      const sizes = Array.from({ length: k }, () => random.integer(0, 2 * perCluster));
      const defects = sizes.map((size) => {
        const rate = sceneRate(random, p, alike);
        let bad = 0;
        for (let unit = 0; unit < size; unit += 1) if (random.next() < rate) bad += 1;
        return bad;
      });
      const sample = { sizes, defects, clusters: Number.POSITIVE_INFINITY, rho };
      return [clusterLimits(sample, confidence), logitInterval(estimateClusters(sizes, defects), confidence)];
    });
  }

  test.each([
    [8, 6],
    [20, 6],
    [50, 6],
    [20, 25],
  ])('%i clusters of about %i units: the limits hold where these are alike by up to 0.1', (k, perCluster) => {
    for (const p of [0.01, 0.03, 0.08]) {
      for (const alike of [0.02, 0.1]) {
        expect(coverage(k, perCluster, p, alike, 0.1).effective).toBeGreaterThan(stated.cells - noise);
      }
    }
  });

  test('and nearly so up to 0.25', () => {
    for (const p of [0.01, 0.03, 0.08]) {
      expect(coverage(20, 25, p, 0.25, 0.1).effective).toBeGreaterThan(stated.cellsVeryAlike - noise);
    }
  });

  /** One made lot of `lot` clusters of about 12 units; `k` of them are drawn again and again. */
  function coverageOfLot(k: number, lot: number, p: number, seed: number): Coverages {
    const random = seededRandom(seed);
    const cells = Array.from({ length: lot }, () => {
      const size = random.integer(1, 24);
      const rate = sceneRate(random, p, 0.1);
      let bad = 0;
      for (let unit = 0; unit < size; unit += 1) if (random.next() < rate) bad += 1;
      return { size, bad };
    });
    const units = cells.reduce((sum, { size }) => sum + size, 0);
    return simulate(cells.reduce((sum, { bad }) => sum + bad, 0) / units, () => {
      for (let at = 0; at < k; at += 1) {
        const other = random.integer(at, lot - 1);
        [cells[at], cells[other]] = [cells[other]!, cells[at]!];
      }
      const drawn = cells.slice(0, k);
      const sample = {
        sizes: drawn.map(({ size }) => size),
        defects: drawn.map(({ bad }) => bad),
        clusters: lot,
      };
      return [
        clusterLimits({ ...sample, rho: 0.1 }, confidence),
        logitInterval(estimateClusters(sample.sizes, sample.defects, lot), confidence),
      ];
    });
  }

  test.each([
    [20, 60],
    [30, 40],
  ])('%i clusters of a lot of %i: what is known of the lot does not narrow the limits too far', (k, lot) => {
    for (const [at, p] of [0.01, 0.03, 0.08].entries()) {
      for (const made of [1, 2, 3]) {
        expect(coverageOfLot(k, lot, p, 100 * made + at).effective).toBeGreaterThan(0.94 - noise);
      }
    }
  });

  test('the spread between clusters by itself is a poor witness of rare defects', () => {
    const alone = coverage(20, 25, 0.01, 0.25, 0).effective;
    expect(alone).toBeLessThan(0.85);
    expect(coverage(20, 25, 0.01, 0.25, 0.1).effective).toBeGreaterThan(alone + 0.1);
  });
});

describe('unequal chances', () => {
  /**
   * Chances in proportion to a skew size; `link` 1: what is larger is bad more often, -1: less often, 0: all alike.
   * Systematic, in random order.
   */
  function coverage(n: number, p: number, link: -1 | 0 | 1): Coverages {
    const random = seededRandom(Math.round(10_000 * p) + n + link);
    const lot = 1500;
    const size = Array.from({ length: lot }, () => Math.exp(0.8 * random.normal()));
    const total = size.reduce((sum, value) => sum + value, 0);
    const bad = size.map((value) =>
      random.next() < Math.min(1, p * ((value * lot) / total) ** link) ? 1 : 0,
    );
    const chance = size.map((value) => Math.min(1, (n * value) / total));
    const truth = bad.reduce((sum: number, value) => sum + value, 0) / lot;
    const order = Array.from({ length: lot }, (_, at) => at);
    return simulate(truth, () => {
      for (let at = lot - 1; at > 0; at -= 1) {
        const other = random.integer(0, at);
        [order[at], order[other]] = [order[other]!, order[at]!];
      }
      const drawn: number[] = [];
      let [sum, next] = [0, random.next()];
      for (const unit of order) {
        sum += chance[unit]!;
        if (sum <= next) continue;
        drawn.push(unit);
        next += 1;
      }
      const chances = drawn.map((unit) => chance[unit]!);
      const y = drawn.map((unit) => bad[unit]!);
      return [unequalLimits(chances, y, confidence), logitInterval(estimateUnequal(chances, y), confidence)];
    });
  }

  test.each([50, 125])('the effective limits hold, n = %i', (n) => {
    for (const p of [0.01, 0.03, 0.08]) {
      for (const link of [-1, 0, 1] as const) {
        expect(coverage(n, p, link).effective).toBeGreaterThan(stated.unequal - noise);
      }
    }
  });
});
