/** The protocol between window and workers, over a real message channel. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { type FromWorker, Priority, type ToWorker } from '../../../renderer/workers/protocol.ts';
import { createRequestQueue } from '../../../renderer/workers/requestQueue.ts';
import {
  type Handlers,
  serveOperations,
  type WorkerPort,
} from '../../../renderer/workers/serveOperations.ts';
import { openWorkerChannel, type WorkerLike } from '../../../renderer/workers/workerChannel.ts';
import { done, failed, ProblemError } from '../../../shared/base/problem.ts';

type Sums = { add: { readonly input: readonly [number, number]; readonly output: number } };

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** A Node port with the two members of a browser's port that the protocol uses. */
function browserLike<Out, In>(port: MessagePort) {
  ports.push(port);
  const like = {
    onmessage: null as ((event: MessageEvent<In>) => void) | null,
    onerror: null,
    postMessage: (message: Out, transfer: Transferable[]) => port.postMessage(message, transfer as never),
    terminate: () => port.close(),
  };
  port.on('message', (data: In) => like.onmessage?.({ data } as MessageEvent<In>));
  return like;
}

function connect(
  handlers: Handlers<Sums>,
  atOnce = 1,
  takeBack: (buffer: ArrayBuffer) => void = () => undefined,
) {
  const { port1, port2 } = new MessageChannel();
  serveOperations<Sums>(browserLike<FromWorker, ToWorker>(port2) as WorkerPort, handlers, atOnce, takeBack);
  return openWorkerChannel<Sums>(browserLike<ToWorker, FromWorker>(port1) as WorkerLike);
}

test('an answer reaches its own call', async () => {
  const channel = connect({ add: ([a, b]) => done(a + b) });
  expect(await Promise.all([channel.call('add', [1, 2]), channel.call('add', [3, 4])])).toEqual([3, 7]);
});

test('expected trouble arrives as the problem it is, a bug as an error', async () => {
  const problem = { code: 'sensor-file-missing', severity: 'error', path: 'a.pcd' } as const;
  const channel = connect({
    add([a]) {
      if (a === 0) return failed(problem);
      throw new TypeError('no such thing');
    },
  });
  await expect(channel.call('add', [0, 0])).rejects.toEqual(new ProblemError(problem));
  await expect(channel.call('add', [1, 0])).rejects.toThrow('TypeError: no such thing');
});

test('an aborted call is rejected, whether it waits or runs', async () => {
  const signals: AbortSignal[] = [];
  let finish = (): void => undefined;
  const channel = connect({
    async add([a, b], { signal }) {
      signals.push(signal);
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return done(a + b);
    },
  });
  const running = new AbortController();
  const waiting = new AbortController();
  const first = channel.call('add', [1, 1], { signal: running.signal });
  const second = channel.call('add', [2, 2], { signal: waiting.signal });
  await expect.poll(() => signals.length).toBe(1);
  waiting.abort();
  await expect(second).rejects.toMatchObject({ name: 'AbortError' });
  running.abort();
  await expect.poll(() => signals[0]!.aborted).toBe(true);
  finish();
  await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  expect(signals.length).toBe(1);
});

test('closing rejects what is open', async () => {
  const channel = connect({ add: () => new Promise(() => undefined) });
  const open = channel.call('add', [1, 1]);
  channel.close();
  await expect(open).rejects.toMatchObject({ name: 'AbortError' });
  await expect(channel.call('add', [1, 1])).rejects.toMatchObject({ name: 'AbortError' });
});

test('returned buffers come home', async () => {
  const home: number[] = [];
  const channel = connect({ add: () => done(0) }, 1, (buffer) => home.push(buffer.byteLength));
  const buffer = new ArrayBuffer(64);
  channel.giveBack(buffer);
  expect(buffer.byteLength).toBe(0);
  channel.giveBack(buffer);
  await expect.poll(() => home).toEqual([64]);
});

test('the queue runs the most urgent first, equals in order, and no more at once than told', async () => {
  const order: number[] = [];
  const finishers: (() => void)[] = [];
  const queue = createRequestQueue(2);
  const task = (id: number, priority: number) => ({
    id,
    priority,
    run: () => {
      order.push(id);
      return new Promise<void>((resolve) => finishers.push(resolve));
    },
  });
  for (const [id, priority] of [
    [1, Priority.later],
    [2, Priority.later],
    [3, Priority.soon],
    [4, Priority.now],
    [5, Priority.soon],
  ] as const) {
    queue.add(task(id, priority));
  }
  expect(order).toEqual([1, 2]);
  expect(queue.remove(5)).toBe(true);
  expect(queue.remove(1)).toBe(false);
  for (let turn = 0; turn < 2; turn++) {
    finishers.shift()!();
    await expect.poll(() => order.length).toBe(3 + turn);
  }
  expect(order).toEqual([1, 2, 4, 3]);
  expect(queue.waiting).toBe(0);
});
