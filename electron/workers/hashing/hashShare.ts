/**
 * One thread's share of a long list of files to hash. The threads take from the list in turns through a counter they
 * share, so that one with large files does not keep the others waiting, and write down what is done as they go.
 */
import { appendFileSync } from 'node:fs';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done } from '../../../shared/base/problem.ts';
import type { FileRef } from '../../../shared/model/delivery.ts';
import { openDeliveryBytes } from '../../services/deliveryBytes.ts';
import { readProblem } from '../../services/faults.ts';
import type { Job, RealRoots } from '../job.ts';
import { fileHasher } from './hashFile.ts';
import { type HashLine, hashLines } from './hashJournal.ts';

/** Where in the shared counter which number stands. */
export const Count = { taken: 0, done: 1 } as const;

export interface HashShareInput {
  readonly roots: RealRoots;
  readonly files: readonly FileRef[];
  /** Two int32: files taken by any thread, and files done. */
  readonly counter: SharedArrayBuffer;
  /** What was hashed before: a file found there under the same identity is not read again. */
  readonly journal: string;
  /** Rests as long as it worked: it runs beside a person. */
  readonly isPolite: boolean;
  /** Ends all threads at the first file that cannot be read. */
  readonly endsAtProblem: boolean;
}

export interface HashShare {
  /** By position in the list. */
  readonly hashed: readonly (HashLine & { readonly at: number })[];
  readonly problems: readonly Problem[];
}

/** Files taken at a time: a turn costs nothing, but small files are small. */
const atOnce = 8;
/** Lines kept back at most, and for how long: what a kill can cost. */
const linesAtOnce = 64;
const keepBackMs = 500;

export const hashShareJob: Job<HashShareInput, HashShare> = (input) => hashShare(input);

/** The same in the thread that asks. */
export async function hashShare({
  roots,
  files,
  journal,
  ...how
}: HashShareInput): Promise<Result<HashShare>> {
  const counts = new Int32Array(how.counter);
  const known = await hashLines(journal);
  const hashed: (HashLine & { readonly at: number })[] = [];
  const problems: Problem[] = [];
  const bytes = await openDeliveryBytes(roots);
  const hashFile = fileHasher(roots, bytes);
  const waiting: string[] = [];
  let wroteAt = Date.now();

  function writeDown(): void {
    if (waiting.length > 0) appendFileSync(journal, waiting.join(''));
    waiting.length = 0;
    wroteAt = Date.now();
  }

  async function take(at: number): Promise<void> {
    const file = files[at]!;
    try {
      const { line, isNew } = await hashFile(file, known);
      hashed.push({ ...line, at });
      if (isNew) waiting.push(`${JSON.stringify(line)}\n`);
    } catch (error) {
      problems.push(readProblem('file', file.path, error));
      if (how.endsAtProblem) Atomics.store(counts, Count.taken, files.length);
    }
    Atomics.add(counts, Count.done, 1);
    if (waiting.length >= linesAtOnce || Date.now() - wroteAt > keepBackMs) writeDown();
  }

  try {
    for (;;) {
      const first = Atomics.add(counts, Count.taken, atOnce);
      if (first >= files.length) break;
      const startedAt = Date.now();
      for (let at = first; at < Math.min(first + atOnce, files.length); at++) await take(at);
      if (how.isPolite) rest(Date.now() - startedAt);
    }
    writeDown();
    return done({ hashed, problems });
  } finally {
    await bytes.close();
  }
}

const never = new Int32Array(new SharedArrayBuffer(4));

/** Stops this thread, not the program. */
function rest(ms: number): void {
  if (ms > 0) Atomics.wait(never, 0, 0, ms);
}
