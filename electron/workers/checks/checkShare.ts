/**
 * One thread's share of the scenes to check. The threads take scenes in turns through a counter they share, so that a
 * long one does not keep the others waiting. Nothing of a scene stays here but sums: its findings leave with the
 * progress as soon as it is done.
 */
import { readFile } from 'node:fs/promises';
import { z } from '../../../shared/base/door.ts';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import { done } from '../../../shared/base/problem.ts';
import { checkScene } from '../../../shared/checks/checkScene.ts';
import { type CheckFinding, findingSchema } from '../../../shared/checks/finding.ts';
import { addResults, type CheckResults } from '../../../shared/checks/results.ts';
import { readIndexFile } from '../../../shared/readers/indexFile.ts';
import { deliveryCacheAt } from '../../services/deliveryCache.ts';
import type { Job, JobContext, RealRoots } from '../job.ts';
import { withBytes } from '../roots.ts';
import { type CheckSetup, contextOf } from './setup.ts';
import type { SceneBlock } from './shards.ts';
import { sweepsOf } from './sweepSource.ts';

/** Where in the shared counter which number stands; one number a scene of the block follows from `scenes` on. */
export const Count = { taken: 0, frames: 1, scenes: 2 } as const;

export interface CheckShareInput {
  readonly roots: RealRoots;
  readonly setup: CheckSetup;
  readonly block: SceneBlock;
  /** Frames of the block, for the progress. */
  readonly frames: number;
  /** Int32: scenes taken by any thread, frames done, and of each scene 0 or, once it is done, its findings and one. */
  readonly counter: SharedArrayBuffer;
}

export interface CheckShare {
  /** The sum over the scenes of this thread; without findings, which went with the progress. */
  readonly results: CheckResults;
  readonly problems: readonly Problem[];
}

/** What leaves has the form of the contract to the order of its keys, so that every way to an answer gives the same. */
const findingsSchema = z.array(findingSchema);

export const checkShareJob: Job<CheckShareInput, CheckShare> = (input, context) => checkShare(input, context);

/** The same in the thread that asks. The index was read whole, and so checked, by who gives out the shares. */
export async function checkShare(
  { roots, setup, block, frames, counter }: CheckShareInput,
  { signal, onProgress }: Pick<JobContext, 'signal' | 'onProgress'>,
): Promise<Result<CheckShare>> {
  const counts = new Int32Array(counter);
  const file = await readFile(deliveryCacheAt(roots.cacheFolder, roots.key).index);
  const index = readIndexFile(file, '', true);
  if (!index.ok) return index;
  const context = contextOf(setup);
  let framesLeft = 0;

  function report(findings?: CheckFinding[]): void {
    const progress = { step: 'checking', done: Atomics.load(counts, Count.frames), total: frames };
    onProgress(findings ? { ...progress, findings } : progress);
  }

  function countFrames(count: number): void {
    framesLeft -= count;
    Atomics.add(counts, Count.frames, count);
  }

  return withBytes(roots, async (open) => {
    const sweeps = sweepsOf(open, signal, () => {
      if (framesLeft > 0) countFrames(1);
      report();
    });
    let results = addResults([]);
    for (;;) {
      const at = block.from + Atomics.add(counts, Count.taken, 1);
      if (at >= block.to) break;
      framesLeft = index.value.delivery.scenes[at]!.frameCount;
      const { findings: made, ...sums } = await checkScene(index.value, at, context, sweeps);
      const findings = findingsSchema.parse(made);
      results = addResults([results, { ...sums, findings: [] }]);
      // What no sweep had to be read for is done as well.
      countFrames(framesLeft);
      Atomics.store(counts, Count.scenes + at - block.from, findings.length + 1);
      report(findings);
    }
    return done({ results, problems: sweeps.problems() });
  });
}
