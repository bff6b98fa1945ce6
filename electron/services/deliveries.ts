/**
 * The deliveries that are open: an opaque id each, made per client, behind which stand two read-only roots and the
 * cached index. Nothing else of a delivery can be reached, and nothing of it is ever written.
 */
import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { DeliveryStamp } from '../../shared/audit/events.ts';
import type { Problem, Result } from '../../shared/base/problem.ts';
import { done, failed, ProblemError } from '../../shared/base/problem.ts';
import type {
  CallOptions,
  HostInput,
  OpenedDelivery,
  Progress,
  ReadChoice,
} from '../../shared/host/contract.ts';
import { readChoiceSchema } from '../../shared/host/contract.ts';
import type { RootName } from '../../shared/model/delivery.ts';
import type { MappingLook } from '../../shared/readers/mapped/lookOver.ts';
import type { IndexOutput } from '../workers/indexJob.ts';
import type { RealRoots } from '../workers/job.ts';
import { createArchiveShelf } from './archives/archiveShelf.ts';
import { markUsed } from './cacheBudget.ts';
import { requireListed } from './changedFiles.ts';
import {
  type CachedListing,
  type DeliveryCache,
  deliveryCacheAt,
  type LabelHashes,
} from './deliveryCache.ts';
import { readProblem } from './faults.ts';
import { bytesOfHandle, type OpenBytes } from './openBytes.ts';
import type { Places } from './places.ts';
import type { RecentDeliveries } from './recentDeliveries.ts';
import { openRoot } from './root.ts';
import type { RunJob } from './runJob.ts';

/** An open delivery as the other services see it. */
export interface DeliveryRecord {
  readonly id: string;
  readonly client: string;
  /** As it was named, for people. */
  readonly path: string;
  readonly sensorsPath: string | null;
  readonly choice: ReadChoice;
  readonly found: IndexOutput;
  readonly cache: DeliveryCache;
}

export interface Deliveries {
  open(
    named: HostInput<'deliveries.open'>,
    client: string,
    options: CallOptions,
  ): Promise<Result<OpenedDelivery>>;
  /** What its first label files hold, and a mapping to start from. */
  lookOver(named: HostInput<'deliveries.lookOver'>, options: CallOptions): Promise<Result<MappingLook>>;
  close(delivery: string): void;
  /** Problem `delivery-not-open`. */
  get(delivery: string): Result<DeliveryRecord>;
  /** The newest open delivery of that path, as an audit remembers it. */
  ofPath(named: string): DeliveryRecord | null;
  hash(delivery: string, options: CallOptions): Promise<Result<LabelHashes>>;
  /**
   * The same from the bytes as they are now, for what is drawn from and signed: a file can be changed and be given its
   * old time again. Past 4 GB of labels, files whose inode and times of change are those of the last hashing are not
   * read again: no program can set these. Where the answer is another than before, the next opening reads all anew.
   */
  proveLabels(delivery: string, options: CallOptions): Promise<Result<LabelHashes>>;
  /** What an audit writes down about it; hashes the labels first where that was not done. */
  stamp(delivery: string, options: CallOptions): Promise<Result<DeliveryStamp>>;
  openFile(delivery: string, root: RootName, relative: string): Promise<Result<OpenBytes>>;
  openIndex(delivery: string): Promise<Result<OpenBytes>>;
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

/** Two seconds of hashing on one core: what a person waits for before drawing or signing. */
const mostReadAgain = 4e9;

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
  const shelf = createArchiveShelf(cacheFolder);
  const listings = new WeakMap<DeliveryRecord, Promise<CachedListing>>();

  function listingOf(record: DeliveryRecord): Promise<CachedListing> {
    const listing = listings.get(record) ?? record.cache.readListing();
    listings.set(record, listing);
    return listing;
  }

  /** Refuses a file that is no longer the one that was indexed: the index says nothing of it. */
  async function openListed(record: DeliveryRecord, root: RootName, relative: string): Promise<OpenBytes> {
    const { found } = record;
    const real = root === 'delivery' ? found.root : found.sensorsRoot;
    const isForeign = root === 'delivery' && found.onlyFile !== null && relative !== found.onlyFile;
    if (real === null || isForeign)
      throw new ProblemError({ code: 'file-missing', severity: 'error', path: relative });
    const bytes = await (await openRoot(real, shelf)).open(relative);
    try {
      await requireListed(bytes, relative, (await listingOf(record))[root]);
      return bytes;
    } catch (error) {
      await bytes.close();
      throw error;
    }
  }

  function get(delivery: string): Result<DeliveryRecord> {
    const record = records.get(delivery);
    return record === undefined ? failed(notOpen(delivery)) : done(record);
  }

  async function openNamed(
    named: HostInput<'deliveries.open'>,
    client: string,
    options: CallOptions,
  ): Promise<Result<OpenedDelivery>> {
    const real = await places.existing(named.path);
    if (!real.ok) return real;
    const sensorsNamed = named.sensorsPath ?? (await recent.pairedSensors(real.value));
    const sensors = sensorsNamed === null ? done(null) : await places.existing(sensorsNamed);
    if (!sensors.ok) return sensors;
    const choice = named.choice ? readChoiceSchema.parse(named.choice) : await recent.lastChoice(real.value);
    const compared = choice.comparePath === null ? done(null) : await places.existing(choice.comparePath);
    if (!compared.ok) return compared;
    const roots = {
      path: real.value,
      sensorsPath: sensors.value,
      choice: { ...choice, comparePath: compared.value },
    };
    const look = createFirstLook(roots, client, options);
    const indexed = await runJob('index', { ...roots, cacheFolder }, look.options);
    look.end();
    if (!indexed.ok) return indexed;

    const cache = deliveryCacheAt(cacheFolder, indexed.value.key);
    const record = { id: randomBytes(9).toString('hex'), client, ...roots, found: indexed.value, cache };
    records.set(record.id, record);
    const [oldest] = records.keys();
    if (records.size > maxOpen) records.delete(oldest!);
    if (!named.isTrial) await remember(record);
    return done(await openedOf(record));
  }

