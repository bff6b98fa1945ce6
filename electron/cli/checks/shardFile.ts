/** The answers of parts of one delivery, and their sum: what the whole would have answered. */
import { qaSpecSchema } from '../../../shared/audit/qaSpec.ts';
import { z } from '../../../shared/base/door.ts';
import type { Problem } from '../../../shared/base/problem.ts';
import { concludeResults } from '../../../shared/checks/checkScene.ts';
import { findingSchema } from '../../../shared/checks/finding.ts';
import { priorsSchema } from '../../../shared/checks/priors.ts';
import { addResults, type CheckResults, checkResultsSchema } from '../../../shared/checks/results.ts';
import { checkSettingsSchema } from '../../../shared/checks/settings.ts';
import { problemSchema } from '../../../shared/host/shapes.ts';
import type { ChecksOutput } from '../../workers/checks/checksJob.ts';
import { type CheckSetup, checkVersions, contextOf } from '../../workers/checks/setup.ts';
import type { Shard } from '../../workers/checks/shards.ts';
import { eachOnce } from '../../workers/checks/sweepSource.ts';
import { readDocument } from '../documents.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import type { CheckDocument } from './checkDocument.ts';

/** What the answer of a part has beyond that of a whole. */
const shardSchema = z.object({
  shard: z.object({
    index: z.number().int().positive(),
    of: z.number().int().positive(),
    /** SHA-256 of the index: the same wherever the delivery lies. */
    delivery: z.string(),
    /** The checks of the program that made it, each with its version. */
    checks: z.array(z.string()),
  }),
  setup: z.object({ spec: qaSpecSchema, settings: checkSettingsSchema, priors: priorsSchema }),
  /** Sums without findings, which stand in the document. */
  parts: checkResultsSchema.omit({ findings: true }),
  findings: z.array(findingSchema),
  problems: z.array(problemSchema),
});
type ShardAnswer = z.infer<typeof shardSchema>;

export function shardDocument(
  document: CheckDocument,
  { results: { findings: _listed, ...parts }, indexHash }: ChecksOutput,
  setup: CheckSetup,
  shard: Shard,
): CheckDocument & Pick<ShardAnswer, 'shard' | 'setup' | 'parts'> {
  const { spec, settings, priors } = setup;
  return {
    ...document,
    shard: { ...shard, delivery: indexHash, checks: [...checkVersions] },
    setup: { spec, settings, priors },
    parts,
  };
}

export interface MergedShards {
  readonly results: CheckResults;
  readonly problems: readonly Problem[];
  readonly setup: CheckSetup;
}

/** Every part of a delivery, once and in any order. Refuses with one line what does not add up. */
export async function mergeShards(files: readonly string[]): Promise<MergedShards> {
  const answers = new Map<number, ShardAnswer>();
  const fileOf = new Map<number, string>();
  let first: ShardAnswer | null = null;
  for (const file of files) {
    const answer = await readDocument(file, shardSchema, 'shard');
    const { index, of } = answer.shard;
    if (index > of) refuse('shardBeyond', { path: file, index, of });
    if (String(answer.shard.checks) !== String(checkVersions)) refuse('shardOfOtherChecks', { path: file });
    first ??= answer;
    if (identityOf(answer) !== identityOf(first)) refuse('shardForeign', { path: file, other: files[0]! });
    const twin = fileOf.get(index);
    if (twin !== undefined) refuse('shardTwice', { index, of, path: file, other: twin });
    answers.set(index, answer);
    fileOf.set(index, file);
  }
  if (first === null) throw new CommandFailure(ExitCode.badArguments, 'missingArgument', { name: 'file' });
  const { of } = first.shard;
  const indices = Array.from({ length: of }, (_, at) => at + 1);
  const missing = indices.filter((index) => !answers.has(index));
  if (missing.length > 0) refuse('shardsMissing', { of, missing: missing.join(', ') });
  const inOrder = indices.map((index) => answers.get(index)!);
  const sum = addResults(inOrder.map(({ parts, findings }) => ({ ...parts, findings })));
  return {
    results: concludeResults(sum, contextOf(first.setup)),
    problems: eachOnce(inOrder.flatMap(({ problems }) => problems)),
    setup: first.setup,
  };
}

/** Only what agrees in this belongs together. */
function identityOf({ shard: { of, delivery }, setup }: ShardAnswer): string {
  return JSON.stringify([of, delivery, setup]);
}

function refuse(key: string, params: Readonly<Record<string, string | number>>): never {
  throw new CommandFailure(ExitCode.badInput, key, params);
}
