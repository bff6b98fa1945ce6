/** The ascii body of a PCD: whitespace-separated rows, one point a line, read straight from the bytes. */
import type { Problem } from '../../base/problem.ts';
import { ASCII_STRIDE, hasMoreText } from './asciiRows.ts';
import { scanAsciiFast } from './asciiWasm.ts';
import type { BufferPool } from './bufferPool.ts';
import type { PcdField, PcdHeader } from './pcdHeader.ts';
import type { Rows } from './sweepMeasures.ts';

/** The fields that are kept; the rest of a point is not decoded. */
export interface WantedFields {
  readonly x: PcdField;
  readonly y: PcdField;
  readonly z: PcdField;
  readonly intensity: PcdField | null;
  readonly ring: PcdField | null;
}

export interface AsciiRows {
  readonly rows: Rows;
  /** Scratch buffer behind `rows`, to be released once they are converted. */
  readonly scratch: ArrayBuffer;
  readonly problems: readonly Problem[];
}

/** Slot of each column: 0..2 = x, y, z, 3 = intensity, -1 = skipped. */
function slotsOf(header: PcdHeader, wanted: WantedFields): Int8Array {
  const slots = new Int8Array(header.columns).fill(-1);
  slots[wanted.x.column] = 0;
  slots[wanted.y.column] = 1;
  slots[wanted.z.column] = 2;
  if (wanted.intensity) slots[wanted.intensity.column] = 3;
  return slots;
}

/** Most rows that `bodyBytes` can hold: every value takes a character and a separator. */
function rowCapacity(bodyBytes: number, header: PcdHeader, stated: number | null): number {
  const possible = Math.floor((bodyBytes + 1) / (2 * header.columns));
  return stated === null ? possible : Math.min(stated, possible);
}

/**
 * Rows of x, y, z, intensity as doubles. Lines with too few columns are left out and counted; a value that is no
 * number becomes NaN and is counted; rows after the stated count are not read.
 */
export function readAsciiRows(
  body: Uint8Array,
  header: PcdHeader,
  wanted: WantedFields,
  path: string,
  pool: BufferPool,
): AsciiRows {
  const stated = header.statedPoints ?? header.statedGrid;
  const capacity = rowCapacity(body.length, header, stated);
  const scratch = pool.acquire(capacity * ASCII_STRIDE * 8);
  const values = new Float64Array(scratch, 0, capacity * ASCII_STRIDE);
  const slots = slotsOf(header, wanted);
  const found = scanAsciiFast(body, slots, values, capacity);
  const { rows: count, shortLines, unreadable, end } = found;
  const problems: Problem[] = [];
  const report = (code: string, severity: Problem['severity'], params: Record<string, number>) =>
    problems.push({ code, severity, path, params });
  if (shortLines > 0) report('pcd-line-short', 'warning', { lines: shortLines });
  if (unreadable > 0) report('pcd-value-unreadable', 'warning', { values: unreadable });
  if (stated !== null && count < stated) report('pcd-body-truncated', 'error', { stated, found: count });
  if (stated !== null && hasMoreText(body, end)) report('pcd-body-longer', 'warning', { stated });
  const intensity = wanted.intensity ? 3 : -1;
  return { rows: { values, count, stride: ASCII_STRIDE, position: 0, intensity }, scratch, problems };
}
