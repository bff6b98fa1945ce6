/** Hashing: the labels as a whole before anything is drawn, and sensor files one by one as they come into use. */
import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { setTimeout as rest } from 'node:timers/promises';
import { fileKey } from '../../shared/audit/scope.ts';
import { done, failed } from '../../shared/base/problem.ts';
import type { Delivery, FileRef } from '../../shared/model/delivery.ts';
import { readIndexFile } from '../../shared/readers/indexFile.ts';
import { readSensorHashes } from '../services/audit/sensorHashes.ts';
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

export interface HashSensorsInput extends RealRoots {
  readonly indexFile: string;
  /** Lines of `SensorHash`; what stands there is not hashed again, what is hashed is appended. */
  readonly hashesFile: string;
  /** Frames whose files come first: those that are drawn. */
  readonly firstFrames: readonly string[];
}

/**
 * Hashes the sensor files that are not hashed yet, one after another, resting as long as it worked: it runs beside
 * a person who is judging. Files that cannot be read are left for another time. Answers how many it hashed.
 */
export const hashSensorsJob: Job<HashSensorsInput, number> = (input, context) =>
  withBytes(input, async (open) => {
    const index = readIndexFile(await readFile(input.indexFile));
    if (!index.ok) return index;
    const known = new Set((await readSensorHashes(input.hashesFile)).map(fileKey));
    const files = sensorFiles(index.value.delivery, input.firstFrames).filter(
      (file) => !known.has(fileKey(file)),
    );
    let hashed = 0;
    for (const { root, path } of files) {
      const startedAt = Date.now();
      try {
        const sha256 = await sha256OfSource(await open({ root, path }), context.signal);
        await appendFile(input.hashesFile, `${JSON.stringify({ root, path, sha256 })}\n`);
        hashed++;
      } catch (error) {
        readProblem('file', path, error);
      }
      context.onProgress({ step: 'hashingSensors', done: hashed, total: files.length });
      await rest(Date.now() - startedAt);
    }
    return done(hashed);
  });

/** Every file a frame names, once, those of `firstFrames` in front. */
function sensorFiles({ frames }: Delivery, firstFrames: readonly string[]): FileRef[] {
  const first = new Set(firstFrames);
  const ordered = [...frames.filter(({ id }) => first.has(id)), ...frames.filter(({ id }) => !first.has(id))];
  const files = ordered.flatMap(({ sweeps, images }) => [...sweeps, ...images]);
  return [...new Map(files.map((file) => [fileKey(file), file])).values()];
}
