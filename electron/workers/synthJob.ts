/** Makes a delivery with the generator and writes it to a folder. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { done, failed } from '../../shared/base/problem.ts';
import type { SynthOptions } from '../../shared/synth/options.ts';
import { type SynthSummary, synthesise } from '../../shared/synth/synthesise.ts';
import { writeProblem } from '../services/faults.ts';
import type { Job } from './job.ts';

export interface SynthInput {
  /** Made where it is absent; files of the same names are replaced. */
  readonly folder: string;
  /** As `synthOptions` let them pass. */
  readonly options: SynthOptions;
}

/** Problem `file-not-writable` where the disk refuses. */
export const synthJob: Job<SynthInput, SynthSummary> = async ({ folder, options }, context) => {
  const sink = {
    async write(relative: string, bytes: Uint8Array): Promise<void> {
      const file = path.join(folder, relative);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, bytes);
    },
  };
  const progress = ({ done: made, total }: { readonly done: number; readonly total: number }): void =>
    context.onProgress({ step: 'synthesising', done: made, total });
  try {
    return done(await synthesise(options, sink, { progress, signal: context.signal }));
  } catch (error) {
    return failed(writeProblem(folder, error));
  }
};
