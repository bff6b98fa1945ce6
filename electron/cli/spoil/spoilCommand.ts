/** `assay synth` where faults go into labels that are there: those of a delivery, or the true ones of a made world. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SynthOptions } from '../../../shared/synth/options.ts';
import type { OpenedWith } from '../../../shared/synth/spoil/truthDocument.ts';
import { synthesise } from '../../../shared/synth/synthesise.ts';
import type { CommandContext, CommandInput, OptionValues } from '../command.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { withDelivery } from '../openForCommand.ts';
import { requireEmpty, writeInto } from '../outFolder.ts';
import { table } from '../output.ts';
import { type CopySummary, writeSpoiledCopy } from './spoiledCopy.ts';
import { spoilPlan } from './spoilOptions.ts';

/** Puts faults into a copy of a delivery's labels; the delivery is read and never written to. */
export async function spoilInto(
  out: string,
  into: string,
  values: OptionValues,
  context: CommandContext,
): Promise<ExitCode> {
  const plan = spoilPlan(values);
  const { labels, compare, between, mapping, sensors } = values;
  const data = typeof sensors === 'string' ? sensors : into;
  for (const folder of new Set([into, data])) await refuseInside(out, folder);
  const input: CommandInput = { values: { labels, compare, between, mapping, sensors }, positionals: [into] };
  return withDelivery(input, context, async (delivery) => {
    await requireEmpty(out);
    const copy = await writeSpoiledCopy({ delivery, plan, values, out, sensors: data }, context);
    const words = copy.open.map((way) => commandWords(way, out, into, data));
    answer(out, copy, words, context);
    return ExitCode.done;
  });
}

/** A made world with true labels, spoiled by the same hand. */
export async function spoilMade(
  out: string,
  options: SynthOptions,
  values: OptionValues,
  context: CommandContext,
): Promise<ExitCode> {
  const plan = { ...spoilPlan(values), seed: options.seed };
  await requireEmpty(out);
  const truths = await mkdtemp(path.join(tmpdir(), 'assay-synth-'));
  try {
    const write = async (file: string, bytes: Uint8Array): Promise<void> => {
      if (file === 'truth.json') return;
      await writeInto(file.startsWith('labels/') ? truths : out, file, bytes);
    };
    const { output, t, signal } = context;
    const progress = ({ done, total }: { readonly done: number; readonly total: number }): void =>
      output.progress(t('progress.synthesising'), done, total);
    await synthesise({ ...options, defects: 0 }, { write }, { signal, progress });
    const input = { values: { sensors: out }, positionals: [truths] };
    const copy = await withDelivery(input, context, (delivery) =>
      writeSpoiledCopy({ delivery, plan, values, out, sensors: null }, context),
    );
    answer(out, copy, [out], context);
    return ExitCode.done;
  } finally {
    await rm(truths, { recursive: true, force: true });
  }
}

/** A copy below the delivery or its sensor data would be written into it, and be part of it from then on. */
async function refuseInside(out: string, into: string): Promise<void> {
  const way = path.relative(await realPlace(into), await realPlace(out));
  if (way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way)) {
    throw new CommandFailure(ExitCode.badArguments, 'outInside', { path: out, delivery: into });
  }
}

/** Where a path leads, links followed as far as it is there. */
async function realPlace(named: string): Promise<string> {
  const full = path.resolve(named);
  const parent = path.dirname(full);
  try {
    return await realpath(full);
  } catch {
    return parent === full ? full : path.join(await realPlace(parent), path.basename(full));
  }
}

/** The words that open the copy, as they would be typed after a command's name. */
function commandWords(way: OpenedWith, out: string, into: string, data: string): string {
  if (way.path === 'copy') return `${out} --sensors ${data}`;
  const sensors = data === into ? '' : ` --sensors ${data}`;
  return `${into}${sensors} --compare ${out} --labels ${way.labels}`;
}

function answer(
  out: string,
  copy: CopySummary,
  open: readonly string[],
  { output, t }: CommandContext,
): void {
  const word = (key: string) => t(`cli.words.${key}`);
  const left = copy.left.map((entry) => ({ ...entry, message: t(`cli.spoilLeft.${entry.why}`) }));
  const { frames, cuboids, faults, defects } = copy;
  output.answer({ out, frames, cuboids, faults, defects, left, open }, () => [
    ...table([
      [word('written'), out],
      [word('frames'), String(frames)],
      [word('cuboids'), String(cuboids)],
      [word('faults'), String(faults)],
      [word('defects'), String(defects)],
      ...open.map((words) => [word('opensAs'), words]),
    ]),
    ...(left.length === 0 ? [] : ['', t('cli.spoilLeftTitle')]),
    ...table(left.map(({ kind, count, message }) => [kind, count, message])),
  ]);
}
