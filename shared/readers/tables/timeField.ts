/** Times in microseconds, kept to the nanosecond: a double ends at a quarter of a microsecond. */
import type { FieldSink } from './fieldSink.ts';
import { grown } from './growing.ts';
import type { JsonCursor } from './jsonCursor.ts';

const ZERO = 0x30;
const decoder = new TextDecoder();

export class TimeField implements FieldSink {
  /** Whole microseconds, exact up to 2^53; NaN where there is no time. */
  micros = new Float64Array(0);
  /** Nanoseconds beyond them, 0 .. 999. */
  nanos = new Uint16Array(0);

  take(cursor: JsonCursor, row: number): boolean {
    this.absent(row);
    const byte = cursor.peek();
    if (!(byte >= ZERO && byte <= 0x39) && byte !== 0x2d) {
      cursor.skip();
      return false;
    }
    const start = cursor.at;
    const value = cursor.number();
    if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return false;
    this.micros[row] = Math.floor(value);
    // Sixteen digits are a whole number; with more, the double may have rounded a fraction away.
    if (!Number.isInteger(value) || cursor.at - start > 16) this.#takeFraction(cursor, start, row);
    return true;
  }

  absent(row: number): void {
    if (row >= this.micros.length) this.reserve(row + 1);
    this.micros[row] = Number.NaN;
    this.nanos[row] = 0;
  }

  reserve(rows: number): void {
    this.micros = grown(this.micros, rows);
    this.nanos = grown(this.nanos, this.micros.length);
  }

  /** Nanoseconds as a decimal string, or null. */
  nanosAt(row: number): string | null {
    const micros = this.micros[row]!;
    return Number.isNaN(micros) ? null : String(BigInt(micros) * 1000n + BigInt(this.nanos[row]!));
  }

  /** The first three digits behind the point as written: the double has rounded them. */
  #takeFraction(cursor: JsonCursor, start: number, row: number): void {
    const written = decoder.decode(cursor.bytes.subarray(start, cursor.at));
    const fraction = /^\d+\.(\d{1,3})\d*$/.exec(written)?.[1];
    if (fraction === undefined) return;
    // A fraction that rounds up to the next whole number in a double belongs to the one before it.
    this.micros[row] = Number(written.slice(0, written.indexOf('.')));
    this.nanos[row] = Number(fraction.padEnd(3, '0'));
  }
}
