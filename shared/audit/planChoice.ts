/** Choosing rules of a QA spec: from one scheme to another by what both mean, and what a lot asks to be chosen. */
import type { Result } from '../base/problem.ts';
import { aqlSeries } from '../sampling/iso2859.ts';
import { makePlan, type PlanRequest, planForLot } from '../sampling/makePlan.ts';
import { rateAcceptedWith } from '../sampling/operatingCharacteristic.ts';
import type { DoubleStages, PlanScheme, SamplingPlan } from '../sampling/samplingPlan.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { Intake } from './events.ts';
import { planRequest } from './frozenPlan.ts';
import type { DefectSeverity, PlanRule, PlanRuleOf } from './planRule.ts';
import type { QaSpec, UnitKind } from './qaSpec.ts';

/** Where a rule stands in a spec. */
export interface RulePlace {
  readonly sample: 'labels' | 'cells';
  readonly at: number;
}

/** The same spec with one rule replaced. */
export function withRule(spec: QaSpec, { sample, at }: RulePlace, rule: PlanRule): QaSpec {
  const replaced = (rules: readonly PlanRule[]): PlanRule[] =>
    rules.map((entry, index) => (index === at ? rule : entry));
  return sample === 'labels'
    ? { ...spec, plans: replaced(spec.plans) }
    : { ...spec, search: { ...spec.search, plans: replaced(spec.search.plans) } };
}

/** True where two rules ask for the same, whatever objects they are. */
export function isSameRule(a: PlanRule, b: PlanRule): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** Why a lot stands by itself, so that plans which count on a running series do not fit it; null = one of a series. */
export function standsAlone(intake: Intake): 'pilot' | 'resubmission' | null {
  if (intake.isPilot === true) return 'pilot';
  return intake.resubmits !== null ? 'resubmission' : null;
}

/** What any rule wants, in the terms that every scheme shares. */
interface Wish {
  /** Share of bad units that should pass, and the risk that it does not. */
  readonly good: number;
  readonly goodRisk: number;
  /** The worse share that should not pass, and the risk that it does. */
  readonly bad: number;
  readonly badRisk: number;
}

/** Risks that are usual where nobody named others. */
const usualRisks = { goodRisk: 0.05, badRisk: 0.1 } as const;

/** AQLs that are usual where a rule names none. */
const usualAqls: Readonly<Record<DefectSeverity, string>> = { critical: '0.65', major: '1.5', minor: '4.0' };

/** How many times worse than the good share the bad one is, where a rule names only one of them. */
const usualRatio = 5;

/** The rule under another scheme, near in what it wants; what the two schemes share is kept as it is. */
export function ruleUnder(scheme: PlanScheme, rule: PlanRule, lotSize: number): PlanRule {
  if (scheme === rule.scheme) return rule;
  const { severity } = rule;
  if (isOfTable(scheme)) {
    if ('aql' in rule && rule.aql !== null) {
      const counts = 'counts' in rule && rule.counts !== undefined ? { counts: rule.counts } : {};
      const { aql, level, inspection } = rule;
      return { scheme, severity, aql, level, inspection, ...counts };
    }
    const aql = nearestAql(wishOf(rule, lotSize).good);
    return { scheme, severity, aql, level: 'II', inspection: 'normal' };
  }
  const { good, goodRisk, bad, badRisk } = wishOf(rule, lotSize);
  switch (scheme) {
    case 'c0':
      return { scheme, severity, limitingRate: bad, confidence: readable(1 - badRisk) };
    case 'isolated':
      return isolatedRule(severity, { good, goodRisk, bad, badRisk }, lotSize);
    case 'sprt':
      return {
        scheme,
        severity,
        p0: good,
        p1: bad,
        alpha: goodRisk,
        beta: badRisk,
        truncateAt: null,
        designEffect: 1,
      };
    case 'double':
      return doubleRule(rule, lotSize);
  }
}

function isOfTable(scheme: PlanScheme): scheme is 'iso2859-1' | 'z1.4' {
  return scheme === 'iso2859-1' || scheme === 'z1.4';
}

