/** `assay sample`: a draw that anyone can repeat from the seed and the delivery. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import defaultSpec from '../../../assets/qa-spec.default.json' with { type: 'json' };
import { buildLot, type Lot } from '../../../shared/audit/lot.ts';
import { type QaSpec, qaSpecSchema, type UnitKind, unitKinds } from '../../../shared/audit/qaSpec.ts';
import { ProblemError } from '../../../shared/base/problem.ts';
import { drawStratified } from '../../../shared/sampling/stratifiedDraw.ts';
import { sha256Hex } from '../../services/hashes.ts';
import type { Command, CommandContext, OptionValues } from '../command.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { type CommandDelivery, deliveryOptions, deliveryUsage, withDelivery } from '../openForCommand.ts';
import { table } from '../output.ts';
import { choiceOption, numberOption, textOption } from '../values.ts';
import { planFromOptions, planOptions } from './plan.ts';

const kinds = [...unitKinds, 'cell'] as const;

/** A unit or cell of the population, as far as the draw needs it. */
interface Candidate {
  readonly id: string;
  readonly scene: string;
  readonly className: string | null;
  readonly cluster: string;
}

export const sampleCommand: Command = {
  name: 'sample',
  usage: `<path> --unit cuboid|box2d|track|frame|cell|scene [--n N | --aql A …] [--strata class,scene] [--seed S] [--spec F] ${deliveryUsage}`,
  example: 'assay sample ./batch-0142 --unit cuboid --aql 1.5 --seed 2a --json',
  options: {
    ...deliveryOptions,
    ...planOptions,
    unit: { type: 'string' },
    n: { type: 'string' },
    strata: { type: 'string' },
    seed: { type: 'string' },
    spec: { type: 'string' },
  },
  async run(input, context) {
    const { values } = input;
    const unit = choiceOption(values, 'unit', kinds) ?? 'cuboid';
    const seed = seedOf(values);
    const spec = await specOf(values, unit);
    const strataOf = strataFunction(values);
    return withDelivery(input, context, async (delivery) => {
      const population = candidates(delivery, spec, unit);
      const n = sampleSize(values, population.length, context);
      const drawn = drawStratified(
        {
          unitIds: population.map(({ id }) => id),
          strata: population.map(strataOf),
          n,
          ...(textOption(values, 'strata') ? {} : { minimumPerStratum: 0 }),
          seed,
        },
        sha256Hex,
      );
      if (!drawn.ok) throw new ProblemError(drawn.problem);
      const { order, probability, prng, populationHash } = drawn.value;
      const units = Array.from(order, (at, place) => ({
        id: population[at]!.id,
        stratum: strataOf(population[at]!),
        cluster: population[at]!.cluster,
        probability: probability[place]!,
      }));
      const document = { seed, prng, population: population.length, populationHash, units };
      const word = (key: string) => context.t(`cli.words.${key}`);
      context.output.answer(document, () => [
        ...table([
          [word('generator'), prng],
          [word('seed'), seed],
          [word('population'), String(population.length)],
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

function candidates(
  { index, summary }: CommandDelivery,
  spec: QaSpec,
  unit: (typeof kinds)[number],
): Candidate[] {
  const lot = buildLot(index, spec, { unreadable: new Set(summary.unreadable) });
  if (!lot.ok) throw new ProblemError(lot.problem);
  return unit === 'cell' ? cellCandidates(lot.value) : unitCandidates(lot.value);
}

function cellCandidates({ cells }: Lot): Candidate[] {
  return cells.ids.map((id, at) => {
    const { scene } = cells.cellAt(at);
    return { id, scene, className: null, cluster: scene };
  });
}

function unitCandidates(lot: Lot): Candidate[] {
  return lot.ids.map((id, at) => {
    const { scene, className } = lot.unitAt(at);
    return { id, scene, className, cluster: scene };
  });
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

const strataKeys = ['class', 'scene'] as const;

function strataFunction(values: OptionValues): (candidate: Candidate) => string {
  const keys = (textOption(values, 'strata') ?? '').split(',').filter((key) => key !== '');
  for (const key of keys) choiceOption({ strata: key }, 'strata', strataKeys);
  return ({ className, scene }) =>
    keys.map((key) => (key === 'class' ? (className ?? '') : scene)).join('/') || 'all';
}

/** The agreed spec, or the shipped one widened to every label of the delivery. */
async function specOf(values: OptionValues, unit: (typeof kinds)[number]): Promise<QaSpec> {
  const file = textOption(values, 'spec');
  const kind: UnitKind = unit === 'cell' ? 'cuboid' : unit;
  if (file === null) {
    const shipped = qaSpecSchema.parse(defaultSpec);
    return { ...shipped, unit: kind, scope: { ...shipped.scope, classes: 'all', maxRangeMeters: null } };
  }
  const parsed = qaSpecSchema.safeParse(await readJson(file));
  if (parsed.success) return { ...parsed.data, unit: kind };
  const [issue] = parsed.error.issues;
  throw new CommandFailure(ExitCode.badInput, 'badSpec', {
    path: file,
    place: issue?.path.join('/') ?? '',
    reason: issue?.message ?? '',
  });
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CommandFailure(ExitCode.badInput, 'cannotRead', {
      path: file,
      reason: (error as Error).message,
    });
  }
}
