/** The thread that runs cases; what it is at stands in shared memory, so that a hang can be named. */
import { parentPort, workerData } from 'node:worker_threads';
import { fuzzSlice } from './slice.ts';
import { fuzzTargets } from './targets.ts';

const { cases, seed, only, state } = workerData as {
  cases: number;
  seed: number;
  only: string | null;
  state: Int32Array;
};

const targets = (await fuzzTargets()).filter(({ name }) => only === null || name === only);
parentPort!.postMessage({ targets: targets.map(({ name }) => name) });
const weights = targets.reduce((sum, { weight }) => sum + weight, 0);
for (const [at, target] of targets.entries()) {
  const share = Math.ceil((cases * target.weight) / weights);
  Atomics.store(state, 0, at);
  const started = performance.now();
  const counts = await fuzzSlice(target, seed, share, (current) => {
    Atomics.store(state, 1, current);
    Atomics.add(state, 2, 1);
  });
  parentPort!.postMessage({ name: target.name, counts, took: performance.now() - started });
}
