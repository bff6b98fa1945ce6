/**
 * Sensor files are hashed while people judge: first those of drawn frames, then the rest. The share that is hashed
 * goes into the record before it is signed.
 */
import { readFile } from 'node:fs/promises';
import type { EventData } from '../../../shared/audit/events.ts';
import { z } from '../../../shared/base/door.ts';
import type { DeliveryRecord } from '../deliveries.ts';
import { isMissing } from '../faults.ts';
import { parseJson } from '../jsonFile.ts';
import type { RunJob } from '../runJob.ts';

const lineSchema = z.object({ root: z.enum(['delivery', 'sensors']), path: z.string(), sha256: z.string() });
export type SensorHash = z.infer<typeof lineSchema>;

/** What stands in a file of hashes; a line that was cut off is as good as none. */
export async function readSensorHashes(file: string): Promise<readonly SensorHash[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    const parsed = lineSchema.safeParse(parseJson(line));
    return parsed.success ? [parsed.data] : [];
  });
}

export interface SensorHashes {
  /** Goes on hashing in the background, the files of these frames first. */
  begin(record: DeliveryRecord, firstFrames: readonly string[]): void;
  /** How much is hashed; `mismatched` names files whose content changed under an unchanged delivery. */
  share(record: DeliveryRecord): Promise<EventData<'sensors.hashed'>>;
  stop(): void;
}

export function createSensorHashes(runJob: RunJob, log: (line: string) => void): SensorHashes {
  /** By cache key of the delivery: one thread each. */
  const running = new Map<string, AbortController>();

  async function run({ found, cache }: DeliveryRecord, firstFrames: readonly string[], own: AbortController) {
    const input = { root: found.root, sensorsRoot: found.sensorsRoot, indexFile: cache.index, firstFrames };
    try {
      await runJob('hashSensors', { ...input, hashesFile: cache.sensorHashes }, { signal: own.signal });
    } catch (error) {
      // Nobody waits for it; what is not hashed is stated as not hashed.
      if (!own.signal.aborted) log(`hashing of sensor files ended early: ${String(error)}`);
    }
    if (running.get(found.key) === own) running.delete(found.key);
  }

  return {
    begin(record, firstFrames) {
      running.get(record.found.key)?.abort();
      const own = new AbortController();
      running.set(record.found.key, own);
      void run(record, firstFrames, own);
    },
    async share({ found, cache }) {
      const first = new Map<string, string>();
      const mismatched = new Set<string>();
      for (const { root, path, sha256 } of await readSensorHashes(cache.sensorHashes)) {
        const name = `${root}:${path}`;
        if ((first.get(name) ?? sha256) !== sha256) mismatched.add(path);
        first.set(name, sha256);
      }
      return { files: found.sensorFiles, hashed: first.size, mismatched: [...mismatched] };
    },
    stop() {
      for (const controller of running.values()) controller.abort();
    },
  };
}
