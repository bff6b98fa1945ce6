/** `assay convert`: a copy of the labels in another format, and a list of what that format cannot carry. */
import path from 'node:path';
import { targets } from '../../../shared/writers/contract.ts';
import { Losses } from '../../../shared/writers/losses.ts';
import { writers } from '../../../shared/writers/writeLabels.ts';
import { sha256Hex } from '../../services/hashes.ts';
import type { Command } from '../command.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { deliveryOptions, deliveryUsage, withDelivery } from '../openForCommand.ts';
import { requireEmpty, writeInto } from '../outFolder.ts';
import { table } from '../output.ts';
import { choiceOption, textOption } from '../values.ts';

export const convertCommand: Command = {
  name: 'convert',
  usage: `<path> --to openlabel|kitti|nuscenes --out DIR ${deliveryUsage} [--json]`,
  example: 'assay convert ./batch-0142 --to openlabel --out ./batch-0142-openlabel',
  mostArguments: 1,
  options: { ...deliveryOptions, to: { type: 'string' }, out: { type: 'string' } },
  async run(input, context) {
    const { output, t } = context;
    const target = choiceOption(input.values, 'to', targets);
    const named = textOption(input.values, 'out');
    if (target === null || named === null) {
      const name = target === null ? 'to' : 'out';
      throw new CommandFailure(ExitCode.badArguments, 'missingOption', { name });
    }
    const out = path.resolve(named);
    return withDelivery(input, context, async ({ index }) => {
      await requireEmpty(out);
      const losses = new Losses();
      const files: string[] = [];
      for (const { path: file, parts } of writers[target]({ index, losses, sha256: sha256Hex })) {
        context.signal.throwIfAborted();
        await writeInto(out, file, parts);
        files.push(file);
        output.progress(t('progress.converting'), files.length, 0);
      }
      const lost = losses
        .list()
        .map(({ kind, count }) => ({ kind, count, message: t(`cli.losses.${kind}`) }));
      const { cuboids, boxes2d } = index.labels;
      const counts = { cuboids: cuboids.count, boxes2d: boxes2d.count, frames: index.delivery.frames.length };
      const word = (key: string) => t(`cli.words.${key}`);
      output.answer({ out, to: target, ...counts, files: files.length, lost }, () => [
        ...table([
          [word('written'), out],
          [word('frames'), String(counts.frames)],
          [word('cuboids'), String(counts.cuboids)],
          [word('boxes2d'), String(counts.boxes2d)],
          [word('files'), String(files.length)],
        ]),
        ...(lost.length === 0 ? [] : ['', t('cli.lossesTitle')]),
        ...table(lost.map(({ count, message }) => [count, message])),
      ]);
      return ExitCode.done;
    });
  },
};
