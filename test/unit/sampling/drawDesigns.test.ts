/** Draw designs: whole-number shares, nested order, and chances of inclusion that are what the draws say they are. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../../shared/base/problem.ts';
import { allocateNeyman, placesInProportion } from '../../../shared/sampling/allocation.ts';
import { drawClusters, drawTwoStage } from '../../../shared/sampling/clusterDraw.ts';
import { drawOrder, type ProbabilityDraw } from '../../../shared/sampling/drawOrder.ts';
import { drawNested, drawStratified, nestedPlaces } from '../../../shared/sampling/stratifiedDraw.ts';
import { drawSystematic } from '../../../shared/sampling/systematicDraw.ts';
import { drawWeighted } from '../../../shared/sampling/weightedDraw.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const seed = '0123456789abcdef0123456789abcdef';
const seedOf = (round: number): string => (round + 1).toString(16).padStart(32, '0');
const idsOf = (size: number): string[] => Array.from({ length: size }, (_, at) => `u${at}`);

function expectOk<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`${result.problem.code} ${JSON.stringify(result.problem.params)}`);
  return result.value;
}

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.problem.code);

/** Every stored chance lies in (0, 1], no unit comes twice. */
function expectSound({ order, probability }: ProbabilityDraw): void {
  expect(new Set(order).size).toBe(order.length);
  expect(probability.length).toBe(order.length);
  for (const chance of probability) expect(chance > 0 && chance <= 1).toBe(true);
}

/**
 * Draws again and again. A unit's mean of 1/chance over the draws that hold it must be 1: then its share of the draws is
 * its chance, also where the chance depends on the draw. The largest distance from 1 in standard errors is answered.
 */
function worstError(size: number, rounds: number, draw: (seed: string) => ProbabilityDraw): number {
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let round = 0; round < rounds; round++) {
    const { order, probability } = draw(seedOf(round));
    for (const [at, unit] of order.entries()) {
      sums[unit]! += 1 / probability[at]!;
      squares[unit]! += 1 / probability[at]! ** 2;
    }
  }
  let worst = 0;
  for (let unit = 0; unit < size; unit++) {
    const mean = sums[unit]! / rounds;
    const deviation = Math.sqrt(Math.max(0, squares[unit]! / rounds - mean ** 2) / rounds);
    const errors =
      deviation === 0 ? (mean === 1 ? 0 : Number.POSITIVE_INFINITY) : Math.abs(mean - 1) / deviation;
    worst = Math.max(worst, errors);
  }
  return worst;
}

/** Of some fifty means the largest stays below this in all but one of ten thousand runs; seeds are fixed. */
const mostErrors = 5;

describe('places in proportion', () => {
  /** The divisor method by trying every stratum, in whole numbers without a size. */
  function slowPlaces(sizes: readonly number[], n: number): number[] {
    const taken = sizes.map(() => 0);
    return Array.from({ length: n }, () => {
      let best = 0;
      for (let at = 1; at < sizes.length; at++) {
        const left = BigInt(sizes[at]!) * BigInt(2 * taken[best]! + 1);
        const right = BigInt(sizes[best]!) * BigInt(2 * taken[at]! + 1);
        if (left > right || (left === right && sizes[at]! > sizes[best]!)) best = at;
      }
      taken[best]!++;
      return best;
    });
  }

  it('are those of Webster and Sainte-Laguë, worked by hand', () => {
    // Quotients of 53, 24, 23: 53, 24, 23, 17.67, 10.6, 8, 7.67, 7.57 … (votes of 53/24/23 with 7 seats give 3/2/2).
    expect([...placesInProportion([53, 24, 23], 7)]).toEqual([0, 1, 2, 0, 0, 1, 2]);
    expect([...placesInProportion([2, 2, 2], 4)]).toEqual([0, 1, 2, 0]);
    expect([...placesInProportion([], 3)]).toEqual([]);
    expect([...placesInProportion([1, 0, 2], 9)]).toEqual([2, 0, 2]);
  });

  it('agree with the slow way, never exceed a stratum and end with everything', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 200; round++) {
      const sizes = Array.from({ length: random.integer(1, 9) }, () => random.integer(1, 60));
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const places = [...placesInProportion(sizes, total)];
      expect(places).toEqual(slowPlaces(sizes, total));
      expect(sizes.map((_, at) => places.filter((place) => place === at).length)).toEqual(sizes);
    }
  });

  it('keep every beginning within a unit and a half of proportion, and compare exactly in lots of millions', () => {
    const random = seededRandom(8);
    for (let round = 0; round < 200; round++) {
      const sizes = Array.from({ length: random.integer(2, 6) }, () => random.integer(1, 5000));
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const taken = sizes.map(() => 0);
      let worst = 0;
      for (const [at, place] of placesInProportion(sizes, Math.min(total, 300)).entries()) {
        taken[place]!++;
        for (const [stratum, size] of sizes.entries()) {
          worst = Math.max(worst, Math.abs(taken[stratum]! - ((at + 1) * size) / total));
        }
      }
      expect(worst).toBeLessThan(1.5);
    }
    const sizes = [9_000_000, 999_999, 1];
    expect([...placesInProportion(sizes, 2000)]).toEqual(slowPlaces(sizes, 2000));
  });
});

