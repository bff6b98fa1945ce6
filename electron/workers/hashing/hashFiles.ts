/** Hashes a list of files with as many threads as the machine has cores, going on where an earlier run was ended. */
import { availableParallelism } from 'node:os';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done } from '../../../shared/base/problem.ts';
import type { FileRef } from '../../../shared/model/delivery.ts';
import { createJobRunner } from '../../services/runJob.ts';
import type { JobContext, RealRoots } from '../job.ts';
import { Count, type HashShare, type HashShareInput, hashShare, packFiles } from './hashShare.ts';

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

export interface HashedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface HashedFiles {
  /** In the order of the list; files with a problem are left out. */
  readonly files: readonly HashedFile[];
  /** One a file that could not be read, by path, as far as the list was gone through. */
  readonly problems: readonly Problem[];
}

/** A thread takes a tenth of a second to start: it is worth that for so many files or so many bytes. */
const filesAThread = 1500;
const bytesAThread = 96 * 1024 * 1024;
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
  const input: HashShareInput = {
    roots,
    files: packFiles(files),
    counter,
    journal,
    isPolite,
    endsAtProblem,
  };
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
    return done(
      joined(
        files,
        shares.flatMap((share) => (share.ok ? [share.value] : [])),
      ),
    );
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

function joined(files: readonly FileRef[], shares: readonly HashShare[]): HashedFiles {
  const hashed: (HashedFile | undefined)[] = new Array(files.length).fill(undefined);
  for (const { at, bytes, sha256 } of shares) {
    const digits = Buffer.from(sha256.buffer, sha256.byteOffset, sha256.length).toString('hex');
    for (const [row, place] of at.entries()) {
      const digest = digits.slice(64 * row, 64 * row + 64);
      hashed[place] = { path: files[place]!.path, bytes: bytes[row]!, sha256: digest };
    }
  }
  const problems = shares.flatMap((share) => share.problems);
  return {
    files: hashed.filter((file) => file !== undefined),
    problems: problems.sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}
