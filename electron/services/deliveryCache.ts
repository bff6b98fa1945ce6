/** What is kept of a delivery once it was read: one folder a key. Anything in it can be made again. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { FileEntry } from '../../shared/base/bytes.ts';
import { z } from '../../shared/base/door.ts';
import { openedSchema } from '../../shared/host/contract.ts';
import type { RootName } from '../../shared/model/delivery.ts';
import type { ListedFiles } from './changedFiles.ts';
import { writeDurably } from './durable.ts';
import { isMissing } from './faults.ts';
import { parseJson } from './jsonFile.ts';

const summarySchema = openedSchema
  .pick({ bytes: true, counts: true, problems: true, format: true, sources: true })
  .extend({
    labelFiles: z.array(z.string()),
    /** `<root>:<path>` of sensor files that frames name and that are missing or empty. */
    unreadable: z.array(z.string()),
    /** How many sensor files frames name, each once. */
    sensorFiles: z.number(),
  });
export type CachedSummary = z.infer<typeof summarySchema>;

const labelHashesSchema = z.object({
  labelsHash: z.string(),
  files: z.number(),
  bytes: z.number(),
});
export type LabelHashes = z.infer<typeof labelHashesSchema>;

const listingSchema = z.object({
  delivery: z.array(z.tuple([z.string(), z.number(), z.number()])),
  sensors: z.array(z.tuple([z.string(), z.number(), z.number()])),
});

/** What was listed when the delivery was indexed, by root. */
export type CachedListing = Readonly<Record<RootName, ListedFiles>>;

export interface DeliveryCache {
  readonly folder: string;
  readonly index: string;
  /** Written last; its time says when the delivery was used last. */
  readonly summary: string;
  /** One int32 a cuboid row: points inside, -1 where the sweep cannot be read. */
  readonly pointCounts: string;
  /** One line a hashed file; see workers/hashing/hashJournal.ts. */
  readonly sensorHashes: string;
  readonly labelJournal: string;
  readSummary(): Promise<CachedSummary | null>;
  writeSummary(summary: CachedSummary): Promise<void>;
  /** Empty where it is not kept: nothing can be told to have changed then. */
  readListing(): Promise<CachedListing>;
  writeListing(entries: Readonly<Record<RootName, readonly FileEntry[]>>): Promise<void>;
  readLabelHashes(): Promise<LabelHashes | null>;
  writeLabelHashes(hashes: LabelHashes): Promise<void>;
  /** Makes the next opening read everything again. */
  forget(): Promise<void>;
}

export function deliveryCacheAt(cacheFolder: string, key: string): DeliveryCache {
  const folder = path.join(cacheFolder, key);
  const summary = path.join(folder, 'summary.json');
  const listing = path.join(folder, 'listing.json');
  const labelHashes = path.join(folder, 'labels.json');
  return {
    folder,
    index: path.join(folder, 'index.bin'),
    summary,
    pointCounts: path.join(folder, 'points.bin'),
    sensorHashes: path.join(folder, 'sensors.jsonl'),
    labelJournal: path.join(folder, 'labels.jsonl'),
    readSummary: () => readCached(summary, summarySchema),
    writeSummary: (value) => writeDurably(summary, JSON.stringify(value)),
    async readListing() {
      const kept = await readCached(listing, listingSchema);
      return { delivery: listedFiles(kept?.delivery ?? []), sensors: listedFiles(kept?.sensors ?? []) };
    },
    writeListing: ({ delivery, sensors }) =>
      writeDurably(
        listing,
        JSON.stringify({ delivery: delivery.map(tupleOf), sensors: sensors.map(tupleOf) }),
      ),
    readLabelHashes: () => readCached(labelHashes, labelHashesSchema),
    writeLabelHashes: (value) => writeDurably(labelHashes, JSON.stringify(value)),
    forget: () => rm(summary, { force: true }),
  };
}

type ListedTuple = [path: string, size: number, modifiedMs: number];

function tupleOf({ path: file, size, modifiedMs }: FileEntry): ListedTuple {
  return [file, size, modifiedMs];
}

function listedFiles(tuples: readonly ListedTuple[]): ListedFiles {
  return new Map(tuples.map(([file, size, modifiedMs]) => [file, { size, modifiedMs }]));
}

/** Null where it is absent or not what we write; it is made anew then. */
async function readCached<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.output<Schema> | null> {
  try {
    const parsed = schema.safeParse(parseJson(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
