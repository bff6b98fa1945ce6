import { describe, expect, it } from 'vitest';
import {
  acceptanceProbability,
  lotAcceptanceProbability,
} from '../../../shared/sampling/operatingCharacteristic.ts';
import { runSequential, sequentialPlan } from '../../../shared/sampling/sequential.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { answer, near, refusal } from './ask.ts';

describe('oc-double', () => {
  const plan = { n1: 50, ac1: 0, re1: 2, n2: 50, ac2: 1, re2: 2 };

  it('gives the reference value', () => {
    expect(answer('oc-double', { ...plan, p: [0.02, 0] })).toEqual({
      pa: [near(0.499496), 1],
      asn: [near(68.5801, 4), 50],
    });
  });

  it('agrees with drawing', () => {
    const random = seededRandom(81);
    const [rounds, p] = [40_000, 0.03];
    const bad = (n: number) => Array.from({ length: n }, () => random.next() < p).filter(Boolean).length;
    let [accepted, inspected] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const first = bad(50);
      inspected += 50;
      if (first === 0) accepted++;
      else if (first < 2) {
        inspected += 50;
        if (first + bad(50) <= 1) accepted++;
      }
    }
    const { pa, asn } = answer('oc-double', { ...plan, p: [p] }) as { pa: number[]; asn: number[] };
    expect(Math.abs(pa[0]! - accepted / rounds)).toBeLessThan(0.01);
    expect(Math.abs(asn[0]! - inspected / rounds)).toBeLessThan(0.6);
  });
});

describe('plans in stages, for a real lot and for defects', () => {
  const double = { n1: 5, ac1: 0, re1: 2, n2: 5, ac2: 1, re2: 2 };

  it('oc-double: by the ways to choose', () => {
    // Lot 20 with 3 bad: C(17,5) ways of none in five, and one in five followed by none of the other two.
    const [none, one] = [6188 / 15504, (3 * 2380) / 15504];
    const then = 1287 / 3003;
    expect(answer('oc-double', { ...double, lot: 20, defectives: [3, 0] })).toEqual({
      pa: [near(none + one * then, 12), 1],
      asn: [near(5 + 5 * one, 12), 5],
    });
  });

  it('oc-double: defects by Poisson', () => {
    const [first, second] = [Math.exp(-2.5), Math.exp(-2.5)];
    expect(answer('oc-double', { ...double, p: [0.5], model: 'poisson' })).toEqual({
      pa: [near(first + 2.5 * first * second, 12)],
      asn: [near(5 + 5 * 2.5 * first, 12)],
    });
    const reduced = { ...double, ac2: 0, re2: 2 };
    expect(answer('oc-double', { ...reduced, p: [0.1] })).toEqual(
      answer('oc-double', { ...double, p: [0.1] }),
    );
    expect(refusal('oc-double', { ...double, re2: 1, p: [0.1] })?.field).toBe('/re2');
    expect(refusal('oc-double', { ...double, p: [1.5] })?.field).toBe('/p');
    expect(refusal('oc-double', double)?.field).toBe('/p');
    expect(refusal('oc-double', { ...double, lot: 9, defectives: [1] })?.field).toBe('/lot');
    expect(refusal('oc-double', { ...double, lot: 20, defectives: [21] })?.field).toBe('/defectives');
    expect(refusal('oc-double', { ...double, lot: 20 })?.field).toBe('/defectives');
  });

  it('sprt: the exact curve of the truncated plan', () => {
    const wish = { p0: 0.02, p1: 0.1, alpha: 0.05, beta: 0.1 };
    const { pa, asn } = answer('sprt', { ...wish, p: [0, 1, 0.05], nMax: 98 }) as {
      pa: number[];
      asn: number[];
    };
    expect([pa[0], pa[1], asn[0], asn[1]]).toEqual([1, 0, 27, 2]);
    expect(pa[2]).toBeGreaterThan(0.5);
    expect(asn[2]).toBeLessThan(60);
    const lot = answer('sprt', { ...wish, lot: 400, defectives: [0, 400], nMax: 98 });
    expect(lot).toMatchObject({ pa: [1, 0], asn: [27, 2], minAcceptN: 27 });
    const wide = answer('sprt', { ...wish, designEffect: 3, p: [0], nMax: 300 });
    // None bad: accepted where 3 hAccept / slope units are judged.
    expect(wide).toMatchObject({ hAccept: near(3 * 1.328513, 5), minAcceptN: 80, asn: [80] });
    expect(refusal('sprt', { ...wish, p: [0.1] })?.field).toBe('/nMax');
    expect(refusal('sprt', { ...wish, p: [0.1], nMax: 1_000_001 })?.field).toBe('/nMax');
    expect(refusal('sprt', { ...wish, lot: 50, defectives: [1], nMax: 51 })?.field).toBe('/nMax');
  });
});

