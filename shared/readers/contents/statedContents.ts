/** What a delivery's checksum lists state about the sensor files that its labels were made from. */
import type { FileEntry, Folder } from '../../base/bytes.ts';
import type { ReadContext } from '../contract.ts';
import { inBatches } from '../inBatches.ts';
import type { ProblemList } from '../problemList.ts';
import { readText } from '../textFile.ts';
import { isChecksumList, parseChecksumList } from './checksumList.ts';

/** A statement about the bytes of one sensor file. */
export interface StatedContent {
  /** Lower-case hex. */
  readonly sha256: string;
  /** What the file is called where this is stated. */
  readonly name: string;
  /** File of the delivery that states it. */
  readonly source: string;
  /** Length in bytes where it is stated too: a hint where to look first. */
  readonly bytes: number | null;
}

/** All lists of a delivery together: half a million files. */
const MOST_LIST_BYTES = 64_000_000;

export class StatedContents {
  /** The listed files as if they were there, so that they are looked up as those of a folder are. */
  readonly entries: readonly FileEntry[];
  readonly #byPath: ReadonlyMap<string, StatedContent>;

  constructor(contents: readonly (StatedContent & { readonly path: string })[]) {
    this.#byPath = new Map(contents.map(({ path, ...stated }) => [path, stated]));
    this.entries = [...this.#byPath.keys()].sort().map((path) => ({ path, size: 0, modifiedMs: 0 }));
  }

  of(path: string | null | undefined): StatedContent | null {
    return (path != null && this.#byPath.get(path)) || null;
  }
}

/** Reads every list in the folder. Two sums for one file cancel each other (`checksum-contradictory`). */
export async function readStatedContents(
  folder: Folder,
  context: ReadContext,
  problems: ProblemList,
): Promise<StatedContents> {
  const lists: FileEntry[] = [];
  let bytes = 0;
  for (const entry of folder.entries) {
    if (!isChecksumList(entry.path)) continue;
    bytes += entry.size;
    if (bytes <= MOST_LIST_BYTES) {
      lists.push(entry);
      continue;
    }
    const params = { limit: MOST_LIST_BYTES };
    problems.add({ code: 'checksums-too-large', severity: 'warning', path: entry.path, params });
    break;
  }
  const read = await inBatches(lists, context, async ({ path }) => ({
    path,
    text: await readText(folder, path),
  }));
  const contents = new Map<string, StatedContent & { readonly path: string }>();
  const contradicted = new Set<string>();
  for (const { path: source, text } of read) {
    if (!text.ok) {
      problems.add(text.problem);
      continue;
    }
    const parsed = parseChecksumList(text.value, source);
    problems.addAll(parsed.problems);
    for (const { path, sha256 } of parsed.sums) {
      const known = contents.get(path);
      if (known && known.sha256 !== sha256 && !contradicted.has(path)) {
        contradicted.add(path);
        const params = { name: path };
        problems.add({ code: 'checksum-contradictory', severity: 'warning', path: source, params });
      }
      if (!known) contents.set(path, { path, sha256, name: path, source, bytes: null });
    }
  }
  for (const path of contradicted) contents.delete(path);
  return new StatedContents([...contents.values()]);
}
