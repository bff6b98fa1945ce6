/** Plans found from a contract's words keep those words, and no smaller plan of their kind does. */
import { describe, expect, test } from 'vitest';
import {
  badShare,
  type ContractWords,
  contractOffers,
  lotPromise,
  type OfferKind,
} from '../../../shared/sampling/contractWords.ts';
import {
  acceptanceProbability,
  lotAcceptanceProbability,
} from '../../../shared/sampling/operatingCharacteristic.ts';
import { planAt } from '../../../shared/sampling/planPoint.ts';

const words: ContractWords = { shareRight: 0.97, clientRisk: 0.1, vendor: null };
const both: ContractWords = { ...words, vendor: { shareRight: 0.995, risk: 0.05 } };

function offer(of: ContractWords, lot: number, kind: OfferKind) {
  return contractOffers(of, lot).offers.find((entry) => entry.kind === kind) ?? null;
}

describe('from the words of a contract', () => {
  test('at least 97 % right, at most 10 % risk: of 400, 69 are judged and none may be bad', () => {
    // 12 bad of 400: C(388, n) / C(400, n) first falls to 0.1 at this n, counted out below.
    const { plan } = offer(words, 400, 'isolated')!;
    let [n, chance] = [0, 1];
    while (chance > 0.1) {
      chance *= (388 - n) / (400 - n);
      n += 1;
    }
    expect([plan.sampleSize, plan.acceptanceNumber]).toEqual([n, 0]);
    expect(n).toBe(69);
    expect(lotPromise(plan, words)).toMatchObject({ goodTurnedAway: null, safeDefectives: 0 });
  });

  test.each([300, 1912, 20_000, 10_000_000])(
    'a lot of %d keeps both sides, and one unit less does not',
    (lot) => {
      const { plan } = offer(both, lot, 'isolated')!;
      const { sampleSize: n, acceptanceNumber: ac } = plan;
      const [bad, good] = [Math.ceil(0.03 * lot), Math.floor(0.005 * lot)];
      expect(lotAcceptanceProbability(n, ac, lot, bad)).toBeLessThanOrEqual(0.1);
      expect(lotAcceptanceProbability(n, ac, lot, good)).toBeGreaterThanOrEqual(0.95);
      const keeps = (fewer: number): boolean =>
        lotAcceptanceProbability(n - 1, fewer, lot, bad) <= 0.1 &&
        lotAcceptanceProbability(n - 1, fewer, lot, good) >= 0.95;
      expect([ac - 1, ac, ac + 1].filter((fewer) => fewer >= 0).some(keeps)).toBe(false);
      const promise = lotPromise(plan, both);
      expect(promise.badPasses).toBeCloseTo(lotAcceptanceProbability(n, ac, lot, bad), 12);
      expect(promise.goodTurnedAway).toBeCloseTo(1 - lotAcceptanceProbability(n, ac, lot, good), 9);
    },
  );

  test('a plan of the tables keeps the same risks for a process', () => {
    const found = offer(words, 5000, 'series')!;
    const { sampleSize: n, acceptanceNumber: ac, scheme, fullInspection } = found.plan;
    expect([scheme, fullInspection]).toEqual(['iso2859-1', false]);
    expect(acceptanceProbability(n, ac, 0.03, 'binomial')).toBeLessThanOrEqual(0.1);
    expect(found.request).toMatchObject({ level: expect.any(String), inspection: 'normal' });
  });

  test('where no plan of the tables keeps the words there is none, and the lot has its own', () => {
    const strict: ContractWords = { shareRight: 0.9999, clientRisk: 0.01, vendor: null };
    expect(offer(strict, 1000, 'series')).toBeNull();
    expect(offer(strict, 1000, 'isolated')!.plan.sampleSize).toBeGreaterThan(900);
  });

  test('a sequential plan is offered only where both sides are agreed, and judges fewer units on average', () => {
    expect(offer(words, 5000, 'sequential')).toBeNull();
    const sequential = offer(both, 5000, 'sequential')!.plan;
    const single = offer(both, 5000, 'isolated')!.plan;
    expect(planAt(sequential, 0.005).asn).toBeLessThan(single.sampleSize);
    expect(planAt(sequential, 0.03).asn).toBeLessThan(single.sampleSize);
  });

  test('words that contradict themselves say why nothing was found', () => {
    const crossed: ContractWords = { ...words, vendor: { shareRight: 0.96, risk: 0.05 } };
    const { offers, reason } = contractOffers(crossed, 1000);
    expect(offers.map(({ kind }) => kind)).not.toContain('isolated');
    expect(reason?.code).toBe('plan-points-crossed');
  });

  test('a share is what people wrote, not its double', () => {
    expect(badShare(0.97)).toBe(0.03);
    expect(badShare(0.995)).toBe(0.005);
  });
});
