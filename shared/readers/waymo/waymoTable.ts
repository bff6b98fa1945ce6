/**
 * One component file of a Waymo segment, read column by column. Names are matched behind the component's bracket
 * (`[LiDARBoxComponent].box.heading` is `box.heading`) and values taken by the type they have, whatever the schema says.
 */
import type { ByteSource } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { done, failed, ProblemError } from '../../base/problem.ts';
import { isRigid } from '../../geometry/matrix.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { ColumnValues, ParquetFile, ParquetValue } from '../parquet/parquetFile.ts';
import { openParquet } from '../parquet/parquetFile.ts';

/** Names of the keys that rows are joined by, without `key.`. */
export type KeyName =
  | 'frame_timestamp_micros'
  | 'laser_name'
  | 'camera_name'
  | 'laser_object_id'
  | 'camera_object_id';

const KEY = 'key.';

/** `key.laser_name` and `[X].a.b` as `laser_name` and `a.b`; null for a column of neither kind. */
function shortName(column: string): string | null {
  if (column.startsWith(KEY)) return column.slice(KEY.length);
  return /^\[[^\]]*\]\.(.+)$/.exec(column)?.[1] ?? null;
}

export class WaymoTable {
  readonly path: string;
  readonly rows: number;
  readonly #file: ParquetFile;
  /** Column by short name; of two that read alike, the first. */
  readonly #columns = new Map<string, string>();

  constructor(file: ParquetFile, path: string) {
    this.path = path;
    this.rows = file.rows;
    this.#file = file;
    for (const column of file.columns) {
      const name = shortName(column);
      if (name !== null && !this.#columns.has(name)) this.#columns.set(name, column);
    }
  }

  has(name: string): boolean {
    return this.#columns.has(name);
  }

  /** The file's own name of a column. */
  fullName(name: string): string | null {
    return this.#columns.get(name) ?? null;
  }

  /** Short names of all columns that are no keys. */
  get values(): string[] {
    return [...this.#columns].filter(([, column]) => !column.startsWith(KEY)).map(([name]) => name);
  }

  /** Those of `names` that the table has, over all rows or over the one of `row`. */
  async read(names: readonly string[], row?: number): Promise<Result<WaymoRows>> {
    const wanted = names.filter((name) => this.has(name));
    const range = row === undefined ? {} : { rowStart: row, rowEnd: row + 1 };
    const read = await this.#file.read(
      wanted.map((name) => this.#columns.get(name)!),
      range,
    );
    if (!read.ok) return read;
    const columns = new Map(wanted.map((name) => [name, read.value.get(this.#columns.get(name)!)!]));
    return done(new WaymoRows(columns, row === undefined ? this.rows : 1));
  }
}

export class WaymoRows {
  readonly count: number;
  readonly #columns: ReadonlyMap<string, ColumnValues>;

  constructor(columns: ReadonlyMap<string, ColumnValues>, count: number) {
    this.#columns = columns;
    this.count = count;
  }

  value(name: string, row: number): ParquetValue {
    return this.#columns.get(name)?.[row] ?? null;
  }

  /** NaN where there is no number. */
  number(name: string, row: number): number {
    return numberOf(this.value(name, row));
  }

  /** Numbers and texts that say the same are the same key; null where the row has none. */
  key(name: KeyName, row: number): string | null {
    const value = this.value(name, row);
    if (value instanceof Uint8Array) return new TextDecoder().decode(value);
    return typeof value === 'string' || typeof value === 'bigint' || typeof value === 'number'
      ? String(value)
      : null;
  }

  /** A list of numbers, as the array that holds them; null where the row has none. */
  numbers(name: string, row: number): ArrayLike<number> | null {
    const value = this.value(name, row);
    if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return null;
    if (value instanceof BigInt64Array || value instanceof BigUint64Array) return Array.from(value, Number);
    if (ArrayBuffer.isView(value)) return value as ArrayLike<number>;
    const list = Array.from(value as readonly ParquetValue[], numberOf);
    return list.every((number) => !Number.isNaN(number)) ? list : null;
  }

  /** A row-major pose; null where it is none. */
  pose(name: string, row: number): Mat4 | null {
    const numbers = this.numbers(name, row);
    if (numbers?.length !== 16) return null;
    const pose = Array.from(numbers);
    return isRigid(pose) ? pose : null;
  }
}

function numberOf(value: ParquetValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

/** Fails with the problems of `openParquet`, or the source's own. */
export async function openTable(open: () => Promise<ByteSource>, path: string): Promise<Result<WaymoTable>> {
  try {
    const file = await openParquet(await open(), path);
    return file.ok ? done(new WaymoTable(file.value, path)) : file;
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}
