/** Reads every label file that a mapping names into a table of scenes and frames; rows that do not fit are told. */
import type { Folder } from '../../base/bytes.ts';
import type { ReadContext } from '../contract.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import { stemOf } from '../paths.ts';
import { ONLY_SCENE, type ReadRow, rowReader } from './labelRows.ts';
import { type Mapping, mappingFileName } from './mappingDocument.ts';
import { type MatchedFile, matchedFiles } from './patternFiles.ts';
import { readRowText, rowsOf } from './rowFiles.ts';
import { SceneTable } from './sceneTable.ts';

/** Rows are held until their frames are known: beyond this many a delivery is told to be split. */
const MOST_ROWS = 2_000_000;

/** Files of all patterns, each once; the mapping itself is no label file. */
export function labelFilesOf(mapping: Mapping, folder: Folder): MatchedFile[] {
  const found = new Map<string, MatchedFile>();
  for (const pattern of mapping.labels.files) {
    for (const file of matchedFiles(folder, pattern)) {
      if (file.path !== mappingFileName && !found.has(file.path)) found.set(file.path, file);
    }
  }
  return [...found.values()];
}

export async function readLabels(
  mapping: Mapping,
  folder: Folder,
  context: ReadContext,
  builder: DeliveryBuilder,
): Promise<SceneTable> {
  const table = new SceneTable();
  const files = labelFilesOf(mapping, folder);
  if (files.length === 0 && mapping.labels.files.length > 0) {
    const params = { patterns: mapping.labels.files.join(', ') };
    builder.problems.add({ code: 'mapped-no-label-files', severity: 'error', path: '', params });
  }
  const read = rowReader(mapping);
  let rows = 0;
  for (const [done, file] of files.entries()) {
    context.signal?.throwIfAborted();
    rows += await addFile(file, { mapping, folder, builder, table, read, room: MOST_ROWS - rows });
    context.progress?.(done + 1, files.length);
  }
  return table;
}

interface FileWork {
  readonly mapping: Mapping;
  readonly folder: Folder;
  readonly builder: DeliveryBuilder;
  readonly table: SceneTable;
  readonly read: ReadRow;
  /** Rows that may still be taken in. */
  readonly room: number;
}

/** Answers how many rows the file had. */
async function addFile(file: MatchedFile, work: FileWork): Promise<number> {
  const { mapping, folder, builder, table, read, room } = work;
  const { problems } = builder;
  const { path, parts } = file;
  builder.labelFile(path);
  const text = await readRowText(folder, path, mapping.labels);
  if (!text.ok) {
    problems.add(text.problem);
    return 0;
  }
  // A file of a frame's own says that the frame was looked at, even where nothing was found in it.
  if (parts.frame !== undefined) table.frame(parts.scene ?? ONLY_SCENE, parts.frame);
  let count = 0;
  let unfit = 0;
  for (const row of rowsOf(text.value, path, mapping.labels, (problem) => problems.add(problem))) {
    if (count === room) {
      problems.add({ code: 'mapped-rows-too-many', severity: 'error', path, params: { limit: MOST_ROWS } });
      break;
    }
    count += 1;
    const reading = read(row, parts, stemOf(path));
    if (reading.kind === 'label') table.add({ ...reading.label, path });
    if (reading.kind !== 'unfit') continue;
    unfit += 1;
    const params = { field: reading.field };
    problems.add({ code: 'mapped-row-unfit', severity: 'warning', path, place: row.place, params });
  }
  if (unfit > 0) {
    const params = { rows: count, unfit };
    problems.add({ code: 'mapped-rows-left-out', severity: 'warning', path, params });
  }
  return count;
}
