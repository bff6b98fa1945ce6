/** A delivery opened for a command: the same worker, cache and confined reading as the app uses. */
import { readFile } from 'node:fs/promises';
import type { ByteSource } from '../../shared/base/bytes.ts';
import { ProblemError, type Result } from '../../shared/base/problem.ts';
import type { Progress } from '../../shared/host/contract.ts';
import type { FileRef, SweepRef } from '../../shared/model/delivery.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import { type BufferPool, createBufferPool } from '../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../shared/readers/clouds/readPoints.ts';
import type { SweepReading } from '../../shared/readers/clouds/readSweep.ts';
import { readIndexFile } from '../../shared/readers/indexFile.ts';
import { builtCodecs } from '../builtPlaces.ts';
import { codecsIn } from '../services/codecs.ts';
import { openDeliveryBytes } from '../services/deliveryBytes.ts';
import { deliveryCacheAt } from '../services/deliveryCache.ts';
import { readProblem } from '../services/faults.ts';
import type { IndexOutput } from '../workers/indexJob.ts';
import type { Command, CommandContext, CommandInput } from './command.ts';
import { commandHome, commandJobs } from './machine.ts';
import { requirePositional, textOption } from './values.ts';

/** The options of every command that opens a delivery. */
export const deliveryOptions = {
  sensors: { type: 'string' },
  labels: { type: 'string' },
  compare: { type: 'string' },
  between: { type: 'boolean' },
  mapping: { type: 'string' },
} as const satisfies Command['options'];

/** The same as a usage line names them. */
export const deliveryUsage = '[--sensors DIR] [--labels NAME] [--compare PATH] [--between] [--mapping FILE]';

export interface CommandDelivery {
  readonly summary: IndexOutput;
  readonly index: DeliveryIndex;
  readonly pool: BufferPool;
  open(file: FileRef): Promise<ByteSource>;
  /** Decoded into a pooled buffer: hand `sweep.interleaved.buffer` back when done. */
  readPoints(sweep: SweepRef): Promise<Result<SweepReading>>;
}

/** Rejects with ProblemError where the path is no delivery. */
export async function indexForCommand(input: CommandInput, context: CommandContext): Promise<IndexOutput> {
  const roots = {
    path: requirePositional(input, 0, 'path'),
    sensorsPath: textOption(input.values, 'sensors'),
    choice: {
      labels: textOption(input.values, 'labels'),
      comparePath: textOption(input.values, 'compare'),
      between: input.values.between === true,
      mapping: await mappingText(textOption(input.values, 'mapping')),
    },
  };
  const indexed = await commandJobs()(
    'index',
    { ...roots, cacheFolder: commandHome().cache },
    { signal: context.signal, onProgress: shownProgress(context) },
  );
  if (!indexed.ok) throw new ProblemError(indexed.problem);
  return indexed.value;
}

/** What a job says while it works, in the words of the terminal. */
export function shownProgress({ output, t }: CommandContext): (progress: Progress) => void {
  return ({ step, done, total }) => output.progress(t(`progress.${step}`), done, total);
}

/** As `indexForCommand`, with the index and the bytes behind it at hand. */
export async function withDelivery<Value>(
  input: CommandInput,
  context: CommandContext,
  use: (delivery: CommandDelivery) => Promise<Value>,
): Promise<Value> {
  const summary = await indexForCommand(input, context);
  const index = readIndexFile(await readFile(deliveryCacheAt(commandHome().cache, summary.key).index));
  if (!index.ok) throw new ProblemError(index.problem);
  const bytes = await openDeliveryBytes(summary);
  const { open } = bytes;
  const pool = createBufferPool();
  try {
    return await use({
      summary,
      index: index.value,
      pool,
      open,
      readPoints: (sweep) => readPoints(sweep, { open, pool, codecs: codecsIn(builtCodecs) }),
    });
  } finally {
    await bytes.close();
  }
}

/** The text of a mapping file; what it says is parsed where the delivery is read. */
async function mappingText(file: string | null): Promise<string | null> {
  if (file === null) return null;
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ProblemError(readProblem('file', file, error));
  }
}
