/** A first mapping for a delivery nobody knows, from the names in its files: something to start from, not an answer. */
import type { Folder } from '../../base/bytes.ts';
import { asNumber } from '../jsonValues.ts';
import { keepLongTimestamps } from '../openlabel/document.ts';
import { extensionOf, isCloudPath, isImagePath } from '../paths.ts';
import { parseJson } from '../textFile.ts';
import { fieldMeaning, isUnderside, type Meaning, statedUnit } from './fieldNames.ts';
import { SAMPLED_ROWS, valuesByField } from './fieldSamples.ts';
import { emptyMapping, type Mapping, mappingFileName } from './mappingDocument.ts';
import { proposeCalibrations } from './proposeCalibrations.ts';
import { type FileGroup, fileGroups, patternOf } from './proposePatterns.ts';
import { readRowText, rowsOf } from './rowFiles.ts';
import type { Row } from './valuePath.ts';

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
/** A turn beyond this is no angle in radians; an object longer than this is not given in metres. */
const MOST_RADIANS = 6.4;
const LONGEST_METRES = 60;
const LONGEST_CENTIMETRES = 6000;

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

interface Candidate {
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
  const lists = format === 'csv' ? [''] : new Set([...listPaths(text.value, path, format), '']);
  let best: Candidate | null = null;
  for (const list of lists) {
    const rows = firstRows(rowsOf(text.value, path, { ...labels, list }, silent));
    const found = { group, labels: { ...labels, list }, rows, score: score(rows) };
    if (rows.length > 0 && found.score > (best?.score ?? 0)) best = found;
  }
  return best;
}

function listPaths(text: string, path: string, format: Mapping['labels']['format']): Iterable<string> {
  const end = format === 'jsonl' ? text.indexOf('\n') : -1;
  const json = parseJson(keepLongTimestamps(end < 0 ? text : text.slice(0, end)), path);
  if (!json.ok) return [];
  const ways = new Set<string>();
  for (const way of listsIn(json.value, [], DEEPEST_LIST, { left: MOST_VALUES })) {
    if (ways.add(way).size === MOST_LISTS) break;
  }
  return ways;
}

/** The mapping that names suggest; with no label file to be found it names the sensor files alone. */
export async function proposeMapping(folder: Folder): Promise<Mapping> {
  const isLabels = (path: string) => extensionOf(path) in FORMATS && path !== mappingFileName;
  const groups = fileGroups(folder.entries, isLabels, (folders) => folders.at(-1) ?? '');
  const candidates: Candidate[] = [];
  for (const group of groups.slice(0, MOST_GROUPS)) {
    const candidate = await candidateOf(group, folder);
    if (candidate) candidates.push(candidate);
  }
  const best = candidates.sort((a, b) => b.score - a.score)[0];
  if (!best) return { ...emptyMapping, ...(await sensorsOf(folder)) };
  const meant = meaningsOf(best.rows, best.labels);
  const hasFrame = meant.fields.frame !== null || meant.fields.timestamp !== null;
  const isOneFile = best.group.paths.length === 1;
  const folderName = hasFrame || best.group.parts.at(-1) === null ? '{scene}' : '{frame}';
  const files = [isOneFile ? best.group.paths[0]! : patternOf(best.group, () => folderName)];
  return { ...emptyMapping, ...(await sensorsOf(folder)), ...meant, labels: { ...best.labels, files } };
}

async function sensorsOf(folder: Folder): Promise<Pick<Mapping, 'lidars' | 'images' | 'calibrations'>> {
  const nearest = (folders: readonly string[]): string => folders.at(-1) ?? '';
  const clouds = fileGroups(folder.entries, isCloudPath, nearest);
  const pictures = fileGroups(folder.entries, isImagePath, nearest);
  const inScene = (): string => '{scene}';
  const nameOf = ({ parts }: FileGroup, usual: string): string => parts.at(-2) ?? usual;
  const images = pictures.map((group) => ({
    camera: nameOf(group, 'camera'),
    files: patternOf(group, inScene),
  }));
  return {
    lidars: clouds.map((group) => ({
      name: clouds.length === 1 ? 'lidar' : nameOf(group, 'lidar'),
      files: patternOf(group, inScene),
      axes: emptyMapping.axes,
      spaceFromPoints: null,
    })),
    images,
    calibrations: await proposeCalibrations(folder, images),
  };
}

/** Fields and units by their names and values. */
function meaningsOf(
  rows: readonly Row[],
  labels: Mapping['labels'],
): Pick<Mapping, 'fields' | 'origin' | 'unit'> {
  const values = valuesByField(rows);
  const taken = new Set<string>();
  const take = (meaning: Meaning): string | null => {
    const field = fieldMeaning(values.keys(), meaning, taken);
    if (field !== null) taken.add(field);
    return field;
  };
  const numbers = (field: string | null): number[] =>
    field === null ? [] : (values.get(field) ?? []).map(asNumber).filter((number) => number !== null);
  const largest = (field: string | null): number => Math.max(0, ...numbers(field).map(Math.abs));
  const size = { length: take('size.length'), width: take('size.width'), height: take('size.height') };
  const w = fieldMeaning(values.keys(), 'rotation.w');
  const turn = { w: w === null ? null : take('rotation.w'), ...turned(w !== null, take) };
  const center = { x: take('center.x'), y: take('center.y'), z: take('center.z') };
  const box = (['box.ltrb.0', 'box.ltrb.1', 'box.ltrb.2', 'box.ltrb.3'] as const).map(take);
  const { fields } = emptyMapping;
  const isDegrees =
    turn.yaw !== null && (statedUnit(turn.yaw) === 'degrees' || largest(turn.yaw) > MOST_RADIANS);
  // A record of records is keyed by what its rows are of.
  const firstKey = rows[0]?.scopes.at(-1)?.key;
  const isKeyed = labels.list.split('.').at(-1) === '*' && typeof firstKey === 'string';
  return {
    fields: {
      ...fields,
      track: take('track'),
      class: take('class'),
      frame: take('frame'),
      timestamp: take('timestamp'),
      scene: take('scene'),
      camera: take('camera'),
      points: take('points'),
      id: take('id') ?? (isKeyed ? '$key' : null),
      center,
      size,
      rotation: { ...fields.rotation, ...turn, unit: isDegrees ? 'degrees' : 'radians' },
      box: {
        kind: 'ltrb',
        values: box.every((field) => field !== null)
          ? (box as [string, string, string, string])
          : fields.box.values,
      },
    },
    origin: center.z !== null && isUnderside(center.z) ? 'bottom' : 'center',
    unit: lengthUnitOf(size.length, median(numbers(size.length))),
  };
}

function turned(isQuaternion: boolean, take: (meaning: Meaning) => string | null) {
  if (isQuaternion) {
    const parts = { x: take('rotation.x'), y: take('rotation.y'), z: take('rotation.z') };
    return { kind: 'quaternion', yaw: null, ...parts } as const;
  }
  const yaw = take('rotation.yaw');
  return { kind: yaw === null ? 'none' : 'yaw', yaw, x: null, y: null, z: null } as const;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

function lengthUnitOf(field: string | null, usual: number): Mapping['unit'] {
  const stated = field === null ? null : statedUnit(field);
  if (stated === 'm' || stated === 'cm' || stated === 'mm') return stated;
  if (usual > LONGEST_CENTIMETRES / 10) return usual > LONGEST_CENTIMETRES ? 'mm' : 'cm';
  return usual > LONGEST_METRES ? 'cm' : 'm';
}
