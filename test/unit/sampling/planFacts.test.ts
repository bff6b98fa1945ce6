import { describe, expect, it } from 'vitest';
import en from '../../../shared/messages/en/plan.ts';
import zh from '../../../shared/messages/zh/plan.ts';
import { binomialProbability } from '../../../shared/sampling/distributions.ts';
import { makePlan, type PlanRequest } from '../../../shared/sampling/makePlan.ts';
import {
  defectivesAtRate,
  outgoing,
  outgoingLimit,
} from '../../../shared/sampling/operatingCharacteristic.ts';
import { planFacts, planLimits } from '../../../shared/sampling/planFacts.ts';
import { mostAccepted, planAt, planInLot, rateOfPlan } from '../../../shared/sampling/planPoint.ts';
import type { SamplingPlan } from '../../../shared/sampling/samplingPlan.ts';
import { sequentialPlanInLot } from '../../../shared/sampling/sequentialCurve.ts';

function plan(request: PlanRequest): SamplingPlan {
  const result = makePlan(request);
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

const table = { lotSize: 1200, level: 'II', aql: '1.5', inspection: 'normal' } as const;
const wald = {
  scheme: 'sprt',
  lotSize: 1200,
  alpha: 0.05,
  beta: 0.1,
  truncateAt: null,
  designEffect: 1,
} as const;
const plans = {
  iso: plan({ scheme: 'iso2859-1', ...table }),
  defects: plan({ scheme: 'iso2859-1', ...table, counts: 'defects' }),
  gap: plan({ scheme: 'z1.4', ...table, inspection: 'reduced' }),
  zero: plan({ scheme: 'c0', lotSize: 1200, limitingRate: 0.03, confidence: 0.95 }),
  full: plan({ scheme: 'iso2859-1', ...table, lotSize: 8, aql: '0.65' }),
  isolated: plan({
    ...{ scheme: 'isolated', lotSize: 1200, limitingRate: 0.03, consumerRisk: 0.1 },
    producer: { rate: 0.005, risk: 0.05 },
  }),
  isolatedZero: plan({
    ...{ scheme: 'isolated', lotSize: 1200, limitingRate: 0.03, consumerRisk: 0.1, producer: null },
  }),
  double: plan({ scheme: 'double', ...table, stages: null }),
  doubleGap: plan({ scheme: 'double', ...table, inspection: 'reduced', stages: null }),
  doubleDefects: plan({ scheme: 'double', ...table, aql: '40', stages: null }),
  sequential: plan({ ...wald, p0: 0.01, p1: 0.05 }),
  clustered: plan({ ...wald, p0: 0.01, p1: 0.05, designEffect: 3 }),
} as const;
const every = Object.entries(plans) as [keyof typeof plans, SamplingPlan][];

describe('what a plan of any scheme does', () => {
  it.each(every)('falls from 1 with quality, for the process and for the real lot: %s', (_, given) => {
    const { oc, ocLot, asn } = planFacts(given);
    expect(oc[0]).toEqual({ p: 0, pa: 1 });
    expect(oc.length).toBeGreaterThanOrEqual(given.fullInspection ? 10 : 16);
    expect(oc.length).toBeLessThan(140);
    expect(oc.at(-1)!.pa).toBeLessThan(0.0015);
    for (const curve of [oc, ocLot]) {
      curve.forEach(({ pa }, at) => {
        expect(pa).toBeLessThanOrEqual((curve[at - 1]?.pa ?? 1) + 1e-14);
      });
    }
    expect(ocLot.length > 0).toBe(given.model === 'binomial');
    for (const { n } of asn) expect(n).toBeLessThanOrEqual(given.sampleSize * (1 + 1e-12));
  });

  it.each(every)('passes the quality of its LTPD one time in ten: %s', (_, given) => {
    expect(planAt(given, planFacts(given).ltpd).pa).toBeCloseTo(0.1, 9);
    expect(planAt(given, rateOfPlan(given, 0.95)).pa).toBeCloseTo(0.95, 9);
  });

  it.each(every)('has its risks at its own two points: %s', (name, given) => {
    const { producerRate, producerRisk, consumerRate, consumerRisk } = planFacts(given);
    const isLots = given.limitingRate !== null;
    if (isLots) expect(consumerRisk).toBe(planInLot(given, defectivesAtRate(1200, consumerRate)).pa);
    else expect(consumerRisk).toBe(planAt(given, consumerRate).pa);
    if (name === 'zero' || name === 'isolatedZero')
      expect([producerRate, producerRisk]).toEqual([null, null]);
    else if (isLots) expect(producerRisk).toBe(planInLot(given, 6).notAccepted);
    else expect(producerRisk).toBe(planAt(given, producerRate!).notAccepted);
  });

  it('knows those points from the AQL, the isolated lot and the sequential test', () => {
    expect(planFacts(plans.iso).producerRate).toBe(0.015);
    expect(planFacts(plans.defects).producerRate).toBe(0.015);
    expect(planFacts(plans.isolated)).toMatchObject({ producerRate: 0.005, consumerRate: 0.03 });
    expect(planFacts(plans.isolated).producerRisk).toBeLessThanOrEqual(0.05);
    expect(planFacts(plans.isolated).consumerRisk).toBeLessThanOrEqual(0.1);
    expect(planFacts(plans.sequential)).toMatchObject({ producerRate: 0.01, consumerRate: 0.05 });
  });

  it('accepts a count in the gap of reduced inspection', () => {
    expect(mostAccepted(plans.gap)).toBe(3);
    const [n, p] = [32, 0.1];
    let pa = 0;
    for (const [k, ways] of [1, 32, 496, 4960].entries()) pa += ways * p ** k * (1 - p) ** (n - k);
    expect(planAt(plans.gap, p).pa).toBeCloseTo(pa, 12);
    // Letter J reduced, 1.5: 20 and 20 units, 0/4 and then 1/5.
    expect(mostAccepted(plans.doubleGap)).toBe(4);
    expect(planAt(plans.doubleGap, 0.05).pa).toBeGreaterThan(planAt(plans.double, 0.05).pa);
    // None in the first 20; or 1 to 3 there, and no more than 4 in both.
    const of20 = (count: number) => binomialProbability(count, 20, 0.05);
    let passed = of20(0);
    for (const first of [1, 2, 3])
      for (let second = 0; first + second <= 4; second++) passed += of20(first) * of20(second);
    expect(planAt(plans.doubleGap, 0.05).pa).toBeCloseTo(passed, 12);
  });

  it('draws a sequential plan from its own lot, where what was found is not found again', () => {
    for (const defectives of [6, 30, 90]) {
      const inLot = planInLot(plans.sequential, defectives);
      expect(inLot).toEqual(sequentialPlanInLot(plans.sequential.sequential!, 1200, defectives));
      expect(inLot.asn).toBeLessThan(plans.sequential.sampleSize);
      expect(inLot.pa).not.toBe(planAt(plans.sequential, defectives / 1200).pa);
    }
  });

  it('stays quick enough to be redrawn: few points where a point is dear', () => {
    const long = plan({ ...wald, lotSize: 1e7, p0: 0.0005, p1: 0.001 });
    expect(long.sampleSize).toBeGreaterThan(15_000);
    expect(planFacts(long).oc.length).toBeLessThan(60);
  });
});

describe('outgoing quality', () => {
  it('has the limits of Dodge and Romig', () => {
    // Dodge & Romig, Sampling Inspection Tables (1959): AOQL = y (1/n - 1/N) with y .3679, .8400, 1.371, 1.942 for c 0..3.
    for (const [ac, y] of [0.3679, 0.84, 1.371, 1.942].entries()) {
      const [n, lot] = [4000, 4_000_000];
      expect(outgoingLimit(lot, n, ac).aoq / (1 / n - 1 / lot)).toBeCloseTo(y, 2);
    }
  });

  it('is nowhere above its limit, and all of the quality where nothing is ever turned away', () => {
    for (const ac of [0, 3, 10]) {
      const { p, aoq } = outgoingLimit(1200, 80, ac);
      expect(outgoing(1200, 80, ac, p).aoq).toBe(aoq);
      for (let step = 1; step < 200; step++) {
        expect(outgoing(1200, 80, ac, step / 200).aoq).toBeLessThanOrEqual(aoq * (1 + 1e-12));
      }
    }
    expect(outgoingLimit(100, 5, 5)).toEqual({ p: 1, aoq: 0.95 });
  });

  it('is stated for single plans of units that leave part of the lot unseen, and for no others', () => {
    for (const [name, given] of every) {
      const { aoq, aoql } = planFacts(given);
      const has = ['iso', 'gap', 'zero', 'isolated', 'isolatedZero'].includes(name);
      expect(aoq !== null, name).toBe(has);
      expect(aoql !== null, name).toBe(has);
    }
    expect(planFacts(plans.iso).aoql!.aoq).toBeCloseTo(0.02267, 4);
  });
});

describe('a plan in words', () => {
  it.each(every)('has its sentence in both languages, with every number it names: %s', (name, given) => {
    const { key, params } = planLimits(given);
    const sentences = {
      ...{
        iso: 'usual',
        defects: 'perHundred',
        gap: 'gap',
        zero: 'zero',
        full: 'full',
        isolated: 'isolated',
      },
      ...{
        isolatedZero: 'isolatedZero',
        double: 'double',
        doubleGap: 'double',
        doubleDefects: 'doublePerHundred',
      },
      ...{ sequential: 'sequential', clustered: 'sequential' },
    };
    expect(key).toBe(`plan.limits.${sentences[name]}`);
    for (const sentence of [{ key, params }, ...given.notes]) {
      const [, group, last] = sentence.key.split('.') as [string, 'limits' | 'notes', string];
      for (const catalogue of [en, zh]) {
        const text = (catalogue[group] as Record<string, string>)[last]!;
        const asked = new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, word]) => word!));
        for (const word of asked) expect(sentence.params).toHaveProperty(word);
        for (const value of Object.values(sentence.params)) expect(String(value)).not.toContain('NaN');
      }
    }
  });

  it.each(every)('has numbers that are the plan’s own, to three digits: %s', (_, given) => {
    const { params } = planLimits(given) as { params: Readonly<Record<string, number>> };
    const inLot = (percent: number) => 100 * planInLot(given, defectivesAtRate(1200, percent / 100)).pa;
    const says = (word: string, value: number) => {
      if (word in params) expect(Math.abs(params[word]! - value)).toBeLessThanOrEqual(0.005 * value);
    };
    if ('ltpd' in params) expect(planAt(given, params.ltpd! / 100).pa).toBeCloseTo(0.1, 2);
    if ('tenth' in params) expect(inLot(params.tenth!)).toBeLessThan(10.5);
    if ('times' in params) expect(Math.abs(inLot(params.rate!) - params.times!)).toBeLessThanOrEqual(0.5);
    if ('half' in params) says('halfTimes', inLot(params.rate! / 2));
    says('half', params.rate! / 2);
    if (!given.sequential) return;
    expect([params.good, params.bad]).toEqual([1, 5]);
    says('turnedAway', 100 * planAt(given, 0.01).notAccepted);
    says('passes', 100 * planAt(given, 0.05).pa);
    expect(params.mean).toBe(Math.ceil(planAt(given, 0.01).asn));
    const means = Array.from({ length: 41 }, (_, at) => planAt(given, 0.01 + 0.001 * at).asn);
    expect(Math.abs(params.longest! - Math.max(...means))).toBeLessThan(0.03 * params.longest!);
  });

  it('says of 80 drawn and at most 2 bad what the hypergeometric says', () => {
    const { params } = planLimits(plan({ scheme: 'iso2859-1', ...table, aql: '1.0' })) as {
      params: Record<string, number>;
    };
    expect(params).toMatchObject({ n: 80, ac: 2 });
    const { rate, times, tenth } = params as { rate: number; times: number; tenth: number };
    const given = plan({ scheme: 'iso2859-1', ...table, aql: '1.0' });
    expect(Math.round(100 * planInLot(given, defectivesAtRate(1200, rate / 100)).pa)).toBe(times);
    expect(planInLot(given, Math.round(12 * tenth)).pa).toBeLessThanOrEqual(0.1);
    expect(planInLot(given, Math.round(12 * tenth) - 1).pa).toBeGreaterThan(0.1);
  });

  it('says that none in 125 still allows 2.4 %', () => {
    // 1 - 0.05^(1/125) = 2.37 %: the exact one-sided bound for 0 of 125 at 95 %.
    const given = plan({ scheme: 'iso2859-1', ...table, lotSize: 3_000_000, aql: '0.10', level: 'S-4' });
    expect(given).toMatchObject({ sampleSize: 125, acceptanceNumber: 0 });
    expect(planLimits(given)).toMatchObject({ key: 'plan.limits.zero', params: { n: 125, upper: 2.37 } });
  });
});
