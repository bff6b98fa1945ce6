/** A feather table of a log, wherever it lies, as functions that give one row's value. */
import type { Folder } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { done, failed, ProblemError } from '../../base/problem.ts';
import type { FileRef } from '../../model/delivery.ts';
import type { AttributeValue } from '../../model/labels.ts';
import type { Quaternion, Vec3 } from '../../model/pose.ts';
import type { ArrowColumn } from '../arrow/arrowColumns.ts';
import type { ArrowTable } from '../arrow/arrowTable.ts';
import { openArrow } from '../arrow/arrowTable.ts';

export class LogTable {
  readonly path: string;
  readonly rows: number;
  readonly #columns: ReadonlyMap<string, ArrowColumn>;

  constructor(path: string, rows: number, columns: ReadonlyMap<string, ArrowColumn>) {
    this.path = path;
    this.rows = rows;
    this.#columns = columns;
  }

  get names(): string[] {
    return [...this.#columns.keys()];
  }

  /** Null where the row has none. */
  value(name: string, row: number): AttributeValue {
    const column = this.#columns.get(name);
    if (!column || column.valid?.[row] === 0) return null;
    const value = column.values[row];
    if (typeof value !== 'bigint') return value ?? null;
    // Beyond 2^53 the digits are kept rather than the number.
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  }

  text(name: string, row: number): string {
    return String(this.value(name, row) ?? '');
  }

  /** NaN where the row has none. */
  number(name: string, row: number): number {
    const value = this.value(name, row);
    return value === null ? Number.NaN : Number(value);
  }

  /** Whole nanoseconds, or null where the row holds no whole number. */
  nanos(name: string, row: number): bigint | null {
    const column = this.#columns.get(name);
    if (!column || column.valid?.[row] === 0) return null;
    const value = column.values[row];
    if (typeof value === 'bigint') return value;
    return Number.isSafeInteger(value) ? BigInt(value as number) : null;
  }

  /** Columns `qx`, `qy`, `qz`, `qw` and `tx_m`, `ty_m`, `tz_m`: the file writes the scalar first, the model last. */
  rotation(row: number): Quaternion {
    return [this.number('qx', row), this.number('qy', row), this.number('qz', row), this.number('qw', row)];
  }

  translation(row: number): Vec3 {
    return [this.number('tx_m', row), this.number('ty_m', row), this.number('tz_m', row)];
  }
}

export const POSE_COLUMNS = ['qw', 'qx', 'qy', 'qz', 'tx_m', 'ty_m', 'tz_m'] as const;

async function opened(folder: Folder, path: string): Promise<Result<ArrowTable>> {
  try {
    return await openArrow(await folder.open(path), path);
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}

/**
 * Reads every column whose type is known; those `needed` must be among them. Fails with `argoverse-columns-missing`
 * and what `openArrow` fails with.
 */
export async function readLogTable(
  folder: Folder,
  { path }: FileRef,
  needed: readonly string[],
): Promise<Result<LogTable>> {
  const table = await opened(folder, path);
  if (!table.ok) return table;
  const { fields, rows } = table.value;
  const present = new Set(fields.map(({ name }) => name));
  const missing = needed.filter((name) => !present.has(name));
  if (missing.length > 0) {
    const params = { columns: missing.join(', ') };
    return failed({ code: 'argoverse-columns-missing', severity: 'error', path, params });
  }
  const further = fields.filter(({ type }) => type.kind !== 'other' && type.kind !== 'null');
  const names = new Set([...needed, ...further.map(({ name }) => name)]);
  const columns = await table.value.columns([...names]);
  return columns.ok ? done(new LogTable(path, rows, columns.value)) : columns;
}