describe('Neyman’s shares', () => {
  it('follow size and spread', () => {
    // N 100/100, p 0.5 and 0.1: sqrt(pq) 0.5 and 0.3, shares 5 : 3.
    expect(expectOk(allocateNeyman([100, 100], [0.5, 0.1], 80, 0)).shares).toEqual([50, 30]);
    expect(expectOk(allocateNeyman([100, 100], [0.5, 0.1], 40, 0)).shares).toEqual([25, 15]);
    // The second is exhausted: what it cannot take goes to the first.
    expect(expectOk(allocateNeyman([1000, 10], [0.0001, 0.5], 100, 0)).shares).toEqual([90, 10]);
    // Nothing is expected in the second: it keeps its minimum alone, and more only when the first is used up.
    expect(expectOk(allocateNeyman([50, 50], [0.2, 0], 30, 5)).shares).toEqual([25, 5]);
    expect(expectOk(allocateNeyman([50, 50], [0.2, 0], 70, 5)).shares).toEqual([50, 20]);
    expect(expectOk(allocateNeyman([50, 50], [0.2, 0.3], 500, 5)).shares).toEqual([50, 50]);
    expect(codeOf(allocateNeyman([50, 50], [0, 1], 30, 5))).toBe('draw-rates-without-spread');
    expect(codeOf(allocateNeyman([50, 50], [0.1, Number.NaN], 30, 5))).toBe('draw-rate-outside');
  });

  it('add up, stay within bounds, and no swap of one unit between free strata lowers the variance by much', () => {
    const random = seededRandom(9);
    for (let round = 0; round < 500; round++) {
      const sizes = Array.from({ length: random.integer(1, 8) }, () => random.integer(1, 3000));
      const rates = sizes.map(() => random.between(0.001, 0.6));
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const n = random.integer(1, Math.min(total, 600));
      const { shares, minimum } = expectOk(allocateNeyman(sizes, rates, n, 5));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(n);
      const variance = (units: readonly number[]): number =>
        units.reduce((sum, unit, at) => sum + (sizes[at]! ** 2 * rates[at]! * (1 - rates[at]!)) / unit, 0);
      for (const [from, share] of shares.entries()) {
        expect(share <= sizes[from]! && share >= Math.min(minimum, sizes[from]!)).toBe(true);
        for (const to of shares.keys()) {
          // Two units: rounding to whole numbers may leave one unit to gain.
          if (
            from === to ||
            share - 2 < Math.max(1, minimum) ||
            shares[to]! + 2 > sizes[to]! ||
            shares[to] === 0
          )
            continue;
          const other = shares.map((value, at) => value + (at === to ? 2 : 0) - (at === from ? 2 : 0));
          expect(variance(other)).toBeGreaterThan(variance(shares) * (1 - 1e-9));
        }
      }
    }
  });

  it('steer a draw, and every stratum needs its rate', () => {
    const unitIds = idsOf(200);
    const strata = unitIds.map((_, at) => (at < 100 ? 'near' : 'far'));
    const request = { unitIds, strata, n: 80, minimumPerStratum: 0, seed };
    const rates = new Map([
      ['near', 0.1],
      ['far', 0.5],
    ]);
    const drawn = expectOk(drawStratified({ ...request, rates }, sha256));
    expect(drawn.strata.map(({ name, drawn: share }) => [name, share])).toEqual([
      ['far', 50],
      ['near', 30],
    ]);
    expectSound(drawn);
    expect(codeOf(drawStratified({ ...request, rates: new Map([['near', 0.1]]) }, sha256))).toBe(
      'draw-rate-missing',
    );
  });
});

