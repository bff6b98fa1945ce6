/** Finds sets of tables in a folder: nuScenes' `v1.0-*`, Lyft's `data` or `tables`, T4's `annotation`, at any depth. */
import type { FileEntry } from '../../base/bytes.ts';
import { baseName, foldersWithFiles, naturalOrder } from '../paths.ts';

/** Without these there are neither frames nor sensors. */
const NEEDED = ['sample.json', 'sample_data.json', 'sample_annotation.json'] as const;

/** Folder names that say what is in them and not which version it is. */
const PLAIN_NAMES = new Set(['tables', 'data', 'annotation', 'annotations', 'json']);

export interface TableFolder {
  /** Folder of the tables with its trailing `/`, or '' at the root. */
  readonly prefix: string;
  /** What people call this set of tables: `v1.0-mini`. */
  readonly version: string;
}

/** In natural order; none where no folder holds the tables. */
export function findTableFolders(entries: readonly FileEntry[]): TableFolder[] {
  const paths = new Set<string>();
  for (const { path } of entries) if (path.endsWith('.json')) paths.add(path);
  return foldersWithFiles(entries)
    .filter((folder) => NEEDED.every((name) => paths.has(folder + name)))
    .sort(naturalOrder)
    .map((prefix) => ({ prefix, version: versionOf(prefix) }));
}

function versionOf(prefix: string): string {
  const parts = prefix.split('/').slice(0, -1);
  const named = parts.findLast((part) => !PLAIN_NAMES.has(part));
  return named ?? baseName(prefix.slice(0, -1)) ?? '';
}
