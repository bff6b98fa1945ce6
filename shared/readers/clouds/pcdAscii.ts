/** The ascii body of a PCD: whitespace-separated rows, one point a line, read straight from the bytes. */
import type { Problem } from '../../base/problem.ts';
import { parseAsciiNumber } from './asciiNumbers.ts';
import type { BufferPool } from './bufferPool.ts';
import type { WantedFields } from './pcdColumns.ts';
import type { PcdHeader } from './pcdHeader.ts';
import type { Rows } from './sweepMeasures.ts';

const NEWLINE = 10;
const isBlank = (byte: number) => byte === 32 || byte === 9 || byte === 13;

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

/** Reads one line into `out` at `to`. Answers columns seen; values that are no numbers are counted in `tally`. */
function readLine(
  body: Uint8Array,
  start: number,
  end: number,
  slots: Int8Array,
  out: Float64Array,
  to: number,
  tally: { unreadable: number },
): number {
  let column = 0;
  let at = start;
  while (at < end && column < slots.length) {
    while (at < end && isBlank(body[at]!)) at++;
    if (at === end) break;
    const wordStart = at;
    while (at < end && !isBlank(body[at]!)) at++;
    const slot = slots[column++]!;
    if (slot < 0) continue;
    if (!parseAsciiNumber(body, wordStart, at, out, to + slot)) tally.unreadable++;
  }
  return column;
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
  const scratch = pool.acquire(capacity * 32);
  const values = new Float64Array(scratch, 0, capacity * 4);
  const slots = slotsOf(header, wanted);
  const tally = { unreadable: 0 };
  let count = 0;
  let shortLines = 0;
  let at = 0;
  while (at < body.length && count < capacity) {
    let end = body.indexOf(NEWLINE, at);
    if (end < 0) end = body.length;
    const columns = readLine(body, at, end, slots, values, count * 4, tally);
    if (columns === slots.length) count++;
    else if (columns > 0) shortLines++;
    at = end + 1;
  }
  const problems: Problem[] = [];
  const report = (code: string, severity: Problem['severity'], params: Record<string, number>) =>
    problems.push({ code, severity, path, params });
  if (shortLines > 0) report('pcd-line-short', 'warning', { lines: shortLines });
  if (tally.unreadable > 0) report('pcd-value-unreadable', 'warning', { values: tally.unreadable });
  if (stated !== null && count < stated) report('pcd-body-truncated', 'error', { stated, found: count });
  if (stated !== null && hasMoreText(body, at)) report('pcd-body-longer', 'warning', { stated });
  const intensity = wanted.intensity ? 3 : -1;
  return { rows: { values, count, stride: 4, position: 0, intensity }, scratch, problems };
}

function hasMoreText(body: Uint8Array, from: number): boolean {
  for (let at = from; at < body.length; at++) if (!isBlank(body[at]!) && body[at] !== NEWLINE) return true;
  return false;
}
