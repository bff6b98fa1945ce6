/**
 * Indexes a delivery into its cache, or finds it there. Everything a delivery's index depends on is in its key: where
 * the files are, how long, when last changed, and the program that read them.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileKey } from '../../shared/audit/scope.ts';
import type { Problem, Result } from '../../shared/base/problem.ts';
import { done, failed } from '../../shared/base/problem.ts';
import type { ReadChoice } from '../../shared/host/contract.ts';
import type { Delivery } from '../../shared/model/delivery.ts';
import type { DeliveryIndex, LabelTable } from '../../shared/model/labels.ts';
import type { ReadContext } from '../../shared/readers/contract.ts';
import { firstLook } from '../../shared/readers/firstLook.ts';
import { indexFileParts } from '../../shared/readers/indexFile.ts';
import { judgeSource, withLabelsOf } from '../../shared/readers/labelSources.ts';
import { openDelivery, readerFor } from '../../shared/readers/openDelivery.ts';
import { makeRoom, markUsed } from '../services/cacheBudget.ts';
import { type CachedSummary, deliveryCacheAt } from '../services/deliveryCache.ts';
import { makeFolder, writeDurably } from '../services/durable.ts';
import { sha256OfSource } from '../services/hashes.ts';
import { filesOfFrame } from './filesOfFrame.ts';
import type { Job, JobContext, RealRoots } from './job.ts';
import { type NamedRoots, type OpenRoots, withRoots } from './roots.ts';

export interface IndexInput extends NamedRoots {
  readonly choice: ReadChoice;
}

export interface IndexOutput extends CachedSummary, RealRoots {
  /** Set where the delivery is a single file: nothing else of `root` belongs to it. */
  readonly onlyFile: string | null;
}

export const indexJob: Job<IndexInput, IndexOutput> = (named, context) =>
  withRoots(named, context, async (roots) => {
    const { comparePath } = named.choice;
    const indexed =
      comparePath === null
        ? await indexRoots(roots, named, null, context)
        : await withRoots({ ...named, path: comparePath }, context, (other) =>
            indexRoots(roots, named, other, context),
          );
    if (indexed.ok) await makeRoom(named.cacheFolder, 0);
    return indexed;
  });

async function indexRoots(
  roots: OpenRoots,
  { cacheFolder, choice }: IndexInput,
  other: OpenRoots | null,
  context: JobContext,
): Promise<Result<IndexOutput>> {
  const key = keyOf(roots, other, choice, context.codeHash);
  const cache = deliveryCacheAt(cacheFolder, key);
  const { root, onlyFile } = roots.delivery;
  const where = { key, cacheFolder, root, onlyFile, sensorsRoot: roots.sensors?.root ?? null };
  const known = await cache.readSummary();
  if (known !== null) {
    await markUsed(cache.summary);
    return done({ ...known, ...where });
  }

  await offerFirstLook(roots, cacheFolder, key, choice, context);
  const indexed = await openDelivery(roots.delivery, readContext(roots, choice, context));
  if (!indexed.ok) return indexed;
  const opened = { ...indexed.value, problems: [...roots.problems, ...indexed.value.problems] };
  const compared = other ? await openDelivery(other.delivery, readContext(other, choice, context)) : null;
  if (compared?.ok === false) return compared;
  const earlier = { name: path.basename(choice.comparePath ?? ''), kind: 'earlier' } as const;
  const laid = compared ? withLabelsOf(opened, compared.value, earlier) : opened;
  const index = choice.labels === null ? laid : judgeSource(laid, choice.labels);
  if (index === null) return failed(unknownSource(laid, choice.labels!));
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

/** Writes an index of one frame, and says so, where the whole will take a while. */
async function offerFirstLook(
  roots: OpenRoots,
  cacheFolder: string,
  key: string,
  choice: ReadChoice,
  context: JobContext,
): Promise<void> {
  const reading = readContext(roots, choice, context);
  const reader = await readerFor(roots.delivery, reading);
  const look = reader && (await firstLook(reader, roots.delivery, reading));
  if (!look) return;
  const cache = deliveryCacheAt(cacheFolder, `${key}-look`);
  await makeFolder(cache.folder);
  await writeDurably(cache.index, indexFileParts(look));
  await cache.writeListing({ delivery: [], sensors: [] });
  await cache.writeSummary(summarise(look, roots));
  context.onProgress({ step: 'indexing', done: 0, total: 0, firstLook: `${key}-look` });
}

function readContext({ sensors }: OpenRoots, choice: ReadChoice, context: JobContext): ReadContext {
  return {
    ...(sensors === null ? {} : { sensors }),
    between: choice.between,
    ...(choice.mapping === null ? {} : { mapping: choice.mapping }),
    signal: context.signal,
    hashOf: async (folder, path) => sha256OfSource(await folder.open(path), context.signal),
    progress: (files, total) => context.onProgress({ step: 'indexing', done: files, total }),
  };
}

function unknownSource({ source, others }: DeliveryIndex, name: string): Problem {
  const names = [source, ...others].map((known) => known.name).join(', ');
  return { code: 'label-source-unknown', severity: 'error', path: '', params: { name, names } };
}

function keyOf(roots: OpenRoots, other: OpenRoots | null, choice: ReadChoice, codeHash: string): string {
  const problems = [...roots.problems, ...(other?.problems ?? [])];
  const hash = createHash('sha256')
    .update(codeHash)
    .update(JSON.stringify([choice, problems]));
  for (const folder of [roots.delivery, roots.sensors, other?.delivery ?? null]) {
    hash.update(`\0${folder?.root ?? ''}\0`);
    for (const { path: file, size, modifiedMs } of folder?.entries ?? []) {
      hash.update(`${file}\0${size}\0${modifiedMs}\n`);
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
    sources: [{ ...index.source, labels }, ...index.others].map(({ name, kind, labels: table }) => ({
      name,
      kind,
      cuboids: table.cuboids.count,
      boxes2d: table.boxes2d.count,
    })),
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
