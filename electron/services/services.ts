/** Everything the machine's side can do, put together once per process and shared by every way in. */
import os from 'node:os';
import packageFile from '../../package.json' with { type: 'json' };
import type { Result } from '../../shared/base/problem.ts';
import { createAuditFolders } from './audit/auditFolders.ts';
import { createAudits } from './audit/audits.ts';
import { createHandover } from './audit/handover.ts';
import { createLots } from './audit/lots.ts';
import { createOpenAudits } from './audit/openAudits.ts';
import { createSensorHashes } from './audit/sensorHashes.ts';
import { createAuditList } from './audit/summaries.ts';
import { createChecks } from './checks/checks.ts';
import { createPriors } from './checks/priors.ts';
import { createPriorsStore } from './checks/priorsStore.ts';
import { type DataFolder, dataFolderAt } from './dataFolder.ts';
import { createDeliveries } from './deliveries.ts';
import { openDeviceKey } from './deviceKey.ts';
import { makeFolder } from './durable.ts';
import { createLedgers } from './ledgers/ledgers.ts';
import { createPlaces } from './places.ts';
import { createRecentDeliveries } from './recentDeliveries.ts';
import { createJobRunner } from './runJob.ts';
import { createSampleDelivery } from './sampleDelivery.ts';
import { createSettings } from './settings.ts';

/** What only some hosts can do; absent = this one cannot, and says so. */
export interface Abilities {
  /** Shows the system's folder dialog; null where the person closed it. */
  readonly pickFolder?: (purpose: 'delivery' | 'sensors' | 'export' | 'bundle') => Promise<string | null>;
  /** Shows a file in the system's file manager. */
  readonly reveal?: (path: string) => Promise<void>;
  /** Prints a self-contained HTML document to PDF. */
  readonly printPdf?: (html: string) => Promise<Result<Uint8Array>>;
  /** Menu commands and dropped folders can be sent unasked. */
  readonly push?: boolean;
}

export interface ServicesOptions {
  /** The data folder; `defaultHome` in dataFolder.ts finds it. */
  readonly home: string;
  /** The built worker, `dist/electron/worker.mjs`. */
  readonly workerFile: URL;
  /** The only folders that callers may name; null = any. */
  readonly roots: readonly string[] | null;
  readonly abilities?: Abilities;
  readonly now?: () => Date;
  /** Where remarks about this machine go; stderr unless told. */
  readonly log?: (line: string) => void;
}

export type Services = Awaited<ReturnType<typeof createServices>>;

/** Makes the data folder where it is absent. Rejects with the system's error where that is impossible. */
export async function createServices(options: ServicesOptions) {
  const { abilities = {}, now = () => new Date(), log = (line) => console.error(line) } = options;
  const data: DataFolder = dataFolderAt(options.home);
  await makeFolder(data.audits);
  await makeFolder(data.cache);
  const key = await openDeviceKey(data.deviceKey);
  const places = await createPlaces(
    options.roots === null ? null : [...options.roots, options.home],
    os.homedir(),
  );
  const runJob = createJobRunner(options.workerFile);
  const recent = createRecentDeliveries(data.recent, log);
  const deliveries = createDeliveries({ cacheFolder: data.cache, recent, places, runJob, now });
  const folders = createAuditFolders(data, log);
  const openAudits = createOpenAudits(folders, now);
  const lots = createLots(deliveries, runJob);
  const priorsStore = createPriorsStore(data.priors);
  const sensorHashes = createSensorHashes(runJob, log);
  const auditList = createAuditList(folders, log);
  const ledgers = createLedgers({ root: data.ledgers, views: () => auditList.views(), now, log });
  const shared = { folders, openAudits, deliveries, places, key, now, log };

  return {
    version: packageFile.version,
    data,
    abilities,
    key,
    places,
    settings: createSettings(data.settings, log),
    recent,
    deliveries,
    sample: createSampleDelivery(data.sampleDelivery, runJob),
    folders,
    openAudits,
    lots,
    checks: createChecks(deliveries, priorsStore, runJob),
    priors: createPriors({ ...shared, store: priorsStore, runJob }),
    audits: createAudits({ ...shared, lots, sensorHashes, runJob, ledgers }),
    auditList,
    ledgers,
    handover: createHandover({
      ...shared,
      printPdf: abilities.printPdf ?? null,
      version: packageFile.version,
    }),
    now,
    log,
    /** Ends background work and gives every lock back. */
    async close(): Promise<void> {
      sensorHashes.stop();
      await openAudits.closeAll();
    },
  };
}