describe('the nested stratified order', () => {
  const names = ['bus', 'car', 'cyclist'];
  const unitIds = idsOf(60);
  const of = Uint32Array.from(unitIds, (_, at) => (at < 3 ? 0 : at < 45 ? 1 : 2));
  const request = { unitIds, strata: { names, of }, n: 12, minimumPerStratum: 0, seed };

  it('with one stratum is the simple draw', () => {
    const one = { names: ['all'], of: new Uint32Array(60) };
    const drawn = expectOk(drawNested({ ...request, strata: one }, sha256));
    expect([...drawn.order]).toEqual([...expectOk(drawOrder(unitIds, seed, sha256, 12)).order]);
    expect(drawn.populationHash).toBe(expectOk(drawOrder(unitIds, seed, sha256, 12)).populationHash);
  });

  it('a larger n only adds to the end', () => {
    const all = expectOk(drawNested({ ...request, n: 60 }, sha256)).order;
    for (const n of [1, 7, 30, 59]) {
      expect([...expectOk(drawNested({ ...request, n }, sha256)).order]).toEqual([...all.slice(0, n)]);
    }
    expect(new Set(all).size).toBe(60);
  });

  it('adds units at the end until every stratum has its minimum or all of it', () => {
    const plain = expectOk(drawNested(request, sha256));
    const topped = expectOk(drawNested({ ...request, minimumPerStratum: 5 }, sha256));
    expect(plain.strata.map(({ drawn }) => drawn)).toEqual([1, 8, 3]);
    expect(topped.strata.map(({ drawn }) => drawn)).toEqual([3, 8, 5]);
    expect([...topped.order].slice(0, 12)).toEqual([...plain.order]);
    expect([...topped.order].slice(12).map((unit) => of[unit])).toEqual([0, 0, 2, 2]);
    for (const [at, unit] of topped.order.entries()) {
      const { drawn, population } = topped.strata[of[unit]!]!;
      expect(topped.probability[at]).toBe(drawn / population);
    }
    expect(nestedPlaces([3, 42, 15], 12, 5).shares).toEqual([3, 8, 5]);
  });

  it('gives every unit its stored chance', () => {
    const draw = (useSeed: string) =>
      expectOk(drawNested({ ...request, minimumPerStratum: 2, seed: useSeed }, sha256));
    expectSound(draw(seed));
    expect(worstError(60, 4000, draw)).toBeLessThan(mostErrors);
  });
});

describe('the count of bad units in a nested stratified sample', () => {
  const unitIds = idsOf(800);
  const of = Uint32Array.from(unitIds, (_, at) => (at < 500 ? 0 : at < 700 ? 1 : 2));
  const strata = { names: ['a', 'b', 'c'], of };

  /** Mean and variance of the count over draws; `isBad` says which units are. */
  function spread(isBad: (unit: number) => boolean): { mean: number; variance: number } {
    const counts = Array.from({ length: 1500 }, (_, round) => {
      const request = { unitIds, strata, n: 80, minimumPerStratum: 0, seed: seedOf(round) };
      return expectOk(drawNested(request, sha256)).order.filter(isBad).length;
    });
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    return { mean, variance: counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length };
  }

  /** Of one random order: hypergeometric, 80 of 800 with so many bad. */
  const hypergeometric = (bad: number): number => 80 * (bad / 800) * (1 - bad / 800) * (720 / 799);

  it('scatters as in one random order where strata are alike', () => {
    const { mean, variance } = spread((unit) => unit % 10 === 0);
    expect(mean).toBeCloseTo(8, 0);
    // Fifteen hundred rounds know a variance to 3.7 %; four such errors.
    expect(Math.abs(variance / hypergeometric(80) - 1)).toBeLessThan(0.15);
  });

  it('and less where they differ', () => {
    // 80 bad units as before, all in the last stratum: its ten places see 8 of them, give or take hardly any.
    const { mean, variance } = spread((unit) => unit >= 720);
    expect(mean).toBeCloseTo(8, 0);
    expect(variance).toBeLessThan(0.35 * hypergeometric(80));
  });
});

