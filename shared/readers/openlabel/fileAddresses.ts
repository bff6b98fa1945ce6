/**
 * Finds the file a document means by a URI. Producers write paths relative to the delivery, to the document, absolute
 * on their own machine, with backslashes or percent signs: exact places are tried first, then the longest matching
 * end of the path. Only files that the folders list can ever be answered.
 */
import type { Folder } from '../../base/bytes.ts';
import type { FileRef, RootName } from '../../model/delivery.ts';
import { folderOf, withoutDots } from '../paths.ts';

/** Files with one name that are compared one by one. */
const MOST_COMPARED = 32;

/** Equal parts from which two long paths are one file: name, sensor and scene. Two would pair scenes with each other. */
const ENOUGH_PARTS = 3;

interface Root {
  readonly name: RootName;
  readonly paths: ReadonlySet<string>;
  /** Paths by their last parts: first by the name alone, then by one part more for each further map. */
  readonly byEnd: ReadonlyMap<string, readonly string[]>[];
}

/** Files are found by the list alone. */
type Listing = Pick<Folder, 'entries'>;

function indexRoot(name: RootName, folder: Listing): Root {
  return { name, paths: new Set(folder.entries.map((entry) => entry.path)), byEnd: [] };
}

/** The last `count` parts of a path; null where it has fewer. */
function lastParts(path: string, count: number): string | null {
  let start = path.length;
  for (let part = 0; part < count; part++) {
    if (start < 0) return null;
    start = path.lastIndexOf('/', start - 1);
  }
  return path.slice(start + 1);
}

/** Paths that end with the last `count` parts of `path`. The map for a count is made when it is first asked for. */
function sharingEnd({ paths, byEnd }: Root, path: string, count: number): readonly string[] {
  let groups = byEnd[count - 1];
  if (!groups) {
    const made = new Map<string, string[]>();
    for (const known of paths) {
      const end = lastParts(known, count);
      if (end === null) continue;
      const group = made.get(end);
      if (group) group.push(known);
      else made.set(end, [known]);
    }
    groups = made;
    byEnd[count - 1] = groups;
  }
  return groups.get(lastParts(path, count) ?? '') ?? [];
}

/**
 * Paths worth comparing with `path` part by part. Where thousands share a name (`image.jpg` in a folder each), longer
 * and longer ends are asked for, so that every lookup costs its depth and not the number of files.
 */
function candidates(root: Root, path: string): readonly string[] {
  let group = sharingEnd(root, path, 1);
  for (let count = 2; group.length > MOST_COMPARED; count++) {
    const narrower = sharingEnd(root, path, count);
    if (narrower.length === 0) {
      // All that are left share the same parts and differ before them: only a file that has no more parts is meant.
      const whole = lastParts(path, count - 1);
      return whole !== null && root.paths.has(whole) && count - 1 < ENOUGH_PARTS ? [whole] : [];
    }
    group = narrower;
  }
  return group;
}

/** The spellings a URI may stand for: as it is, and with percent signs undone. */
function spellings(uri: string): string[] {
  const plain = uri.replace(/^file:\/*/i, '').replaceAll('\\', '/');
  try {
    return [...new Set([plain, decodeURIComponent(plain)])];
  } catch {
    return [plain]; // A lone percent sign: the name is meant as it stands.
  }
}

/** Equal path parts, counted from the end. */
function commonEnd(a: string, b: string): number {
  const [left, right] = [a.split('/').reverse(), b.split('/').reverse()];
  let count = 0;
  while (count < left.length && count < right.length && left[count] === right[count]) count++;
  return count;
}

/** Whether a relative path, followed from the folder of the document that names it, leaves the delivery. */
export function leadsOutside(uri: string, documentPath: string): boolean {
  const folder = folderOf(documentPath);
  let depth = folder === '' ? 0 : folder.split('/').length - 1;
  for (const part of uri.replaceAll('\\', '/').split('/')) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}

export class FileAddresses {
  readonly #roots: readonly Root[];
  readonly #known = new Map<string, FileRef | null>();

  constructor(delivery: Listing, sensors: Listing | null) {
    this.#roots = [indexRoot('delivery', delivery), ...(sensors ? [indexRoot('sensors', sensors)] : [])];
  }

  /** The file, or null when there is none or several fit equally well. `documentPath` is where the URI was read. */
  find(uri: string, documentPath: string): FileRef | null {
    const folder = folderOf(documentPath);
    const key = `${folder}\n${uri}`;
    let found = this.#known.get(key);
    if (found === undefined) {
      found = this.#exact(uri, folder) ?? this.#byEnd(uri);
      this.#known.set(key, found);
    }
    return found;
  }

  #exact(uri: string, folder: string): FileRef | null {
    for (const spelling of spellings(uri)) {
      for (const path of [withoutDots(spelling), withoutDots(folder + spelling)]) {
        const root = this.#roots.find(({ paths }) => paths.has(path));
        if (root) return { root: root.name, path };
      }
    }
    return null;
  }

  #byEnd(uri: string): FileRef | null {
    for (const spelling of spellings(uri).map(withoutDots)) {
      for (const root of this.#roots) {
        const ranked = candidates(root, spelling)
          .map((path) => ({ path, length: commonEnd(path, spelling) }))
          .filter(({ path, length }) => isSameFile(path, spelling, length))
          .sort((a, b) => b.length - a.length);
        const [best, second] = ranked;
        if (best && (!second || second.length < best.length)) return { root: root.name, path: best.path };
      }
    }
    return null;
  }
}

/** One path ends with the whole of the other (their roots differ), or they share enough of their end. */
function isSameFile(path: string, uri: string, common: number): boolean {
  const parts = (text: string) => text.split('/').length;
  return common >= ENOUGH_PARTS || common === parts(path) || common === parts(uri);
}
