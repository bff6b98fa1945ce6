/** Clouds as Arrow columns: `x`, `y`, `z` of any number type, and `intensity`, `laser_number` and `offset_ns` where there are such. */
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import type { SweepRef } from '../../model/delivery.ts';
import type { BufferPool } from '../clouds/bufferPool.ts';
import type { CarrierTools, ReadCarrier } from '../clouds/carrier.ts';
import type { SweepReading } from '../clouds/sweepRows.ts';
import { pooledFloats, sweepFromDoubles, sweepFromFloats } from '../clouds/sweepRows.ts';
import type { ArrowColumn } from './arrowColumns.ts';
import { openArrow } from './arrowTable.ts';

const POSITION = ['x', 'y', 'z'] as const;
const INTENSITY = 'intensity';
/** Argoverse 2 numbers the beams of both its lidars in one column. */
const RING = 'laser_number';
/** Nanoseconds since the sweep's own time, which is that of its first point. */
const TIME = 'offset_ns';

type Columns = ReadonlyMap<string, ArrowColumn>;

/** Rows that are meant, in their order; null = all of them. */
function rowsMeant(ref: SweepRef, columns: Columns): Uint32Array | null {
  const only = ref.part?.only;
  if (!only) return null;
  const column = columns.get(only.field);
  if (!column) return new Uint32Array(0);
  const rows: number[] = [];
  for (let row = 0; row < column.values.length; row++) {
    if (column.valid?.[row] !== 0 && Number(column.values[row]) === only.equals) rows.push(row);
  }
  return Uint32Array.from(rows);
}

function spread<Values extends Float32Array | Float64Array>(
  values: Values,
  out: Values,
  at: number,
  stride: number,
): void {
  for (let row = 0, to = at; row < values.length; row++, to += stride) out[to] = values[row]!;
}

/** Writes one column into every `stride`th value of `out`, from `at` on. Rows without a value become NaN. */
function place(
  column: ArrowColumn,
  rows: Uint32Array | null,
  out: Float32Array | Float64Array,
  at: number,
  stride: number,
): void {
  if (column.kind === 'number' && column.valid === null && rows === null) {
    // Widened by the machine's own code first: a loop that meets arrays of one type only is several times faster.
    const { values } = column;
    if (out instanceof Float64Array) spread(new Float64Array(values), out, at, stride);
    else spread(values instanceof Float32Array ? values : new Float32Array(values), out, at, stride);
    return;
  }
  const count = rows?.length ?? column.values.length;
  for (let i = 0, to = at; i < count; i++, to += stride) {
    const row = rows ? rows[i]! : i;
    out[to] = column.valid?.[row] === 0 ? Number.NaN : Number(column.values[row]);
  }
}

function layOut(columns: Columns, rows: Uint32Array | null, pool: BufferPool): SweepReading {
  const position = POSITION.map((name) => columns.get(name)!);
  const names = [INTENSITY, RING, TIME].filter((name) => columns.has(name));
  const further = names.map((name) => columns.get(name)!);
  const stride = POSITION.length + further.length;
  const count = rows?.length ?? position[0]!.values.length;
  const placeOf = (name: string): number =>
    names.includes(name) ? POSITION.length + names.indexOf(name) : -1;
  const [intensity, ring, time] = [INTENSITY, RING, TIME].map(placeOf) as [number, number, number];
  // Doubles may be map coordinates: the origin has to come off before anything becomes a float.
  const isFar = position.some(({ values }) => values instanceof Float64Array);
  const values = isFar ? new Float64Array(count * stride) : pooledFloats(pool, count * stride);
  for (const [i, column] of [...position, ...further].entries()) place(column, rows, values, i, stride);
  if (time >= 0) for (let at = time; at < count * stride; at += stride) values[at]! *= 1e-9;
  const layout = { count, stride, position: 0, intensity, ring, time };
  const sweep =
    values instanceof Float64Array
      ? sweepFromDoubles({ ...layout, values }, pool)
      : sweepFromFloats({ ...layout, values, ownsValues: true }, pool);
  return { sweep, problems: [], viewpoint: null };
}

/**
 * `ref.part.only` keeps the rows whose column holds that number. Fails with `feather-fields-missing` where there is no
 * x, y and z, and with what `openArrow` fails with.
 */
export const read: ReadCarrier = async (
  ref: SweepRef,
  { open, pool }: CarrierTools,
): Promise<Result<SweepReading>> => {
  const table = await openArrow(await open(ref), ref.path);
  if (!table.ok) return table;
  const only = ref.part?.only ? [ref.part.only.field] : [];
  const columns = await table.value.columns([...POSITION, INTENSITY, RING, TIME, ...only]);
  if (!columns.ok) return columns;
  const isNumeric = (name: string) => (columns.value.get(name)?.kind ?? 'text') !== 'text';
  if (!POSITION.every(isNumeric)) {
    const fields = table.value.fields.map(({ name }) => name).join(' ');
    const problem: Problem = {
      code: 'feather-fields-missing',
      severity: 'error',
      path: ref.path,
      params: { fields },
    };
    return failed(problem);
  }
  return done(layOut(columns.value, rowsMeant(ref, columns.value), pool));
};
