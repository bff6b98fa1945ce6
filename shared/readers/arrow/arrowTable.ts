/**
 * The door to Arrow IPC files (`.feather` of version 2, `.arrow`) and streams: metadata at once, columns when asked for.
 * Format: https://arrow.apache.org/docs/format/Columnar.html
 */
import type { ByteSource } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { done, failed, ProblemError } from '../../base/problem.ts';
import type { Budget } from './arrowBuffers.ts';
import { budgetFor, fetchBuffers } from './arrowBuffers.ts';
import type { ArrowColumn, NumberArray } from './arrowColumns.ts';
import { decodeColumn, joinColumns } from './arrowColumns.ts';
import type { ArrowBatch, ArrowContents, ArrowDictionary } from './arrowMessages.ts';
import { readFile, readStream } from './arrowMessages.ts';
import type { ArrowField, ArrowType } from './arrowSchema.ts';
import { Damage, demand } from './damage.ts';

/** A file this small is read in one piece: its metadata alone takes several requests. */
const READ_WHOLE = 4 * 1024 * 1024;
/** Typed arrays beyond this many rows are more than a machine can hold beside everything else. */
const MOST_ROWS = 500_000_000;

export interface ArrowTable {
  readonly fields: readonly ArrowField[];
  readonly rows: number;
  /**
   * The columns asked for, in one reading; those the file does not have are left out of the map. Fails with
   * `arrow-damaged`, `arrow-type-unknown` or `arrow-too-large`.
   */
  columns(names: readonly string[]): Promise<Result<ReadonlyMap<string, ArrowColumn>>>;
}

/** A column's place in the nodes and buffers of every batch. */
interface Place {
  readonly field: ArrowField;
  readonly node: number;
  readonly buffer: number;
  /** View columns before this one, whose further buffers come on top. */
  readonly views: number;
}

interface Size {
  readonly nodes: number;
  readonly buffers: number;
  readonly views: number;
}

function sizeOf(field: ArrowField): Size {
  if (field.dictionary) return { nodes: 1, buffers: 2, views: 0 };
  const own: Size = { nodes: 1, buffers: field.buffers, views: field.isView ? 1 : 0 };
  return field.children.map(sizeOf).reduce(
    (sum, child) => ({
      nodes: sum.nodes + child.nodes,
      buffers: sum.buffers + child.buffers,
      views: sum.views + child.views,
    }),
    own,
  );
}

/** Of columns with the same name the first counts. */
function placesOf(fields: readonly ArrowField[]): Map<string, Place> {
  const places = new Map<string, Place>();
  let at: Size = { nodes: 0, buffers: 0, views: 0 };
  for (const field of fields) {
    if (!places.has(field.name)) {
      places.set(field.name, { field, node: at.nodes, buffer: at.buffers, views: at.views });
    }
    const size = sizeOf(field);
    at = { nodes: at.nodes + size.nodes, buffers: at.buffers + size.buffers, views: at.views + size.views };
  }
  return places;
}

function firstBuffer({ buffer, views }: Place, batch: ArrowBatch): number {
  return batch.variadic.slice(0, views).reduce((sum, more) => sum + more, buffer);
}

const isDecoded = (type: ArrowType) => type.kind !== 'other' && type.kind !== 'null';
const buffersOf = (type: ArrowType) => (type.kind === 'text' ? 3 : 2);

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

/** What a dictionary-encoded column's indices stand for; an entry of the dictionary may be no value either. */
function lookedUp(indices: ArrowColumn, dictionary: ArrowColumn, part: string): ArrowColumn {
  demand(indices.kind !== 'text', part);
  const rows = indices.values.length;
  const entries = new Int32Array(rows).fill(-1);
  const valid = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    if (indices.valid?.[row] === 0) continue;
    const entry = Number(indices.values[row]);
    demand(entry >= 0 && entry < dictionary.values.length, part);
    entries[row] = entry;
    valid[row] = dictionary.valid?.[entry] ?? 1;
  }
  const presence = valid.includes(0) ? valid : null;
  if (dictionary.kind === 'text') {
    const values = Array.from(entries, (entry) => dictionary.values[entry] ?? '');
    return { kind: 'text', values, valid: presence };
  }
  const source = dictionary.values as NumberArray;
  const values = new (source.constructor as new (length: number) => NumberArray)(rows);
  for (let row = 0; row < rows; row++) if (valid[row] === 1) values[row] = source[entries[row]!]!;
  return { ...dictionary, values, valid: presence } as ArrowColumn;
}

class Table implements ArrowTable {
  readonly fields: readonly ArrowField[];
  readonly rows: number;
  readonly #source: ByteSource;
  readonly #path: string;
  readonly #contents: ArrowContents;
  readonly #places: ReadonlyMap<string, Place>;

  constructor(source: ByteSource, path: string, contents: ArrowContents) {
    this.#source = source;
    this.#path = path;
    this.#contents = contents;
    this.fields = contents.schema.fields;
    this.#places = placesOf(this.fields);
    this.rows = contents.batches.reduce((sum, { rows }) => sum + rows, 0);
    demand(this.rows <= MOST_ROWS, 'row count');
  }

