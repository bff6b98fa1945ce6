/**
 * Finds the files that tables name: below the tables' folder or one above it, then in the client's sensor root by the
 * same relative path, then by a file name that only one file has. A path that leads out of the folder is never looked
 * up.
 */
import type { FileEntry, Folder } from '../../base/bytes.ts';
import type { FileRef, RootName } from '../../model/delivery.ts';
import { baseName } from '../paths.ts';

/** Drive letters, leading slashes, backslashes and climbing: what no path inside a folder has. */
export function isInside(path: string): boolean {
  return !/^[a-z]:|^[\\/]|\\|\0|(^|\/)\.\.(\/|$)/i.test(path);
}

/** Entries are sorted by code unit, so a path is found by halving: a million files need no table beside their list. */
function holds(entries: readonly FileEntry[], path: string): boolean {
  let low = 0;
  let high = entries.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = entries[middle]!.path;
    if (found === path) return true;
    if (found < path) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** The folder itself and all above it, nearest first, each with its trailing `/`. */
function ancestors(prefix: string): string[] {
  const parts = prefix.split('/').slice(0, -1);
  return [...parts.keys(), parts.length].reverse().map((depth) =>
    parts
      .slice(0, depth)
      .map((part) => `${part}/`)
      .join(''),
  );
}

interface Place {
  readonly root: RootName;
  readonly entries: readonly FileEntry[];
  readonly prefix: string;
}

export class SensorFiles {
  /** Where files were found so far first: one delivery keeps them in one place. */
  readonly #places: Place[];
  /** Neither root holds anything but tables: labels alone. */
  readonly isBare: boolean;
  readonly #folders: readonly { root: RootName; entries: readonly FileEntry[] }[];
  /** File name -> its only path, or null where several files have it. Made when first needed. */
  #byName: Map<string, FileRef | null> | null = null;

  constructor(delivery: Folder, prefix: string, sensors: Folder | undefined) {
    const own = ancestors(prefix).map(
      (above): Place => ({
        root: 'delivery',
        entries: delivery.entries,
        prefix: above,
      }),
    );
    const lent: Place[] = sensors ? [{ root: 'sensors', entries: sensors.entries, prefix: '' }] : [];
    this.#places = [...own, ...lent];
    this.#folders = [
      { root: 'delivery', entries: delivery.entries },
      ...(sensors ? [{ root: 'sensors' as const, entries: sensors.entries }] : []),
    ];
    this.isBare = this.#folders.every(({ entries }) => entries.every(({ path }) => path.endsWith('.json')));
  }

  /** Null where there is no such file, or the path leads out of the folder. */
  find(path: string): FileRef | null {
    if (path === '' || !isInside(path)) return null;
    const relative = path.startsWith('./') ? path.slice(2) : path;
    for (const [i, { root, entries, prefix }] of this.#places.entries()) {
      if (!holds(entries, prefix + relative)) continue;
      if (i > 0) this.#places.unshift(...this.#places.splice(i, 1));
      return { root, path: prefix + relative };
    }
    return this.#nameTable().get(baseName(relative)) ?? null;
  }

  #nameTable(): ReadonlyMap<string, FileRef | null> {
    if (this.#byName) return this.#byName;
    const byName = new Map<string, FileRef | null>();
    for (const { root, entries } of this.#folders) {
      const ofRoot = new Map<string, FileRef | null>();
      for (const { path } of entries) {
        const name = baseName(path);
        ofRoot.set(name, ofRoot.has(name) ? null : { root, path });
      }
      for (const [name, file] of ofRoot) if (!byName.has(name)) byName.set(name, file);
    }
    this.#byName = byName;
    return byName;
  }
}
