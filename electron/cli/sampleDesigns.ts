/** The draw that the options of `assay sample` ask for: which design, with which of its own options. */
import { readFile } from 'node:fs/promises';
import type { StrataKey } from '../../shared/audit/drawRule.ts';
import { strataKeySchema, strataKeys } from '../../shared/audit/drawRule.ts';
import { done, type Result } from '../../shared/base/problem.ts';
import { defaultStratumMinimum } from '../../shared/sampling/allocation.ts';
import { drawClusters, drawTwoStage } from '../../shared/sampling/clusterDraw.ts';
import { drawOrder, type ProbabilityDraw } from '../../shared/sampling/drawOrder.ts';
import { drawNested, drawStratified, type StrataColumn } from '../../shared/sampling/stratifiedDraw.ts';
import { drawSystematic } from '../../shared/sampling/systematicDraw.ts';
import { drawWeighted } from '../../shared/sampling/weightedDraw.ts';
import { sha256Hex } from '../services/hashes.ts';
import type { Command, OptionValues } from './command.ts';
import { CommandFailure, ExitCode } from './exitCodes.ts';
import { choiceOption, numberOption, requireNumber, textOption } from './values.ts';

export const designs = ['simple', 'systematic', 'stratified', 'cluster', 'two-stage', 'weighted'] as const;
export type Design = (typeof designs)[number];

export const designOptions = {
  design: { type: 'string' },
  strata: { type: 'string' },
  allocation: { type: 'string' },
  rates: { type: 'string' },
  minimum: { type: 'string' },
  scenes: { type: 'string' },
  weights: { type: 'string' },
} as const satisfies Command['options'];

export const designUsage =
  '[--design simple|systematic|stratified|cluster|two-stage|weighted] [--strata class,range,…] [--allocation proportional|neyman|nested] [--rates car=0.05,*=0.02|FILE] [--minimum N] [--scenes N] [--weights FILE]';

/** Which designs an option belongs to; naming it with another is a mistake the command must not pass over. */
const belongsTo: Readonly<Record<Exclude<keyof typeof designOptions, 'design'>, readonly Design[]>> = {
  strata: ['stratified'],
  allocation: ['stratified'],
  rates: ['stratified'],
  minimum: ['stratified'],
  scenes: ['cluster', 'two-stage'],
  weights: ['weighted'],
};

/** A population as the designs see it. */
export interface Candidates {
  readonly ids: readonly string[];
  readonly sceneAt: (position: number) => string;
  readonly frameAt: (position: number) => number;
  readonly strataOf: (keys: readonly StrataKey[]) => Result<StrataColumn>;
}

