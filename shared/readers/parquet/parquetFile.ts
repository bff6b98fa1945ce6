/** The one door to Parquet: a byte source in, chosen columns of chosen rows out. Nothing else of the file is read. */
import type { ByteSource } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { done, failed, ProblemError } from '../../base/problem.ts';
import { ParquetError } from './broken.ts';
import { readChunk } from './columnChunk.ts';
import type { ColumnValues, ParquetValue } from './columnRows.ts';
import { ColumnRows } from './columnRows.ts';
import type { ParquetColumn, ParquetFooter, RowGroup } from './footer.ts';
import { parseFooter } from './footer.ts';
import { ValueBudget } from './runs.ts';

export type { ColumnValues, ParquetValue } from './columnRows.ts';
export type { ParquetColumn } from './footer.ts';

export interface RowRange {
  /** First row, from 0; absent = the first of the file. */
  readonly rowStart?: number;
  /** Behind the last row; absent = the end of the file. */
  readonly rowEnd?: number;
}

export interface ParquetFile {
  readonly rows: number;
  /** Names of the columns that can be read, nested ones joined by `.`; a list is named without its inner levels. */
  readonly columns: readonly string[];
  /**
   * Columns by name, each with one entry per row of the range: a typed array where the type has one and no value is
   * missing (64-bit integers as BigInt), else an array with null for what is missing; texts, booleans, Uint8Array for
   * bytes, and for a list an array or typed array per row. Row groups and, where the file lists them, pages without
   * wanted rows are not fetched. Fails with `parquet-column-missing`, `parquet-broken`,
   * `parquet-too-large` or the source's own problem.
   */
  read(columns: readonly string[], range?: RowRange): Promise<Result<ReadonlyMap<string, ColumnValues>>>;
}

/** `PAR1` in front, and its mirror: the footer, its length and the mark again. */
const MARK = 0x31524150;
const TAIL = 8;
/** Read at once from the end: holds most footers whole. */
const FIRST_READ = 1 << 16;
/** A footer takes some hundred bytes per column and row group. */
const LARGEST_FOOTER = 1 << 28;

function brokenProblem(error: ParquetError, path: string): Result<never> {
  if (error.fault === 'too-large') return failed({ code: 'parquet-too-large', severity: 'error', path });
  const place = error.byte === null ? {} : { place: `byte ${error.byte}` };
  return failed({ code: 'parquet-broken', severity: 'error', path, ...place, params: { part: error.fault } });
}

/** What outside bytes can do to the decoder, as a value. Anything else thrown here is a bug. */
async function guarded<Value>(path: string, step: () => Promise<Value>): Promise<Result<Value>> {
  try {
    return done(await step());
  } catch (error) {
    if (error instanceof ParquetError) return brokenProblem(error, path);
    if (error instanceof ProblemError) return failed(error.problem);
    if (error instanceof RangeError) return brokenProblem(new ParquetError('too-large'), path);
    throw error;
  }
}

async function readFooter(source: ByteSource): Promise<ParquetFooter> {
  const { length } = source;
  const tail = await source.slice(Math.max(0, length - FIRST_READ), length);
  if (length < TAIL + 4 || tail.length < TAIL) throw new ParquetError('footer');
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  if (view.getUint32(tail.length - 4, true) !== MARK) throw new ParquetError('footer', length - 4);
  const size = view.getUint32(tail.length - TAIL, true);
  if (size > length - TAIL - 4 || size > LARGEST_FOOTER) throw new ParquetError('footer', length - TAIL);
  const start = tail.length - TAIL - size;
  const bytes =
    start >= 0
      ? tail.subarray(start, tail.length - TAIL)
      : await source.slice(length - TAIL - size, length - TAIL);
  return parseFooter(bytes, length);
}

/** Opens a file by its footer alone. Fails with `parquet-broken`. `path` is the one problems name. */
export async function openParquet(source: ByteSource, path: string): Promise<Result<ParquetFile>> {
  const footer = await guarded(path, () => readFooter(source));
  if (!footer.ok) return footer;
  const { rows, groups } = footer.value;
  const byName = new Map<string, number>();
  for (const [i, { name }] of footer.value.columns.entries()) if (!byName.has(name)) byName.set(name, i);
  return done({
    rows,
    columns: [...byName.keys()],
    async read(columns, range = {}) {
      const read = new Map<string, ColumnValues>();
      const from = Math.min(Math.max(0, range.rowStart ?? 0), rows);
      const to = Math.max(from, Math.min(rows, range.rowEnd ?? rows));
      for (const name of columns) {
        const index = byName.get(name);
        if (index === undefined) {
          return failed({
            code: 'parquet-column-missing',
            severity: 'error',
            path,
            params: { column: name },
          });
        }
        const column = footer.value.columns[index]!;
        const values = await guarded(path, () => readColumn(source, groups, column, index, from, to));
        if (!values.ok) return values;
        read.set(name, values.value);
      }
      return done(read);
    },
  });
}

async function readColumn(
  source: ByteSource,
  groups: readonly RowGroup[],
  column: ParquetColumn,
  index: number,
  from: number,
  to: number,
): Promise<ColumnValues> {
  const budget = new ValueBudget();
  budget.spend(to - from);
  const parts: ColumnValues[] = [];
  for (const group of groups) {
    const start = Math.max(from, group.rowStart) - group.rowStart;
    const end = Math.min(to, group.rowStart + group.rows) - group.rowStart;
    if (end <= start) continue;
    const chunk = group.chunks[index];
    if (!chunk) throw new ParquetError('footer');
    const wanted = { column, chunk, groupRows: group.rows, rowStart: start, budget };
    const makeRows = (first: number) => new ColumnRows(column, start - first, end - first);
    const rows = await readChunk(source, wanted, makeRows);
    parts.push(rows.finish());
  }
  return joinedParts(parts);
}

/** Row groups of one column end to end; typed only where all of them are alike. */
function joinedParts(parts: readonly ColumnValues[]): ColumnValues {
  const [first] = parts;
  if (parts.length <= 1) return first ?? [];
  if (!Array.isArray(first) && parts.every((part) => part.constructor === first!.constructor)) {
    const typed = parts as unknown as readonly Float64Array[];
    const all = new (typed[0]!.constructor as Float64ArrayConstructor)(
      typed.reduce((sum, part) => sum + part.length, 0),
    );
    let at = 0;
    for (const part of typed) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
  return parts.flatMap((part) => Array.from(part as ArrayLike<ParquetValue>));
}