describe('systematic draws', () => {
  const unitIds = idsOf(43);
  const rank = (unit: number): number => unit % 10;
  const draw = (useSeed: string, n = 10) =>
    expectOk(drawSystematic({ unitIds, rank, n, seed: useSeed }, sha256));

  it('walk the population by rank, evenly', () => {
    const walked = [...unitIds.keys()].sort(
      (a, b) => rank(a) - rank(b) || (unitIds[a]! < unitIds[b]! ? -1 : 1),
    );
    const places = [...draw(seed).order].map((unit) => walked.indexOf(unit));
    for (const [at, place] of places.entries()) {
      if (at > 0) expect([4, 5]).toContain(place - places[at - 1]!);
    }
    expect(places[0]).toBeLessThan(5);
    expect([...draw(seed, 43).order]).toEqual(walked);
    expect([...draw(seed, 99).order]).toEqual(walked);
    expect(draw(seed, 0).order.length).toBe(0);
  });

  it('do not depend on the order the ids come in', () => {
    const reversed = unitIds.toReversed();
    const other = drawSystematic({ unitIds: reversed, rank: (at) => rank(42 - at), n: 10, seed }, sha256);
    expect([...expectOk(other).order].map((at) => reversed[at])).toEqual(
      [...draw(seed).order].map((at) => unitIds[at]),
    );
  });

  it('give every unit the chance n/N, and every start its turn', () => {
    expectSound(draw(seed));
    expect(draw(seed).probability[3]).toBe(10 / 43);
    expect(worstError(43, 5000, draw)).toBeLessThan(mostErrors);
    // Of the 43 samples that there are each unit is in exactly ten: the chance is exact, not only on average.
    const samples = new Set(Array.from({ length: 1000 }, (_, round) => draw(seedOf(round)).order.join()));
    expect(samples.size).toBe(43);
    const times = new Map<string, number>();
    for (const unit of [...samples].join().split(',')) times.set(unit, (times.get(unit) ?? 0) + 1);
    expect([...times.values()]).toEqual(new Array(43).fill(10));
  });
});

describe('clusters and two stages', () => {
  const unitIds = idsOf(48);
  // Scenes of 4, 8, 12 … units.
  const clusters = unitIds.map((_, at) =>
    at < 4 ? 'a' : at < 12 ? 'b' : at < 24 ? 'c' : at < 40 ? 'd' : 'e',
  );
  const request = { unitIds, clusters, clustersDrawn: 2, seed };

  it('take whole scenes', () => {
    const drawn = expectOk(drawClusters(request, sha256));
    const names = drawn.clusters.map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
    expect([...drawn.order].map((unit) => clusters[unit])).toEqual(
      names.flatMap((name) => clusters.filter((cluster) => cluster === name)),
    );
    expect(new Set(drawn.probability)).toEqual(new Set([2 / 5]));
    expect(
      worstError(48, 4000, (useSeed) => expectOk(drawClusters({ ...request, seed: useSeed }, sha256))),
    ).toBeLessThan(mostErrors);
  });

  it('take units of the drawn scenes, with the product of both chances', () => {
    const drawn = expectOk(drawTwoStage({ ...request, clustersDrawn: 3, n: 10 }, sha256));
    expect(drawn.order.length).toBe(10);
    for (const { name, population, drawn: share } of drawn.clusters) {
      const members = [...drawn.order.entries()].filter(([, unit]) => clusters[unit] === name);
      expect(members.length).toBe(share);
      expect(share).toBeGreaterThan(0);
      for (const [at] of members) expect(drawn.probability[at]).toBe((3 / 5) * (share / population));
    }
    expectSound(drawn);
    const again = (useSeed: string) =>
      expectOk(drawTwoStage({ ...request, clustersDrawn: 3, n: 10, seed: useSeed }, sha256));
    expect(worstError(48, 6000, again)).toBeLessThan(mostErrors);
  });

  it('estimate the total of the lot without bias', () => {
    const value = (unit: number): number => (unit * 7) % 5;
    const truth = unitIds.reduce((sum, _, unit) => sum + value(unit), 0);
    const totals = Array.from({ length: 4000 }, (_, round) => {
      const drawn = expectOk(drawTwoStage({ ...request, n: 9, seed: seedOf(round) }, sha256));
      return drawn.order.reduce((sum, unit, at) => sum + value(unit) / drawn.probability[at]!, 0);
    });
    const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length;
    const error = Math.sqrt(totals.reduce((sum, total) => sum + (total - mean) ** 2, 0)) / totals.length;
    expect(Math.abs(mean - truth)).toBeLessThan(4 * error);
  });

  it('refuse what cannot be drawn', () => {
    expect(codeOf(drawClusters({ ...request, clustersDrawn: 6 }, sha256))).toBe('draw-clusters-outside');
    expect(codeOf(drawClusters({ ...request, clustersDrawn: 0 }, sha256))).toBe('draw-clusters-outside');
    expect(codeOf(drawTwoStage({ ...request, n: 1 }, sha256))).toBe('draw-fewer-than-clusters');
    const all = expectOk(drawTwoStage({ ...request, clustersDrawn: 5, n: 400 }, sha256));
    expect([all.order.length, new Set(all.probability)]).toEqual([48, new Set([1])]);
  });
});

