/** Hashing: the labels as a whole before anything is drawn, and sensor files one by one as they come into use. */
import { createHash, randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileKey } from '../../../shared/audit/scope.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import type { Delivery, FileRef } from '../../../shared/model/delivery.ts';
import { readIndexFile } from '../../../shared/readers/indexFile.ts';
import { deliveryCacheAt, type LabelHashes } from '../../services/deliveryCache.ts';
import { makeFolder } from '../../services/durable.ts';
import { filesOfFrame } from '../filesOfFrame.ts';
import type { Job, RealRoots } from '../job.ts';
import { hashFiles } from './hashFiles.ts';

export interface HashLabelsInput extends RealRoots {
  readonly labelFiles: readonly string[];
  /** Reads every byte again, whatever was hashed before. */
  readonly isFresh: boolean;
}

/** SHA-256 over the `<sha256> <path>` lines of the label files, sorted by path, each ending with a line feed. */
export const hashLabelsJob: Job<HashLabelsInput, LabelHashes> = async (
  { labelFiles, isFresh, ...roots },
  context,
) => {
  const cache = deliveryCacheAt(roots.cacheFolder, roots.key);
  await makeFolder(cache.folder);
  const files = [...labelFiles].sort().map((path): FileRef => ({ root: 'delivery', path }));
  const listed = (await cache.readListing()).delivery;
  const bytes = files.reduce((sum, { path }) => sum + (listed.get(path)?.size ?? 0), 0);
  const journal = isFresh ? `${cache.labelJournal}.${randomBytes(6).toString('hex')}` : cache.labelJournal;
  try {
    const how = { journal, step: 'hashingLabels', endsAtProblem: true };
    const hashed = await hashFiles(roots, files, bytes, how, context);
    if (!hashed.ok) return hashed;
    const { files: read, problems } = hashed.value;
    // A label file that cannot be read leaves the delivery without a hash: nothing may be drawn from it.
    if (problems.length > 0) return failed(problems[0]!);
    const text = read.map(({ sha256, path }) => `${sha256} ${path}\n`).join('');
    const labelsHash = createHash('sha256').update(text).digest('hex');
    return done({ labelsHash, files: read.length, bytes: read.reduce((sum, file) => sum + file.bytes, 0) });
  } finally {
    if (isFresh) await rm(journal, { force: true });
  }
};

export interface HashSensorsInput extends RealRoots {
  readonly indexFile: string;
  /** Frames whose files come first: those that are drawn. */
  readonly firstFrames: readonly string[];
}

/**
 * Hashes the sensor files that are not hashed yet with half of the cores, resting as long as it worked: it runs beside
 * a person who is judging. Files that cannot be read are left for another time. Answers how many are hashed by now.
 */
export const hashSensorsJob: Job<HashSensorsInput, number> = async (
  { indexFile, firstFrames, ...roots },
  context,
) => {
  const index = readIndexFile(await readFile(indexFile));
  if (!index.ok) return index;
  const files = sensorFiles(index.value.delivery, firstFrames);
  const journal = deliveryCacheAt(roots.cacheFolder, roots.key).sensorHashes;
  const threads = Math.max(1, availableParallelism() >> 1);
  const how = { journal, step: 'hashingSensors', threads, isPolite: true };
  const hashed = await hashFiles(roots, files, Number.POSITIVE_INFINITY, how, context);
  return hashed.ok ? done(hashed.value.files.length) : hashed;
};

/** Every file a frame needs, once, those of `firstFrames` in front. */
function sensorFiles({ frames }: Delivery, firstFrames: readonly string[]): FileRef[] {
  const first = new Set(firstFrames);
  const found = new Map<string, FileRef>();
  const add = ({ root, path }: FileRef): void => {
    found.set(fileKey({ root, path }), { root, path });
  };
  for (const isFirst of [true, false]) {
    for (const frame of frames) if (first.has(frame.id) === isFirst) filesOfFrame(frame).forEach(add);
  }
  return [...found.values()];
}
