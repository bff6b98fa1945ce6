/**
 * Indexes a delivery into its cache, or finds it there. Everything a delivery's index depends on is in its key: where
 * the files are, how long, when last changed, and the program that read them.
 */
import { createHash } from 'node:crypto';
import { fileKey } from '../../shared/audit/scope.ts';
import type { Result } from '../../shared/base/problem.ts';
import { done } from '../../shared/base/problem.ts';
import type { Delivery } from '../../shared/model/delivery.ts';
import type { DeliveryIndex, LabelTable } from '../../shared/model/labels.ts';
import { indexFileParts } from '../../shared/readers/indexFile.ts';
import { openDelivery } from '../../shared/readers/openDelivery.ts';
import { makeRoom, markUsed } from '../services/cacheBudget.ts';
import { type CachedSummary, deliveryCacheAt } from '../services/deliveryCache.ts';
import { makeFolder, writeDurably } from '../services/durable.ts';
import { sha256OfSource } from '../services/hashes.ts';
import { filesOfFrame } from './filesOfFrame.ts';
import type { Job, JobContext, RealRoots } from './job.ts';
import { type NamedRoots, type OpenRoots, withRoots } from './roots.ts';

export type IndexInput = NamedRoots;

export interface IndexOutput extends CachedSummary, RealRoots {
  /** Set where the delivery is a single file: nothing else of `root` belongs to it. */
  readonly onlyFile: string | null;
}

export const indexJob: Job<IndexInput, IndexOutput> = (named, context) =>
  withRoots(named, context, async (roots) => {
    const indexed = await indexRoots(roots, named.cacheFolder, context);
    if (indexed.ok) await makeRoom(named.cacheFolder, 0);
    return indexed;
  });

async function indexRoots(
  roots: OpenRoots,
  cacheFolder: string,
  context: JobContext,
): Promise<Result<IndexOutput>> {
  const key = keyOf(roots, context.codeHash);
  const cache = deliveryCacheAt(cacheFolder, key);
  const { root, onlyFile } = roots.delivery;
  const where = { key, cacheFolder, root, onlyFile, sensorsRoot: roots.sensors?.root ?? null };
  const known = await cache.readSummary();
  if (known !== null) {
    await markUsed(cache.summary);
    return done({ ...known, ...where });
  }

  const indexed = await openDelivery(roots.delivery, {
    ...(roots.sensors === null ? {} : { sensors: roots.sensors }),
    signal: context.signal,
    hashOf: async (folder, path) => sha256OfSource(await folder.open(path), context.signal),
    progress: (files, total) => context.onProgress({ step: 'indexing', done: files, total }),
  });
  if (!indexed.ok) return indexed;
  const index = { ...indexed.value, problems: [...roots.problems, ...indexed.value.problems] };
  const summary = summarise(index, roots);
  await makeFolder(cache.folder);
  await writeDurably(cache.index, indexFileParts(index));
  await cache.writeListing({
    delivery: roots.delivery.entries,
    sensors: roots.sensors?.entries ?? [],
  });
  // The summary goes last: where it is, the index is whole.
  await cache.writeSummary(summary);
  return done({ ...summary, ...where });
}

function keyOf({ delivery, sensors, problems }: OpenRoots, codeHash: string): string {
  const hash = createHash('sha256').update(codeHash).update(JSON.stringify(problems));
  for (const folder of [delivery, sensors]) {
    hash.update(`\0${folder?.root ?? ''}\0`);
    for (const { path, size, modifiedMs } of folder?.entries ?? []) {
      hash.update(`${path}\0${size}\0${modifiedMs}\n`);
    }
  }
  return hash.digest('hex');
}

function summarise(index: DeliveryIndex, { delivery, sensors }: OpenRoots): CachedSummary {
  const { labels } = index;
  const { format, scenes, frames, labelFiles } = index.delivery;
  return {
    format,
    bytes: [...delivery.entries, ...(sensors?.entries ?? [])].reduce((sum, { size }) => sum + size, 0),
    counts: {
      scenes: scenes.length,
      frames: frames.length,
      cuboids: labels.cuboids.count,
      boxes2d: labels.boxes2d.count,
      tracks: labels.tracks.length,
      byClass: countByClass(labels),
    },
    problems: [...index.problems],
    labelFiles: [...labelFiles],
    ...sensorFiles(index.delivery, { delivery, sensors }),
  };
}

function countByClass({ classes, cuboids, boxes2d }: LabelTable): Record<string, number> {
  const counts = new Array<number>(classes.length).fill(0);
  for (const { count, classIndex } of [cuboids, boxes2d]) {
    for (let row = 0; row < count; row++) counts[classIndex[row]!]!++;
  }
  return Object.fromEntries(classes.map((name, at) => [name, counts[at]!]));
}

/** How many files frames name, and which of them the folders do not hold, or hold empty. */
function sensorFiles(
  delivery: Delivery,
  roots: Pick<OpenRoots, 'delivery' | 'sensors'>,
): Pick<CachedSummary, 'sensorFiles' | 'unreadable'> {
  const present = new Set<string>();
  for (const root of ['delivery', 'sensors'] as const) {
    for (const { path, size } of roots[root]?.entries ?? [])
      if (size > 0) present.add(fileKey({ root, path }));
  }
  const named = new Set(delivery.frames.flatMap((frame) => filesOfFrame(frame).map(fileKey)));
  return { sensorFiles: named.size, unreadable: [...named].filter((file) => !present.has(file)) };
}
