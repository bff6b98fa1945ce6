/**
 * One thread's share of a long list of files to hash. The threads take from the list in turns through a counter they
 * share, so that one with large files does not keep the others waiting, and write down what is done as they go.
 */
import { appendFileSync } from 'node:fs';
import { fileKey } from '../../../shared/audit/scope.ts';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done } from '../../../shared/base/problem.ts';
import type { FileRef, RootName } from '../../../shared/model/delivery.ts';
import { openDeliveryBytes } from '../../services/deliveryBytes.ts';
import { readProblem } from '../../services/faults.ts';
import type { Job, RealRoots } from '../job.ts';
import { fileHasher } from './hashFile.ts';
import { type HashLine, hashLines } from './hashJournal.ts';

/** Where in the shared counter which number stands. */
export const Count = { taken: 0, done: 1 } as const;

export interface HashShareInput {
  readonly roots: RealRoots;
  /** From `packFiles`. */
  readonly files: string;
  /** Two int32: files taken by any thread, and files done. */
  readonly counter: SharedArrayBuffer;
  /** What was hashed before: a file found there under the same identity is not read again. */
  readonly journal: string;
  /** Rests as long as it worked: it runs beside a person. */
  readonly isPolite: boolean;
  /** Ends all threads at the first file that cannot be read. */
  readonly endsAtProblem: boolean;
}

/** What a thread has hashed, in columns: a hundred thousand small objects take longer to hand over than to make. */
export interface HashShare {
  /** Positions in the list. */
  readonly at: Int32Array;
  readonly bytes: Float64Array;
  /** 32 bytes each. */
  readonly sha256: Uint8Array;
  readonly problems: readonly Problem[];
}

/** A list of files as one string, which threads are given at once; no name holds a NUL. */
export function packFiles(files: readonly FileRef[]): string {
  return files.map(fileKey).join('\0');
}

function unpackFiles(packed: string): FileRef[] {
  const keys = packed === '' ? [] : packed.split('\0');
  return keys.map((key) => {
    const colon = key.indexOf(':');
    return { root: key.slice(0, colon) as RootName, path: key.slice(colon + 1) };
  });
}

/** Files taken at a time: a turn costs nothing, but small files are small. */
const atOnce = 8;
/** Lines kept back at most, and for how long: what a kill can cost. */
const linesAtOnce = 64;
const keepBackMs = 500;

export const hashShareJob: Job<HashShareInput, HashShare> = (input) => hashShare(input);

/** The same in the thread that asks. */
export async function hashShare({ roots, journal, ...how }: HashShareInput): Promise<Result<HashShare>> {
  const counts = new Int32Array(how.counter);
  const known = await hashLines(journal);
  const files = unpackFiles(how.files);
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
    return done({ ...columnsOf(hashed), problems });
  } finally {
    await bytes.close();
  }
}

function columnsOf(hashed: readonly (HashLine & { readonly at: number })[]): Omit<HashShare, 'problems'> {
  const sha256 = Buffer.alloc(32 * hashed.length);
  for (const [row, line] of hashed.entries()) sha256.write(line.sha256, 32 * row, 'hex');
  return {
    at: Int32Array.from(hashed, ({ at }) => at),
    bytes: Float64Array.from(hashed, ({ bytes }) => bytes),
    sha256: new Uint8Array(sha256),
  };
}

const never = new Int32Array(new SharedArrayBuffer(4));

/** Stops this thread, not the program. */
function rest(ms: number): void {
  if (ms > 0) Atomics.wait(never, 0, 0, ms);
}