/** With both points where a plan for them exists, with the client's alone where the lot is too small for both. */
function isolatedRule(severity: DefectSeverity, wish: Wish, lotSize: number): PlanRuleOf<'isolated'> {
  const { good, goodRisk, bad, badRisk } = wish;
  const rule = { scheme: 'isolated', severity, limitingRate: bad, consumerRisk: badRisk } as const;
  const both = { ...rule, producer: { rate: good, risk: goodRisk } };
  const isFound = makePlan({ ...both, lotSize }).ok;
  return isFound ? both : { ...rule, producer: null };
}

/** The standard's double plan where there is one for this AQL and lot, else one of one's own from the single plan. */
function doubleRule(rule: PlanRule, lotSize: number): PlanRuleOf<'double'> {
  const { severity } = rule;
  const wish = wishOf(rule, lotSize);
  const base = {
    scheme: 'double',
    severity,
    aql: 'aql' in rule && rule.aql !== null ? rule.aql : nearestAql(wish.good),
    level: 'level' in rule ? rule.level : 'II',
    inspection: 'inspection' in rule ? rule.inspection : 'normal',
  } as const;
  if (makePlan({ ...base, stages: null, lotSize }).ok) return { ...base, stages: null };
  const single = planForLot(planRequest(rule, lotSize));
  return { ...base, aql: null, stages: stagesNear(single.ok ? single.value : null) };
}

/** Two samples of about two thirds of a single plan: what double plans usually take for the same protection. */
function stagesNear(single: SamplingPlan | null): DoubleStages {
  const n = single?.sampleSize ?? 50;
  const ac = single?.acceptanceNumber ?? 1;
  const each = Math.max(1, Math.min(Math.floor(n / 2), Math.round(0.64 * n)));
  return soundStages({
    n1: each,
    ac1: Math.floor(0.4 * ac),
    re1: ac + 1,
    n2: each,
    ac2: ac + 1,
    re2: ac + 2,
  });
}

/** The nearest stages that leave counts between the first numbers and never decide otherwise than the second. */
export function soundStages(stages: DoubleStages): DoubleStages {
  const least = (value: number, bound: number): number => Math.max(Math.round(value) || 0, bound);
  const ac1 = least(stages.ac1, 0);
  const re1 = least(stages.re1, ac1 + 2);
  const ac2 = least(stages.ac2, ac1 + 1);
  return { n1: least(stages.n1, 1), ac1, re1, n2: least(stages.n2, 1), ac2, re2: ac2 + 1 };
}

function wishOf(rule: PlanRule, lotSize: number): Wish {
  switch (rule.scheme) {
    case 'iso2859-1':
    case 'z1.4':
      return wishOfAql(rule.aql, planForLot(planRequest(rule, lotSize)));
    case 'double':
      return wishOfAql(
        rule.aql ?? usualAqls[rule.severity],
        makePlan(seriesRequest(rule, rule.aql ?? usualAqls[rule.severity], lotSize)),
      );
    case 'c0':
      return {
        good: readable(rule.limitingRate / usualRatio),
        bad: rule.limitingRate,
        goodRisk: usualRisks.goodRisk,
        badRisk: readable(1 - rule.confidence),
      };
    case 'isolated':
      return {
        good: rule.producer?.rate ?? readable(rule.limitingRate / usualRatio),
        goodRisk: rule.producer?.risk ?? usualRisks.goodRisk,
        bad: rule.limitingRate,
        badRisk: rule.consumerRisk,
      };
    case 'sprt':
      return { good: rule.p0, goodRisk: rule.alpha, bad: rule.p1, badRisk: rule.beta };
  }
}

function seriesRequest(rule: PlanRuleOf<'double'>, aql: string, lotSize: number): PlanRequest {
  return { scheme: 'iso2859-1', lotSize, aql, level: rule.level, inspection: rule.inspection };
}

