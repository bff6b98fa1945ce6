import { describe, expect, it } from 'vitest';
import { aqlSeries } from '../../../shared/sampling/iso2859.ts';
import { makePlan, type PlanRequest } from '../../../shared/sampling/makePlan.ts';
import { planFacts, planLimits } from '../../../shared/sampling/planFacts.ts';
import { inspectionLevels, inspectionStates } from '../../../shared/sampling/samplingPlan.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const random = seededRandom(91);
const oneOf = <Item>(items: readonly Item[]): Item => items[random.integer(0, items.length - 1)]!;

/** Whatever a spec, a slider or a command line can ask for, sound or not. */
function anyRequest(): PlanRequest {
  const lotSize = Math.floor(10 ** random.between(0, 7));
  const rate = 10 ** random.between(-3.5, -0.05);
  const address = {
    level: oneOf(inspectionLevels),
    inspection: oneOf(inspectionStates),
    aql: oneOf(aqlSeries),
  };
  const ac1 = random.integer(0, 3);
  const ac2 = ac1 + random.integer(1, 4);
  const stages = {
    ...{ n1: random.integer(1, 200), ac1, re1: ac1 + random.integer(2, 4) },
    ...{ n2: random.integer(1, 200), ac2, re2: ac2 + 1 },
  };
  return oneOf<() => PlanRequest>([
    () => ({ scheme: 'iso2859-1', lotSize, ...address, counts: oneOf(['units', 'defects', undefined]) }),
    () => ({ scheme: 'z1.4', lotSize, ...address }),
    () => ({ scheme: 'double', lotSize, ...address, stages: null }),
    () => ({ scheme: 'double', lotSize, ...address, stages }),
    () => ({ scheme: 'c0', lotSize, limitingRate: rate, confidence: random.between(0.5, 0.999) }),
    () => ({
      ...{ scheme: 'isolated', lotSize, limitingRate: rate, consumerRisk: random.between(0.01, 0.3) },
      producer: random.next() < 0.3 ? null : { rate: rate / random.between(2, 20), risk: 0.05 },
    }),
    () => ({
      ...{ scheme: 'sprt', lotSize, p0: rate / random.between(2, 10), p1: rate, alpha: 0.05, beta: 0.1 },
      truncateAt: random.next() < 0.5 ? null : random.integer(1, 400),
      designEffect: random.next() < 0.7 ? 1 : random.between(1, 5),
    }),
  ])();
}

const isShare = (value: number): boolean => value >= 0 && value <= 1 + 1e-12;

describe('any plan there is', () => {
  it('has sound numbers, curves and a sentence, or says why there is none', () => {
    const refusals = new Set<string>();
    let made = 0;
    for (let round = 0; round < 400; round++) {
      const request = anyRequest();
      const plan = makePlan(request);
      const say = JSON.stringify(request);
      if (!plan.ok) {
        refusals.add(plan.problem.code);
        continue;
      }
      made++;
      const { sampleSize, acceptanceNumber, rejectionNumber, lotSize } = plan.value;
      expect(sampleSize, say).toBeGreaterThan(0);
      expect(sampleSize, say).toBeLessThanOrEqual(lotSize);
      expect(rejectionNumber, say).toBeGreaterThan(acceptanceNumber);
      const facts = planFacts(plan.value);
      for (const curve of [facts.oc, facts.ocLot]) {
        curve.forEach(({ pa }, at) => {
          expect(isShare(pa) && pa <= (curve[at - 1]?.pa ?? 1) + 1e-11, `${say} at ${at}: ${pa}`).toBe(true);
        });
      }
      expect(facts.oc.length, say).toBeLessThan(160);
      for (const { n } of facts.asn)
        expect(n > 0 && n <= sampleSize * (1 + 1e-11), `${say}: ${n}`).toBe(true);
      for (const risk of [facts.producerRisk ?? 0, facts.consumerRisk]) expect(isShare(risk), say).toBe(true);
      expect(facts.ltpd, say).toBeGreaterThan(0);
      if (facts.aoql) expect(facts.aoql.aoq, say).toBeLessThanOrEqual(facts.aoql.p);
      for (const value of Object.values(planLimits(plan.value).params)) {
        expect(Number.isFinite(Number(value)), `${say} ${JSON.stringify(planLimits(plan.value))}`).toBe(true);
      }
    }
    expect(made).toBeGreaterThan(250);
    expect([...refusals].sort()).toEqual(
      expect.arrayContaining(['plan-counts-defects', 'plan-double-too-large', 'plan-lot-size']),
    );
  });
});