describe('find-plan', () => {
  it('equals trying every n and Ac', () => {
    for (const model of ['binomial', 'poisson', 'hypergeometric'] as const) {
      for (const [p1, p2] of [
        [0.02, 0.1],
        [0.05, 0.2],
        [0.01, 0.08],
      ] as const) {
        const lot = 200;
        const pa = (n: number, ac: number, p: number, isGood: boolean) =>
          model === 'hypergeometric'
            ? lotAcceptanceProbability(
                n,
                ac,
                lot,
                (isGood ? Math.floor : Math.ceil)(Number((lot * p).toFixed(9))),
              )
            : acceptanceProbability(n, ac, p, model);
        const search = () => {
          for (let n = 1; n <= 500; n++) {
            for (let ac = 0; ac < n; ac++) {
              if (pa(n, ac, p1, true) >= 0.95 && pa(n, ac, p2, false) <= 0.1) return { n, ac };
            }
          }
          return null;
        };
        expect(answer('find-plan', { model, lot, p1, pa1: 0.95, p2, pa2: 0.1 })).toEqual(search());
      }
    }
  });

  it('finds large plans as well', () => {
    const wish = { model: 'binomial', p1: 0.1, pa1: 0.95, p2: 0.11, pa2: 0.1 } as const;
    const { n, ac } = answer('find-plan', wish) as { n: number; ac: number };
    expect(ac).toBeGreaterThan(400);
    expect(acceptanceProbability(n, ac, 0.1, 'binomial')).toBeGreaterThanOrEqual(0.95);
    expect(acceptanceProbability(n, ac, 0.11, 'binomial')).toBeLessThanOrEqual(0.1);
    expect(acceptanceProbability(n - 1, ac, 0.11, 'binomial')).toBeGreaterThan(0.1);
  });

  it('says when there is none', () => {
    expect(
      refusal('find-plan', { model: 'hypergeometric', lot: 20, p1: 0.01, pa1: 0.95, p2: 0.02, pa2: 0.0001 }),
    ).toBeNull();
    expect(
      refusal('find-plan', { model: 'binomial', p1: 0.1, pa1: 0.99, p2: 0.1 + 1e-9, pa2: 0.01 })?.code,
    ).toBe('plan-none-found');
    expect(
      refusal('find-plan', { model: 'hypergeometric', p1: 0.01, pa1: 0.9, p2: 0.1, pa2: 0.1 })?.field,
    ).toBe('/lot');
    expect(refusal('find-plan', { model: 'binomial', p1: 0.2, pa1: 0.9, p2: 0.1, pa2: 0.1 })?.field).toBe(
      '/p2',
    );
  });
});

describe('sprt', () => {
  const wish = { p0: 0.02, p1: 0.1, alpha: 0.05, beta: 0.1 };

  it('gives the reference lines', () => {
    expect(answer('sprt', wish)).toMatchObject({
      hAccept: near(1.328513),
      hReject: near(1.705641),
      slope: near(0.0502526, 7),
      minAcceptN: 27,
    });
  });

  it('stops at the first decision', () => {
    expect(answer('sprt', { ...wish, outcomes: '0'.repeat(40) })).toMatchObject({
      decision: 'accept',
      atN: 27,
    });
    expect(answer('sprt', { ...wish, outcomes: '0'.repeat(26) })).toMatchObject({
      decision: 'continue',
      atN: 26,
    });
    expect(answer('sprt', { ...wish, outcomes: '0110' })).toMatchObject({ decision: 'reject', atN: 3 });
    expect(answer('sprt', { ...wish, outcomes: '' })).toMatchObject({ decision: 'continue', atN: 0 });
    expect(answer('sprt', { ...wish, outcomes: '01000', nMax: 5 })).toMatchObject({
      decision: 'reject',
      atN: 5,
    });
    expect(refusal('sprt', { ...wish, outcomes: '012' })?.field).toBe('/outcomes');
  });

  it('holds its risks and its mean length when units come in random order', () => {
    const plan = sequentialPlan(0.02, 0.1, 0.05, 0.1);
    const random = seededRandom(82);
    function* drawnUnits(p: number): Generator<boolean> {
      for (;;) yield random.next() < p;
    }
    const play = (p: number) => {
      let [rejected, units] = [0, 0];
      for (let round = 0; round < 4000; round++) {
        const { decision, atN } = runSequential(plan, drawnUnits(p));
        units += atN;
        if (decision === 'reject') rejected++;
      }
      return { rejected: rejected / 4000, mean: units / 4000 };
    };
    const [good, bad] = [play(0.02), play(0.1)];
    expect(good.rejected).toBeLessThan(0.06);
    expect(1 - bad.rejected).toBeLessThan(0.11);
    // Wald's means leave out the overshoot, so the real ones are a little longer.
    expect(good.mean / plan.asnAtP0).toBeGreaterThan(0.98);
    expect(good.mean / plan.asnAtP0).toBeLessThan(1.25);
    expect(bad.mean / plan.asnAtP1).toBeGreaterThan(0.98);
    expect(bad.mean / plan.asnAtP1).toBeLessThan(1.35);
  });
});

