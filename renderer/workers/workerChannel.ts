/** The window's half of the protocol: typed calls to one worker, each a promise that can be aborted. */
import { ProblemError } from '../../shared/base/problem.ts';
import { type FromWorker, type Operations, Priority, type ToWorker } from './protocol.ts';

export interface CallSettings {
  readonly signal?: AbortSignal;
  readonly priority?: number;
}

export interface WorkerChannel<Ops extends Operations> {
  /** Rejects with ProblemError for expected trouble, with an `AbortError` when aborted or closed. */
  call<Name extends keyof Ops & string>(
    operation: Name,
    input: Ops[Name]['input'],
    settings?: CallSettings,
  ): Promise<Ops[Name]['output']>;
  /** Gives a transferred buffer back to the worker's pool. */
  giveBack(buffer: ArrayBuffer): void;
  /** Ends the worker; calls still open are rejected as aborted. */
  close(): void;
}

/** What the channel needs of a Worker, so that a message port serves as well. */
export interface WorkerLike {
  postMessage(message: ToWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

interface OpenCall {
  readonly resolve: (output: unknown) => void;
  readonly reject: (reason: unknown) => void;
  readonly stopListening: () => void;
}

export function abortError(): Error {
  const error = new Error('The call was aborted.');
  error.name = 'AbortError';
  return error;
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

export function openWorkerChannel<Ops extends Operations>(worker: WorkerLike): WorkerChannel<Ops> {
  const open = new Map<number, OpenCall>();
  let lastId = 0;
  let isClosed = false;

  function settle(id: number, how: (call: OpenCall) => void): void {
    const call = open.get(id);
    if (!call) return;
    open.delete(id);
    call.stopListening();
    how(call);
  }

  worker.onmessage = ({ data: answer }) => {
    settle(answer.id, (call) => {
      if (answer.kind === 'output') call.resolve(answer.output);
      else if (answer.kind === 'problem') call.reject(new ProblemError(answer.problem));
      else if (answer.kind === 'aborted') call.reject(abortError());
      else call.reject(new Error(answer.message));
    });
  };
  // A worker that cannot even start answers nothing: everything open fails with its sentence.
  worker.onerror = (event) => {
    for (const id of [...open.keys()]) settle(id, (call) => call.reject(new Error(event.message)));
  };

  return {
    call(operation, input, settings = {}) {
      const { signal, priority = Priority.now } = settings;
      return new Promise((resolve, reject) => {
        if (isClosed || signal?.aborted) {
          reject(abortError());
          return;
        }
        const id = ++lastId;
        const onAbort = (): void => worker.postMessage({ kind: 'abort', id }, []);
        signal?.addEventListener('abort', onAbort, { once: true });
        open.set(id, {
          resolve: resolve as (output: unknown) => void,
          reject,
          stopListening: () => signal?.removeEventListener('abort', onAbort),
        });
        worker.postMessage({ kind: 'call', id, operation, priority, input }, []);
      });
    },
    giveBack(buffer) {
      if (!isClosed && buffer.byteLength > 0) worker.postMessage({ kind: 'return', buffer }, [buffer]);
    },
    close() {
      isClosed = true;
      worker.terminate();
      for (const id of [...open.keys()]) settle(id, (call) => call.reject(abortError()));
    },
  };
}
