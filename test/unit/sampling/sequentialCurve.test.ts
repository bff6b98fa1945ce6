import { describe, expect, it } from 'vitest';
import { runSequential, sequentialDecision } from '../../../shared/sampling/sequential.ts';
import {
  type SequentialBounds,
  sequentialPlanAt,
  sequentialPlanInLot,
} from '../../../shared/sampling/sequentialCurve.ts';
import { planSequential } from '../../../shared/sampling/sequentialScheme.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { fractionOf, toDouble } from './exactNumbers.ts';

function boundsOf(change: object = {}): SequentialBounds {
  const asked = { p0: 0.02, p1: 0.1, alpha: 0.05, beta: 0.1, truncateAt: null, designEffect: 1 };
  const plan = planSequential({ lotSize: 100_000, ...asked, ...change });
  if (!plan.ok) throw new Error(plan.problem.code);
  return plan.value.sequential!;
}

const small: SequentialBounds[] = [
  { hAccept: 1, hReject: 1.5, slope: 0.25, truncateAt: 12 },
  { hAccept: 0.8, hReject: 1.2, slope: 0.1, truncateAt: 11 },
  { hAccept: 2, hReject: 2, slope: 0.5, truncateAt: 13 },
  { hAccept: 5, hReject: 9, slope: 0.3, truncateAt: 9 },
];

/** Every stop there is, each with the number of orders of good and bad that lead to it: whole numbers, no rounding. */
function stops(bounds: SequentialBounds) {
  const found: { n: number; bad: number; isAccepted: boolean; ways: bigint }[] = [];
  let open = new Map([[0, 1n]]);
  for (let n = 1; n <= bounds.truncateAt; n++) {
    const next = new Map<number, bigint>();
    for (const [bad, ways] of open) {
      for (const now of [bad, bad + 1]) next.set(now, (next.get(now) ?? 0n) + ways);
    }
    open = new Map();
    for (const [bad, ways] of next) {
      const decision = sequentialDecision(bounds, n, bad, bounds.truncateAt);
      if (decision === 'continue') open.set(bad, ways);
      else found.push({ n, bad, isAccepted: decision === 'accept', ways });
    }
  }
  return found;
}

/** `chance`: top of the chance of one order of `n` units with `bad` bad ones, over the bottom `all`. */
function exact(bounds: SequentialBounds, all: bigint, chance: (n: number, bad: number) => bigint) {
  const sum = { pa: 0n, notAccepted: 0n, asn: 0n };
  for (const { n, bad, isAccepted, ways } of stops(bounds)) {
    const share = ways * chance(n, bad);
    sum[isAccepted ? 'pa' : 'notAccepted'] += share;
    sum.asn += share * BigInt(n);
  }
  expect(sum.pa + sum.notAccepted).toBe(all);
  return {
    pa: toDouble({ top: sum.pa, bottom: all }),
    notAccepted: toDouble({ top: sum.notAccepted, bottom: all }),
    asn: toDouble({ top: sum.asn, bottom: all }),
  };
}

function exactProcess(bounds: SequentialBounds, p: number) {
  const { top, bottom } = fractionOf(p);
  const end = BigInt(bounds.truncateAt);
  return exact(
    bounds,
    bottom ** end,
    (n, bad) => top ** BigInt(bad) * (bottom - top) ** BigInt(n - bad) * bottom ** (end - BigInt(n)),
  );
}

/** 1, from, from (from - 1), ... : as many as are needed. */
function falling(from: number, most: number): bigint[] {
  const products = [1n];
  for (let k = 0; k < most; k++) products.push(products[k]! * BigInt(Math.max(0, from - k)));
  return products;
}

function exactLot(bounds: SequentialBounds, lot: number, defectives: number) {
  const end = bounds.truncateAt;
  const [bads, goods] = [falling(defectives, end), falling(lot - defectives, end)];
  // Ways to go on after n units, so that every order is one of the whole length.
  const later = Array.from({ length: end + 1 }, () => 1n);
  for (let n = end - 1; n >= 0; n--) later[n] = later[n + 1]! * BigInt(lot - n);
  return exact(bounds, later[0]!, (n, bad) => bads[bad]! * goods[n - bad]! * later[n]!);
}

function expectNear(actual: object, expected: Record<string, number>, tolerance = 1e-9): void {
  for (const [name, value] of Object.entries(expected)) {
    const difference = Math.abs((actual as Record<string, number>)[name]! - value);
    expect(difference, `${name}: ${value}`).toBeLessThanOrEqual(tolerance * value);
  }
}