describe('switching', () => {
  const lot = (accepted: boolean, more: object = {}) => ({ accepted, ac: 1, ...more });
  const fold = (state: string, lots: object[], circumstances: object = {}) =>
    answer('switching', { state, lots, steady: true, agreed: true, ...circumstances }) as {
      state: string;
      score: number;
      ledger: { before: string; after: string; score: number; counted: boolean }[];
    };
  const yes = lot(true);
  const no = lot(false);

  it('tightens on two of five, and not on two of six', () => {
    expect(fold('normal', [no, yes, yes, yes, no]).state).toBe('tightened');
    expect(fold('normal', [no, yes, yes, yes, yes, no]).state).toBe('normal');
    expect(fold('normal', [no, no]).ledger.map(({ after }) => after)).toEqual(['normal', 'tightened']);
  });

  it('returns after five accepted in a row, and stops after five not accepted in total', () => {
    expect(fold('tightened', [yes, yes, no, yes, yes, yes, yes]).state).toBe('tightened');
    expect(fold('tightened', [yes, yes, no, yes, yes, yes, yes, yes]).state).toBe('normal');
    const slow = [no, yes, no, yes, no, yes, no, yes, no, yes];
    const { state, ledger } = fold('tightened', slow);
    expect(state).toBe('discontinued');
    expect(ledger[8]).toMatchObject({ before: 'tightened', after: 'discontinued', counted: true });
    expect(ledger[9]).toMatchObject({ before: 'discontinued', after: 'discontinued', counted: false });
  });

  it('earns reduced inspection by score, if production is steady and the authority agrees', () => {
    const fifteen = Array.from({ length: 15 }, () => yes);
    expect(fold('normal', fifteen).state).toBe('reduced');
    expect(fold('normal', fifteen.slice(1))).toMatchObject({ state: 'normal', score: 28 });
    expect(fold('normal', fifteen, { agreed: false })).toMatchObject({ state: 'normal', score: 30 });
    expect(fold('normal', fifteen, { steady: false }).state).toBe('normal');
    expect(fold('reduced', [yes, no, yes]).ledger.map(({ after }) => after)).toEqual([
      'reduced',
      'normal',
      'normal',
    ]);
    expect(fold('reduced', [yes], { steady: false }).state).toBe('normal');
  });

  it('scores 3 only where the stricter plan would have passed too', () => {
    const wide = { ac: 3, tighterAc: 2 };
    expect(fold('normal', [lot(true, { ...wide, defects: 2 })]).score).toBe(3);
    expect(fold('normal', [yes, lot(true, { ...wide, defects: 3 })]).score).toBe(0);
    expect(fold('normal', [yes, lot(true, { ac: 3, defects: 0 })]).score).toBe(0);
    expect(fold('normal', [yes, yes, no, yes]).score).toBe(2);
  });

  it('records resubmissions and lets them move nothing', () => {
    const again = lot(false, { resubmission: true });
    const { state, ledger } = fold('normal', [no, again, again, again]);
    expect(state).toBe('normal');
    expect(ledger.map(({ counted }) => counted)).toEqual([true, false, false, false]);
  });
});
