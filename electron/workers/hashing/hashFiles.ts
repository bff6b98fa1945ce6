/** Hashes a list of files with as many threads as the machine has cores, going on where an earlier run was ended. */
import { availableParallelism } from 'node:os';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done } from '../../../shared/base/problem.ts';
import type { FileRef } from '../../../shared/model/delivery.ts';
import { createJobRunner } from '../../services/runJob.ts';
import type { JobContext, RealRoots } from '../job.ts';
import type { HashLine } from './hashJournal.ts';
import { Count, type HashShare, type HashShareInput, hashShare } from './hashShare.ts';

export interface HashOptions {
  /** Lines of `HashLine`; see there. */
  readonly journal: string;
  /** Step of the progress. */
  readonly step: string;
  /** At most so many threads; all cores unless told. */
  readonly threads?: number;
  readonly isPolite?: boolean;
  readonly endsAtProblem?: boolean;
}

export interface HashedFiles {
  /** In the order of the list; files with a problem have none. */
  readonly lines: readonly HashLine[];
  /** One a file that could not be read, in the order of the list as far as it was reached. */
  readonly problems: readonly Problem[];
}

/** A thread is worth starting for so many files or so many bytes. */
const filesAThread = 64;
const bytesAThread = 32 * 1024 * 1024;
/** Disks do not get faster than this many readers. */
const mostThreads = 8;
const progressEveryMs = 100;

/** `bytes` is what the files come to, as far as is known: it only decides on the number of threads. */
export async function hashFiles(
  roots: RealRoots,
  files: readonly FileRef[],
  bytes: number,
  { journal, step, threads, isPolite = false, endsAtProblem = false }: HashOptions,
  context: JobContext,
): Promise<Result<HashedFiles>> {
  const counter = new SharedArrayBuffer(8);
  const counts = new Int32Array(counter);
  const input: HashShareInput = { roots, files, counter, journal, isPolite, endsAtProblem };
  const worthwhile = Math.max(Math.ceil(files.length / filesAThread), Math.ceil(bytes / bytesAThread));
  const started = Math.min(worthwhile, threads ?? availableParallelism(), mostThreads, files.length);
  const report = (): void =>
    context.onProgress({ step, done: Atomics.load(counts, Count.done), total: files.length });
  const timer = setInterval(report, progressEveryMs);
  try {
    const shares = await Promise.all(started > 1 ? inThreads(input, started, context) : [hashShare(input)]);
    report();
    const failure = shares.find((share) => !share.ok);
    if (failure !== undefined && !failure.ok) return failure;
    return done(joined(shares.flatMap((share) => (share.ok ? [share.value] : []))));
  } finally {
    clearInterval(timer);
  }
}

function inThreads(
  input: HashShareInput,
  threads: number,
  { workerFile, signal }: JobContext,
): Promise<Result<HashShare>>[] {
  const runJob = createJobRunner(workerFile);
  return Array.from({ length: threads }, () => runJob('hashShare', input, { signal }));
}

function joined(shares: readonly HashShare[]): HashedFiles {
  const hashed = shares.flatMap((share) => share.hashed).sort((a, b) => a.at - b.at);
  const problems = shares.flatMap((share) => share.problems);
  return {
    lines: hashed.map(({ at: _, ...line }) => line),
    problems: problems.sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}
