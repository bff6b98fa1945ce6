/** Deliveries opened before, newest first, each with the sensor root it was paired with. */
import { existsSync } from 'node:fs';
import { z } from '../../shared/base/door.ts';
import {
  plainChoice,
  type ReadChoice,
  type RecentDelivery,
  readChoiceSchema,
} from '../../shared/host/contract.ts';
import { jsonFile } from './jsonFile.ts';

const rememberedSchema = z.object({
  path: z.string(),
  sensorsPath: z.string().nullable(),
  name: z.string(),
  format: z.string(),
  openedAt: z.string(),
  bytes: z.number(),
  frames: z.number(),
  cuboids: z.number(),
  choice: readChoiceSchema.default(plainChoice),
});
type Remembered = z.infer<typeof rememberedSchema>;

/** More than anyone scrolls through; the oldest fall off. */
const keptDeliveries = 50;

export interface RecentDeliveries {
  list(): Promise<RecentDelivery[]>;
  remember(entry: Remembered): Promise<void>;
  forget(path: string): Promise<void>;
  /** The sensor root last used with this delivery, where it is still there. */
  pairedSensors(path: string): Promise<string | null>;
  /** How this delivery was read last, where what it was compared with is still there. */
  lastChoice(path: string): Promise<ReadChoice>;
  /** Every folder that is known to be a delivery or its sensors: nothing is ever written into one. */
  roots(): Promise<string[]>;
}

export function createRecentDeliveries(file: string, log: (line: string) => void): RecentDeliveries {
  const store = jsonFile(file, z.array(rememberedSchema), () => [], log);

  return {
    async list() {
      const entries = await store.read();
      return entries.map((entry) => ({ ...entry, exists: existsSync(entry.path) }));
    },
    async remember(entry) {
      const others = (await store.read()).filter((other) => other.path !== entry.path);
      await store.write([entry, ...others].slice(0, keptDeliveries));
    },
    async forget(path) {
      const entries = await store.read();
      await store.write(entries.filter((entry) => entry.path !== path));
    },
    async pairedSensors(path) {
      const entry = (await store.read()).find((other) => other.path === path);
      const sensors = entry?.sensorsPath ?? null;
      return sensors !== null && existsSync(sensors) ? sensors : null;
    },
    async lastChoice(path) {
      const choice = (await store.read()).find((other) => other.path === path)?.choice ?? plainChoice;
      const isThere = choice.comparePath === null || existsSync(choice.comparePath);
      return isThere ? choice : { ...choice, comparePath: null };
    },
    async roots() {
      const entries = await store.read();
      return entries.flatMap(({ path, sensorsPath, choice }) =>
        [path, sensorsPath, choice.comparePath].filter((root) => root !== null),
      );
    },
  };
}
