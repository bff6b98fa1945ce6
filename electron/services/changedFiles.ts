/** Tells when a file is no longer the one that was listed: it would be read with what was learnt from another. */
import { archiveMark, type FileEntry } from '../../shared/base/bytes.ts';
import { ProblemError } from '../../shared/base/problem.ts';
import { fileChanged, type OpenBytes } from './openBytes.ts';

export type Listed = Pick<FileEntry, 'size' | 'modifiedMs'>;

/** By path. What lies in an archive of a folder is not listed itself; its archive is. */
export type ListedFiles = ReadonlyMap<string, Listed>;

/** Rejects with ProblemError `file-changed`. Paths that were not listed pass. */
export async function requireListed(opened: OpenBytes, path: string, listed: ListedFiles): Promise<void> {
  const own = listed.get(path);
  const mark = path.indexOf(archiveMark);
  const expected = own ?? (mark > 0 ? listed.get(path.slice(0, mark)) : undefined);
  if (expected === undefined) return;
  const { size, modifiedMs } = await opened.stamp();
  const isSame = modifiedMs === expected.modifiedMs && (own === undefined || size === own.size);
  if (!isSame) throw new ProblemError(fileChanged(path));
}
