/** The printed command lines, read by the command line itself, come to the very plan that was frozen. */
import { parseArgs } from 'node:util';
import { describe, expect, test } from 'vitest';
import { planFromOptions, planOptions } from '../../../electron/cli/commands/planOptions.ts';
import type { FrozenSample } from '../../../shared/audit/events.ts';
import { freezePlan, planRequest } from '../../../shared/audit/frozenPlan.ts';
import type { PlanRule } from '../../../shared/audit/qaSpec.ts';
import { compute } from '../../../shared/compute/compute.ts';
import { translator } from '../../../shared/messages/translate.ts';
import { planNumbers, planParameters } from '../../../shared/report/planWords.ts';
import { percent } from '../../../shared/report/quantities.ts';
import { commandsOf } from '../../../shared/report/recompute.ts';
import { planForLot } from '../../../shared/sampling/makePlan.ts';
import { planAt, planInLot } from '../../../shared/sampling/planPoint.ts';
import type { SamplingPlan } from '../../../shared/sampling/samplingPlan.ts';

const severity = 'major';
const table = { severity, aql: '1.5', level: 'II', inspection: 'normal' } as const;
const stages = { n1: 50, ac1: 0, re1: 3, n2: 50, ac2: 3, re2: 4 };
const sprt = { scheme: 'sprt', severity, p0: 0.02, p1: 0.1, alpha: 0.05, beta: 0.1 } as const;

const rules: readonly PlanRule[] = [
  { scheme: 'iso2859-1', ...table },
  { scheme: 'iso2859-1', ...table, aql: '15', counts: 'defects' },
  { scheme: 'z1.4', ...table, inspection: 'reduced' },
  { scheme: 'c0', severity, limitingRate: 0.025, confidence: 0.95 },
  { scheme: 'isolated', severity, limitingRate: 0.03, consumerRisk: 0.1, producer: null },
  {
    scheme: 'isolated',
    severity,
    limitingRate: 0.03,
    consumerRisk: 0.1,
    producer: { rate: 0.005, risk: 0.05 },
  },
  { scheme: 'double', severity, aql: '1.5', level: 'II', inspection: 'normal', stages: null },
  { scheme: 'double', severity, aql: '2.5', level: 'II', inspection: 'reduced', stages: null },
  { scheme: 'double', severity, aql: '40', level: 'II', inspection: 'tightened', stages: null },
  { scheme: 'double', severity, aql: null, level: 'II', inspection: 'normal', stages },
  { ...sprt, truncateAt: null, designEffect: 1 },
  { ...sprt, truncateAt: 200, designEffect: 1.5 },
];

function planOf(rule: PlanRule): SamplingPlan {
  const plan = planForLot(planRequest(rule, 1912));
  if (!plan.ok) throw new Error(plan.problem.code);
  return plan.value;
}

function linesOf(...plans: readonly SamplingPlan[]): string[] {
  const draw = {
    prng: 'x',
    seed: '0'.repeat(32),
    population: 1912,
    populationHash: 'a'.repeat(64),
    units: [],
  };
  const labels = {
    ...draw,
    unit: 'cuboid',
    excluded: {},
    plans: plans.map((plan) => freezePlan(severity, plan)),
  };
  const sample = { labels, cells: { ...draw, plans: labels.plans } } as unknown as FrozenSample;
  return commandsOf(sample, '/data/batch 7');
}

describe.each(rules.map((rule) => [rule.scheme, rule] as const))('%s %o', (_scheme, rule) => {
  const plan = planOf(rule);

  test('assay plan answers the same plan', () => {
    const line = linesOf(plan).find((entry) => entry.startsWith('assay plan '))!;
    const options = { ...planOptions, lot: { type: 'string' } } as const;
    const { values } = parseArgs({ args: line.split(' ').slice(2), options });
    const again = planFromOptions(values, Number(values.lot), (key) => key);
    expect({ ...again, notes: [], tableSampleSize: 0 }).toEqual({ ...plan, notes: [], tableSampleSize: 0 });
  });

  test('assay compute gives the chance of the lot', () => {
    const line = linesOf(plan).find((entry) => entry.includes('assay compute '))!;
    const [, json, quantity] = /'(.*)' \| assay compute (\S+)/.exec(line)!;
    const input: { defectives?: number[]; p?: number[] } = JSON.parse(json!);
    const answer = compute(quantity!, input) as { value: { pa: number[] } };
    const expected =
      input.defectives?.map((bad) => planInLot(plan, bad).pa) ?? input.p!.map((p) => planAt(plan, p).pa);
    expect(answer.value.pa).toEqual(expected);
  });

  test.each(['en', 'zh'] as const)('is told in words without gaps (%s)', (language) => {
    const said = [
      planParameters(plan, translator(language), percent),
      ...planNumbers(plan, translator(language)),
    ];
    for (const sentence of said) expect(sentence).not.toMatch(/\{\{|undefined|null|NaN|designer\./);
  });
});

describe('recomputing', () => {
  test('a path with a blank is quoted, a plan that two samples share is printed once', () => {
    const lines = linesOf(planOf(rules[0]!));
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.filter((line) => line.startsWith('assay sample '))).toEqual([
      `assay sample '/data/batch 7' --unit cuboid --n 125 --seed ${'0'.repeat(32)} --spec spec.json`,
      `assay sample '/data/batch 7' --unit cell --n 125 --seed ${'0'.repeat(32)} --spec spec.json`,
    ]);
  });
});
