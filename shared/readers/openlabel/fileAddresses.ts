/**
 * Finds the file a document means by a URI. Producers write paths relative to the delivery, to the document, absolute
 * on their own machine, with backslashes or percent signs: exact places are tried first, then the longest matching
 * end of the path. Only files that the folders list can ever be answered.
 */
import type { Folder } from '../../base/bytes.ts';
import type { FileRef, RootName } from '../../model/delivery.ts';
import { baseName, folderOf, withoutDots } from '../paths.ts';

interface Root {
  readonly name: RootName;
  readonly paths: ReadonlySet<string>;
  readonly byBaseName: ReadonlyMap<string, readonly string[]>;
}

/** Files are found by the list alone. */
type Listing = Pick<Folder, 'entries'>;

function indexRoot(name: RootName, folder: Listing): Root {
  const byBaseName = new Map<string, string[]>();
  for (const { path } of folder.entries) {
    const group = byBaseName.get(baseName(path)) ?? [];
    byBaseName.set(baseName(path), group);
    group.push(path);
  }
  return { name, paths: new Set(folder.entries.map((entry) => entry.path)), byBaseName };
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
      for (const { name, byBaseName } of this.#roots) {
        const ranked = (byBaseName.get(baseName(spelling)) ?? [])
          .map((path) => ({ path, length: commonEnd(path, spelling) }))
          .filter(({ path, length }) => isSameFile(path, spelling, length))
          .sort((a, b) => b.length - a.length);
        const [best, second] = ranked;
        if (best && (!second || second.length < best.length)) return { root: name, path: best.path };
      }
    }
    return null;
  }
}

/** Equal parts from which two long paths are one file: name, sensor and scene. Two would pair scenes with each other. */
const ENOUGH_PARTS = 3;

/** One path ends with the whole of the other (their roots differ), or they share enough of their end. */
function isSameFile(path: string, uri: string, common: number): boolean {
  const parts = (text: string) => text.split('/').length;
  return common >= ENOUGH_PARTS || common === parts(path) || common === parts(uri);
}
