/** The thread a job runs in: takes its name and input, answers once. Ended by who started it. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Problem } from '../../shared/base/problem.ts';
import { ProblemError } from '../../shared/base/problem.ts';
import type { Progress } from '../../shared/host/contract.ts';
import { sha256Hex } from '../services/hashes.ts';
import type { Job } from './job.ts';
import { type JobName, jobs } from './jobs.ts';
import { createProgressThrottle } from './progressThrottle.ts';

/** What the thread says. The last message is one of the other three. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** A bug, with its stack. */
  | { readonly kind: 'error'; readonly error: Error };

if (parentPort === null) throw new Error('this file is a worker');
const port = parentPort;
const { name, input } = workerData as { readonly name: JobName; readonly input: unknown };

function post(message: WorkerMessage): void {
  port.postMessage(message);
}

const progress = createProgressThrottle((said) => post({ kind: 'progress', progress: said }));

try {
  const job = (await jobs[name]()) as Job<unknown, unknown>;
  const answer = await job(input, {
    // The thread is ended as a whole when its work is no longer wanted.
    signal: new AbortController().signal,
    onProgress: progress.report,
    workerFile: new URL(import.meta.url),
    codeHash: sha256Hex(await readFile(fileURLToPath(import.meta.url))),
  });
  progress.flush();
  post(answer.ok ? { kind: 'result', result: answer.value } : { kind: 'problem', problem: answer.problem });
} catch (error) {
  if (error instanceof ProblemError) post({ kind: 'problem', problem: error.problem });
  else post({ kind: 'error', error: error instanceof Error ? error : new Error(String(error)) });
}
