/** `assay score`: one set of labels against another of the same data, as a benchmark would score it. */
import defaultSpec from '../../../assets/qa-spec.default.json' with { type: 'json' };
import { qaSpecSchema } from '../../../shared/audit/qaSpec.ts';
import { isIgnoreRegion, specClass } from '../../../shared/audit/specLookup.ts';
import { usualGate, usualMeters, usualOverlap } from '../../../shared/audit/usualGates.ts';
import { problemSentence } from '../../../shared/messages/translate.ts';
import type { DeliveryIndex, LabelTable } from '../../../shared/model/labels.ts';
import { precisionByClass } from '../../../shared/scoring/labelPrecision.ts';
import { type ClassScores, type LabelScores, scoreLabels } from '../../../shared/scoring/labelScores.ts';
import { type LabelSets, type Likeness, labelSets, likenesses } from '../../../shared/scoring/labelSets.ts';
import type { Command, CommandContext, OptionValues } from '../command.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { deliveryOptions, withDelivery } from '../openForCommand.ts';
import { table } from '../output.ts';
import { choiceOption, numberOption, textOption } from '../values.ts';

const { compare: _compare, ...readingOptions } = deliveryOptions;

export const scoreCommand: Command = {
  name: 'score',
  usage:
    '--reference P --candidate P [--match center|iou3d|iou2d] [--threshold T] [--sensors DIR] [--labels NAME] [--between] [--mapping FILE]',
  example: 'assay score --reference ./gold --candidate ./batch-0142 --match iou3d --threshold 0.5',
  mostArguments: 0,
  options: {
    ...readingOptions,
    reference: { type: 'string' },
    candidate: { type: 'string' },
    match: { type: 'string' },
    threshold: { type: 'string' },
  },
  async run({ values }, context) {
    const reference = requirePath(values, 'reference');
    const compare = requirePath(values, 'candidate');
    const likeness = choiceOption(values, 'match', likenesses) ?? 'center';
    const threshold = thresholdOf(values, likeness);
    const input = { values: { ...values, compare }, positionals: [reference] };
    return withDelivery(input, context, async ({ index }) => {
      for (const problem of index.problems.filter(({ code }) => code.startsWith('label-source-frames'))) {
        context.output.remark(problemSentence(context.t, problem));
      }
      const candidate = index.others.at(-1)!.labels;
      const sets = labelSets(index.labels, candidate, likeness, (name) => !isIgnoreRegion(name));
      const scores = scored(index, candidate, sets, threshold);
      const gates = threshold ?? (likeness === 'center' ? usualMeters : usualOverlap[likeness]);
      const document = { frames: index.delivery.frames.length, match: likeness, threshold: gates, ...scores };
      context.output.answer(document, () => linesOf(scores, context));
      return ExitCode.done;
    });
  },
};

function requirePath(values: OptionValues, name: string): string {
  const path = textOption(values, name);
  if (path === null) throw new CommandFailure(ExitCode.badArguments, 'missingOption', { name });
  return path;
}

/** Metres for centres, a share of the union otherwise; null = the usual ones. */
function thresholdOf(values: OptionValues, likeness: Likeness): number | null {
  const most = likeness === 'center' ? 1000 : 1;
  return numberOption(values, 'threshold', { least: 1e-6, most });
}

function scored(
  { delivery }: DeliveryIndex,
  candidate: LabelTable,
  sets: LabelSets,
  threshold: number | null,
): LabelScores {
  const spec = qaSpecSchema.parse(defaultSpec);
  const gates = sets.classes.map((name) => threshold ?? usualGate(spec, name, sets.likeness));
  const sceneOfFrame = Uint32Array.from(delivery.frames.map(({ scene }) => scene));
  return scoreLabels(sets, {
    gate: (classIndex) => gates[classIndex]!,
    precision: precisionByClass(sets, candidate),
    sceneOf: (frame) => sceneOfFrame[frame]!,
    isSymmetric: (name) => specClass(spec, name)?.name === 'barrier',
  });
}

function linesOf({ overall, byClass, confusions }: LabelScores, { t }: CommandContext): string[] {
  const word = (key: string) => t(`cli.words.${key}`);
  const shown = (value: number | null | undefined): string =>
    typeof value === 'number' ? value.toFixed(3) : '–';
  const row = (name: string, scores: ClassScores): (string | number)[] => [
    name,
    ...[scores.tp, scores.fp, scores.fn],
    ...[scores.precision, scores.recall, scores.f1, scores.meanIou].map(shown),
    ...[scores.ate, scores.ase, scores.aoe].map(shown),
    ...[scores.mota, scores.idf1, scores.hota].map(shown),
  ];
  const heads = ['TP', 'FP', 'FN', word('precision'), word('recall'), 'F1', 'IoU', 'ATE', 'ASE', 'AOE'];
  return [
    ...table([
      [word('class'), ...heads, 'MOTA', 'IDF1', 'HOTA'],
      ...Object.entries(byClass).map(([name, scores]) => row(name, scores)),
      row(word('all'), overall),
    ]),
    ...(confusions.length === 0 ? [] : ['', word('confusions')]),
    ...table(confusions.map(({ reference, candidate, n }) => [n, `${reference} → ${candidate}`])),
  ];
}
