/** Hashing many files: the same answer however many threads, with progress, ended at any moment and gone on with. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createJobRunner, type RunJob } from '../../electron/services/runJob.ts';
import type { HashLabelsInput } from '../../electron/workers/hashing/hashJobs.ts';
import type { Progress } from '../../shared/host/contract.ts';
import { builtWorker, bundleEntry } from '../support/builtWorker.ts';
import { seededRandom } from '../support/seededRandom.ts';

/** Enough for more than one thread. */
const fileCount = 4000;
let place: string;
let root: string;
let runJob: RunJob;
let worker: URL;
let names: string[];

beforeAll(async () => {
  place = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'assay-hashing-')));
  root = path.join(place, 'delivery');
  worker = await builtWorker();
  runJob = createJobRunner(worker);
  const random = seededRandom(4);
  names = Array.from(
    { length: fileCount },
    (_, at) => `scene ${at % 7}/标注/${String(at).padStart(6, '0')}.json`,
  );
  for (const name of names) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), Buffer.alloc(random.integer(0, 20_000), random.integer(1, 255)));
  }
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

let cacheKeys = 0;
/** Input with a cache folder of its own. */
function freshInput(over: Partial<HashLabelsInput> = {}): HashLabelsInput & { readonly journal: string } {
  const cacheFolder = path.join(place, 'cache');
  const key = `key-${++cacheKeys}`;
  const journal = path.join(cacheFolder, key, 'labels.jsonl');
  return { root, sensorsRoot: null, cacheFolder, key, labelFiles: names, isFresh: false, journal, ...over };
}

function expectedHash(files: readonly string[] = names): string {
  const lines = [...files].sort().map((name) => {
    const digest = createHash('sha256')
      .update(readFileSync(path.join(root, name)))
      .digest('hex');
    return `${digest} ${name}\n`;
  });
  return createHash('sha256').update(lines.join('')).digest('hex');
}

function journalled(file: string): { path: string; sha256: string }[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line) as { path: string; sha256: string });
}

describe('label files', () => {
  test('come to the same hash in threads as one after the other, with progress', async () => {
    const steps: Progress[] = [];
    const input = freshInput();
    const answer = await runJob('hashLabels', input, { onProgress: (step) => steps.push(step) });
    expect(answer).toMatchObject({ ok: true, value: { labelsHash: expectedHash(), files: fileCount } });
    expect(steps.at(-1)).toEqual({ step: 'hashingLabels', done: fileCount, total: fileCount });
    const done = steps.map((step) => step.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(journalled(input.journal)).toHaveLength(fileCount);
  });

  test('killed at any moment, nothing that was finished is hashed again', async () => {
    const driver = fileURLToPath(
      await bundleEntry('test/support/hashDriver.ts', path.join(place, 'hashDriver.mjs')),
    );
    const input = freshInput();
    const child = spawn(process.execPath, [driver, worker.href, JSON.stringify(input)]);
    // The file is there a moment before its first line.
    while (!existsSync(input.journal) || statSync(input.journal).size === 0) await pause(2);
    child.kill('SIGKILL');
    await once(child, 'close');
    const before = readFileSync(input.journal, 'utf8');
    const finished = before.split('\n').length - 1;
    expect(finished).toBeGreaterThan(0);
    const answer = await runJob('hashLabels', input);
    expect(answer).toMatchObject({ ok: true, value: { labelsHash: expectedHash() } });
    const after = readFileSync(input.journal, 'utf8');
    expect(after.startsWith(before.slice(0, before.lastIndexOf('\n') + 1))).toBe(true);
    const whole = journalled(input.journal).map((line) => line.path);
    expect(new Set(whole).size).toBe(fileCount);
    expect(whole).toHaveLength(fileCount);
  });

  test('a call that is cancelled leaves no thread behind', async () => {
    const input = freshInput();
    const controller = new AbortController();
    const running = runJob('hashLabels', input, { signal: controller.signal });
    while (!existsSync(input.journal)) await pause(2);
    controller.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    await pause(300);
    const size = statSync(input.journal).size;
    await pause(700);
    expect(statSync(input.journal).size).toBe(size);
  });

  test('a file that was changed and given its old size and time is hashed anew', async () => {
    const input = freshInput();
    await runJob('hashLabels', input);
    const file = path.join(root, names[17]!);
    const { mtime, atime, size } = statSync(file);
    writeFileSync(file, Buffer.alloc(size, 7));
    utimesSync(file, atime, mtime);
    expect(await runJob('hashLabels', input)).toMatchObject({ value: { labelsHash: expectedHash() } });
    expect(journalled(input.journal)).toHaveLength(fileCount + 1);
    expect(await runJob('hashLabels', { ...input, isFresh: true })).toMatchObject({
      value: { labelsHash: expectedHash() },
    });
    expect(journalled(input.journal)).toHaveLength(fileCount + 1);
  });

  test('where there are none, have a hash all the same', async () => {
    const labelsHash = createHash('sha256').digest('hex');
    expect(await runJob('hashLabels', freshInput({ labelFiles: [] }))).toEqual({
      ok: true,
      value: { labelsHash, files: 0, bytes: 0 },
    });
  });

  test('one that is missing, or no longer as listed, leaves the delivery without a hash', async () => {
    const missing = await runJob('hashLabels', freshInput({ labelFiles: [...names, 'none.json'] }));
    expect(missing).toMatchObject({ ok: false, problem: { code: 'file-missing', path: 'none.json' } });
    const outside = await runJob('hashLabels', freshInput({ labelFiles: ['../cache/x', ...names] }));
    expect(outside).toMatchObject({ ok: false, problem: { code: 'path-outside-root' } });
    const gone = await runJob('hashLabels', freshInput({ root: path.join(place, 'gone') }));
    expect(gone).toMatchObject({ ok: false, problem: { code: 'folder-missing' } });
  });

  test.each([0, 6] as const)('in a zip, level %i, come to the hash of the folder', async (level) => {
    const few = names.slice(0, 150);
    const files = Object.fromEntries(
      few.map((name) => [`batch/${name}`, readFileSync(path.join(root, name))]),
    );
    const archive = path.join(place, `level-${level}.zip`);
    writeFileSync(archive, zipSync(files, { level }));
    const input = freshInput({ root: archive, labelFiles: few });
    expect(await runJob('hashLabels', input)).toMatchObject({ value: { labelsHash: expectedHash(few) } });
    expect(journalled(input.journal)).toHaveLength(few.length);
    await runJob('hashLabels', input);
    expect(journalled(input.journal)).toHaveLength(few.length);
  });
});
