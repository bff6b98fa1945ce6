/** `assay plan`: a sampling plan of any scheme, its operating characteristic and its risks. */
import type { Translate } from '../../../shared/messages/translate.ts';
import { type PlanFacts, planFacts, planLimits } from '../../../shared/sampling/planFacts.ts';
import type { SamplingPlan } from '../../../shared/sampling/samplingPlan.ts';
import type { Command } from '../command.ts';
import { ExitCode } from '../exitCodes.ts';
import { table } from '../output.ts';
import { requireNumber } from '../values.ts';
import { planFromOptions, planOptions, planUsage } from './planOptions.ts';

export { planFromOptions, planOptions } from './planOptions.ts';

export const planCommand: Command = {
  name: 'plan',
  usage: ['--lot N with one of', ...planUsage.map((line) => `  ${line}`)].join('\n'),
  example: 'assay plan --lot 1200 --aql 1.5 --level II',
  mostArguments: 0,
  options: { lot: { type: 'string' }, ...planOptions },
  async run({ values }, { output, t }) {
    const lot = requireNumber(values, 'lot', { least: 1, most: Number.MAX_SAFE_INTEGER, isInteger: true });
    const plan = planFromOptions(values, lot, t);
    const facts = planFacts(plan);
    const limits = planLimits(plan);
    output.answer(documentOf(plan, facts), () => [
      ...table(rowsOf(plan, facts, t)),
      '',
      t(limits.key, limits.params),
      ...plan.notes.map((note) => t(note.key, note.params)),
      '',
      ...curveOf(plan, facts, t),
    ]);
    return ExitCode.done;
  },
};

function documentOf(plan: SamplingPlan, facts: PlanFacts): object {
  return {
    scheme: plan.scheme,
    standard: plan.standard,
    codeLetter: plan.codeLetter,
    n: plan.sampleSize,
    ac: plan.acceptanceNumber,
    re: plan.rejectionNumber,
    fullInspection: plan.fullInspection,
    counts: plan.model === 'poisson' ? 'defects' : 'units',
    double: plan.double,
    sequential: plan.sequential,
    ...facts,
    limits: planLimits(plan),
    notes: plan.notes,
  };
}

/** A rate as the plan counts it: percent of units, or defects per hundred units. */
function quality(plan: SamplingPlan, rate: number): string {
  const number = (100 * rate).toPrecision(4);
  return plan.model === 'poisson' ? `${number} / 100` : `${number} %`;
}

function rowsOf(plan: SamplingPlan, facts: PlanFacts, t: Translate): string[][] {
  const word = (key: string, params?: Record<string, string>) => t(`cli.words.${key}`, params);
  const percent = (share: number) => `${(100 * share).toPrecision(4)} %`;
  const { producerRate, producerRisk, consumerRate, consumerRisk, ltpd, aoql } = facts;
  const { double, sequential } = plan;
  const most = Math.max(...facts.asn.map(({ n }) => n));
  return [
    [word('standard'), plan.standard],
    [word('counted'), word(plan.model === 'poisson' ? 'countedDefects' : 'countedUnits')],
    [word('codeLetter'), plan.codeLetter ?? '–'],
    [word('sampleSize'), String(plan.sampleSize)],
    ...(double
      ? [
          [word('firstSample'), `${double.n1}: Ac ${double.ac1}, Re ${double.re1}`],
          [word('secondSample'), `${double.n2}: Ac ${double.ac2}, Re ${double.re2}`],
        ]
      : []),
    ...(sequential
      ? [
          [word('acceptLine'), `d <= ${sequential.slope.toFixed(6)} n - ${sequential.hAccept.toFixed(6)}`],
          [word('rejectLine'), `d >= ${sequential.slope.toFixed(6)} n + ${sequential.hReject.toFixed(6)}`],
        ]
      : []),
    [word('acceptance'), String(plan.acceptanceNumber)],
    [word('rejection'), String(plan.rejectionNumber)],
    [word('fullInspection'), word(plan.fullInspection ? 'yes' : 'no')],
    ...(producerRate === null || producerRisk === null
      ? []
      : [[word('producerRiskAt', { rate: quality(plan, producerRate) }), percent(producerRisk)]]),
    [word('consumerRiskAt', { rate: quality(plan, consumerRate) }), percent(consumerRisk)],
    [word('ltpd'), quality(plan, ltpd)],
    ...(double || sequential ? [[word('mostAverage'), most.toFixed(1)]] : []),
    ...(aoql ? [[word('aoqlAt', { rate: quality(plan, aoql.p) }), percent(aoql.aoq)]] : []),
  ];
}

/** Every tenth part of the curve, with the average sample number where that is not the same everywhere. */
function curveOf(plan: SamplingPlan, { oc, asn }: PlanFacts, t: Translate): string[] {
  const word = (key: string) => t(`cli.words.${key}`);
  const isVarying = plan.double !== null || plan.sequential !== null;
  const step = Math.max(1, Math.round(oc.length / 12));
  return table([
    [word('share'), word('accepted'), ...(isVarying ? [word('average')] : [])],
    ...oc.flatMap(({ p, pa }, at) =>
      at % step === 0
        ? [[quality(plan, p), pa.toFixed(4), ...(isVarying ? [asn[at]!.n.toFixed(1)] : [])]]
        : [],
    ),
  ]);
}