/** What was drawn, the stratum of a unit, and what the document says of the design beyond the keys of every draw. */
export interface Drawn {
  readonly draw: ProbabilityDraw;
  readonly stratumAt: (position: number) => string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** The design of the options: stratified where strata are named, else simple, unless `--design` says otherwise. */
export function designOf(values: OptionValues): Design {
  const design =
    choiceOption(values, 'design', designs) ?? (textOption(values, 'strata') ? 'stratified' : 'simple');
  for (const [name, owners] of Object.entries(belongsTo)) {
    if (textOption(values, name) !== null && !owners.includes(design)) {
      throw new CommandFailure(ExitCode.badArguments, 'optionOfOtherDesign', { name, design });
    }
  }
  if (design === 'cluster' && textOption(values, 'n') !== null) {
    throw new CommandFailure(ExitCode.badArguments, 'optionOfOtherDesign', { name: 'n', design });
  }
  return design;
}

/** The keys of `--strata`. */
export function keysOf(values: OptionValues): StrataKey[] {
  const names = (textOption(values, 'strata') ?? '').split(',').filter((name) => name !== '');
  return names.map((name) => {
    const key = strataKeySchema.safeParse(name);
    if (key.success) return key.data;
    const choices = [...strataKeys, 'attribute:<name>'].join(', ');
    throw new CommandFailure(ExitCode.badArguments, 'badChoice', { name: 'strata', text: name, choices });
  });
}

/** `sampleSize` is asked only by designs that draw a number of units. Refuses with `badArguments` or `badInput`. */
export async function drawDesign(
  values: OptionValues,
  design: Design,
  population: Candidates,
  seed: string,
  sampleSize: () => number,
): Promise<Result<Drawn>> {
  return drawers[design]({ values, population, seed, sampleSize });
}

interface DrawInput {
  readonly values: OptionValues;
  readonly population: Candidates;
  readonly seed: string;
  readonly sampleSize: () => number;
}

const drawers: Readonly<Record<Design, (input: DrawInput) => Promise<Result<Drawn>>>> = {
  async simple({ population: { ids }, seed, sampleSize }) {
    const drawn = drawOrder(ids, seed, sha256Hex, sampleSize());
    if (!drawn.ok) return drawn;
    const { length } = drawn.value.order;
    return undivided({ ...drawn.value, probability: new Float64Array(length).fill(length / ids.length) }, {});
  },

  async systematic({ population: { ids, frameAt }, seed, sampleSize }) {
    const drawn = drawSystematic({ unitIds: ids, rank: frameAt, n: sampleSize(), seed }, sha256Hex);
    return drawn.ok ? undivided(drawn.value, { design: 'systematic' }) : drawn;
  },

  stratified: drawFromStrata,

  async cluster({ values, population, seed }) {
    const drawn = drawClusters(stages(values, population, seed), sha256Hex);
    return drawn.ok ? undivided(drawn.value, clusterFacts('cluster', drawn.value)) : drawn;
  },

  async 'two-stage'({ values, population, seed, sampleSize }) {
    const drawn = drawTwoStage({ ...stages(values, population, seed), n: sampleSize() }, sha256Hex);
    return drawn.ok ? undivided(drawn.value, clusterFacts('two-stage', drawn.value)) : drawn;
  },

  async weighted({ values, population: { ids }, seed, sampleSize }) {
    const weights = await weightsOf(values, ids);
    const drawn = drawWeighted({ unitIds: ids, weights, n: sampleSize(), seed }, sha256Hex);
    return drawn.ok ? undivided(drawn.value, { design: 'weighted', certain: drawn.value.certain }) : drawn;
  },
};

function undivided(draw: ProbabilityDraw, facts: Drawn['facts']): Result<Drawn> {
  return done({ draw, stratumAt: () => 'all', facts });
}

const allocations = ['proportional', 'neyman', 'nested'] as const;

/** `nested`: the order an audit freezes, of which every beginning holds the strata in proportion. */
async function drawFromStrata({ values, population, seed, sampleSize }: DrawInput): Promise<Result<Drawn>> {
  const strata = population.strataOf(keysOf(values));
  if (!strata.ok) return strata;
  const { names, of } = strata.value;
  const stratumAt = (position: number): string => names[of[position]!]!;
  const rates = await ratesOf(values);
  const allocation = choiceOption(values, 'allocation', allocations) ?? (rates ? 'neyman' : 'proportional');
  if (allocation === 'neyman' && rates === null) {
    throw new CommandFailure(ExitCode.badArguments, 'missingOption', { name: 'rates' });
  }
  if (allocation !== 'neyman' && rates !== null) {
    throw new CommandFailure(ExitCode.badArguments, 'optionOfOtherDesign', {
      name: 'rates',
      design: allocation,
    });
  }
  const minimumPerStratum =
    numberOption(values, 'minimum', { least: 0, most: 1_000_000, isInteger: true }) ?? defaultStratumMinimum;
  const request = { unitIds: population.ids, n: sampleSize(), minimumPerStratum, seed };
  const drawn =
    allocation === 'nested'
      ? drawNested({ ...request, strata: strata.value }, sha256Hex)
      : drawStratified(
          {
            ...request,
            strata: Array.from(population.ids, (_, position) => stratumAt(position)),
            ...(rates ? { rates: forEvery(names, rates) } : {}),
          },
          sha256Hex,
        );
  if (!drawn.ok) return drawn;
  const facts = {
    design: 'stratified',
    allocation,
    minimumPerStratum: drawn.value.minimumPerStratum,
    strata: drawn.value.strata,
  };
  return done({ draw: drawn.value, stratumAt, facts });
}

/** `*` stands for every stratum without a rate of its own. */
function forEvery(names: readonly string[], rates: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const other = rates.get('*');
  return other === undefined ? rates : new Map(names.map((name) => [name, rates.get(name) ?? other]));
}

function stages(values: OptionValues, { ids, sceneAt }: Candidates, seed: string) {
  const most = Number.MAX_SAFE_INTEGER;
  const clustersDrawn = requireNumber(values, 'scenes', { least: 1, most, isInteger: true });
  return { unitIds: ids, clusters: Array.from(ids, (_, position) => sceneAt(position)), clustersDrawn, seed };
}

function clusterFacts(
  design: Design,
  { clusterPopulation, clusters }: Extract<ReturnType<typeof drawClusters>, { ok: true }>['value'],
) {
  return { design, scenes: clusterPopulation, clusters };
}

/** `stratum=rate` pairs, or a file with a JSON object of them; null where none are given. */
async function ratesOf(values: OptionValues): Promise<ReadonlyMap<string, number> | null> {
  const text = textOption(values, 'rates');
  if (text === null) return null;
  if (!text.includes('=')) return new Map(numbersOfJson(text, await fileText(text)));
  return new Map(text.split(',').map((pair) => numberedName(pair, pair.lastIndexOf('='), 'rates')));
}

/** A weight for every unit, from `{"id": weight}` or from lines `id,weight` with or without a head. */
async function weightsOf(values: OptionValues, ids: readonly string[]): Promise<number[]> {
  const file = textOption(values, 'weights');
  if (file === null) throw new CommandFailure(ExitCode.badArguments, 'missingOption', { name: 'weights' });
  const text = (await fileText(file)).replace(/^\uFEFF/, '');
  const weights = new Map(
    text.trimStart().startsWith('{') ? numbersOfJson(file, text) : numbersOfLines(text),
  );
  return ids.map((id) => {
    const weight = weights.get(id);
    if (weight === undefined)
      throw new CommandFailure(ExitCode.badInput, 'weightMissing', { path: file, unit: id });
    return weight;
  });
}

function numbersOfJson(path: string, text: string): [string, number][] {
  const place = (reason: string): CommandFailure =>
    new CommandFailure(ExitCode.badInput, 'cannotRead', { path, reason });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw place((error as Error).message);
  }
  if (typeof parsed !== 'object' || parsed === null) throw place('{}');
  return Object.entries(parsed).map(([name, value]) => {
    if (typeof value !== 'number') throw place(name);
    return [name, value];
  });
}

/** An id may hold commas and may be quoted; the number stands after the last comma. */
function numbersOfLines(text: string): [string, number][] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const isHead =
    lines.length > 0 && !Number.isFinite(Number(lines[0]!.slice(lines[0]!.lastIndexOf(',') + 1)));
  return lines.slice(isHead ? 1 : 0).map((line) => {
    const [name, value] = numberedName(line, line.lastIndexOf(','), 'weights');
    return [/^".*"$/.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name, value];
  });
}

function numberedName(text: string, at: number, name: string): [string, number] {
  const number = text.slice(at + 1).trim();
  const value = Number(number);
  if (at > 0 && number !== '' && Number.isFinite(value)) return [text.slice(0, at).trim(), value];
  throw new CommandFailure(ExitCode.badArguments, 'badNumber', { name, text, least: 0, most: 1 });
}

async function fileText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new CommandFailure(ExitCode.badInput, 'cannotRead', { path, reason: (error as Error).message });
  }
}
