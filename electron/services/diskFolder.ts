/** A read-only folder on this machine, or an archive in its place, as readers see folders: a list, and the bytes. */
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ByteSource, Folder } from '../../shared/base/bytes.ts';
import type { Problem, Result } from '../../shared/base/problem.ts';
import { done, failed, ProblemError } from '../../shared/base/problem.ts';
import type { ArchiveShelf } from './archives/archiveShelf.ts';
import { type ListedFiles, requireListed } from './changedFiles.ts';
import { readProblem } from './faults.ts';
import { createHandlePool } from './handlePool.ts';
import type { OpenBytes } from './openBytes.ts';
import { listArchiveRoot, openRoot, type Root } from './root.ts';
import { type Walk, type WalkOptions, walkFolder } from './walkFolder.ts';

/** The bytes of a root's files, without its list. */
export interface DiskBytes extends Pick<Folder, 'open' | 'openArchive'> {
  /** As `open`, outside the pool: whoever asks closes it. */
  openOnce(path: string): Promise<OpenBytes>;
  close(): Promise<void>;
}

export interface DiskFolder extends Folder, DiskBytes {
  /** Real absolute path of the folder, or of the archive that is read in place; for a single file its folder. */
  readonly root: string;
  /** Name of the only file that may be opened, where a file was opened as a folder of one. */
  readonly onlyFile: string | null;
  /** What could not be listed. */
  readonly problems: readonly Problem[];
}

/** An indexed tar is a single file with a reader of its own. */
const ownReader = /\.itar$/i;

/**
 * Opens a folder, an archive, or a single file as a folder that holds nothing else. Problems: `folder-missing`,
 * `folder-unreadable`, and those of an archive that cannot be listed.
 */
export async function openDiskFolder(
  named: string,
  shelf: ArchiveShelf,
  options: WalkOptions = {},
): Promise<Result<DiskFolder>> {
  try {
    const real = await realpath(named);
    const found = await stat(real);
    if (!found.isFile()) return done(await folderOf(real, await walkFolder(real, options), null, shelf));
    const archive = ownReader.test(real) ? null : await listArchiveRoot(real, shelf);
    if (archive !== null) return done(await folderOf(real, archive, null, shelf));
    const onlyFile = path.basename(real);
    const entries = [{ path: onlyFile, size: found.size, modifiedMs: found.mtimeMs }];
    return done(await folderOf(path.dirname(real), { entries, problems: [] }, onlyFile, shelf));
  } catch (error) {
    if (options.signal?.aborted) throw error;
    return failed(readProblem('folder', named, error));
  }
}

async function folderOf(
  root: string,
  { entries, problems }: Walk,
  onlyFile: string | null,
  shelf: ArchiveShelf,
): Promise<DiskFolder> {
  const listed = new Map(entries.map((entry) => [entry.path, entry]));
  return { root, onlyFile, entries, problems, ...poolBytes(await openRoot(root, shelf), async () => listed) };
}

/** What was listed, asked for when the first file is opened: there may be a million. */
type Listing = () => Promise<ListedFiles>;

/** `root` is the real absolute path of a folder or of an archive. Rejects with the system's error where it is gone. */
export async function openDiskBytes(root: string, shelf: ArchiveShelf, listed: Listing): Promise<DiskBytes> {
  return poolBytes(await openRoot(root, shelf), listed);
}

function poolBytes(root: Root, listed: Listing): DiskBytes {
  const pool = createHandlePool<OpenBytes>();

  async function withFile<Value>(
    relative: string,
    use: (bytes: OpenBytes) => Promise<Value>,
  ): Promise<Value> {
    try {
      return await pool.withHandle(relative, () => root.open(relative), use);
    } catch (error) {
      throw new ProblemError(readProblem('file', relative, error));
    }
  }

  return {
    async open(relative): Promise<ByteSource> {
      const length = await withFile(relative, async (bytes) => {
        await requireListed(bytes, relative, await listed());
        return bytes.length;
      });
      const slice = (start: number, end: number) =>
        withFile(relative, (bytes) => bytes.slice(start, Math.min(end, length)));
      const fill = (target: Uint8Array, start: number) =>
        withFile(relative, async (bytes) => {
          const wanted = target.subarray(0, Math.max(0, length - start));
          if (bytes.fill) return bytes.fill(wanted, start);
          const part = await bytes.slice(start, start + wanted.length);
          wanted.set(part);
          return part.length;
        });
      return { length, slice, fill };
    },
    openArchive: (relative) => root.archive(relative),
    async openOnce(relative) {
      const bytes = await root.open(relative);
      try {
        await requireListed(bytes, relative, await listed());
        return bytes;
      } catch (error) {
        await bytes.close();
        throw error;
      }
    },
    close: () => pool.close(),
  };
}
