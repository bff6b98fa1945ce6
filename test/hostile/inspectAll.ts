/** Every hostile delivery through the built command line, looked at and checked; prints the faults, the slowest and the largest. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hostileCases } from './corpus/index.ts';
import { ask, faultsOf } from './inspectCase.ts';
import { layOut } from './openCase.ts';

const room = mkdtempSync(path.join(os.tmpdir(), 'assay-inspect-'));
const cases = await hostileCases();
let [faulty, slowest, largest] = [0, 0, 0];
for (const [at, hostile] of cases.entries()) {
  const laid = layOut(path.join(room, String(at)), hostile);
  for (const command of ['inspect', 'check'] as const) {
    const ended = await ask(command, laid.delivery, path.join(room, 'home'));
    const faults = faultsOf(ended, hostile.loads === null);
    if (ended.milliseconds > 10_000) faults.push(`${Math.round(ended.milliseconds / 1000)} s`);
    if (!laid.isCanaryUntouched()) faults.push('the file beside the delivery was written to');
    slowest = Math.max(slowest, ended.milliseconds);
    largest = Math.max(largest, ended.memory);
    if (faults.length === 0) continue;
    faulty++;
    console.log(`${command} ${hostile.name}: ${faults.join(', ')}\n  ${ended.stderr.slice(0, 300)}`);
  }
}
rmSync(room, { recursive: true, force: true });
console.log(
  `${cases.length} deliveries, ${faulty} answers with faults; slowest ${(slowest / 1000).toFixed(1)} s, ` +
    `largest ${(largest / 1e6).toFixed(0)} MB`,
);
process.exit(faulty === 0 ? 0 : 1);
