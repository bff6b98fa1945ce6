/** A store reached from a reference to one of its files: for points and pictures, read long after the index was made. */
import type { ByteSource } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { done } from '../../base/problem.ts';
import type { FileRef } from '../../model/delivery.ts';
import type { RecordStore } from '../zarr/zarrStore.ts';
import { openItarStore, openLooseStore } from '../zarr/zarrStore.ts';
import { storeOfFile } from './ncoreStores.ts';

export async function openReferredStore(
  file: FileRef,
  open: (file: FileRef) => Promise<ByteSource>,
): Promise<Result<RecordStore>> {
  const path = storeOfFile(file.path);
  const folder = { open: (name: string) => open({ root: file.root, path: name }) };
  return path.endsWith('/') ? done(openLooseStore(folder, path)) : openItarStore(folder, path);
}
