/** All automatic checks over a delivery or a part of it, spread over threads, scene by scene. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done } from '../../../shared/base/problem.ts';
import { concludeResults } from '../../../shared/checks/checkScene.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import { addResults, type CheckResults } from '../../../shared/checks/results.ts';
import type { Progress } from '../../../shared/host/contract.ts';
import { readIndexFile } from '../../../shared/readers/indexFile.ts';
import { deliveryCacheAt } from '../../services/deliveryCache.ts';
import { sha256Hex } from '../../services/hashes.ts';
import { createJobRunner } from '../../services/runJob.ts';
import type { Job, JobContext, RealRoots } from '../job.ts';
import { type CheckShare, type CheckShareInput, Count, checkShare } from './checkShare.ts';
import { keep, keptResultsFile, readKept } from './keptResults.ts';
import { orderedFindings } from './orderedFindings.ts';
import { type CheckSetup, contextOf } from './setup.ts';
import { type SceneBlock, type Shard, scenesOfShard } from './shards.ts';
import { eachOnce } from './sweepSource.ts';

export interface ChecksInput {
  readonly roots: RealRoots;
  readonly setup: CheckSetup;
  /** Null = the whole delivery; the results of a part are sums to be added up, and not concluded. */
  readonly shard: Shard | null;
  /** At most so many threads; null = as many as the machine has cores. A scene is never divided. */
  readonly threads: number | null;
  /** Looks again even where a result is kept. */
  readonly isFresh: boolean;
}

export interface ChecksOutput {
  readonly results: CheckResults;
  /** Sweeps that could not be read, or not wholly. */
  readonly problems: readonly Problem[];
  /** SHA-256 of the index: the same wherever the delivery lies. */
  readonly indexHash: string;
}

/** A thread takes a tenth of a second to start: it is worth that for so many frames. */
const framesAThread = 8;

/** Findings of scenes come with the progress in the order of the delivery, unless the result was kept. */
export const checksJob: Job<ChecksInput, ChecksOutput> = async (input, context) => {
  const { roots, setup, shard, isFresh } = input;
  const cache = deliveryCacheAt(roots.cacheFolder, roots.key);
  const scenes = await scenesIn(cache.index);
  if (!scenes.ok) return scenes;
  const { ids, frameCounts, indexHash } = scenes.value;
  if (shard !== null) {
    const part = await checkBlock(input, scenesOfShard(frameCounts, shard), scenes.value, context);
    return part.ok ? done({ ...part.value, indexHash }) : part;
  }
  const file = keptResultsFile(cache.folder, setup, context.codeHash);
  const kept = isFresh ? null : await readKept(file);
  if (kept !== null) return done({ ...kept, indexHash });
  const whole = await checkBlock(input, { from: 0, to: ids.length }, scenes.value, context);
  if (!whole.ok) return whole;
  const { results, problems } = whole.value;
  const concluded = { results: concludeResults(results, contextOf(setup)), problems: [...problems] };
  await keep(file, concluded);
  return done({ ...concluded, indexHash });
};

interface SceneList {
  readonly ids: readonly string[];
  readonly frameCounts: readonly number[];
  readonly indexHash: string;
}

/** Reads the index once with all its checks, and lets go of it again. */
async function scenesIn(file: string): Promise<Result<SceneList>> {
  const bytes = await readFile(file);
  const index = readIndexFile(bytes);
  if (!index.ok) return index;
  const { scenes } = index.value.delivery;
  return done({
    ids: scenes.map(({ id }) => id),
    frameCounts: scenes.map(({ frameCount }) => frameCount),
    indexHash: sha256Hex(bytes),
  });
}

type BlockResults = Pick<ChecksOutput, 'results' | 'problems'>;

async function checkBlock(
  { roots, setup, threads }: ChecksInput,
  block: SceneBlock,
  { ids, frameCounts }: SceneList,
  context: JobContext,
): Promise<Result<BlockResults>> {
  const length = block.to - block.from;
  const frames = frameCounts.slice(block.from, block.to).reduce((sum, count) => sum + count, 0);
  const counter = new SharedArrayBuffer(4 * (Count.scenes + length));
  const counts = new Int32Array(counter);
  const ordered = orderedFindings(ids.slice(block.from, block.to), (scene) => {
    const count = Atomics.load(counts, Count.scenes + scene);
    return count === 0 ? null : count - 1;
  });
  const findings: CheckFinding[] = [];

  function onProgress({ findings: arrived = [], ...progress }: Progress): void {
    ordered.add(arrived);
    const next = ordered.take();
    for (const finding of next) findings.push(finding);
    const numbers = { ...progress, done: Atomics.load(counts, Count.frames) };
    context.onProgress(next.length > 0 ? { ...numbers, findings: next } : numbers);
  }

  const input: CheckShareInput = { roots, setup, block, frames, counter };
  const worthwhile = Math.min(length, Math.ceil(frames / framesAThread));
  const started = Math.min(worthwhile, threads ?? availableParallelism());
  const how = { ...context, onProgress };
  const shares = await Promise.all(started > 1 ? inThreads(input, started, how) : [checkShare(input, how)]);
  const failure = shares.find((share) => !share.ok);
  if (failure !== undefined && !failure.ok) return failure;
  const parts = shares.flatMap((share) => (share.ok ? [share.value] : []));
  return done({
    results: { ...addResults(parts.map(({ results }) => results)), findings },
    problems: eachOnce(parts.flatMap(({ problems }) => problems)),
  });
}

function inThreads(
  input: CheckShareInput,
  threads: number,
  { workerFile, signal, onProgress }: JobContext,
): Promise<Result<CheckShare>>[] {
  const runJob = createJobRunner(workerFile);
  return Array.from({ length: threads }, () => runJob('checkShare', input, { signal, onProgress }));
}
