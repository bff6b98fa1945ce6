/**
 * Sinks for numbers, flags and whatever else a row may hold. A value of the wrong kind is stepped over and answered
 * with false: it costs that value, not the row.
 */
import type { FieldSink } from './fieldSink.ts';
import { grown } from './growing.ts';
import type { JsonCursor } from './jsonCursor.ts';

const OPEN_LIST = 0x5b;

/** A number comes next: a digit, a minus, or what Python writes for NaN and infinity. */
function isNumberStart(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x4e || byte === 0x49;
}

/** Lists of exactly `width` numbers. Anything else is NaN throughout. */
export class VectorField implements FieldSink {
  values = new Float64Array(0);
  readonly width: number;

  constructor(width: number) {
    this.width = width;
  }

  reserve(rows: number): void {
    this.values = grown(this.values, rows * this.width);
  }

  take(cursor: JsonCursor, row: number): boolean {
    const { width } = this;
    const start = row * width;
    if (start + width > this.values.length) this.values = grown(this.values, start + width);
    if (cursor.peek() !== OPEN_LIST) {
      cursor.skip();
      this.absent(row);
      return false;
    }
    if (cursor.numbers(this.values, start, width)) return true;
    this.absent(row);
    return false;
  }

  absent(row: number): void {
    const start = row * this.width;
    this.values = grown(this.values, start + this.width);
    this.values.fill(Number.NaN, start, start + this.width);
  }
}

/** Whole numbers of 31 bits; `fallback` where there is none. */
export class CountField implements FieldSink {
  values = new Int32Array(0);
  readonly #fallback: number;

  constructor(fallback: number) {
    this.#fallback = fallback;
  }

  reserve(rows: number): void {
    this.values = grown(this.values, rows);
  }

  take(cursor: JsonCursor, row: number): boolean {
    this.absent(row);
    if (!isNumberStart(cursor.peek())) {
      const isNull = cursor.acceptNull();
      if (!isNull) cursor.skip();
      return isNull;
    }
    const value = cursor.number();
    if (!Number.isInteger(value) || Math.abs(value) > 0x7fff_ffff) return false;
    this.values[row] = value;
    return true;
  }

  absent(row: number): void {
    if (row >= this.values.length) this.values = grown(this.values, row + 1);
    this.values[row] = this.#fallback;
  }
}

/** 1 = true, 0 = false or absent. */
export class FlagField implements FieldSink {
  values = new Uint8Array(0);

  reserve(rows: number): void {
    this.values = grown(this.values, rows);
  }

  take(cursor: JsonCursor, row: number): boolean {
    this.absent(row);
    const value = cursor.boolean();
    if (value === null) {
      cursor.skip();
      return false;
    }
    this.values[row] = value ? 1 : 0;
    return true;
  }

  absent(row: number): void {
    if (row >= this.values.length) this.values = grown(this.values, row + 1);
    this.values[row] = 0;
  }
}

/** Any value, parsed: for small tables. */
export class ValueField implements FieldSink {
  readonly values: unknown[] = [];

  take(cursor: JsonCursor, row: number): boolean {
    this.values[row] = cursor.value();
    return true;
  }

  absent(row: number): void {
    this.values[row] = undefined;
  }
}
