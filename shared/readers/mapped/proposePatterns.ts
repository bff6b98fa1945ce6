/** Groups of alike files in a delivery, and the pattern that names each group. */
import type { FileEntry } from '../../base/bytes.ts';
import { extensionOf, stemOf } from '../paths.ts';

/** Files with the same extension, in the same place but for parts that vary from file to file. */
export interface FileGroup {
  readonly paths: readonly string[];
  /** Folder names and the stem; null where it differs between the files. */
  readonly parts: readonly (string | null)[];
  readonly extension: string;
}

/** How a file ends, as it is written. */
const endingOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1 + stemOf(path).length);

function partsOf(path: string): string[] {
  return [...path.split('/').slice(0, -1), stemOf(path)];
}

/** Groups by extension, depth, and the names of their folders as far as `apart` tells them apart. */
export function fileGroups(
  entries: readonly FileEntry[],
  keep: (path: string) => boolean,
  apart: (folders: readonly string[]) => string = () => '',
): FileGroup[] {
  const groups = new Map<string, string[]>();
  for (const { path } of entries) {
    if (!keep(path)) continue;
    const parts = partsOf(path);
    const key = `${parts.length} ${extensionOf(path)} ${apart(parts.slice(0, -1))}`;
    const known = groups.get(key);
    if (known) known.push(path);
    else groups.set(key, [path]);
  }
  return [...groups.values()].map((paths) => groupOf(paths));
}

function groupOf(paths: readonly string[]): FileGroup {
  const all = paths.map(partsOf);
  const parts = all[0]!.map((part, at) => (all.every((other) => other[at] === part) ? part : null));
  return { paths, parts, extension: endingOf(paths[0]!) };
}

/** The pattern of a group: `varies` names the folders that differ; the stem, where it differs, is the frame. */
export function patternOf({ parts, extension }: FileGroup, varies: (at: number) => string): string {
  const names = parts.map((part, at) => part ?? (at === parts.length - 1 ? '{frame}' : varies(at)));
  return `${names.join('/')}${extension}`;
}
