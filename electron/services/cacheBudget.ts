/**
 * Keeps the cache below its budget: what was used longest ago goes first, whole indexes and whole archives. Everything
 * in the cache can be made again, so the price of a wrong guess is time.
 */
import type { Dirent } from 'node:fs';
import { readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { ProblemError } from '../../shared/base/problem.ts';
import { systemCode } from './faults.ts';
import { parseJson } from './jsonFile.ts';

const defaultGigabytes = 20;
/** What was used within this time may be open in some process and stays. */
const inUseMs = 3_600_000;
/** Work that another process began and did not end. */
const abandonedMs = 86_400_000;
/** Telling the disk more often that something is in use says nothing new. */
const markEveryMs = 600_000;

/** Something the cache holds that comes and goes as one. */
interface CacheUnit {
  /** All of it; the first is what says that it is there. */
  readonly files: readonly string[];
  readonly bytes: number;
  readonly usedMs: number;
}

/** `ASSAY_CACHE_GB` (10^9 bytes each), 20 where it is not set or no number. */
export function cacheBudgetBytes(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): number {
  const stated = Number(environment.ASSAY_CACHE_GB || Number.NaN);
  return (stated > 0 ? stated : defaultGigabytes) * 1e9;
}

const markedAt = new Map<string, number>();

/** Says that `file` of the cache is in use now. */
export async function markUsed(file: string): Promise<void> {
  const now = Date.now();
  if (now - (markedAt.get(file) ?? 0) < markEveryMs) return;
  markedAt.set(file, now);
  try {
    await utimes(file, new Date(now), new Date(now));
  } catch (error) {
    // Gone, or on a disk that cannot be written: nothing to keep then.
    if (systemCode(error) === null) throw error;
  }
}

/**
 * Lets go of what was used longest ago until `bytes` more fit. Rejects with ProblemError `cache-too-small` where they
 * never will.
 */
export async function makeRoom(
  cacheFolder: string,
  bytes: number,
  budget = cacheBudgetBytes(),
  now = Date.now(),
): Promise<void> {
  if (bytes > budget) {
    const params = { gigabytes: Math.ceil(bytes / 1e9), budget: budget / 1e9 };
    throw new ProblemError({ code: 'cache-too-small', severity: 'error', path: '', params });
  }
  const units = await cacheUnits(cacheFolder, now);
  let total = bytes + units.reduce((sum, unit) => sum + unit.bytes, 0);
  for (const unit of units.sort((a, b) => a.usedMs - b.usedMs)) {
    if (total <= budget || now - unit.usedMs < inUseMs) return;
    await letGo(unit.files);
    total -= unit.bytes;
  }
}

async function cacheUnits(cacheFolder: string, now: number): Promise<CacheUnit[]> {
  const indexes = await entriesOf(cacheFolder, now);
  const unpacked = await entriesOf(path.join(cacheFolder, 'archives'), now);
  const inflated = await entriesOf(path.join(cacheFolder, 'inflated'), now);
  const found = await Promise.all([
    ...indexes.filter((entry) => /^[0-9a-f]{64}$/.test(entry.name)).map(indexUnit),
    ...unpacked.filter((entry) => entry.isDirectory()).map(unpackedUnit),
    ...inflated.filter((entry) => entry.isFile()).map(fileUnit),
  ]);
  return found.filter((unit) => unit !== null);
}

/** What lies in a folder of the cache; what was left half done long ago is cleared on the way. */
async function entriesOf(folder: string, now: number): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(absent<Dirent[]>([]));
  const isHalf = ({ name }: Dirent): boolean => name.endsWith('.partial') || name.endsWith('.gone');
  for (const entry of entries.filter(isHalf)) {
    const file = path.join(folder, entry.name);
    const found = await stat(file).catch(absent(null));
    if (found !== null && now - found.mtimeMs > abandonedMs) await rm(file, { recursive: true, force: true });
  }
  return entries.filter((entry) => !isHalf(entry));
}

async function indexUnit({ parentPath, name }: Dirent): Promise<CacheUnit | null> {
  const folder = path.join(parentPath, name);
  const names = await readdir(folder).catch(absent<string[]>([]));
  const stats = await Promise.all(names.map((file) => stat(path.join(folder, file)).catch(absent(null))));
  const present = stats.filter((found) => found !== null);
  const usedMs = Math.max(0, ...present.map(({ mtimeMs }) => mtimeMs));
  return { files: [folder], bytes: present.reduce((sum, { size }) => sum + size, 0), usedMs };
}

/** An unpacked archive; the document beside it says how large it is, so that it need not be walked. */
async function unpackedUnit({ parentPath, name }: Dirent): Promise<CacheUnit | null> {
  const folder = path.join(parentPath, name);
  const document = `${folder}.json`;
  const found = await stat(document).catch(absent(null));
  if (found === null) return null;
  const stated = parseJson(await readFile(document, 'utf8').catch(absent('')));
  const bytes = typeof stated === 'object' && stated !== null && 'bytes' in stated ? Number(stated.bytes) : 0;
  return { files: [document, folder], bytes, usedMs: found.mtimeMs };
}

async function fileUnit({ parentPath, name }: Dirent): Promise<CacheUnit | null> {
  const file = path.join(parentPath, name);
  const found = await stat(file).catch(absent(null));
  return found === null ? null : { files: [file], bytes: found.size, usedMs: found.mtimeMs };
}

/** Renamed before it is removed, so that half of something is never taken for the whole. */
async function letGo(files: readonly string[]): Promise<void> {
  for (const file of files) {
    try {
      await rename(file, `${file}.gone`);
      await rm(`${file}.gone`, { recursive: true, force: true });
    } catch (error) {
      // Another process was faster, or holds it open: it stays for another time.
      if (systemCode(error) === null) throw error;
    }
  }
}

/** For what another process may remove at any moment. */
function absent<Value>(instead: Value): (error: unknown) => Value {
  return (error) => {
    if (systemCode(error) === null) throw error;
    return instead;
  };
}