describe('a truncated sequential plan', () => {
  it('equals trying every order of good and bad units', () => {
    for (const bounds of small) {
      for (const p of [0.05, 0.3, 0.5]) {
        let [pa, notAccepted, asn] = [0, 0, 0];
        for (let order = 0; order < 2 ** bounds.truncateAt; order++) {
          const outcomes = Array.from({ length: bounds.truncateAt }, (_, at) => ((order >> at) & 1) === 1);
          const bad = outcomes.filter(Boolean).length;
          const chance = p ** bad * (1 - p) ** (outcomes.length - bad);
          const { decision, atN } = runSequential(bounds, outcomes, bounds.truncateAt);
          if (decision === 'accept') pa += chance;
          else notAccepted += chance;
          asn += chance * atN;
        }
        expectNear(sequentialPlanAt(bounds, p), { pa, notAccepted, asn });
      }
    }
  });

  it('equals trying every order of a real lot', () => {
    const bounds = small[0]!;
    const lot = 14;
    for (const defectives of [0, 1, 3, 7, 14]) {
      let [accepted, units, orders] = [0, 0, 0];
      for (let order = 0; order < 2 ** lot; order++) {
        const outcomes = Array.from({ length: lot }, (_, at) => ((order >> at) & 1) === 1);
        if (outcomes.filter(Boolean).length !== defectives) continue;
        const { decision, atN } = runSequential(bounds, outcomes, bounds.truncateAt);
        orders++;
        units += atN;
        if (decision === 'accept') accepted++;
      }
      const { pa, asn } = sequentialPlanInLot(bounds, lot, defectives);
      expect(pa).toBeCloseTo(accepted / orders, 12);
      expect(asn).toBeCloseTo(units / orders, 12);
    }
  });

  it('equals exact fractions for plans of hundreds of units, deep tails included', () => {
    for (const bounds of [boundsOf(), boundsOf({ p0: 0.01, p1: 0.03 }), boundsOf({ designEffect: 3 })]) {
      for (const p of [0.001, 0.02, 0.05, 0.1, 0.4, 0.9]) {
        expectNear(sequentialPlanAt(bounds, p), exactProcess(bounds, p));
      }
      for (const [lot, defectives] of [
        [2000, 20],
        [2000, 100],
        [2000, 1900],
        [bounds.truncateAt, 12],
        [10_000_000, 400_000],
      ] as const) {
        expectNear(sequentialPlanInLot(bounds, lot, defectives), exactLot(bounds, lot, defectives));
      }
    }
  });

  it('is sure of perfect and of hopeless work', () => {
    const bounds = boundsOf();
    expect(sequentialPlanAt(bounds, 0)).toEqual({ pa: 1, notAccepted: 0, asn: 27 });
    expect(sequentialPlanAt(bounds, 1)).toEqual({ pa: 0, notAccepted: 1, asn: 2 });
    expect(sequentialPlanInLot(bounds, 500, 0)).toMatchObject({ pa: 1, notAccepted: 0 });
    expect(sequentialPlanInLot(bounds, 500, 500)).toMatchObject({ pa: 0, notAccepted: 1 });
  });

  it('keeps its promises nearly, and Wald’s formulas nearly hold', () => {
    // Wald, Sequential Analysis (1947), 5.3 to 5.5: overshoot makes the real risks smaller, the end makes them larger.
    const bounds = boundsOf();
    expect(sequentialPlanAt(bounds, 0.02).notAccepted).toBeLessThan(0.055);
    expect(sequentialPlanAt(bounds, 0.1).pa).toBeLessThan(0.11);
    const endless = { ...bounds, truncateAt: 5000 };
    expect(sequentialPlanAt(endless, 0.02).notAccepted).toBeLessThan(0.05);
    expect(sequentialPlanAt(endless, 0.1).pa).toBeLessThan(0.1 / 0.95);
    // At p = slope Wald gives Pa = hReject / (hAccept + hReject).
    const { hAccept, hReject, slope } = bounds;
    expect(sequentialPlanAt(endless, slope).pa).toBeCloseTo(hReject / (hAccept + hReject), 1);
  });

  it('agrees with drawing from a real lot', () => {
    const bounds = boundsOf();
    const random = seededRandom(72);
    const [lot, defectives, rounds] = [800, 40, 30_000];
    let [accepted, units] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      let left = defectives;
      const outcomes = (function* () {
        for (let n = 0; n < lot; n++) {
          const isBad = random.next() < left / (lot - n);
          if (isBad) left--;
          yield isBad;
        }
      })();
      const { decision, atN } = runSequential(bounds, outcomes, bounds.truncateAt);
      if (decision === 'accept') accepted++;
      units += atN;
    }
    const { pa, asn } = sequentialPlanInLot(bounds, lot, defectives);
    // Four standard errors of a share near one half over the rounds.
    expect(Math.abs(accepted / rounds - pa)).toBeLessThan(4 * Math.sqrt(0.25 / rounds));
    expect(Math.abs(units / rounds - asn)).toBeLessThan(0.8);
  });

  it('falls with quality and adds up to one', () => {
    for (const bounds of [...small, boundsOf(), boundsOf({ designEffect: 4 })]) {
      let before = 1;
      for (let step = 0; step <= 60; step++) {
        const { pa, notAccepted, asn } = sequentialPlanAt(bounds, step / 60);
        expect(pa + notAccepted).toBeCloseTo(1, 12);
        expect(pa).toBeLessThanOrEqual(before + 1e-14);
        expect(asn).toBeGreaterThanOrEqual(1);
        expect(asn).toBeLessThanOrEqual(bounds.truncateAt * (1 + 1e-12));
        before = pa;
      }
    }
  });
});
