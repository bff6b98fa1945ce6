import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { allocateProportionally } from '../../../shared/sampling/allocation.ts';
import { drawOrder } from '../../../shared/sampling/drawOrder.ts';
import { generatorName, randomSource, stateFromSeed } from '../../../shared/sampling/randomSource.ts';
import { drawStratified } from '../../../shared/sampling/stratifiedDraw.ts';

import { seededRandom } from '../../support/seededRandom.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const seed = '0123456789abcdef0123456789abcdef';

function draw(ids: readonly string[], n?: number, useSeed = seed) {
  const result = drawOrder(ids, useSeed, sha256, n);
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

/** xoshiro128** once more, in whole numbers without a size. */
function slowGenerator(state: readonly number[]): () => number {
  const mask = 0xffff_ffffn;
  const turn = (word: bigint, by: bigint) => ((word << by) | (word >> (32n - by))) & mask;
  let s = state.map(BigInt);
  return () => {
    const result = (turn((s[1]! * 5n) & mask, 7n) * 9n) & mask;
    const t = (s[1]! << 9n) & mask;
    const c = s[2]! ^ s[0]!;
    const d = s[3]! ^ s[1]!;
    s = [s[0]! ^ d, s[1]! ^ c, c ^ t, turn(d, 11n)];
    return Number(result);
  };
}

describe('the generator', () => {
  it('gives the published numbers for state 1 2 3 4', () => {
    // Test vector of the rand_xoshiro crate, made with the authors' C code.
    const random = randomSource([1, 2, 3, 4]);
    expect(Array.from({ length: 4 }, () => random.next())).toEqual([11520, 0, 5927040, 70819200]);
  });

  it('agrees with whole-number arithmetic over ten thousand steps', () => {
    const state = stateFromSeed(seed, 'x', sha256);
    const [fast, slow] = [randomSource(state), slowGenerator(state)];
    for (let step = 0; step < 10_000; step++) expect(fast.next()).toBe(slow());
  });

  it('favours no remainder', () => {
    // With three quarters of 2^32 as the limit, plain remainders would give the lower third twice as often.
    const random = randomSource([5, 6, 7, 8]);
    const limit = 3 * 2 ** 30;
    const counts = [0, 0, 0];
    for (let shot = 0; shot < 30_000; shot++) counts[Math.floor(random.below(limit) / 2 ** 30)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    expect(random.below(1)).toBe(0);
  });

  it('takes its state from the hash of name, seed and purpose', () => {
    const digest = sha256(new TextEncoder().encode(`${generatorName}:${seed}:abc`));
    expect(
      stateFromSeed(seed, 'abc', sha256)
        .map((word) => word.toString(16).padStart(8, '0'))
        .join(''),
    ).toBe(digest.slice(0, 32));
    expect(stateFromSeed(seed, 'abc', () => '0'.repeat(64))).toEqual([1, 0, 0, 0]);
  });
});

describe('the draw', () => {
  const ids = Array.from({ length: 500 }, (_, k) => `scene-${k % 7}|frame ${k}|标签#${k}`);

  it('stays as it is: these units for this seed, on every machine and in every version', () => {
    const letters = [...'abcdefghij'];
    const { order, prng, populationHash } = draw(letters);
    expect(prng).toBe('assay-xoshiro128ss-1');
    expect(populationHash).toBe(sha256(new TextEncoder().encode(letters.join('\n'))));
    expect(Array.from(order, (at) => letters[at]).join('')).toBe('cfidaebjgh');
  });

  it('does not depend on the order the ids come in', () => {
    const shuffled = ids.toSorted((a, b) => sha256(Buffer.from(a)).localeCompare(sha256(Buffer.from(b))));
    const [one, other] = [draw(ids, 80), draw(shuffled, 80)];
    expect(Array.from(other.order, (at) => shuffled[at])).toEqual(Array.from(one.order, (at) => ids[at]));
    expect(other.populationHash).toBe(one.populationHash);
  });

  it('only adds to the end when more are drawn', () => {
    const all = draw(ids).order;
    for (const n of [1, 50, 499]) expect([...draw(ids, n).order]).toEqual([...all.slice(0, n)]);
    expect(new Set(all).size).toBe(500);
    expect(draw(ids, 9999).order.length).toBe(500);
    expect(draw([], 5).order.length).toBe(0);
  });

  it('sorts by code units and hashes across blocks', () => {
    // U+FF5E sorts after the surrogate pair of U+1F600 by code units, before it by code points.
    const odd = ['\uff5e', '\u{1f600}', 'Z', 'a', 'É'];
    expect(draw(odd).populationHash).toBe(sha256(new TextEncoder().encode('Z\na\nÉ\n\u{1f600}\n\uff5e')));
    const many = Array.from({ length: 40_000 }, (_, k) => `${k}`);
    expect(draw(many, 1).populationHash).toBe(sha256(new TextEncoder().encode(many.toSorted().join('\n'))));
  });

  it('differs with the seed and with the population', () => {
    const other = draw(ids, 20, 'f'.repeat(32)).order;
    expect([...other]).not.toEqual([...draw(ids, 20).order]);
    const without = ids.slice(1);
    expect(Array.from(draw(without, 20).order, (at) => without[at])).not.toEqual(
      Array.from(draw(ids, 20).order, (at) => ids[at]),
    );
  });

  it('gives every unit and every order the same chance', () => {
    const tally = new Map<string, number>();
    const rounds = 12_000;
    for (let round = 0; round < rounds; round++) {
      const order = draw(['a', 'b', 'c', 'd'], 4, round.toString(16).padStart(32, '0')).order;
      tally.set(order.join(), (tally.get(order.join()) ?? 0) + 1);
    }
    expect(tally.size).toBe(24);
    const expected = rounds / 24;
    const chiSquare = [...tally.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 99.9 % point of chi-square with 23 degrees of freedom.
    expect(chiSquare).toBeLessThan(49.73);
  });

  it('refuses bad seeds and units that come twice', () => {
    const code = (units: string[], useSeed: string) => {
      const result = drawOrder(units, useSeed, sha256);
      return result.ok ? 'ok' : result.problem.code;
    };
    expect(code(['a'], 'abc')).toBe('draw-seed-malformed');
    expect(code(['a'], seed.toUpperCase())).toBe('draw-seed-malformed');
    expect(code(['a', 'b', 'a'], seed)).toBe('draw-unit-twice');
  });
});

describe('stratified draws', () => {
  it('shares out by largest remainder', () => {
    expect(allocateProportionally([500, 300, 200], 10, 0).shares).toEqual([5, 3, 2]);
    expect(allocateProportionally([1, 1, 1], 2, 0).shares).toEqual([1, 1, 0]);
    expect(allocateProportionally([60, 25, 15], 10, 0).shares).toEqual([6, 3, 1]);
    expect(allocateProportionally([990, 6, 4], 50, 5).shares).toEqual([41, 5, 4]);
    expect(allocateProportionally([10, 20], 100, 5)).toEqual({ shares: [10, 20], minimum: 5 });
    expect(allocateProportionally([100, 100, 100], 7, 5)).toEqual({ shares: [3, 2, 2], minimum: 2 });
    expect(allocateProportionally([100, 100, 100], 2, 5).minimum).toBe(0);
    expect(allocateProportionally([], 5, 5).shares).toEqual([]);
  });

  it('keeps its promises for any sizes', () => {
    const random = seededRandom(51);
    for (let round = 0; round < 2000; round++) {
      const sizes = Array.from({ length: random.integer(1, 12) }, () =>
        Math.floor(10 ** random.between(0, 5)),
      );
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const n = random.integer(0, Math.min(total, 800));
      const { shares, minimum } = allocateProportionally(sizes, n, 5);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(n);
      shares.forEach((share, at) => {
        expect(share).toBeLessThanOrEqual(sizes[at]!);
        expect(share).toBeGreaterThanOrEqual(Math.min(minimum, sizes[at]!));
      });
      // Without minima nobody is a whole unit away from the proportional share.
      allocateProportionally(sizes, n, 0).shares.forEach((share, at) => {
        expect(Math.abs(share - (n * sizes[at]!) / total)).toBeLessThan(1);
      });
    }
  });

  it('draws each stratum from the one order, with its chance of inclusion', () => {
    const unitIds = Array.from({ length: 300 }, (_, k) => `u${k}`);
    const strata = unitIds.map((_, k) => (k < 250 ? 'car' : k < 294 ? 'cyclist' : 'tram'));
    const result = drawStratified({ unitIds, strata, n: 60, seed }, sha256);
    if (!result.ok) throw new Error(result.problem.code);
    const { order, probability, strata: table } = result.value;
    expect(table).toEqual([
      { name: 'car', population: 250, drawn: 47 },
      { name: 'cyclist', population: 44, drawn: 8 },
      { name: 'tram', population: 6, drawn: 5 },
    ]);
    const whole = [...draw(unitIds).order];
    for (const { name, drawn, population } of table) {
      const chosen = [...order].filter((unit) => strata[unit] === name);
      expect(chosen).toEqual(whole.filter((unit) => strata[unit] === name).slice(0, drawn));
      order.forEach((unit, at) => {
        if (strata[unit] === name) expect(probability[at]).toBe(drawn / population);
      });
    }
    const plain = drawStratified({ unitIds, strata: unitIds.map(() => 'all'), n: 60, seed }, sha256);
    expect(plain.ok && [...plain.value.order]).toEqual(whole.slice(0, 60));
    expect(drawStratified({ unitIds: ['a', 'a'], strata: ['x', 'x'], n: 1, seed }, sha256).ok).toBe(false);
  });
});