describe('unequal probability', () => {
  const random = seededRandom(31);
  const unitIds = idsOf(50);
  const weights = unitIds.map(() => Math.exp(random.normal()));
  const request = { unitIds, weights, n: 12, seed };

  it('draws exactly n, and chances add up to n', () => {
    for (const n of [1, 12, 37, 50, 80]) {
      const { order, certain } = expectOk(drawWeighted({ ...request, n }, sha256));
      expect(order.length).toBe(Math.min(n, 50));
      if (n >= 50) expect(certain).toBe(50);
    }
    // With every unit drawn once in turn, the chances of all units are seen: their sum is the sample size.
    const chance = new Map<number, number>();
    for (let round = 0; round < 400; round++) {
      const { order, probability } = expectOk(drawWeighted({ ...request, seed: seedOf(round) }, sha256));
      for (const [at, unit] of order.entries()) chance.set(unit, probability[at]!);
    }
    expect(chance.size).toBe(50);
    expect([...chance.values()].reduce((sum, value) => sum + value, 0)).toBeCloseTo(12, 9);
  });

  it('caps at 1 and shares the rest out again', () => {
    // 4 of weights 100, 30, 1 x 10: the first is certain, then 30 of 40 x 3 > 1 as well, then 2 of 10.
    const heavy = { unitIds: idsOf(12), weights: [100, 30, ...new Array(10).fill(1)], n: 4, seed };
    const { order, probability, certain } = expectOk(drawWeighted(heavy, sha256));
    expect(certain).toBe(2);
    expect([...order]).toEqual(expect.arrayContaining([0, 1]));
    for (const [at, unit] of order.entries()) expect(probability[at]).toBeCloseTo(unit < 2 ? 1 : 0.2, 9);
  });

  it('gives every unit its stored chance', () => {
    const draw = (useSeed: string) => expectOk(drawWeighted({ ...request, seed: useSeed }, sha256));
    expectSound(draw(seed));
    expect(worstError(50, 8000, draw)).toBeLessThan(mostErrors);
  });

  it('knows only ratios of weights, and equal ones make equal chances', () => {
    const doubled = drawWeighted({ ...request, weights: weights.map((weight) => 2 * weight) }, sha256);
    expect([...expectOk(doubled).order]).toEqual([...expectOk(drawWeighted(request, sha256)).order]);
    const equal = expectOk(drawWeighted({ ...request, weights: unitIds.map(() => 0.3) }, sha256));
    expect(new Set(equal.probability)).toEqual(new Set([12 / 50]));
    // Weights smaller than the finest step still leave a chance.
    const tiny = expectOk(
      drawWeighted({ ...request, weights: unitIds.map((_, at) => (at === 0 ? 1 : 1e-300)) }, sha256),
    );
    expectSound(tiny);
    expect(tiny.order.length).toBe(12);
  });

  it('refuses weights that are none', () => {
    for (const bad of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      for (const place of [0, 3, 49]) {
        const refused = drawWeighted({ ...request, weights: weights.with(place, bad) }, sha256);
        expect(refused).toMatchObject({
          problem: { code: 'draw-weight-not-positive', params: { unit: unitIds[place] } },
        });
      }
    }
  });
});

it('no design draws from a population that names a unit twice, or with a seed that is none', () => {
  const twice = ['u0', 'u1', 'u0'];
  const designs = (unitIds: readonly string[], by: string): Result<unknown>[] => [
    drawSystematic({ unitIds, rank: () => 0, n: 2, seed: by }, sha256),
    drawClusters({ unitIds, clusters: unitIds, clustersDrawn: 2, seed: by }, sha256),
    drawTwoStage({ unitIds, clusters: unitIds, clustersDrawn: 2, n: 2, seed: by }, sha256),
    drawWeighted({ unitIds, weights: unitIds.map(() => 1), n: 2, seed: by }, sha256),
  ];
  for (const refused of designs(twice, seed)) expect(codeOf(refused)).toBe('draw-unit-twice');
  for (const refused of designs(idsOf(3), 'xyz')) expect(codeOf(refused)).toBe('draw-seed-malformed');
});
