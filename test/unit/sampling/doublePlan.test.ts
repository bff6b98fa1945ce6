import { describe, expect, it } from 'vitest';
import { type DoublePlan, doublePlanAt, doublePlanInLot } from '../../../shared/sampling/doublePlan.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { choose, fractionOf, toDouble } from './exactNumbers.ts';

/** Pa and its opposite over every pair of counts, as whole numbers over one bottom. */
function exactInLot({ n1, ac1, re1, n2, ac2 }: DoublePlan, lot: number, defectives: number) {
  const [N, D] = [BigInt(lot), BigInt(defectives)];
  let accepted = 0n;
  let open = 0n;
  const all = choose(N, BigInt(n1)) * choose(N - BigInt(n1), BigInt(n2));
  for (let first = 0n; first <= BigInt(n1) && first <= D; first++) {
    const ways = choose(D, first) * choose(N - D, BigInt(n1) - first);
    const rest = choose(N - BigInt(n1), BigInt(n2));
    if (first <= BigInt(ac1)) accepted += ways * rest;
    if (first <= BigInt(ac1) || first >= BigInt(re1)) continue;
    open += ways * rest;
    for (let second = 0n; first + second <= BigInt(ac2); second++) {
      const left = N - BigInt(n1) - (D - first);
      accepted += ways * choose(D - first, second) * choose(left, BigInt(n2) - second);
    }
  }
  return {
    pa: toDouble({ top: accepted, bottom: all }),
    notAccepted: toDouble({ top: all - accepted, bottom: all }),
    open: toDouble({ top: open, bottom: all }),
  };
}

function exactProcess({ n1, ac1, re1, n2, ac2 }: DoublePlan, p: number) {
  const { top, bottom } = fractionOf(p);
  const term = (n: number, k: number) =>
    choose(BigInt(n), BigInt(k)) * top ** BigInt(k) * (bottom - top) ** BigInt(n - k);
  const second = bottom ** BigInt(n2);
  let accepted = 0n;
  for (let first = 0; first < re1 && first <= n1; first++) {
    if (first <= ac1) accepted += term(n1, first) * second;
    else
      for (let rest = 0; first + rest <= ac2 && rest <= n2; rest++)
        accepted += term(n1, first) * term(n2, rest);
  }
  const all = bottom ** BigInt(n1 + n2);
  return {
    pa: toDouble({ top: accepted, bottom: all }),
    notAccepted: toDouble({ top: all - accepted, bottom: all }),
  };
}

const plans: DoublePlan[] = [
  { n1: 50, ac1: 0, re1: 2, n2: 50, ac2: 1 },
  { n1: 50, ac1: 2, re1: 5, n2: 50, ac2: 6 },
  { n1: 20, ac1: 11, re1: 16, n2: 20, ac2: 26 },
  { n1: 7, ac1: 0, re1: 4, n2: 11, ac2: 2 },
];

describe('a double plan', () => {
  it('equals exact fractions in a real lot, in both tails', () => {
    for (const plan of plans) {
      for (const [lot, defectives] of [
        [100, 3],
        [1000, 40],
        [1000, 400],
        [1_000_000, 20_000],
        [plan.n1 + plan.n2, 5],
      ] as const) {
        const expected = exactInLot(plan, lot, defectives);
        const { pa, notAccepted, asn } = doublePlanInLot(plan, lot, defectives);
        expect(Math.abs(pa - expected.pa)).toBeLessThanOrEqual(1e-9 * expected.pa);
        expect(Math.abs(notAccepted - expected.notAccepted)).toBeLessThanOrEqual(
          1e-9 * expected.notAccepted + 1e-15,
        );
        expect(asn).toBeCloseTo(plan.n1 + plan.n2 * expected.open, 9);
      }
    }
  });

  it('equals exact fractions for a process, in both tails', () => {
    for (const plan of plans) {
      for (const p of [0, 1e-4, 0.02, 0.1, 0.5, 0.97]) {
        const expected = p === 0 ? { pa: 1, notAccepted: 0 } : exactProcess(plan, p);
        const { pa, notAccepted } = doublePlanAt(plan, p);
        expect(Math.abs(pa - expected.pa)).toBeLessThanOrEqual(1e-9 * expected.pa);
        expect(Math.abs(notAccepted - expected.notAccepted)).toBeLessThanOrEqual(1e-9 * expected.notAccepted);
      }
    }
  });

  it('has chances that add up to one, fall with quality, and ask for between n1 and n1 + n2 units', () => {
    const random = seededRandom(71);
    for (let round = 0; round < 60; round++) {
      const ac1 = random.integer(0, 4);
      const plan = {
        ...{ n1: random.integer(5, 80), ac1, re1: ac1 + random.integer(2, 5) },
        ...{ n2: random.integer(1, 90), ac2: ac1 + random.integer(1, 6) },
      };
      const at = [
        ...Array.from({ length: 30 }, (_, step) => doublePlanAt(plan, step / 40)),
        ...Array.from({ length: 30 }, (_, step) => doublePlanAt(plan, step / 20, 'poisson')),
        ...Array.from({ length: 30 }, (_, step) => doublePlanInLot(plan, 400, 5 * step)),
      ];
      at.forEach(({ pa, notAccepted, asn }, index) => {
        expect(pa + notAccepted).toBeCloseTo(1, 12);
        if (index % 30 > 0) expect(pa).toBeLessThanOrEqual(at[index - 1]!.pa + 1e-14);
        expect(asn).toBeGreaterThanOrEqual(plan.n1);
        expect(asn).toBeLessThanOrEqual(plan.n1 + plan.n2 + 1e-9);
      });
    }
  });
});
