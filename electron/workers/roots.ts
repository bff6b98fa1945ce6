/** The delivery's folder and its sensor root, opened together for one job and closed with it. */
import type { ByteSource } from '../../shared/base/bytes.ts';
import type { Problem, Result } from '../../shared/base/problem.ts';
import { done, failed } from '../../shared/base/problem.ts';
import type { FileRef } from '../../shared/model/delivery.ts';
import { type DiskFolder, openDiskBytes, openDiskFolder } from '../services/diskFolder.ts';
import type { DeliveryRoots, JobContext, RealRoots } from './job.ts';

export interface OpenRoots {
  readonly delivery: DiskFolder;
  readonly sensors: DiskFolder | null;
  /** What could not be listed. */
  readonly problems: readonly Problem[];
}

/** Opens both roots for the length of `work`. */
export async function withRoots<Value>(
  { path, sensorsPath }: DeliveryRoots,
  { signal, onProgress }: Pick<JobContext, 'signal' | 'onProgress'>,
  work: (roots: OpenRoots) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const onFound = (files: number): void => onProgress({ step: 'listing', done: files, total: 0 });
  const delivery = await openDiskFolder(path, { signal, onFound });
  if (!delivery.ok) return delivery;
  const sensors = sensorsPath === null ? done(null) : await openDiskFolder(sensorsPath, { signal, onFound });
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

/** The bytes of both roots without their lists, for work that knows its files. Roots are real and absolute. */
export async function withBytes<Value>(
  { root, sensorsRoot }: RealRoots,
  work: (open: (file: FileRef) => Promise<ByteSource>) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const delivery = openDiskBytes(root);
  const sensors = sensorsRoot === null ? null : openDiskBytes(sensorsRoot);
  try {
    return await work((file) => {
      if (file.root === 'delivery') return delivery.open(file.path);
      if (sensors === null) throw new Error('a sensor file of a delivery without a sensor root');
      return sensors.open(file.path);
    });
  } finally {
    await delivery.close();
    await sensors?.close();
  }
}
