/** The options that describe a sampling plan, and the plan they ask for; `plan` and `sample` take the same ones. */
import { problemSentence } from '../../../shared/messages/translate.ts';
import { makePlan, type PlanRequest } from '../../../shared/sampling/makePlan.ts';
import {
  countedThings,
  inspectionLevels,
  inspectionStates,
  planSchemes,
  type SamplingPlan,
} from '../../../shared/sampling/samplingPlan.ts';
import type { Command, OptionValues } from '../command.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { choiceOption, numberOption, requireNumber, textOption } from '../values.ts';

const text = { type: 'string' } as const;

export const planOptions = {
  scheme: text,
  level: text,
  aql: text,
  inspection: text,
  counts: text,
  rate: text,
  confidence: text,
  'consumer-risk': text,
  'producer-rate': text,
  'producer-risk': text,
  n1: text,
  ac1: text,
  re1: text,
  n2: text,
  ac2: text,
  re2: text,
  p0: text,
  p1: text,
  alpha: text,
  beta: text,
  truncate: text,
  'design-effect': text,
} as const satisfies Command['options'];

/** One line for each scheme, as `--help` prints them. */
export const planUsage = [
  '[--scheme iso2859-1|z1.4] --aql A [--level II] [--inspection normal|tightened|reduced] [--counts units|defects]',
  '--scheme c0 --rate R [--confidence 0.95]',
  '--scheme isolated --rate R [--consumer-risk 0.1 | --confidence C] [--producer-rate P [--producer-risk 0.05]]',
  '--scheme double --aql A [--level II] [--inspection …] | --n1 N --ac1 A --re1 R --n2 N --ac2 A [--re2 R]',
  '--scheme sprt --p0 P --p1 P [--alpha 0.05] [--beta 0.1] [--truncate N] [--design-effect 1]',
] as const;

/** The plan the options ask for. Ends the command with `badArguments` where there is none. */
export function planFromOptions(
  values: OptionValues,
  lotSize: number,
  t: (key: string) => string,
): SamplingPlan {
  const plan = makePlan(requestOf(values, lotSize));
  if (plan.ok) return plan.value;
  throw new CommandFailure(ExitCode.badArguments, 'noPlan', { reason: problemSentence(t, plan.problem) });
}

function requestOf(values: OptionValues, lotSize: number): PlanRequest {
  const scheme = choiceOption(values, 'scheme', planSchemes) ?? 'iso2859-1';
  switch (scheme) {
    case 'c0': {
      const confidence = share(values, 'confidence') ?? 0.95;
      return { scheme, lotSize, limitingRate: requireShare(values, 'rate'), confidence };
    }
    case 'isolated': {
      const limitingRate = requireShare(values, 'rate');
      const confidence = share(values, 'confidence');
      const consumerRisk = share(values, 'consumer-risk') ?? (confidence === null ? 0.1 : 1 - confidence);
      const rate = share(values, 'producer-rate');
      const risk = share(values, 'producer-risk') ?? 0.05;
      return { scheme, lotSize, limitingRate, consumerRisk, producer: rate === null ? null : { rate, risk } };
    }
    case 'double':
      return doubleRequest(values, lotSize);
    case 'sprt':
      return {
        scheme,
        lotSize,
        p0: requireShare(values, 'p0'),
        p1: requireShare(values, 'p1'),
        alpha: share(values, 'alpha') ?? 0.05,
        beta: share(values, 'beta') ?? 0.1,
        truncateAt: whole(values, 'truncate'),
        designEffect: numberOption(values, 'design-effect', { least: 1, most: 100 }) ?? 1,
      };
    default: {
      const counts = choiceOption(values, 'counts', countedThings) ?? undefined;
      return { scheme, lotSize, ...addressOf(values), aql: requireText(values, 'aql'), counts };
    }
  }
}

function doubleRequest(values: OptionValues, lotSize: number): PlanRequest {
  const shared = { scheme: 'double', lotSize, ...addressOf(values) } as const;
  if (textOption(values, 'n1') === null) {
    return { ...shared, aql: requireText(values, 'aql'), stages: null };
  }
  const given = (name: string) => whole(values, name) ?? requireNumber(values, name);
  const ac2 = given('ac2');
  const [n1, ac1, re1, n2] = [given('n1'), given('ac1'), given('re1'), given('n2')];
  return { ...shared, aql: null, stages: { n1, ac1, re1, n2, ac2, re2: whole(values, 're2') ?? ac2 + 1 } };
}

function addressOf(values: OptionValues) {
  return {
    level: choiceOption(values, 'level', inspectionLevels) ?? 'II',
    inspection: choiceOption(values, 'inspection', inspectionStates) ?? 'normal',
  } as const;
}

function requireText(values: OptionValues, name: string): string {
  const value = textOption(values, name);
  if (value === null) throw new CommandFailure(ExitCode.badArguments, 'missingOption', { name });
  return value;
}

function share(values: OptionValues, name: string): number | null {
  return numberOption(values, name, { least: 0, most: 1 });
}

function requireShare(values: OptionValues, name: string): number {
  return requireNumber(values, name, { least: 0, most: 1 });
}

function whole(values: OptionValues, name: string): number | null {
  return numberOption(values, name, { least: 0, most: 1e9, isInteger: true });
}
