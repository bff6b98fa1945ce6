/** Files of rows: JSON, lines of JSON, or CSV, in any of the encodings that vendors use, taken apart row by row. */
import type { Folder } from '../../base/bytes.ts';
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import { keepLongTimestamps } from '../openlabel/document.ts';
import { decodeText, parseJson, readBytes } from '../textFile.ts';
import { csvLines, separatorOf } from './csvLines.ts';
import type { RowFormat } from './mappingDocument.ts';
import { ownValue, type Row, type Scope } from './valuePath.ts';

/** Rows of one file are held as objects, some ten times the size of the text. */
const LARGEST_FILE = 128 * 1024 * 1024;
/** A way to a list has no more steps than this. */
const MOST_STEPS = 24;

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** `whole`: false where the bytes are only the start of a file, whose last character may be cut. */
export function decodeRows(bytes: Uint8Array, encoding: RowFormat['encoding'], whole = true): string {
  if (encoding !== 'auto') return new TextDecoder(encoding).decode(bytes);
  const isMarked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isMarked) return decodeText(bytes);
  const cuts = whole ? [0] : [0, 1, 2, 3];
  const fits = cuts.some((cut) => isUtf8(bytes.subarray(0, bytes.length - cut)));
  return new TextDecoder(fits ? 'utf-8' : 'gb18030').decode(bytes);
}

export async function readRowText(
  folder: Folder,
  path: string,
  format: Pick<RowFormat, 'encoding'>,
): Promise<Result<string>> {
  const bytes = await readBytes(folder, path, LARGEST_FILE + 1);
  if (!bytes.ok) return bytes;
  if (bytes.value.length > LARGEST_FILE) {
    return failed({ code: 'text-too-large', severity: 'error', path, params: { bytes: LARGEST_FILE } });
  }
  return done(decodeRows(bytes.value, format.encoding));
}

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');

function* childrenOf(value: unknown): Iterable<[string | number, unknown]> {
  if (Array.isArray(value)) yield* value.entries();
  else if (typeof value === 'object' && value !== null) yield* Object.entries(value);
}

/** Where a walk along a list path has come to: the records around, and the value it stands at. */
interface Stand {
  readonly scopes: readonly Scope[];
  readonly value: unknown;
  readonly key: string | number;
  readonly pointer: string;
}

/** The rows at the end of a list path: a list gives its items, a record itself. */
function* listed({ scopes, value, key, pointer }: Stand, steps: readonly string[]): Generator<Row> {
  const [step, ...rest] = steps;
  const into = (name: string | number, item: unknown): Stand => ({
    scopes: [...scopes, { value: item, key: name }],
    value: item,
    key: name,
    pointer: `${pointer}/${escaped(String(name))}`,
  });
  if (step === '*') {
    for (const [name, item] of childrenOf(value)) yield* listed(into(name, item), rest);
  } else if (step !== undefined) {
    yield* listed({ ...into(step, ownValue(value, step)), scopes }, rest);
  } else if (Array.isArray(value)) {
    for (const [name, item] of value.entries()) {
      const { scopes: all, pointer: place } = into(name, item);
      yield { scopes: all, place };
    }
  } else if (typeof value === 'object' && value !== null) {
    const isOpen = scopes.at(-1)?.value === value;
    yield { scopes: isOpen ? scopes : [...scopes, { value, key }], place: pointer || '/' };
  }
}

/** The rows of a JSON document, by the way to their list. */
export function rowsOfDocument(document: unknown, list: string): Iterable<Row> {
  const steps = list === '' ? [] : list.split('.').slice(0, MOST_STEPS);
  return listed({ scopes: [{ value: document, key: '' }], value: document, key: '', pointer: '' }, steps);
}

function* jsonRows(
  text: string,
  path: string,
  list: string,
  tell: (problem: Problem) => void,
): Iterable<Row> {
  const json = parseJson(keepLongTimestamps(text), path);
  if (json.ok) yield* rowsOfDocument(json.value, list);
  else tell(json.problem);
}

function* jsonLineRows(
  text: string,
  path: string,
  list: string,
  tell: (problem: Problem) => void,
): Iterable<Row> {
  let number = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end).trim();
    start = end + 1;
    number += 1;
    if (line === '') continue;
    const place = `line ${number}`;
    const json = parseJson(keepLongTimestamps(line), path);
    if (!json.ok) {
      tell({ code: 'json-broken', severity: 'error', path, place });
      continue;
    }
    for (const row of rowsOfDocument(json.value, list)) {
      yield { ...row, place: row.place === '/' ? place : `${place} ${row.place}` };
    }
  }
}

function* csvRows(text: string, format: RowFormat): Iterable<Row> {
  const lines = csvLines(text, format.separator ?? separatorOf(text))[Symbol.iterator]();
  const first = format.header ? lines.next() : null;
  const names = first && !first.done ? first.value.cells.map((name) => name.trim()) : null;
  for (let next = lines.next(); !next.done; next = lines.next()) {
    const { cells, line } = next.value;
    // An empty cell is a value that is not there. `fromEntries` makes own properties, whatever a column is called.
    const pairs = cells.flatMap((cell, at) =>
      cell === '' ? [] : [[names?.[at] ?? String(at), cell] as const],
    );
    yield { scopes: [{ value: Object.fromEntries(pairs), key: line }], place: `line ${line}` };
  }
}

/** The rows of a file's text. What cannot be parsed is told; the rest of the lines goes on. */
export function rowsOf(
  text: string,
  path: string,
  format: RowFormat,
  tell: (problem: Problem) => void,
): Iterable<Row> {
  if (format.format === 'csv') return csvRows(text, format);
  const rows = format.format === 'json' ? jsonRows : jsonLineRows;
  return rows(text, path, format.list, tell);
}
