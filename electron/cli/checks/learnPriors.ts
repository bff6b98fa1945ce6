/** `assay check <path> --learn OUT`: what labels usually are, learned from a delivery that its caller vouches for. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ProblemError } from '../../../shared/base/problem.ts';
import { type PriorsDocument, priorsSchema } from '../../../shared/checks/priors.ts';
import type { Translate } from '../../../shared/messages/translate.ts';
import { isInside } from '../../services/confine.ts';
import { realRoots } from '../../services/deliveries.ts';
import { writeDurably } from '../../services/durable.ts';
import { writeProblem } from '../../services/faults.ts';
import { createPlaces } from '../../services/places.ts';
import type { IndexOutput } from '../../workers/indexJob.ts';
import type { CommandContext, CommandInput } from '../command.ts';
import { documentOption, specOption } from '../documents.ts';
import { commandJobs } from '../machine.ts';
import { indexForCommand, shownProgress } from '../openForCommand.ts';
import { table } from '../output.ts';
import { requirePositional } from '../values.ts';

/** On top of `--priors`, where that is given. Answers what was written, and where. */
export async function learnFromDelivery(
  input: CommandInput,
  out: string,
  context: CommandContext,
): Promise<{ readonly file: string; readonly priors: PriorsDocument }> {
  const previous = await documentOption(input.values, 'priors', priorsSchema);
  const spec = await specOption(input.values);
  const found = await indexForCommand(input, context);
  const file = await fileOutside(found, path.resolve(out));
  const roots = realRoots(found);
  const options = { signal: context.signal, onProgress: shownProgress(context) };
  const runJob = commandJobs();
  const hashed = await runJob(
    'hashLabels',
    { ...roots, labelFiles: found.labelFiles, isFresh: false },
    options,
  );
  if (!hashed.ok) throw new ProblemError(hashed.problem);
  const about = {
    vendor: previous?.vendor ?? null,
    project: previous?.project ?? null,
    batch: path.basename(path.resolve(requirePositional(input, 0, 'path'))),
    labelsHash: hashed.value.labelsHash,
    on: new Date().toISOString().slice(0, 10),
  };
  const learned = await runJob('learnPriors', { roots, spec, previous, about }, options);
  if (!learned.ok) throw new ProblemError(learned.problem);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeDurably(file, `${JSON.stringify(learned.value, null, 2)}\n`);
  } catch (error) {
    throw new ProblemError(writeProblem(file, error));
  }
  return { file, priors: learned.value };
}

/** Where the file really will lie; a delivery is never written to. */
async function fileOutside({ root, sensorsRoot }: IndexOutput, file: string): Promise<string> {
  const folder = await (await createPlaces(null, '')).target(path.dirname(file));
  if (!folder.ok) throw new ProblemError(folder.problem);
  const isWithin = (owner: string | null): boolean => owner !== null && isInside(owner, folder.value);
  if (!isWithin(root) && !isWithin(sensorsRoot)) return path.join(folder.value, path.basename(file));
  throw new ProblemError({ code: 'folder-in-delivery', severity: 'error', path: file });
}

/** What was learned, for people. */
export function learnedLines(file: string, { classes, learnedFrom }: PriorsDocument, t: Translate): string[] {
  const word = (key: string): string => t(`cli.words.${key}`);
  return [
    ...table([
      [word('written'), file],
      [word('lots'), String(learnedFrom.length)],
    ]),
    '',
    ...table([
      [word('class'), word('objects'), word('size')],
      ...Object.entries(classes).map(([name, { size }]) => [
        name,
        size[0].objects,
        size.map(({ median }) => median.toFixed(2)).join(' × '),
      ]),
    ]),
  ];
}
