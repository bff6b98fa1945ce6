/** Rules of a spec brought from scheme to scheme, and what a lot asks to be chosen. */
import { describe, expect, test } from 'vitest';
import { shippedSpec } from '../../../renderer/screens/intake/specFile.ts';
import type { Intake } from '../../../shared/audit/events.ts';
import { planRequest } from '../../../shared/audit/frozenPlan.ts';
import {
  countsOnSeries,
  labelsOnOneUnit,
  nearestAql,
  ruleOfRequest,
  ruleUnder,
  soundStages,
  specStandingAlone,
  standsAlone,
  withRule,
} from '../../../shared/audit/planChoice.ts';
import { doubleStagesSchema, type PlanRule, planRuleSchema } from '../../../shared/audit/planRule.ts';
import { qaSpecSchema } from '../../../shared/audit/qaSpec.ts';
import { planForLot } from '../../../shared/sampling/makePlan.ts';
import { planAt } from '../../../shared/sampling/planPoint.ts';
import { planSchemes } from '../../../shared/sampling/samplingPlan.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const major: PlanRule = {
  scheme: 'iso2859-1',
  severity: 'major',
  aql: '1.5',
  level: 'II',
  inspection: 'normal',
};
const intake = { isPilot: false, resubmits: null } as unknown as Intake;

function planOf(rule: PlanRule, lot: number) {
  const plan = planForLot(planRequest(rule, lot));
  if (!plan.ok) throw new Error(plan.problem.code);
  return plan.value;
}

describe('from scheme to scheme', () => {
  const pairs = planSchemes.flatMap((from) => planSchemes.map((to) => [from, to] as const));

  test.each(pairs)('a rule of %s becomes a sound one of %s with a plan on every usual lot', (from, to) => {
    for (const lot of [150, 1912, 40_000]) {
      const rule = ruleUnder(to, ruleUnder(from, major, lot), lot);
      expect(rule.scheme).toBe(to);
      expect(rule.severity).toBe('major');
      expect(planRuleSchema.safeParse(rule).success).toBe(true);
      expect(planForLot(planRequest(rule, lot)).ok).toBe(true);
    }
  });

  test.each(['isolated', 'sprt'] as const)(
    'under %s good work still passes and bad work does not',
    (scheme) => {
      const table = planOf(major, 1912);
      const plan = planOf(ruleUnder(scheme, major, 1912), 1912);
      const bad = planAt(table, 0.0725).pa;
      expect(planAt(plan, 0.015).pa).toBeGreaterThan(0.93);
      expect(Math.abs(planAt(plan, 0.0725).pa - bad)).toBeLessThan(0.04);
    },
  );

  test('what the schemes share is kept: AQL, level, state and what is counted', () => {
    const rule: PlanRule = { ...major, level: 'III', inspection: 'tightened', counts: 'defects' };
    expect(ruleUnder('z1.4', rule, 1912)).toEqual({ ...rule, scheme: 'z1.4' });
    expect(ruleUnder('iso2859-1', ruleUnder('z1.4', rule, 1912), 1912)).toEqual(rule);
    expect(ruleUnder('iso2859-1', rule, 1912)).toBe(rule);
  });

  test('the nearest AQL is one of the series for units', () => {
    expect(nearestAql(0.015)).toBe('1.5');
    expect(nearestAql(0.0001)).toBe('0.010');
    expect(nearestAql(0.5)).toBe('10');
  });

  test('a rule from what was asked for gives the same plan', () => {
    for (const scheme of planSchemes) {
      const rule = ruleUnder(scheme, major, 1912);
      expect(ruleOfRequest('major', planRequest(rule, 1912))).toEqual({ ...rule, ...countsOf(rule) });
    }
  });

  test('any six numbers become stages that a spec takes', () => {
    const random = seededRandom(11);
    const number = (): number => random.integer(-5, 35);
    for (let round = 0; round < 500; round++) {
      const stages = {
        n1: number(),
        ac1: number(),
        re1: number(),
        n2: number(),
        ac2: number(),
        re2: number(),
      };
      const sound = soundStages(stages);
      expect(doubleStagesSchema.safeParse(sound).success, JSON.stringify(stages)).toBe(true);
      expect(soundStages(sound)).toEqual(sound);
    }
  });
});

/** A request always says what is counted where its scheme lets it be chosen. */
function countsOf(rule: PlanRule): object {
  return rule.scheme === 'iso2859-1' || rule.scheme === 'z1.4' ? { counts: rule.counts ?? 'units' } : {};
}

describe('what a lot asks for', () => {
  test('pilots and resubmissions stand alone', () => {
    expect(standsAlone(intake)).toBeNull();
    expect(standsAlone({ ...intake, isPilot: true })).toBe('pilot');
    expect(standsAlone({ ...intake, resubmits: 'a1' })).toBe('resubmission');
  });

  test('every plan that counts on a series is replaced, c = 0 stays, and the spec is still one', () => {
    const spec = specStandingAlone(shippedSpec, { lotSize: 1912, cells: 320 });
    expect([...spec.plans, ...spec.search.plans].some(countsOnSeries)).toBe(false);
    expect(spec.plans[0]).toEqual(shippedSpec.plans[0]);
    expect(qaSpecSchema.safeParse(spec).success).toBe(true);
    expect(specStandingAlone(spec, { lotSize: 1912, cells: 320 })).toEqual(spec);
  });

  test('one rule is replaced at its place alone', () => {
    const spec = withRule(shippedSpec, { sample: 'cells', at: 1 }, major);
    expect(spec.search.plans).toEqual([shippedSpec.search.plans[0], major]);
    expect(spec.plans).toEqual(shippedSpec.plans);
  });

  test('a frame of 47 labels that counts once fails on one slip among 47; defects or labels do not', () => {
    const delivery = { frames: 40, scenes: 2, labels: 1880 };
    expect(labelsOnOneUnit(shippedSpec, delivery)).toBeNull();
    expect(labelsOnOneUnit({ ...shippedSpec, unit: 'frame' }, delivery)).toBe(47);
    expect(labelsOnOneUnit({ ...shippedSpec, unit: 'scene' }, delivery)).toBe(940);
    const plans = [{ ...major, counts: 'defects' as const }];
    expect(labelsOnOneUnit({ ...shippedSpec, unit: 'frame', plans }, delivery)).toBeNull();
  });
});
