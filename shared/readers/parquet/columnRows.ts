/** Pages put together into the rows that were asked for: nulls and lists by their levels, whatever page they began in. */
import { ParquetError } from './broken.ts';
import type { ParquetColumn } from './footer.ts';
import type { LeafValues } from './values.ts';

/** A value of a column: null where the file has none; a list where the column holds lists. */
export type ParquetValue =
  | number
  | bigint
  | string
  | boolean
  | Uint8Array
  | null
  | LeafValues
  | readonly (number | bigint | string | boolean | Uint8Array | null)[];

/** One value a row: a typed array where every row has a number, else an array. */
export type ColumnValues = Exclude<LeafValues, readonly unknown[]> | readonly ParquetValue[];

/** What one data page says. Levels are null where they would all be the highest. */
export interface PageRows {
  readonly values: LeafValues;
  readonly definitions: Uint32Array | null;
  readonly repetitions: Uint32Array | null;
}

type Scalar = number | bigint | string | boolean | Uint8Array | null;

/** Gathers rows [rowStart, rowEnd), counted from the first page that is given. */
export class ColumnRows {
  readonly #column: ParquetColumn;
  /** First row that is kept. */
  readonly rowStart: number;
  readonly #rowEnd: number;
  readonly #pieces: LeafValues[] = [];
  /** Once any value is null, all of them as one list. */
  #scalars: Scalar[] | null = null;
  /** Per kept row of lists: where its elements begin; -1 = no list at all. */
  readonly #listStarts: number[] = [];
  #kept = 0;
  #row = 0;

  constructor(column: ParquetColumn, rowStart: number, rowEnd: number) {
    this.#column = column;
    this.rowStart = rowStart;
    this.#rowEnd = rowEnd;
  }

  /** Rows met so far, of which the last of a list column may still go on. */
  get row(): number {
    return this.#row;
  }

  /** True once the next page could add nothing. A list may go on until the next row begins. */
  get isDone(): boolean {
    return this.#column.maxRepetition === 0 ? this.#row >= this.#rowEnd : this.#row > this.#rowEnd;
  }

  /** Passes over rows that nobody reads (flat columns only, where a page states them). */
  skip(rows: number): void {
    this.#row += rows;
  }

  add(page: PageRows): void {
    if (this.#column.maxRepetition === 0) this.#addFlat(page);
    else this.#addLists(page);
  }

  #addFlat({ values, definitions }: PageRows): void {
    const count = definitions ? definitions.length : values.length;
    const from = Math.max(0, Math.min(count, this.rowStart - this.#row));
    const to = Math.max(from, Math.min(count, this.#rowEnd - this.#row));
    this.#row += count;
    if (!definitions) {
      this.#keep(values, from, to);
      return;
    }
    let value = 0;
    for (let i = 0; i < to; i++) {
      const isThere = definitions[i] === this.#column.maxDefinition;
      if (i >= from) this.#keepOne(isThere ? (values[value] as Scalar) : null);
      if (isThere) value++;
    }
  }

  #addLists({ values, definitions, repetitions }: PageRows): void {
    const { maxDefinition, elementDefinition } = this.#column;
    const count = repetitions?.length ?? definitions?.length ?? values.length;
    let value = 0;
    let runStart = -1;
    const endRun = () => {
      if (runStart >= 0) this.#keep(values, runStart, value);
      runStart = -1;
    };
    for (let i = 0; i < count; i++) {
      const definition = definitions ? definitions[i]! : maxDefinition;
      if (!repetitions || repetitions[i] === 0) {
        if (this.#isInRange(this.#row)) {
          const kept = this.#kept + (runStart >= 0 ? value - runStart : 0);
          this.#listStarts.push(definition < elementDefinition - 1 ? -1 - kept : kept);
        }
        this.#row++;
      } else if (this.#row === 0) {
        throw new ParquetError('levels');
      }
      const isKept = this.#isInRange(this.#row - 1);
      if (definition === maxDefinition) {
        if (isKept && runStart < 0) runStart = value;
        if (!isKept) endRun();
        value++;
      } else if (isKept && definition >= elementDefinition) {
        endRun();
        this.#keepOne(null);
      } else {
        endRun();
      }
    }
    endRun();
  }

  #isInRange(row: number): boolean {
    return row >= this.rowStart && row < this.#rowEnd;
  }

  #keep(values: LeafValues, from: number, to: number): void {
    if (to <= from) return;
    if (to > values.length) throw new ParquetError('levels');
    this.#kept += to - from;
    if (this.#scalars) {
      for (let i = from; i < to; i++) this.#scalars.push(values[i] as Scalar);
      return;
    }
    const isWhole = from === 0 && to === values.length;
    this.#pieces.push(
      isWhole
        ? values
        : Array.isArray(values)
          ? (values.slice(from, to) as LeafValues)
          : subarray(values, from, to),
    );
  }

  #keepOne(value: Scalar): void {
    if (value === undefined) throw new ParquetError('levels');
    if (!this.#scalars) {
      const scalars: Scalar[] = [];
      for (const piece of this.#pieces) for (const item of piece) scalars.push(item as Scalar);
      this.#scalars = scalars;
      this.#pieces.length = 0;
    }
    this.#scalars.push(value);
    this.#kept++;
  }

  /** Throws ParquetError where the pages held fewer rows than were asked for. */
  finish(): ColumnValues {
    const all = this.#scalars ? denseNumbers(this.#scalars, this.#column) : joined(this.#pieces);
    const rows = this.#rowEnd - this.rowStart;
    if (this.#column.maxRepetition === 0) {
      if (all.length !== rows) throw new ParquetError('page-data');
      return all as ColumnValues;
    }
    if (this.#listStarts.length !== rows) throw new ParquetError('page-data');
    return this.#listStarts.map((start, row): ParquetValue => {
      if (start < 0) return null;
      const next = this.#listStarts[row + 1] ?? this.#kept;
      const end = next < 0 ? -1 - next : next;
      return Array.isArray(all) ? all.slice(start, end) : subarray(all as LeafValues, start, end);
    });
  }
}

function subarray(values: LeafValues, from: number, to: number): LeafValues {
  return Array.isArray(values)
    ? (values.slice(from, to) as LeafValues)
    : (values as Float64Array).subarray(from, to);
}

function joined(pieces: readonly LeafValues[]): LeafValues {
  if (pieces.length === 1) return pieces[0]!;
  const first = pieces[0];
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (first === undefined) return [];
  if (Array.isArray(first)) return pieces.flatMap((piece) => piece as unknown[]) as unknown as LeafValues;
  const typed = first as Float64Array;
  const all = new (typed.constructor as Float64ArrayConstructor)(length);
  let at = 0;
  for (const piece of pieces as readonly Float64Array[]) {
    if (piece.constructor !== typed.constructor) throw new ParquetError('page-data');
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** An optional column without a single null is as good as a required one: typed, where its type has such arrays. */
function denseNumbers(scalars: readonly Scalar[], column: ParquetColumn): LeafValues | readonly Scalar[] {
  if (scalars.includes(null)) return scalars;
  if (column.logical === 'plain') {
    switch (column.type) {
      case 'int32':
        return Int32Array.from(scalars as readonly number[]);
      case 'int64':
        return BigInt64Array.from(scalars as readonly bigint[]);
      case 'float':
        return Float32Array.from(scalars as readonly number[]);
      case 'double':
        return Float64Array.from(scalars as readonly number[]);
      default:
    }
  }
  return scalars;
}
