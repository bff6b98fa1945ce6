/** The bytes of a delivery that was indexed, and of its sensor root, by what the index calls their files. */

import type { ByteSource } from '../../shared/base/bytes.ts';
import { ProblemError } from '../../shared/base/problem.ts';
import type { FileRef, RootName } from '../../shared/model/delivery.ts';
import type { RealRoots } from '../workers/job.ts';
import { createArchiveShelf } from './archives/archiveShelf.ts';
import type { ListedFiles } from './changedFiles.ts';
import { type CachedListing, deliveryCacheAt } from './deliveryCache.ts';
import { type DiskBytes, openDiskBytes } from './diskFolder.ts';
import { readProblem } from './faults.ts';
import type { OpenBytes } from './openBytes.ts';

export interface DeliveryBytes {
  /** Rejects with ProblemError, `file-changed` among them. */
  open(file: FileRef): Promise<ByteSource>;
  /** Outside the pool: whoever asks closes it. */
  openOnce(file: FileRef): Promise<OpenBytes>;
  close(): Promise<void>;
}

/** Rejects with ProblemError `folder-missing` or `folder-unreadable` where a root is gone. */
export async function openDeliveryBytes({
  root,
  sensorsRoot,
  cacheFolder,
  key,
}: RealRoots): Promise<DeliveryBytes> {
  const shelf = createArchiveShelf(cacheFolder);
  let listing: Promise<CachedListing> | undefined;
  const listed = async (name: RootName): Promise<ListedFiles> => {
    listing ??= deliveryCacheAt(cacheFolder, key).readListing();
    return (await listing)[name];
  };
  const openOne = async (real: string, name: RootName): Promise<DiskBytes> => {
    try {
      return await openDiskBytes(real, shelf, () => listed(name));
    } catch (error) {
      throw new ProblemError(readProblem('folder', real, error));
    }
  };
  const delivery = await openOne(root, 'delivery');
  const sensors = sensorsRoot === null ? null : await openOne(sensorsRoot, 'sensors');
  const rootOf = (file: FileRef): DiskBytes => {
    const found = file.root === 'delivery' ? delivery : sensors;
    if (found === null) throw new ProblemError({ code: 'file-missing', severity: 'error', path: file.path });
    return found;
  };
  return {
    open: async (file) => rootOf(file).open(file.path),
    openOnce: async (file) => rootOf(file).openOnce(file.path),
    async close() {
      await delivery.close();
      await sensors?.close();
    },
  };
}
