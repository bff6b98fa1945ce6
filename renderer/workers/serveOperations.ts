/** The worker's half of the protocol: takes calls from a port, runs their handlers by priority, answers each once. */
import type { Result } from '../../shared/base/problem.ts';
import type { FromWorker, Operations, ToWorker } from './protocol.ts';
import { createRequestQueue } from './requestQueue.ts';

export interface HandlerContext {
  readonly signal: AbortSignal;
  /** Hands the buffer or bitmap over with the answer instead of copying it. */
  readonly transfer: (item: Transferable) => void;
}

export type Handlers<Ops extends Operations> = {
  readonly [Name in keyof Ops]: (
    input: Ops[Name]['input'],
    context: HandlerContext,
  ) => Promise<Result<Ops[Name]['output']>> | Result<Ops[Name]['output']>;
};

/** The side of a worker's global scope (or of a message port) that the protocol needs. */
export interface WorkerPort {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

/**
 * Serves until the worker ends. `atOnce` calls run side by side. `takeBack` receives buffers the window returns.
 */
export function serveOperations<Ops extends Operations>(
  port: WorkerPort,
  handlers: Handlers<Ops>,
  atOnce: number,
  takeBack: (buffer: ArrayBuffer) => void,
): void {
  const queue = createRequestQueue(atOnce);
  const running = new Map<number, AbortController>();

  async function run(id: number, operation: keyof Ops, input: unknown): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    const transfers: Transferable[] = [];
    const context: HandlerContext = {
      signal: controller.signal,
      transfer: (item) => {
        transfers.push(item);
      },
    };
    const answer = await handle(handlers, operation, input, context, id);
    running.delete(id);
    port.postMessage(answer, answer.kind === 'output' ? transfers : []);
  }

  port.onmessage = ({ data: message }) => {
    if (message.kind === 'return') {
      takeBack(message.buffer);
    } else if (message.kind === 'abort') {
      if (queue.remove(message.id)) port.postMessage({ id: message.id, kind: 'aborted' }, []);
      else running.get(message.id)?.abort();
    } else {
      const { id, operation, input, priority } = message;
      queue.add({ id, priority, run: () => run(id, operation, input) });
    }
  };
}

async function handle<Ops extends Operations>(
  handlers: Handlers<Ops>,
  operation: keyof Ops,
  input: unknown,
  context: HandlerContext,
  id: number,
): Promise<FromWorker> {
  try {
    const result = await handlers[operation](input as Ops[keyof Ops]['input'], context);
    if (context.signal.aborted) return { id, kind: 'aborted' };
    return result.ok
      ? { id, kind: 'output', output: result.value }
      : { id, kind: 'problem', problem: result.problem };
  } catch (error) {
    if (context.signal.aborted) return { id, kind: 'aborted' };
    return {
      id,
      kind: 'bug',
      message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    };
  }
}
