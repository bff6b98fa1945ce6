/** A plan of any scheme in words and numbers: what it was asked for, and by what counts it decides. */
import type { Translate } from '../messages/translate.ts';
import { discoveryStandardName } from '../sampling/discovery.ts';
import { ownDoubleName, z14DoubleName } from '../sampling/doubleScheme.ts';
import { isolatedStandardName } from '../sampling/isolatedPlan.ts';
import { wholeLotStandardName } from '../sampling/makePlan.ts';
import type { SamplingPlan } from '../sampling/samplingPlan.ts';
import { sequentialStandardName } from '../sampling/sequentialScheme.ts';

/** Names that are words; a standard's own number is the same in every language. */
const wordsOfStandards: ReadonlyMap<string, string> = new Map([
  [discoveryStandardName, 'plan.standards.discovery'],
  [isolatedStandardName, 'plan.standards.isolated'],
  [sequentialStandardName, 'plan.standards.sequential'],
  [ownDoubleName, 'plan.standards.ownDouble'],
  [z14DoubleName, 'plan.standards.z14Double'],
  [wholeLotStandardName, 'plan.standards.wholeLot'],
]);

/** What a plan is named by, as the record has it or in the reader's language. */
export function planStandard({ standard }: Pick<SamplingPlan, 'standard'>, t: Translate): string {
  const key = wordsOfStandards.get(standard);
  return key === undefined ? standard : t(key);
}

/** What it was asked for, in one line: `AQL 1.5, level II, normal, letter K`. `percent` writes a share as the reader does. */
export function planParameters(plan: SamplingPlan, t: Translate, percent: (share: number) => string): string {
  const say = (key: string, params: Readonly<Record<string, unknown>> = {}): string =>
    t(`designer.parameters.${key}`, params);
  switch (plan.scheme) {
    case 'iso2859-1':
    case 'z1.4':
      return tableParameters(plan, t);
    case 'c0':
      return plan.limitingRate === null
        ? say('wholeLot')
        : say('c0', { rate: percent(plan.limitingRate), confidence: percent(plan.confidence ?? 0) });
    case 'isolated': {
      const client = say('isolated', {
        rate: percent(plan.limitingRate ?? 0),
        risk: percent(1 - (plan.confidence ?? 0)),
      });
      if (plan.producer === null) return client;
      const { rate, risk } = plan.producer;
      return `${client}${say('and')}${say('producer', { rate: percent(rate), risk: percent(risk) })}`;
    }
    case 'double':
      return plan.aql === null ? say('ownDouble') : tableParameters(plan, t);
    case 'sprt':
      return sequentialParameters(plan, t, percent);
  }
}

function tableParameters(plan: SamplingPlan, t: Translate): string {
  return t(`designer.parameters.${plan.model === 'poisson' ? 'tableOfDefects' : 'table'}`, {
    aql: plan.aql,
    level: plan.level,
    letter: plan.codeLetter,
    inspection: t(`report.plan.inspection.${plan.inspection}`),
  });
}

function sequentialParameters(
  { sequential }: SamplingPlan,
  t: Translate,
  percent: (share: number) => string,
): string {
  if (sequential === null) return '';
  const { p0, p1, alpha, beta, designEffect } = sequential;
  const risks = { p0: percent(p0), p1: percent(p1), alpha: percent(alpha), beta: percent(beta) };
  const said = t('designer.parameters.sequential', risks);
  if (designEffect === 1) return said;
  const spread = t('designer.parameters.designEffect', { designEffect });
  return `${said}${t('designer.parameters.and')}${spread}`;
}

/** By what counts it decides, one sentence for each stage or line. */
export function planNumbers(plan: SamplingPlan, t: Translate): string[] {
  const say = (key: string, params: Readonly<Record<string, unknown>>): string =>
    t(`designer.numbers.${key}`, params);
  const { sampleSize: n, acceptanceNumber: ac, rejectionNumber: re, double, sequential } = plan;
  if (double) {
    return [
      say('first', { n: double.n1, ac: double.ac1, re: double.re1 }),
      say('second', { n: double.n2, all: double.n1 + double.n2, ac: double.ac2, re: double.re2 }),
    ];
  }
  if (sequential) {
    const { hAccept, hReject, slope, truncateAt } = sequential;
    const lines = { hAccept: sixDigits(hAccept), hReject: sixDigits(hReject), slope: sixDigits(slope) };
    return [say('lines', lines), say('truncation', { n: truncateAt, ac, re })];
  }
  const single = say(plan.fullInspection ? 'singleFull' : 'single', { n, ac, re });
  return re > ac + 1 ? [single, say('gap', { from: ac + 1, to: re - 1 })] : [single];
}

/** As many digits as it takes to recompute a line, and no tail of a double. */
function sixDigits(value: number): string {
  return String(Number(value.toPrecision(7)));
}

/** What is counted against the plan's numbers. */
export function planCounts(plan: SamplingPlan, t: Translate): string {
  return t(`designer.counted.${plan.model === 'poisson' ? 'defects' : 'units'}`);
}