  async columns(names: readonly string[]): Promise<Result<ReadonlyMap<string, ArrowColumn>>> {
    const places = [...new Set(names)].flatMap((name) => this.#places.get(name) ?? []);
    const unknown = places.find(({ field }) => !isDecoded(field.type));
    if (unknown) {
      const { name, type } = unknown.field;
      const params = { column: name, type: type.kind === 'other' ? type.name : type.kind };
      return failed({ code: 'arrow-type-unknown', severity: 'error', path: this.#path, params });
    }
    return withinDoor(this.#path, () => new Reading(this.#source, this.#contents).columns(places));
  }
}

/** One reading of some columns: what it may still unpack, and the dictionaries it met. */
class Reading {
  readonly #source: ByteSource;
  readonly #contents: ArrowContents;
  readonly #budget: Budget;
  readonly #dictionaries = new Map<ArrowDictionary, ArrowColumn>();

  constructor(source: ByteSource, contents: ArrowContents) {
    this.#source = source;
    this.#contents = contents;
    this.#budget = budgetFor(source);
  }

  async columns(places: readonly Place[]): Promise<ReadonlyMap<string, ArrowColumn>> {
    const parts = new Map<string, ArrowColumn[]>(places.map(({ field }) => [field.name, []]));
    for (const [index, batch] of this.#contents.batches.entries()) {
      const columns = await this.#batch(batch, places);
      for (const { field } of places) {
        const column = columns.get(field.name)!;
        const dictionary = field.dictionary ? await this.#dictionary(field, index) : null;
        const value = dictionary ? lookedUp(column, dictionary, batch.part) : column;
        parts.get(field.name)!.push(value);
      }
    }
    return new Map(
      places.map(({ field }): [string, ArrowColumn] => {
        const [head, ...rest] = parts.get(field.name)!;
        return [field.name, head ? joinColumns([head, ...rest]) : emptyColumn(field)];
      }),
    );
  }

  async #batch(batch: ArrowBatch, places: readonly Place[]): Promise<Map<string, ArrowColumn>> {
    const storedType = (field: ArrowField) => field.dictionary?.indices ?? field.type;
    const wanted = places.flatMap((place) =>
      range(firstBuffer(place, batch), buffersOf(storedType(place.field))),
    );
    const buffers = await fetchBuffers(this.#source, batch, wanted, this.#budget);
    const columns = new Map<string, ArrowColumn>();
    for (const place of places) {
      const node = batch.nodes[place.node];
      demand(node !== undefined && node.rows === batch.rows, batch.part);
      const type = storedType(place.field);
      const first = firstBuffer(place, batch);
      columns.set(place.field.name, decodeColumn(type, buffers, first, node.rows, node.nulls, batch.part));
    }
    return columns;
  }

  /** A dictionary's last whole statement before a batch, with all that is added to that one. */
  async #dictionary(field: ArrowField, batch: number): Promise<ArrowColumn> {
    const own = this.#contents.dictionaries.filter(({ id }) => id === field.dictionary?.id);
    const start = Math.max(
      0,
      own.findLastIndex(({ isDelta, after }) => !isDelta && after <= batch),
    );
    const [first, ...later] = own.slice(start);
    if (!first) return emptyColumn(field);
    const known = this.#dictionaries.get(first);
    if (known) return known;
    const end = later.findIndex(({ isDelta }) => !isDelta);
    const parts = [await this.#dictionaryPart(field, first)] as [ArrowColumn, ...ArrowColumn[]];
    for (const entry of end < 0 ? later : later.slice(0, end)) {
      parts.push(await this.#dictionaryPart(field, entry));
    }
    const dictionary = joinColumns(parts);
    this.#dictionaries.set(first, dictionary);
    return dictionary;
  }

  async #dictionaryPart(field: ArrowField, { batch }: ArrowDictionary): Promise<ArrowColumn> {
    const wanted = range(0, buffersOf(field.type));
    const buffers = await fetchBuffers(this.#source, batch, wanted, this.#budget);
    const node = batch.nodes[0];
    demand(node !== undefined, batch.part);
    return decodeColumn(field.type, buffers, 0, node.rows, node.nulls, batch.part);
  }
}

/** A file without batches still has columns, and one that lacks a dictionary an empty one: of no rows. */
function emptyColumn({ type }: ArrowField): ArrowColumn {
  return decodeColumn(type, () => new Uint8Array(0), 0, 0, 0, 'schema');
}

async function withinDoor<Value>(path: string, step: () => Promise<Value>): Promise<Result<Value>> {
  try {
    return done(await step());
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    // A buffer that the machine cannot give is trouble with this file.
    if (error instanceof RangeError) return failed({ code: 'arrow-too-large', severity: 'error', path });
    if (!(error instanceof Damage)) throw error;
    return failed({ code: 'arrow-damaged', severity: 'error', path, params: { part: error.part } });
  }
}

function inMemory(bytes: Uint8Array): ByteSource {
  return { length: bytes.length, slice: (start, end) => Promise.resolve(bytes.subarray(start, end)) };
}

const startsWith = (bytes: Uint8Array, word: string) =>
  [...word].every((letter, i) => bytes[i] === letter.charCodeAt(0));

/**
 * Opens a file or stream. Reads metadata only, unless the file is small. Fails with `arrow-damaged`,
 * `arrow-feather-old` (Feather version 1 is another format) or `arrow-big-endian`, and what the source rejects with.
 */
export async function openArrow(source: ByteSource, path: string): Promise<Result<ArrowTable>> {
  const opened = await withinDoor(path, async () => {
    const isSmall = source.length <= READ_WHOLE;
    const near = isSmall ? inMemory(await source.slice(0, source.length)) : source;
    const head = await near.slice(0, 8);
    if (startsWith(head, 'FEA1')) {
      throw new ProblemError({ code: 'arrow-feather-old', severity: 'error', path });
    }
    const contents = await (startsWith(head, 'ARROW1') ? readFile(near) : readStream(near, 0));
    if (contents.schema.isBigEndian) {
      throw new ProblemError({ code: 'arrow-big-endian', severity: 'error', path });
    }
    return new Table(near, path, contents);
  });
  return opened;
}
