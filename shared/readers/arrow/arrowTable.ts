/**
 * The door to Arrow IPC files (`.feather` of version 2, `.arrow`) and streams: metadata at once, columns when asked for.
 * Format: https://arrow.apache.org/docs/format/Columnar.html
 */
import type { ByteSource } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { done, failed, ProblemError } from '../../base/problem.ts';
import { fetchBuffers } from './arrowBuffers.ts';
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
   * `arrow-damaged` or `arrow-type-unknown`.
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

/** What a dictionary-encoded column's indices stand for. */
function lookedUp(indices: ArrowColumn, values: ArrowColumn, part: string): ArrowColumn {
  demand(indices.kind !== 'text', part);
  const rows = indices.values.length;
  const valid = indices.valid ? indices.valid.slice() : null;
  const at = (row: number): number => {
    if (valid && valid[row] === 0) return -1;
    const index = Number(indices.values[row]);
    demand(index >= 0 && index < values.values.length, part);
    return index;
  };
  if (values.kind === 'text') {
    const texts = Array.from({ length: rows }, (_, row) => values.values[at(row)] ?? '');
    return { kind: 'text', values: texts, valid };
  }
  const source = values.values as NumberArray;
  const picked = new (source.constructor as new (length: number) => NumberArray)(rows);
  for (let row = 0; row < rows; row++) {
    const index = at(row);
    if (index >= 0) picked[row] = source[index]!;
  }
  return { ...values, values: picked, valid } as ArrowColumn;
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
    const places = names.flatMap((name) => this.#places.get(name) ?? []);
    const unknown = places.find(({ field }) => !isDecoded(field.type));
    if (unknown) {
      const { name, type } = unknown.field;
      const params = { column: name, type: type.kind === 'other' ? type.name : type.kind };
      return failed({ code: 'arrow-type-unknown', severity: 'error', path: this.#path, params });
    }
    return withinDoor(this.#path, async () => {
      const { batches } = this.#contents;
      const parts = new Map<string, ArrowColumn[]>(places.map(({ field }) => [field.name, []]));
      for (const batch of batches) {
        for (const [name, column] of await this.#batch(batch, places)) parts.get(name)!.push(column);
      }
      const columns = new Map<string, ArrowColumn>();
      for (const { field } of places) {
        const [head, ...rest] = parts.get(field.name)!;
        let column = head ? joinColumns([head, ...rest]) : emptyColumn(field);
        if (field.dictionary) column = lookedUp(column, await this.#dictionary(field), 'dictionary');
        columns.set(field.name, column);
      }
      return columns;
    });
  }

  async #batch(batch: ArrowBatch, places: readonly Place[]): Promise<Map<string, ArrowColumn>> {
    const storedType = (field: ArrowField) => field.dictionary?.indices ?? field.type;
    const wanted = places.flatMap((place) =>
      range(firstBuffer(place, batch), buffersOf(storedType(place.field))),
    );
    const buffers = await fetchBuffers(this.#source, batch, wanted);
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

  /** A dictionary's last whole statement, with what was added to it since. */
  async #dictionary(field: ArrowField): Promise<ArrowColumn> {
    const own = this.#contents.dictionaries.filter(({ id }) => id === field.dictionary?.id);
    const start = own.findLastIndex(({ isDelta }) => !isDelta);
    const parts: ArrowColumn[] = [];
    for (const entry of own.slice(Math.max(0, start))) parts.push(await this.#dictionaryPart(field, entry));
    const [head, ...rest] = parts;
    return head ? joinColumns([head, ...rest]) : emptyColumn(field, field.type);
  }

  async #dictionaryPart(field: ArrowField, { batch }: ArrowDictionary): Promise<ArrowColumn> {
    const wanted = range(0, buffersOf(field.type));
    const buffers = await fetchBuffers(this.#source, batch, wanted);
    const node = batch.nodes[0];
    demand(node !== undefined, batch.part);
    return decodeColumn(field.type, buffers, 0, node.rows, node.nulls, batch.part);
  }
}

/** A file without batches still has columns, of no rows. */
function emptyColumn(
  field: ArrowField,
  type: ArrowType = field.dictionary?.indices ?? field.type,
): ArrowColumn {
  return decodeColumn(type, () => new Uint8Array(0), 0, 0, 0, 'schema');
}

async function withinDoor<Value>(path: string, step: () => Promise<Value>): Promise<Result<Value>> {
  try {
    return done(await step());
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
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
