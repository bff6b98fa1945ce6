/**
 * Lists every file below a root. Links never lead out of it: a link to a file inside counts as a file, a link to a
 * folder inside is left out (its files are listed where they lie, and rings of links end here), and a link that
 * leaves the root is refused and named.
 */
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileEntry } from '../../shared/base/bytes.ts';
import type { Problem } from '../../shared/base/problem.ts';
import { isInside } from './confine.ts';
import { readProblem } from './faults.ts';

export interface Walk {
  /** Sorted by path, code-unit order. */
  readonly entries: readonly FileEntry[];
  readonly problems: readonly Problem[];
}

export interface WalkOptions {
  readonly signal?: AbortSignal;
  /** Called with the number of files found so far. */
  readonly onFound?: (files: number) => void;
}

/** Files looked at together; the disk orders them better than we would. */
const together = 64;

/** Lists `root`, a real absolute path. Folders that cannot be read become problems; the rest goes on. */
export async function walkFolder(root: string, { signal, onFound }: WalkOptions = {}): Promise<Walk> {
  const entries: FileEntry[] = [];
  const problems: Problem[] = [];
  const folders = [''];

  async function look(folder: string, entry: Dirent): Promise<void> {
    const relative = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      folders.push(relative);
      return;
    }
    const absolute = path.join(root, relative);
    try {
      if (entry.isSymbolicLink() && !isInside(root, await realpath(absolute))) {
        problems.push({ code: 'link-leaves-root', severity: 'warning', path: relative });
        return;
      }
      const found = await stat(absolute);
      if (found.isFile()) entries.push({ path: relative, size: found.size, modifiedMs: found.mtimeMs });
      else if (found.isDirectory()) {
        problems.push({ code: 'folder-link-skipped', severity: 'info', path: relative });
      }
    } catch (error) {
      problems.push(readProblem('file', relative, error));
    }
  }

  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    signal?.throwIfAborted();
    const listed = await listFolder(root, folder, problems);
    for (let at = 0; at < listed.length; at += together) {
      await Promise.all(listed.slice(at, at + together).map((entry) => look(folder, entry)));
    }
    onFound?.(entries.length);
  }
  entries.sort(byPath);
  problems.sort(byPath);
  return { entries, problems };
}

async function listFolder(root: string, folder: string, problems: Problem[]): Promise<Dirent[]> {
  try {
    return await readdir(path.join(root, folder), { withFileTypes: true });
  } catch (error) {
    problems.push(readProblem('folder', folder, error));
    return [];
  }
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