/** The AQL should pass; what the plan of the tables lets pass once in ten should not. */
function wishOfAql(aql: string, plan: Result<SamplingPlan>): Wish {
  const good = Math.min(0.1, Number(aql) / 100);
  if (!plan.ok || plan.value.model === 'poisson') {
    return { good, bad: Math.min(0.5, usualRatio * good), ...usualRisks };
  }
  const { sampleSize: n, acceptanceNumber: ac } = plan.value;
  const ltpd = rateAcceptedWith(usualRisks.badRisk, n, ac, 'binomial');
  return { good, bad: readable(Math.min(0.9, Math.max(ltpd, 1.5 * good))), ...usualRisks };
}

/** The AQL of the series for nonconforming units that is nearest on a scale of ratios. */
export function nearestAql(rate: number): string {
  const distance = (aql: string): number => Math.abs(Math.log(Number(aql) / (100 * rate)));
  const known = aqlSeries.filter((aql) => Number(aql) <= 10);
  return known.reduce((best, aql) => (distance(aql) < distance(best) ? aql : best));
}

/** A table rule near to any rule: itself where it is of a table already. */
export function ruleOfTable(rule: PlanRule, lotSize: number): PlanRuleOf<'iso2859-1'> | PlanRuleOf<'z1.4'> {
  return rule.scheme === 'z1.4' ? rule : (ruleUnder('iso2859-1', rule, lotSize) as PlanRuleOf<'iso2859-1'>);
}

/** Every plan that counts on a running series as the plan for this lot by itself; c = 0 is one already. */
export function specStandingAlone(
  spec: QaSpec,
  lot: { readonly lotSize: number; readonly cells: number },
): QaSpec {
  const alone =
    (lotSize: number) =>
    (rule: PlanRule): PlanRule =>
      countsOnSeries(rule) ? ruleUnder('isolated', rule, lotSize) : rule;
  return {
    ...spec,
    plans: spec.plans.map(alone(lot.lotSize)),
    search: { ...spec.search, plans: spec.search.plans.map(alone(lot.cells)) },
  };
}

/** Plans of the AQL tables protect the client by their switching rules, which need lot after lot. */
export function countsOnSeries(rule: PlanRule): boolean {
  return isOfTable(rule.scheme) || (rule.scheme === 'double' && rule.stages === null);
}

/** A rule for a severity from what was asked for of a plan. */
export function ruleOfRequest(severity: DefectSeverity, request: PlanRequest): PlanRule {
  switch (request.scheme) {
    case 'iso2859-1':
    case 'z1.4': {
      const { scheme, level, inspection, counts } = request;
      const aql = String(request.aql);
      return { scheme, severity, aql, level, inspection, ...(counts === undefined ? {} : { counts }) };
    }
    case 'double': {
      const { scheme, level, inspection, stages } = request;
      return {
        scheme,
        severity,
        aql: request.aql === null ? null : String(request.aql),
        level,
        inspection,
        stages,
      };
    }
    case 'c0':
    case 'isolated':
    case 'sprt': {
      const { lotSize: _lotSize, ...asked } = request;
      return { ...asked, severity };
    }
  }
}

/**
 * Where a whole frame or scene is one unit that counts once, it fails on one slip among all its labels: the mean
 * number of labels of such a unit, or null where units are labels or tracks, or where defects are counted.
 */
export function labelsOnOneUnit(spec: QaSpec, delivery: DeliverySizes): number | null {
  const countsUnits = spec.plans.some((rule) => !('counts' in rule) || rule.counts !== 'defects');
  return countsUnits ? labelsPerUnit(spec.unit, delivery) : null;
}

export interface DeliverySizes {
  readonly frames: number;
  readonly scenes: number;
  readonly labels: number;
}

/** Mean number of labels that are looked at for one unit of a whole frame or scene; null for other units. */
export function labelsPerUnit(unit: UnitKind, { frames, scenes, labels }: DeliverySizes): number | null {
  if (unit !== 'frame' && unit !== 'scene') return null;
  const units = unit === 'frame' ? frames : scenes;
  return units > 0 ? labels / units : null;
}

/** Two digits: a share that a person says and types. */
function readable(share: number): number {
  return Number(share.toPrecision(2));
}
