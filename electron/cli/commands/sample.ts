/** `assay sample`: a draw that anyone can repeat from the seed and the delivery. */
import { randomBytes } from 'node:crypto';
import { buildLot, type Lot } from '../../../shared/audit/lot.ts';
import { type QaSpec, unitKinds } from '../../../shared/audit/qaSpec.ts';
import { ProblemError } from '../../../shared/base/problem.ts';
import { problemSentence } from '../../../shared/messages/translate.ts';
import { deliveryCacheAt } from '../../services/deliveryCache.ts';
import { notCounted, pointCounts } from '../../workers/pointCounts.ts';
import type { Command, CommandContext, OptionValues } from '../command.ts';
import { specOption } from '../documents.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { commandHome } from '../machine.ts';
import { type CommandDelivery, deliveryOptions, deliveryUsage, withDelivery } from '../openForCommand.ts';
import { table } from '../output.ts';
import {
  type Candidates,
  designOf,
  designOptions,
  designUsage,
  drawDesign,
  keysOf,
} from '../sampleDesigns.ts';
import { choiceOption, numberOption, textOption } from '../values.ts';
import { planFromOptions, planOptions } from './plan.ts';

const kinds = [...unitKinds, 'cell'] as const;

export const sampleCommand: Command = {
  name: 'sample',
  usage: `<path> --unit cuboid|box2d|track|frame|cell|scene [--n N | --aql A …] [--seed S] [--spec F] ${designUsage} ${deliveryUsage}`,
  example: 'assay sample ./batch-0142 --unit cuboid --aql 1.5 --seed 2a --json',
  mostArguments: 1,
  options: {
    ...deliveryOptions,
    ...planOptions,
    ...designOptions,
    unit: { type: 'string' },
    n: { type: 'string' },
    seed: { type: 'string' },
    spec: { type: 'string' },
  },
  async run(input, context) {
    const { values } = input;
    const unit = choiceOption(values, 'unit', kinds) ?? 'cuboid';
    const seed = seedOf(values);
    const design = designOf(values);
    const spec = { ...(await specOption(values)), unit: unit === 'cell' ? 'cuboid' : unit };
    return withDelivery(input, context, async (delivery) => {
      const population = await candidates(delivery, spec, unit, values, context);
      const { ids, sceneAt } = population;
      const size = (): number => sampleSize(values, ids.length, context);
      const drawn = await drawDesign(values, design, population, seed, size);
      if (!drawn.ok) {
        const reason = problemSentence(context.t, drawn.problem);
        throw new CommandFailure(ExitCode.badArguments, 'noDraw', { reason });
      }
      const { draw, stratumAt, facts } = drawn.value;
      const { order, probability, prng, populationHash } = draw;
      const units = Array.from(order, (at, place) => ({
        id: ids[at]!,
        stratum: stratumAt(at),
        cluster: sceneAt(at),
        probability: probability[place]!,
      }));
      const document = { seed, prng, population: ids.length, populationHash, units, ...facts };
      const word = (key: string) => context.t(`cli.words.${key}`);
      context.output.answer(document, () => [
        ...table([
          [word('generator'), prng],
          [word('seed'), seed],
          [word('population'), String(ids.length)],
          [word('populationHash'), populationHash],
        ]),
        '',
        ...table([
          [word('id'), word('stratum'), word('scene'), word('probability')],
          ...units.map(({ id, stratum, cluster, probability: share }) => [
            id,
            stratum,
            cluster,
            share.toFixed(6),
          ]),
        ]),
      ]);
      return ExitCode.done;
    });
  },
};

/** Points are counted where the lot's border or its strata need them. */
async function candidates(
  delivery: CommandDelivery,
  spec: QaSpec,
  unit: (typeof kinds)[number],
  values: OptionValues,
  context: CommandContext,
): Promise<Candidates> {
  const { index, summary } = delivery;
  const needsPoints = spec.scope.minPoints > 0 || keysOf(values).includes('points');
  const lot = buildLot(index, spec, {
    unreadable: new Set(summary.unreadable),
    ...(needsPoints ? { pointsInside: await countedPoints(delivery, context) } : {}),
  });
  if (!lot.ok) throw new ProblemError(lot.problem);
  const { scenes, frames } = index.delivery;
  const population = unit === 'cell' ? cellsOf(lot.value) : lot.value;
  return { ...population, sceneAt: (at) => scenes[frames.at(population.frameAt(at))!.scene]!.id };
}

function cellsOf({ cells, cellStrataOf }: Lot): Omit<Candidates, 'sceneAt'> {
  return { ids: cells.ids, frameAt: cells.frameAt, strataOf: cellStrataOf };
}

async function countedPoints(
  { index, summary, open }: CommandDelivery,
  { signal, output, t }: CommandContext,
): Promise<(row: number) => number> {
  const { pointCounts: file } = deliveryCacheAt(commandHome().cache, summary.key);
  const counts = await pointCounts(index, open, file, {
    signal,
    onProgress: ({ step, done, total }) => output.progress(t(`progress.${step}`), done, total),
  });
  return (row) => (counts[row] === notCounted ? Number.POSITIVE_INFINITY : counts[row]!);
}

function sampleSize(values: OptionValues, lotSize: number, { t }: CommandContext): number {
  const n = numberOption(values, 'n', { least: 1, most: Number.MAX_SAFE_INTEGER, isInteger: true });
  return n ?? planFromOptions(values, lotSize, t).sampleSize;
}

/** Up to 32 hexadecimal digits, filled up with zeros on the left; from the machine's random source where absent. */
function seedOf(values: OptionValues): string {
  const text = textOption(values, 'seed');
  if (text === null) return randomBytes(16).toString('hex');
  if (!/^[0-9a-f]{1,32}$/i.test(text)) throw new CommandFailure(ExitCode.badArguments, 'badSeed', { text });
  return text.toLowerCase().padStart(32, '0');
}
