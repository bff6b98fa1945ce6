/** Where the vertices of a binary PLY stand, past elements and rows whose lists make each of them as long as it likes. */

import { readerOf } from '../byteColumns.ts';
import type { RowField } from '../fieldRows.ts';
import type { PlyElement, PlyProperty } from './plyHeader.ts';

/** Bytes of one element where none of its properties is a list, else null. */
export function rowBytesOf({ properties }: PlyElement): number | null {
  if (properties.some(({ length }) => length !== null)) return null;
  return properties.reduce((sum, { size }) => sum + size, 0);
}

/** Least bytes of one element: its lists empty. */
export function leastRowBytes({ properties }: PlyElement): number {
  return properties.reduce((sum, { size, length }) => sum + (length ? length.size : size), 0);
}

/** The properties that are single values, placed in rows without lists. */
export function placedFields({ properties }: PlyElement): (PlyProperty & RowField)[] {
  let offset = 0;
  return properties.map((property) => {
    const placed = { ...property, offset };
    offset += property.size;
    return placed;
  });
}

/** One property of a row: bytes of a value or of an item, and for a list how its length is read. */
interface Step {
  readonly size: number;
  readonly readLength: ((at: number) => number) | null;
  readonly lengthBytes: number;
}

/** Walks rows with lists: lengths are read and stepped over, none is believed beyond the end of the bytes. */
export class ListRows {
  readonly #bytes: number;
  readonly #steps: readonly Step[];

  constructor(view: DataView, element: PlyElement, isBigEndian: boolean) {
    this.#bytes = view.byteLength;
    this.#steps = element.properties.map(({ size, length }) => ({
      size,
      readLength: length ? readerOf(view, { ...length, isBigEndian }) : null,
      lengthBytes: length?.size ?? 0,
    }));
  }

  /**
   * First byte after the row at `at`, or -1 where it does not end within the bytes or a list has less than no items.
   * `starts` gets the byte at which each property begins, a list at its length.
   */
  next(at: number, starts?: number[]): number {
    for (const [index, { size, readLength, lengthBytes }] of this.#steps.entries()) {
      if (starts) starts[index] = at;
      if (!readLength) {
        at += size;
        continue;
      }
      const start = at + lengthBytes;
      if (start > this.#bytes) return -1;
      const items = readLength(at);
      if (items < 0) return -1;
      at = start + items * size;
    }
    return at <= this.#bytes ? at : -1;
  }
}

/** First byte after `count` rows from `at` on, or -1 where they do not end within the bytes. */
export function elementEnd(view: DataView, element: PlyElement, isBigEndian: boolean, at: number): number {
  const { statedCount } = element;
  const rowBytes = rowBytesOf(element);
  if (rowBytes !== null) {
    const end = at + rowBytes * statedCount;
    return end <= view.byteLength ? end : -1;
  }
  const rows = new ListRows(view, element, isBigEndian);
  for (let row = 0; row < statedCount && at >= 0; row++) at = rows.next(at);
  return at;
}