  /** While a large delivery is read, one frame of it can be looked at under an id of its own. */
  function createFirstLook(
    roots: Pick<DeliveryRecord, 'path' | 'sensorsPath' | 'choice'>,
    client: string,
    options: CallOptions,
  ): { readonly options: CallOptions; end(): void } {
    const id = randomBytes(9).toString('hex');
    let isOver = false;
    async function offer(progress: Progress, key: string): Promise<void> {
      const cache = deliveryCacheAt(cacheFolder, key);
      const summary = await cache.readSummary();
      // The whole may have come meanwhile.
      if (summary === null || isOver) return;
      const where = { key, cacheFolder, root: roots.path, sensorsRoot: roots.sensorsPath, onlyFile: null };
      records.set(id, { id, client, ...roots, found: { ...summary, ...where }, cache });
      options.onProgress?.({ ...progress, firstLook: id });
    }
    return {
      options: {
        ...options,
        onProgress({ firstLook, ...progress }) {
          if (firstLook === undefined) options.onProgress?.(progress);
          else void offer(progress, firstLook);
        },
      },
      end() {
        isOver = true;
        records.delete(id);
      },
    };
  }

  async function remember({ path: opened, sensorsPath, choice, found }: DeliveryRecord): Promise<void> {
    await recent.remember({
      path: opened,
      sensorsPath,
      choice,
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
    choice,
    found,
    cache,
  }: DeliveryRecord): Promise<OpenedDelivery> {
    const { format, bytes, counts, problems, sources } = found;
    const labelsHash = (await cache.readLabelHashes())?.labelsHash ?? null;
    const name = path.basename(opened);
    const where = { delivery: id, path: opened, sensorsPath, name, choice };
    return { ...where, format, bytes, counts, problems, sources, labelsHash };
  }

  async function hash(delivery: string, options: CallOptions): Promise<Result<LabelHashes>> {
    const record = get(delivery);
    if (!record.ok) return record;
    const { cache, found } = record.value;
    const known = await cache.readLabelHashes();
    if (known !== null) return done(known);
    const input = { ...realRoots(found), labelFiles: found.labelFiles, isFresh: false };
    const hashed = await runJob('hashLabels', input, options);
    if (hashed.ok) await cache.writeLabelHashes(hashed.value);
    return hashed;
  }

  async function proveLabels(delivery: string, options: CallOptions): Promise<Result<LabelHashes>> {
    const record = get(delivery);
    if (!record.ok) return record;
    const { cache, found } = record.value;
    const known = await cache.readLabelHashes();
    const isFresh = (known?.bytes ?? 0) <= mostReadAgain;
    const input = { ...realRoots(found), labelFiles: found.labelFiles, isFresh };
    const hashed = await runJob('hashLabels', input, options);
    if (!hashed.ok || hashed.value.labelsHash === known?.labelsHash) return hashed;
    await cache.writeLabelHashes(hashed.value);
    if (known !== null) await cache.forget();
    return hashed;
  }

  async function opening(work: () => Promise<OpenBytes>, shown: string): Promise<Result<OpenBytes>> {
    try {
      return done(await work());
    } catch (error) {
      return failed(error instanceof ProblemError ? error.problem : readProblem('file', shown, error));
    }
  }

  return {
    open: openNamed,
    async lookOver({ path: named, mapping }, options) {
      const real = await places.existing(named);
      return real.ok ? runJob('lookOver', { path: real.value, mapping, cacheFolder }, options) : real;
    },
    close: (delivery) => void records.delete(delivery),
    get,
    ofPath: (named) => [...records.values()].findLast((record) => record.path === named) ?? null,
    hash,
    proveLabels,
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
        source: found.sources[0]!.name,
      });
    },
    async openFile(delivery, root, relative) {
      const record = get(delivery);
      if (!record.ok) return record;
      return opening(() => openListed(record.value, root, relative), relative);
    },
    async openIndex(delivery) {
      const record = get(delivery);
      if (!record.ok) return record;
      const { index, summary } = record.value.cache;
      await markUsed(summary);
      return opening(async () => bytesOfHandle(await open(index, 'r'), ''), '');
    },
    async knownRoots() {
      const opened = [...records.values()].flatMap(({ found }) => [found.root, found.sensorsRoot]);
      return [...opened.filter((root) => root !== null), ...(await recent.roots())];
    },
  };
}

/** What jobs need to know to read its bytes. */
export function realRoots({ root, sensorsRoot, cacheFolder, key }: IndexOutput): RealRoots {
  return { root, sensorsRoot, cacheFolder, key };
}

function notOpen(delivery: string): Problem {
  return { code: 'delivery-not-open', severity: 'error', path: '', params: { delivery } };
}
