/** `assay plan`: a sampling plan, its operating characteristic and its risks. */

import { problemSentence } from '../../../shared/messages/translate.ts';
import { makePlan, type PlanRequest } from '../../../shared/sampling/makePlan.ts';
import { planFacts, planLimits } from '../../../shared/sampling/planFacts.ts';
import {
  inspectionLevels,
  inspectionStates,
  type SamplingPlan,
} from '../../../shared/sampling/samplingPlan.ts';
import type { Command, OptionValues } from '../command.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { table } from '../output.ts';
import { choiceOption, numberOption, requireNumber, textOption } from '../values.ts';

/** The options that describe a plan; `assay sample` takes them too, with the lot's size from the delivery. */
export const planOptions = {
  level: { type: 'string' },
  aql: { type: 'string' },
  inspection: { type: 'string' },
  scheme: { type: 'string' },
  rate: { type: 'string' },
  confidence: { type: 'string' },
} as const satisfies Command['options'];

const schemes = ['iso2859-1', 'c0'] as const;

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
  if ((choiceOption(values, 'scheme', schemes) ?? 'iso2859-1') === 'c0') {
    const limitingRate = requireNumber(values, 'rate', { least: 0, most: 1 });
    const confidence = numberOption(values, 'confidence', { least: 0, most: 1 }) ?? 0.95;
    return { scheme: 'c0', lotSize, limitingRate, confidence };
  }
  const aql = textOption(values, 'aql');
  if (aql === null) throw new CommandFailure(ExitCode.badArguments, 'missingOption', { name: 'aql' });
  const level = choiceOption(values, 'level', inspectionLevels) ?? 'II';
  const inspection = choiceOption(values, 'inspection', inspectionStates) ?? 'normal';
  return { scheme: 'iso2859-1', lotSize, level, aql, inspection };
}

export const planCommand: Command = {
  name: 'plan',
  usage:
    '--lot N --aql A [--level II] [--inspection normal|tightened|reduced] | --lot N --scheme c0 --rate R [--confidence C]',
  example: 'assay plan --lot 1200 --aql 1.5 --level II',
  options: { lot: { type: 'string' }, ...planOptions },
  async run({ values }, { output, t }) {
    const lot = requireNumber(values, 'lot', { least: 1, most: Number.MAX_SAFE_INTEGER, isInteger: true });
    const plan = planFromOptions(values, lot, t);
    const { oc, ocLot, producerRisk, consumerRisk, ltpd, asn } = planFacts(plan);
    const limits = planLimits(plan);
    const document = {
      scheme: plan.scheme,
      standard: plan.standard,
      codeLetter: plan.codeLetter,
      n: plan.sampleSize,
      ac: plan.acceptanceNumber,
      re: plan.rejectionNumber,
      fullInspection: plan.fullInspection,
      oc,
      ocLot,
      producerRisk,
      consumerRisk,
      ltpd,
      asn,
    };
    const word = (key: string) => t(`cli.words.${key}`);
    const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toPrecision(4)} %`);
    output.answer(document, () => [
      ...table([
        [word('standard'), plan.standard],
        [word('codeLetter'), plan.codeLetter ?? '–'],
        [word('sampleSize'), String(plan.sampleSize)],
        [word('acceptance'), String(plan.acceptanceNumber)],
        [word('rejection'), String(plan.rejectionNumber)],
        [word('fullInspection'), word(plan.fullInspection ? 'yes' : 'no')],
        [word('producerRisk'), percent(producerRisk)],
        [word('consumerRisk'), percent(consumerRisk)],
        [word('ltpd'), percent(ltpd)],
      ]),
      '',
      t(limits.key, limits.params),
      ...plan.notes.map((note) => t(note.key, note.params)),
      '',
      ...table([
        [word('share'), word('accepted')],
        ...oc.filter((_, at) => at % 10 === 0).map(({ p, pa }) => [percent(p), pa.toFixed(4)]),
      ]),
    ]);
    return ExitCode.done;
  },
};
