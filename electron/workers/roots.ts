/** The delivery and its sensor root, opened together for one job and closed with it. */
import type { ByteSource } from '../../shared/base/bytes.ts';
import type { Problem, Result } from '../../shared/base/problem.ts';
import { done, failed } from '../../shared/base/problem.ts';
import type { FileRef } from '../../shared/model/delivery.ts';
import { createArchiveShelf } from '../services/archives/archiveShelf.ts';
import { openDeliveryBytes } from '../services/deliveryBytes.ts';
import { type DiskFolder, openDiskFolder } from '../services/diskFolder.ts';
import type { DeliveryRoots, JobContext, RealRoots } from './job.ts';

export interface OpenRoots {
  readonly delivery: DiskFolder;
  readonly sensors: DiskFolder | null;
  /** What could not be listed. */
  readonly problems: readonly Problem[];
}

export interface NamedRoots extends DeliveryRoots {
  readonly cacheFolder: string;
}

/** Opens both roots, folders or archives, for the length of `work`. */
export async function withRoots<Value>(
  { path, sensorsPath, cacheFolder }: NamedRoots,
  { signal, onProgress }: Pick<JobContext, 'signal' | 'onProgress'>,
  work: (roots: OpenRoots) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const onFound = (files: number): void => onProgress({ step: 'listing', done: files, total: 0 });
  const shelf = createArchiveShelf(cacheFolder, { signal, onProgress });
  const delivery = await openDiskFolder(path, shelf, { signal, onFound });
  if (!delivery.ok) return delivery;
  const sensors =
    sensorsPath === null ? done(null) : await openDiskFolder(sensorsPath, shelf, { signal, onFound });
  try {
    if (!sensors.ok) return sensors;
    if (sensors.value !== null && sensors.value.onlyFile !== null) {
      return failed({ code: 'sensors-not-a-folder', severity: 'error', path: sensorsPath! });
    }
    return await work({
      delivery: delivery.value,
      sensors: sensors.value,
      problems: [...delivery.value.problems, ...(sensors.value?.problems ?? [])],
    });
  } finally {
    await delivery.value.close();
    if (sensors.ok) await sensors.value?.close();
  }
}

/** The bytes of both roots without their lists, for work that knows its files. Rejects where a root is gone. */
export async function withBytes<Value>(
  roots: RealRoots,
  work: (open: (file: FileRef) => Promise<ByteSource>) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const bytes = await openDeliveryBytes(roots);
  try {
    return await work(bytes.open);
  } finally {
    await bytes.close();
  }
}
