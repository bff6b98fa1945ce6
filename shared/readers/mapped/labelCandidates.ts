/** Files of a delivery that may hold labels: their rows, and how much these look like labels. */
import type { Folder } from '../../base/bytes.ts';
import { keepLongTimestamps } from '../openlabel/document.ts';
import { extensionOf } from '../paths.ts';
import { parseJson } from '../textFile.ts';
import { fieldMeaning, type Meaning } from './fieldNames.ts';
import { SAMPLED_ROWS, valuesByField } from './fieldSamples.ts';
import { emptyMapping, type Mapping, mappingFileName } from './mappingDocument.ts';
import { type FileGroup, fileGroups } from './proposePatterns.ts';
import { readRowText, rowsOf, rowsOfDocument } from './rowFiles.ts';
import type { Row } from './valuePath.ts';

/** By extension. */
const FORMATS: Readonly<Record<string, Mapping['labels']['format']>> = {
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  csv: 'csv',
  tsv: 'csv',
};

/** Groups whose first file is looked into. */
const MOST_GROUPS = 12;
/** Lists are looked for this deep, in the first items of each. */
const DEEPEST_LIST = 6;
const FIRST_ITEMS = 4;
const FIRST_KEYS = 40;
const weights: Readonly<Partial<Record<Meaning, number>>> = {
  'center.x': 3,
  'size.length': 3,
  'rotation.yaw': 2,
  'rotation.w': 2,
  'box.ltrb.0': 2,
  class: 2,
  track: 1,
};

function score(rows: readonly Row[]): number {
  const fields = [...valuesByField(rows.slice(0, 3)).keys()].filter((field) => !field.startsWith('^'));
  const meanings = Object.entries(weights) as [Meaning, number][];
  return meanings.reduce((sum, [meaning, weight]) => sum + (fieldMeaning(fields, meaning) ? weight : 0), 0);
}

/** What looking for lists may still cost: documents can be nested to no end. */
interface Budget {
  left: number;
}
const MOST_VALUES = 2000;
const MOST_LISTS = 64;

/** Ways to the lists of records in a document: keys, and `*` through lists and through records of records. */
function* listsIn(value: unknown, way: readonly string[], depth: number, budget: Budget): Generator<string> {
  if (typeof value !== 'object' || value === null || depth === 0 || budget.left-- <= 0) return;
  const isRecord = (item: unknown): boolean =>
    typeof item === 'object' && item !== null && !Array.isArray(item);
  if (Array.isArray(value)) {
    const first = value.slice(0, FIRST_ITEMS);
    if (first.some(isRecord)) yield way.join('.');
    for (const item of first) yield* listsIn(item, [...way, '*'], depth - 1, budget);
    return;
  }
  const items = Object.entries(value);
  const areRecords = items.length > 0 && items.every(([, item]) => isRecord(item));
  if (areRecords) yield [...way, '*'].join('.');
  for (const [key, item] of items.slice(0, FIRST_KEYS)) {
    if (!key.includes('.')) yield* listsIn(item, [...way, key], depth - 1, budget);
  }
  for (const [, item] of items.slice(0, FIRST_ITEMS)) yield* listsIn(item, [...way, '*'], depth - 1, budget);
}

function firstRows(rows: Iterable<Row>): Row[] {
  const found: Row[] = [];
  for (const row of rows) if (found.push(row) === SAMPLED_ROWS) break;
  return found;
}

const silent = (): void => undefined;

/** A group of files whose first one holds rows that look like labels. */
export interface Candidate {
  readonly group: FileGroup;
  readonly labels: Mapping['labels'];
  readonly rows: readonly Row[];
  readonly score: number;
}

/** The first rows of a file by a mapping's own words; none where it cannot be read. */
export async function sampleRows(
  folder: Folder,
  path: string,
  labels: Mapping['labels'],
): Promise<readonly Row[]> {
  const text = await readRowText(folder, path, labels);
  return text.ok ? firstRows(rowsOf(text.value, path, labels, silent)) : [];
}

async function candidateOf(group: FileGroup, folder: Folder): Promise<Candidate | null> {
  const path = group.paths[0]!;
  const format = FORMATS[extensionOf(path)]!;
  const labels = { ...emptyMapping.labels, format };
  const text = await readRowText(folder, path, labels);
  if (!text.ok) return null;
  const { lists, rowsAt } = rowSource(text.value, path, labels);
  let best: Candidate | null = null;
  for (const list of lists) {
    const rows = firstRows(rowsAt(list));
    const found = { group, labels: { ...labels, list }, rows, score: score(rows) };
    if (rows.length > 0 && found.score > (best?.score ?? 0)) best = found;
  }
  return best;
}

/** Where rows may stand in a text, and the rows at each place; JSON is parsed once for all of them. */
function rowSource(
  text: string,
  path: string,
  labels: Mapping['labels'],
): { readonly lists: Iterable<string>; readonly rowsAt: (list: string) => Iterable<Row> } {
  const inText = (list: string) => rowsOf(text, path, { ...labels, list }, silent);
  if (labels.format === 'csv') return { lists: [''], rowsAt: inText };
  const end = labels.format === 'jsonl' ? text.indexOf('\n') : -1;
  const json = parseJson(keepLongTimestamps(end < 0 ? text : text.slice(0, end)), path);
  if (!json.ok) return { lists: [], rowsAt: inText };
  const lists = new Set(['']);
  for (const list of listsIn(json.value, [], DEEPEST_LIST, { left: MOST_VALUES })) {
    if (lists.add(list).size === MOST_LISTS) break;
  }
  const inDocument = (list: string) => rowsOfDocument(json.value, list);
  return { lists, rowsAt: labels.format === 'json' ? inDocument : inText };
}

/** The group of files that looks most like labels; null where none does. */
export async function likeliestLabels(folder: Folder): Promise<Candidate | null> {
  const isLabels = (path: string) => extensionOf(path) in FORMATS && path !== mappingFileName;
  const groups = fileGroups(folder.entries, isLabels, (folders) => folders.at(-1) ?? '');
  let best: Candidate | null = null;
  for (const group of groups.slice(0, MOST_GROUPS)) {
    const candidate = await candidateOf(group, folder);
    if (candidate && candidate.score > (best?.score ?? 0)) best = candidate;
  }
  return best;
}
