/**
 * Sensor files are hashed while people judge: first those of drawn frames, then the rest. The share that is hashed
 * goes into the record before it is signed.
 */
import type { EventData } from '../../../shared/audit/events.ts';
import { fileKey } from '../../../shared/audit/scope.ts';
import { allHashLines } from '../../workers/hashing/hashJournal.ts';
import { type DeliveryRecord, realRoots } from '../deliveries.ts';
import type { RunJob } from '../runJob.ts';

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
    const input = { ...realRoots(found), indexFile: cache.index, firstFrames };
    try {
      await runJob('hashSensors', input, { signal: own.signal });
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
      for (const line of await allHashLines(cache.sensorHashes)) {
        const name = fileKey(line);
        if ((first.get(name) ?? line.sha256) !== line.sha256) mismatched.add(line.path);
        first.set(name, line.sha256);
      }
      return { files: found.sensorFiles, hashed: first.size, mismatched: [...mismatched] };
    },
    stop() {
      for (const controller of running.values()) controller.abort();
    },
  };
}
