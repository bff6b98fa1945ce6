/** Points, and classes of points, in gzipped pickles of data frames. Both lidars share a file, told apart by a column. */
import type { Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import type { CarrierPart, FileRef, SweepRef } from '../../model/delivery.ts';
import type { CarrierTools, ReadCarrier } from '../clouds/carrier.ts';
import { sweepFromDoubles } from '../clouds/sweepRows.ts';
import type { DataFrame, FrameColumn } from '../pickle/readPandas.ts';
import { readFrameFile } from './pandasetTables.ts';

/** Numbers of a column as doubles; null where it holds anything else. */
function numbersOf(column: FrameColumn | undefined): ArrayLike<number> | null {
  if (column instanceof BigInt64Array || column instanceof BigUint64Array) {
    return Float64Array.from(column as Iterable<bigint>, Number);
  }
  return ArrayBuffer.isView(column) ? (column as ArrayLike<number>) : null;
}

/** Rows that belong to the part, in order; null = all of them. */
function rowsOfPart(frame: DataFrame, part: CarrierPart | undefined): Uint32Array | null {
  const only = part?.only;
  if (!only) return null;
  const field = numbersOf(frame.columns.get(only.field));
  // A file without the column knows one lidar only: the first.
  if (!field) return only.equals === 0 ? null : new Uint32Array(0);
  const rows = new Uint32Array(frame.rows);
  let count = 0;
  for (let row = 0; row < frame.rows; row++) if (field[row] === only.equals) rows[count++] = row;
  return rows.subarray(0, count);
}

function countFromEarliest(values: Float64Array, at: number, stride: number): void {
  let earliest = Number.POSITIVE_INFINITY;
  for (let to = at; to < values.length; to += stride) if (values[to]! < earliest) earliest = values[to]!;
  for (let to = at; to < values.length; to += stride) values[to]! -= earliest;
}

/** Fails with the problems of `readPandas`, or `pandaset-columns-missing`. */
export const read: ReadCarrier = async (ref, { open, pool }) => {
  const { path } = ref;
  const frame = await readFrameFile(() => open(ref), path);
  if (!frame.ok) return frame;
  const { columns } = frame.value;
  const [x, y, z] = ['x', 'y', 'z'].map((name) => numbersOf(columns.get(name)));
  if (!x || !y || !z) {
    const params = { columns: 'x, y, z' };
    return failed({ code: 'pandaset-columns-missing', severity: 'error', path, params });
  }
  const intensity = numbersOf(columns.get('i'));
  const times = numbersOf(columns.get('t'));
  const rows = rowsOfPart(frame.value, ref.part);
  const count = rows ? rows.length : frame.value.rows;
  const [intensityAt, timeAt] = [intensity ? 3 : -1, times ? (intensity ? 4 : 3) : -1];
  const stride = 3 + (intensity ? 1 : 0) + (times ? 1 : 0);
  const values = new Float64Array(count * stride);
  for (let i = 0, to = 0; i < count; i++, to += stride) {
    const row = rows ? rows[i]! : i;
    values[to] = x[row]!;
    values[to + 1] = y[row]!;
    values[to + 2] = z[row]!;
    if (intensity) values[to + intensityAt] = intensity[row]!;
    if (times) values[to + timeAt] = times[row]!;
  }
  // Seconds since 1970 would lose their fractions in a float: they are counted from the earliest point.
  if (times) countFromEarliest(values, timeAt, stride);
  const layout = { values, count, stride, position: 0, intensity: intensityAt, time: timeAt };
  return done({ sweep: sweepFromDoubles(layout, pool), problems: [], viewpoint: null });
};

/**
 * The class of each point of `sweep`, in the order of its points: column `class` of the file `classes`, whose rows are
 * those of the sweep's own file, both lidars together. Fails also with `pandaset-classes-differ`.
 */
export async function readPandasClasses(
  sweep: SweepRef,
  classes: FileRef,
  open: CarrierTools['open'],
): Promise<Result<Uint32Array>> {
  const { path } = classes;
  const labels = await readFrameFile(() => open(classes), path);
  if (!labels.ok) return labels;
  const values = numbersOf(labels.value.columns.get('class'));
  if (!values) {
    const params = { columns: 'class' };
    return failed({ code: 'pandaset-columns-missing', severity: 'error', path, params });
  }
  if (!sweep.part?.only) return done(Uint32Array.from(values));
  const frame = await readFrameFile(() => open(sweep), sweep.path);
  if (!frame.ok) return frame;
  if (frame.value.rows !== values.length) {
    const params = { points: frame.value.rows, classes: values.length };
    return failed({ code: 'pandaset-classes-differ', severity: 'error', path, params });
  }
  const rows = rowsOfPart(frame.value, sweep.part);
  return done(rows ? rows.map((row) => values[row]!) : Uint32Array.from(values));
}
