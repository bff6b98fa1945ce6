/** What becomes of one field of a table's rows. */
import type { JsonCursor } from './jsonCursor.ts';

export interface FieldSink {
  /** Reads the value at the cursor (behind any white space) as that of `row`. False: it was unusable. */
  take(cursor: JsonCursor, row: number): boolean;
  /** The row has no such field. */
  absent(row: number): void;
  /** So many rows are to be expected: a guess from the file's length, which spares growing. */
  reserve?(rows: number): void;
}
