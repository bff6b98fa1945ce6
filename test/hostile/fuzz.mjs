/**
 * `node test/hostile/fuzz.mjs [cases] [seed] [target]`: changes valid bytes of every format at random and reads them.
 * Prints a line per reader: cases, failures, its longest case. Ends with 1 where a reader threw, took over a second
 * for one case, or the process grew over 1 GB; a case is run again by its seed.
 */
import { Worker } from 'node:worker_threads';
import { bundleScript } from './bundle.mjs';

const [cases, seed] = [Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 1)];
const only = process.argv[4] ?? null;
const MOST_MILLISECONDS = 1000;
const MOST_BYTES = 1e9;
/** A case that has not ended by then never will, however busy the machine is. */
const HANG_MILLISECONDS = 60_000;

const bundle = await bundleScript('fuzz/worker.ts');
const state = new Int32Array(new SharedArrayBuffer(12));
const worker = new Worker(bundle, {
  workerData: { cases, seed, only, state },
  resourceLimits: { maxOldGenerationSizeMb: 1000 },
});
let names = [];
let total = 0;
let worstMemory = 0;
let peak = 0;
let isBad = false;
let last = { step: -1, since: Date.now() };

const complain = (text) => {
  isBad = true;
  console.log(text);
};

const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
  worstMemory = Math.max(worstMemory, peak);
  const step = Atomics.load(state, 2);
  if (step !== last.step) last = { step, since: Date.now() };
  else if (step > 0 && Date.now() - last.since > HANG_MILLISECONDS) {
    console.log(`HANG: ${names[Atomics.load(state, 0)]}, seed ${Atomics.load(state, 1)}`);
    process.exit(1);
  }
}, 100);

worker.on('message', (message) => {
  if (message.targets) {
    names = message.targets;
    return;
  }
  const { name, counts, took } = message;
  total += counts.cases;
  const each = ((1000 * took) / counts.cases).toFixed(0);
  console.log(
    `${name.padEnd(18)} ${String(counts.cases).padStart(8)} cases  ${counts.failed} failures  ` +
      `${each.padStart(6)} us each  worst ${counts.worst.toFixed(1)} ms (seed ${counts.worstSeed}), ${(peak / 1e6).toFixed(0)} MB`,
  );
  peak = 0;
  for (const { seed: failed, error } of counts.failures) complain(`  seed ${failed}: ${error}`);
  if (counts.worst > MOST_MILLISECONDS) complain(`  SLOW: seed ${counts.worstSeed}`);
});
worker.on('error', (error) => {
  console.log(
    `the thread died at ${names[Atomics.load(state, 0)]}, seed ${Atomics.load(state, 1)}: ${error}`,
  );
  process.exit(1);
});
worker.on('exit', () => {
  clearInterval(watch);
  if (worstMemory > MOST_BYTES) complain('MEMORY: over 1 GB');
  console.log(`${total} cases, ${(worstMemory / 1e6).toFixed(0)} MB at most: ${isBad ? 'FAILED' : 'clean'}`);
  process.exit(isBad ? 1 : 0);
});
