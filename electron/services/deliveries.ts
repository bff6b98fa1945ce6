/**
 * The deliveries that are open: an opaque id each, made per client, behind which stand two read-only roots and the
 * cached index. Nothing else of a delivery can be reached, and nothing of it is ever written.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import type { DeliveryStamp } from '../../shared/audit/events.ts';
import type { Problem, Result } from '../../shared/base/problem.ts';
import { done, failed, ProblemError } from '../../shared/base/problem.ts';
import type { CallOptions, OpenedDelivery } from '../../shared/host/contract.ts';
import type { RootName } from '../../shared/model/delivery.ts';
import type { IndexOutput } from '../workers/indexJob.ts';
import { type DeliveryCache, deliveryCacheAt, type LabelHashes } from './deliveryCache.ts';
import { openConfined } from './diskFolder.ts';
import { readProblem } from './faults.ts';
import type { Places } from './places.ts';
import type { RecentDeliveries } from './recentDeliveries.ts';
import type { RunJob } from './runJob.ts';

/** An open delivery as the other services see it. */
export interface DeliveryRecord {
  readonly id: string;
  readonly client: string;
  /** As it was named, for people. */
  readonly path: string;
  readonly sensorsPath: string | null;
  readonly found: IndexOutput;
  readonly cache: DeliveryCache;
}

export interface Deliveries {
  open(
    named: { readonly path: string; readonly sensorsPath: string | null },
    client: string,
    options: CallOptions,
  ): Promise<Result<OpenedDelivery>>;
  close(delivery: string): void;
  /** Problem `delivery-not-open`. */
  get(delivery: string): Result<DeliveryRecord>;
  /** The newest open delivery of that path, as an audit remembers it. */
  ofPath(named: string): DeliveryRecord | null;
  hash(delivery: string, options: CallOptions): Promise<Result<LabelHashes>>;
  /** What an audit writes down about it; hashes the labels first where that was not done. */
  stamp(delivery: string, options: CallOptions): Promise<Result<DeliveryStamp>>;
  openFile(delivery: string, root: RootName, relative: string): Promise<Result<FileHandle>>;
  openIndex(delivery: string): Promise<Result<FileHandle>>;
  /** Real roots of every delivery that is open or was: no output may go there. */
  knownRoots(): Promise<readonly string[]>;
}

export interface DeliveriesOptions {
  readonly cacheFolder: string;
  readonly recent: RecentDeliveries;
  readonly places: Places;
  readonly runJob: RunJob;
  readonly now: () => Date;
}

/** More open at once than anyone works with; the oldest is let go. */
const maxOpen = 256;

export function createDeliveries({
  cacheFolder,
  recent,
  places,
  runJob,
  now,
}: DeliveriesOptions): Deliveries {
  const records = new Map<string, DeliveryRecord>();

  function get(delivery: string): Result<DeliveryRecord> {
    const record = records.get(delivery);
    return record === undefined ? failed(notOpen(delivery)) : done(record);
  }

  async function openNamed(
    named: { readonly path: string; readonly sensorsPath: string | null },
    client: string,
    options: CallOptions,
  ): Promise<Result<OpenedDelivery>> {
    const real = await places.existing(named.path);
    if (!real.ok) return real;
    const sensorsNamed = named.sensorsPath ?? (await recent.pairedSensors(real.value));
    const sensors = sensorsNamed === null ? done(null) : await places.existing(sensorsNamed);
    if (!sensors.ok) return sensors;
    const roots = { path: real.value, sensorsPath: sensors.value };
    const indexed = await runJob('index', { ...roots, cacheFolder }, options);
    if (!indexed.ok) return indexed;

    const cache = deliveryCacheAt(cacheFolder, indexed.value.key);
    const record = { id: randomBytes(9).toString('hex'), client, ...roots, found: indexed.value, cache };
    records.set(record.id, record);
    const [oldest] = records.keys();
    if (records.size > maxOpen) records.delete(oldest!);
    await remember(record);
    return done(await openedOf(record));
  }

  async function remember({ path: opened, sensorsPath, found }: DeliveryRecord): Promise<void> {
    await recent.remember({
      path: opened,
      sensorsPath,
      name: path.basename(opened),
      format: found.format,
      openedAt: now().toISOString(),
      bytes: found.bytes,
      frames: found.counts.frames,
      cuboids: found.counts.cuboids,
    });
  }

  async function openedOf({
    id,
    path: opened,
    sensorsPath,
    found,
    cache,
  }: DeliveryRecord): Promise<OpenedDelivery> {
    const { format, bytes, counts, problems } = found;
    const name = path.basename(opened);
    const labelsHash = (await cache.readLabelHashes())?.labelsHash ?? null;
    return { delivery: id, path: opened, sensorsPath, name, format, bytes, counts, problems, labelsHash };
  }

  async function hash(delivery: string, options: CallOptions): Promise<Result<LabelHashes>> {
    const record = get(delivery);
    if (!record.ok) return record;
    const { cache, found } = record.value;
    const known = await cache.readLabelHashes();
    if (known !== null) return done(known);
    const hashed = await runJob('hashLabels', { root: found.root, labelFiles: found.labelFiles }, options);
    if (hashed.ok) await cache.writeLabelHashes(hashed.value);
    return hashed;
  }

  async function handleOf(work: () => Promise<FileHandle>, shown: string): Promise<Result<FileHandle>> {
    try {
      return done(await work());
    } catch (error) {
      return failed(error instanceof ProblemError ? error.problem : readProblem('file', shown, error));
    }
  }

  return {
    open: openNamed,
    close: (delivery) => void records.delete(delivery),
    get,
    ofPath: (named) => [...records.values()].findLast((record) => record.path === named) ?? null,
    hash,
    async stamp(delivery, options) {
      const record = get(delivery);
      if (!record.ok) return record;
      const hashed = await hash(delivery, options);
      if (!hashed.ok) return hashed;
      const { path: opened, sensorsPath, found } = record.value;
      const { frames, cuboids, boxes2d } = found.counts;
      return done({
        format: found.format,
        path: opened,
        sensorsPath,
        labelsHash: hashed.value.labelsHash,
        frames,
        cuboids,
        boxes2d,
        problems: found.problems.length,
      });
    },
    async openFile(delivery, root, relative) {
      const record = get(delivery);
      if (!record.ok) return record;
      const { found } = record.value;
      const folder = root === 'delivery' ? found.root : found.sensorsRoot;
      const isForeign = root === 'delivery' && found.onlyFile !== null && relative !== found.onlyFile;
      if (folder === null || isForeign)
        return failed({ code: 'file-missing', severity: 'error', path: relative });
      return handleOf(() => openConfined(folder, relative), relative);
    },
    async openIndex(delivery) {
      const record = get(delivery);
      return record.ok ? handleOf(() => open(record.value.cache.index, 'r'), '') : record;
    },
    async knownRoots() {
      const opened = [...records.values()].flatMap(({ found }) => [found.root, found.sensorsRoot]);
      return [...opened.filter((root) => root !== null), ...(await recent.roots())];
    },
  };
}

function notOpen(delivery: string): Problem {
  return { code: 'delivery-not-open', severity: 'error', path: '', params: { delivery } };
}
