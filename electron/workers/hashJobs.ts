/** Hashing: the labels as a whole before anything is drawn, and sensor files one by one as they come into use. */
import { createHash } from 'node:crypto';
import { done, failed } from '../../shared/base/problem.ts';
import type { FileRef } from '../../shared/model/delivery.ts';
import type { LabelHashes } from '../services/deliveryCache.ts';
import { readProblem } from '../services/faults.ts';
import { sha256OfSource } from '../services/hashes.ts';
import type { Job, RealRoots } from './job.ts';
import { withBytes } from './roots.ts';

export interface HashLabelsInput {
  /** Real absolute folder. */
  readonly root: string;
  readonly labelFiles: readonly string[];
}

/** SHA-256 over the `<sha256> <path>` lines of the label files, sorted by path, each ending with a line feed. */
export const hashLabelsJob: Job<HashLabelsInput, LabelHashes> = ({ root, labelFiles }, context) =>
  withBytes({ root, sensorsRoot: null }, async (open) => {
    const lines: string[] = [];
    let bytes = 0;
    for (const file of [...labelFiles].sort()) {
      context.signal.throwIfAborted();
      try {
        const source = await open({ root: 'delivery', path: file });
        bytes += source.length;
        lines.push(`${await sha256OfSource(source, context.signal)} ${file}\n`);
      } catch (error) {
        // A label file that cannot be read leaves the delivery without a hash: nothing may be drawn from it.
        return failed(readProblem('file', file, error));
      }
      context.onProgress({ step: 'hashingLabels', done: lines.length, total: labelFiles.length });
    }
    const labelsHash = createHash('sha256').update(lines.join('')).digest('hex');
    return done({ labelsHash, files: lines.length, bytes });
  });

export interface HashFilesInput extends RealRoots {
  readonly files: readonly FileRef[];
}

export interface HashedFile extends FileRef {
  /** Null where the file cannot be read. */
  readonly sha256: string | null;
}

export const hashFilesJob: Job<HashFilesInput, readonly HashedFile[]> = ({ files, ...roots }, context) =>
  withBytes(roots, async (open) => {
    const hashed: HashedFile[] = [];
    for (const { root, path } of files) {
      context.signal.throwIfAborted();
      try {
        hashed.push({ root, path, sha256: await sha256OfSource(await open({ root, path }), context.signal) });
      } catch (error) {
        readProblem('file', path, error);
        hashed.push({ root, path, sha256: null });
      }
      context.onProgress({ step: 'hashingSensors', done: hashed.length, total: files.length });
    }
    return done(hashed);
  });
