/** The ready delivery a newcomer opens: made once by the generator that ships with the product, then kept. */
import { rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../../shared/base/problem.ts';
import { done } from '../../shared/base/problem.ts';
import type { CallOptions } from '../../shared/host/contract.ts';
import { samplePreset } from '../../shared/synth/options.ts';
import { makeFolder } from './durable.ts';
import { isMissing } from './faults.ts';
import type { RunJob } from './runJob.ts';
import { sharedTurns } from './turns.ts';

export interface SampleDelivery {
  make(options: CallOptions): Promise<Result<{ path: string }>>;
}

export function createSampleDelivery(folder: string, runJob: RunJob): SampleDelivery {
  const turns = sharedTurns();

  async function make(options: CallOptions): Promise<Result<{ path: string }>> {
    if (await exists(folder)) return done({ path: folder });
    // Made beside its place and renamed, so that what stands there is whole.
    const partial = `${folder}.${process.pid}.partial`;
    await makeFolder(path.dirname(folder));
    try {
      const made = await runJob('synth', { folder: partial, options: samplePreset }, options);
      if (!made.ok) return made;
      await rename(partial, folder);
      return done({ path: folder });
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  }

  return { make: (options) => turns.take(folder, () => make(options)) };
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
