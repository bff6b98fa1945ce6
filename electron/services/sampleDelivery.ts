/** The ready delivery a newcomer opens: made once by the generator that ships with the product, then kept. */
import { readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../../shared/base/problem.ts';
import { done } from '../../shared/base/problem.ts';
import type { CallOptions } from '../../shared/host/contract.ts';
import { samplePreset } from '../../shared/synth/options.ts';
import { makeFolder } from './durable.ts';
import { isMissing } from './faults.ts';
import { isProcessAlive } from './processes.ts';
import type { RunJob } from './runJob.ts';
import { sharedTurns } from './turns.ts';

export interface SampleDelivery {
  make(options: CallOptions): Promise<Result<{ path: string }>>;
}

export function createSampleDelivery(folder: string, runJob: RunJob): SampleDelivery {
  const turns = sharedTurns();

  async function make(options: CallOptions): Promise<Result<{ path: string }>> {
    if (await exists(folder)) return done({ path: folder });
    await makeFolder(path.dirname(folder));
    await clearLeftovers(folder);
    // Made beside its place and renamed, so that what stands there is whole.
    const partial = partialName(folder, process.pid);
    try {
      const made = await runJob('synth', { folder: partial, options: samplePreset }, options);
      if (!made.ok) return made;
      // Another process may have been quicker; then its delivery, the same to the byte, stands.
      if (!(await exists(folder))) await rename(partial, folder);
      return done({ path: folder });
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  }

  return { make: (options) => turns.take(folder, () => make(options)) };
}

function partialName(folder: string, pid: number): string {
  return `${folder}.${pid}.partial`;
}

/** What a process that was ended in the middle left behind. */
async function clearLeftovers(folder: string): Promise<void> {
  const start = `${path.basename(folder)}.`;
  for (const name of await readdir(path.dirname(folder))) {
    const pid = Number(/^(\d+)\.partial$/.exec(name.startsWith(start) ? name.slice(start.length) : '')?.[1]);
    if (pid > 0 && !isProcessAlive(pid)) await rm(partialName(folder, pid), { recursive: true, force: true });
  }
}

async function exists(folder: string): Promise<boolean> {
  try {
    await stat(folder);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
