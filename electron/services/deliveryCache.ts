/** What is kept of a delivery once it was read: one folder a key. Anything in it can be made again. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from '../../shared/base/door.ts';
import { openedSchema } from '../../shared/host/contract.ts';
import { writeDurably } from './durable.ts';
import { isMissing } from './faults.ts';
import { parseJson } from './jsonFile.ts';

const summarySchema = openedSchema.pick({ bytes: true, counts: true, problems: true, format: true }).extend({
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

export interface DeliveryCache {
  readonly folder: string;
  readonly index: string;
  /** One int32 a cuboid row: points inside, -1 where the sweep cannot be read. */
  readonly pointCounts: string;
  /** One line a hashed sensor file; see audit/sensorHashes.ts. */
  readonly sensorHashes: string;
  readSummary(): Promise<CachedSummary | null>;
  writeSummary(summary: CachedSummary): Promise<void>;
  readLabelHashes(): Promise<LabelHashes | null>;
  writeLabelHashes(hashes: LabelHashes): Promise<void>;
}

export function deliveryCacheAt(cacheFolder: string, key: string): DeliveryCache {
  const folder = path.join(cacheFolder, key);
  const summary = path.join(folder, 'summary.json');
  const labelHashes = path.join(folder, 'labels.json');
  return {
    folder,
    index: path.join(folder, 'index.bin'),
    pointCounts: path.join(folder, 'points.bin'),
    sensorHashes: path.join(folder, 'sensors.jsonl'),
    readSummary: () => readCached(summary, summarySchema),
    writeSummary: (value) => writeDurably(summary, JSON.stringify(value)),
    readLabelHashes: () => readCached(labelHashes, labelHashesSchema),
    writeLabelHashes: (value) => writeDurably(labelHashes, JSON.stringify(value)),
  };
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
