/**
 * Lists every file below a root. Links never lead out of it: a link to a file inside counts as a file, a link to a
 * folder inside is left out (its files are listed where they lie, and rings of links end here), and a link that
 * leaves the root is refused and named.
 */
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as others } from 'node:timers/promises';
import type { FileEntry } from '../../shared/base/bytes.ts';
import type { Problem } from '../../shared/base/problem.ts';
import { nameClashes } from './archives/archiveNames.ts';
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

/** Files looked at before others in this thread have their turn. */
const atOnce = 1000;

/**
 * Lists `root`, a real absolute path. Folders that cannot be read become problems; the rest goes on. Asks the system
 * directly: a way through the pool of threads costs four times the answer, and this runs in a thread of its own.
 */
export async function walkFolder(root: string, { signal, onFound }: WalkOptions = {}): Promise<Walk> {
  const entries: FileEntry[] = [];
  const problems: Problem[] = [];
  const folders = [''];

  function look(folder: string, entry: Dirent): void {
    const relative = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      folders.push(relative);
      return;
    }
    const absolute = path.join(root, relative);
    try {
      if (entry.isSymbolicLink() && !isInside(root, realpathSync.native(absolute))) {
        problems.push({ code: 'link-leaves-root', severity: 'warning', path: relative });
        return;
      }
      const found = statSync(absolute);
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
    for (const [at, entry] of listFolder(root, folder, problems).entries()) {
      look(folder, entry);
      if (at % atOnce !== atOnce - 1) continue;
      onFound?.(entries.length);
      await others();
      signal?.throwIfAborted();
    }
    onFound?.(entries.length);
  }
  entries.sort(byPath);
  problems.push(...nameClashes(entries.map((entry) => entry.path)));
  problems.sort(byPath);
  return { entries, problems };
}

function listFolder(root: string, folder: string, problems: Problem[]): Dirent[] {
  try {
    return readdirSync(path.join(root, folder), { withFileTypes: true });
  } catch (error) {
    problems.push(readProblem('folder', folder, error));
    return [];
  }
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
