/** Runs jobs in worker threads: one thread a job, ended with it or when it is no longer wanted. */
import { Worker } from 'node:worker_threads';
import type { Result } from '../../shared/base/problem.ts';
import { done, failed } from '../../shared/base/problem.ts';
import type { CallOptions } from '../../shared/host/contract.ts';
import type { JobInput, JobName, JobOutput } from '../workers/jobs.ts';
import type { WorkerMessage } from '../workers/worker.ts';
import { abortError } from './faults.ts';

/** Rejects with an `AbortError` when cancelled, and with the job's own error when it has a bug. */
export type RunJob = <Name extends JobName>(
  name: Name,
  input: JobInput<Name>,
  options?: CallOptions,
) => Promise<JobOutput<Name>>;

/** @param workerFile the built worker (`dist/electron/worker.mjs`) */
export function createJobRunner(workerFile: URL): RunJob {
  return (name, input, { signal, onProgress } = {}) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortError());
        return;
      }
      const worker = new Worker(workerFile, { name: `assay-${name}`, workerData: { name, input } });
      let isSettled = false;
      const settle = (finish: () => void): void => {
        if (isSettled) return;
        isSettled = true;
        signal?.removeEventListener('abort', cancel);
        finish();
        void worker.terminate();
      };
      const cancel = (): void => settle(() => reject(abortError()));
      signal?.addEventListener('abort', cancel);
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'progress') onProgress?.(message.progress);
        else settle(() => answer(message, resolve as (value: Result<unknown>) => void, reject));
      });
      worker.on('error', (error) =>
        settle(() =>
          isOutOfMemory(error) ? resolve(outOfMemory() as JobOutput<typeof name>) : reject(error),
        ),
      );
      worker.on('exit', (code) =>
        settle(() => reject(new Error(`the thread of ${name} ended with ${code} and no answer`))),
      );
    });
}

function answer(
  message: Exclude<WorkerMessage, { kind: 'progress' }>,
  resolve: (value: Result<unknown>) => void,
  reject: (error: Error) => void,
): void {
  if (message.kind === 'result') resolve(done(message.result));
  else if (message.kind === 'problem') resolve(failed(message.problem));
  else reject(message.error);
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** A delivery larger than this machine is trouble that was to be expected. */
function outOfMemory(): Result<never> {
  return failed({ code: 'delivery-too-large', severity: 'error', path: '' });
}
