/** A folder of the disk as readers see it, for tests on real data. The product has its own, confined one. */
import { readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { FileEntry, Folder } from '../../shared/base/bytes.ts';
import { ProblemError } from '../../shared/base/problem.ts';

async function readRange(file: string, start: number, end: number): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const length = Math.max(0, Math.min(end, (await handle.stat()).size) - start);
    const bytes = new Uint8Array(length);
    const { bytesRead } = await handle.read(bytes, 0, length, start);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

export function diskFolder(root: string): Folder {
  const entries: FileEntry[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((relative) => ({ relative, stats: statSync(path.join(root, relative)) }))
    .filter(({ stats }) => stats.isFile())
    .map(({ relative, stats }) => ({
      path: relative.split(path.sep).join('/'),
      size: stats.size,
      modifiedMs: stats.mtimeMs,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const sizes = new Map(entries.map((entry) => [entry.path, entry.size]));
  return {
    entries,
    open(relative) {
      const length = sizes.get(relative);
      if (length === undefined) {
        return Promise.reject(new ProblemError({ code: 'file-missing', severity: 'error', path: relative }));
      }
      const file = path.join(root, relative);
      return Promise.resolve({ length, slice: (start, end) => readRange(file, start, end) });
    },
  };
}
