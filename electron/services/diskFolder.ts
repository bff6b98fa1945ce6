/** A read-only folder on this machine as readers see folders: a list of files, and the bytes of each. */
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ByteSource, Folder } from '../../shared/base/bytes.ts';
import type { Problem, Result } from '../../shared/base/problem.ts';
import { done, failed, ProblemError } from '../../shared/base/problem.ts';
import { resolveInside } from './confine.ts';
import { readProblem } from './faults.ts';
import { createHandlePool } from './handlePool.ts';
import { type WalkOptions, walkFolder } from './walkFolder.ts';

/** The bytes of a root's files, without its list. */
export interface DiskBytes extends Pick<Folder, 'open'> {
  close(): Promise<void>;
}

export interface DiskFolder extends Folder, DiskBytes {
  /** Real absolute path; for a single file the folder it lies in. */
  readonly root: string;
  /** Name of the only file that may be opened, where a file was opened as a folder of one. */
  readonly onlyFile: string | null;
  /** What could not be listed. */
  readonly problems: readonly Problem[];
}

/**
 * Opens a folder, or a single file as a folder that holds nothing else. Problems: `folder-missing`,
 * `folder-unreadable`.
 */
export async function openDiskFolder(named: string, options: WalkOptions = {}): Promise<Result<DiskFolder>> {
  try {
    const real = await realpath(named);
    const found = await stat(real);
    if (!found.isFile()) {
      const { entries, problems } = await walkFolder(real, options);
      return done({ root: real, onlyFile: null, entries, problems, ...openDiskBytes(real) });
    }
    const root = path.dirname(real);
    const onlyFile = path.basename(real);
    const entries = [{ path: onlyFile, size: found.size, modifiedMs: found.mtimeMs }];
    return done({ root, onlyFile, entries, problems: [], ...openDiskBytes(root) });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    return failed(readProblem('folder', named, error));
  }
}

/** `root` is real and absolute. */
export function openDiskBytes(root: string): DiskBytes {
  const pool = createHandlePool();

  async function withFile<Value>(
    relative: string,
    use: (handle: FileHandle) => Promise<Value>,
  ): Promise<Value> {
    try {
      return await pool.withHandle(relative, () => openConfined(root, relative), use);
    } catch (error) {
      throw new ProblemError(readProblem('file', relative, error));
    }
  }

  return {
    async open(relative): Promise<ByteSource> {
      const length = await withFile(relative, async (handle) => (await handle.stat()).size);
      return {
        length,
        slice: (start, end) =>
          withFile(relative, (handle) => readSpan(handle, Math.max(0, start), Math.min(end, length))),
      };
    },
    close: () => pool.close(),
  };
}

/** Opens a regular file inside `root` for reading. Rejects with ProblemError; never waits on a pipe or a device. */
export async function openConfined(root: string, relative: string): Promise<FileHandle> {
  const resolved = await resolveInside(root, relative);
  if (!resolved.ok) throw new ProblemError(resolved.problem);
  // The real path has no link left in it, so a link put there since is refused by the system.
  const handle = await open(resolved.value, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new ProblemError({
    code: 'file-unreadable',
    severity: 'error',
    path: relative,
    params: { reason: 'not a regular file' },
  });
}

/** Bytes [start, end) of a file; shorter only where the file ends. */
export async function readSpan(
  handle: FileHandle,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(Math.max(0, end - start));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled === bytes.length ? bytes : bytes.subarray(0, filled);
}
