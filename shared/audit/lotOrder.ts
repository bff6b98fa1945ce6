/**
 * The order of a population: ascending by id, by UTF-16 code units, so that the same delivery gives the same list on
 * every machine however its reader went through the files.
 */
import type { Delivery } from '../model/delivery.ts';

/**
 * Rows by frame id, then label id. That is already the order of `frame|label` unless one frame id begins another,
 * which `sortedIds` then puts right; sorting a million joined ids outright takes many times longer.
 */
export function sortedByFrame(
  rows: Uint32Array,
  columns: { readonly frame: Uint32Array; readonly id: readonly string[] },
  delivery: Delivery,
): Uint32Array {
  const rank = frameRanks(delivery);
  const ranges = frameRanges(rows, columns.frame).sort((a, b) => rank[a.frame]! - rank[b.frame]!);
  const ordered = new Uint32Array(rows.length);
  let at = 0;
  for (const { start, end } of ranges) {
    const range = rows.subarray(start, end);
    ordered.set(
      range.toSorted((a, b) => compare(columns.id[a]!, columns.id[b]!)),
      at,
    );
    at += range.length;
  }
  return ordered;
}

/** Positions in ascending order of their ids, or null where they stand so already. */
export function sortedIds(ids: readonly string[]): Uint32Array | null {
  if (isAscending(ids)) return null;
  return Uint32Array.from(ids, (_, position) => position).sort((a, b) => compare(ids[a]!, ids[b]!));
}

function isAscending(ids: readonly string[]): boolean {
  for (let at = 1; at < ids.length; at += 1) if (ids[at - 1]! > ids[at]!) return false;
  return true;
}

/** By frame: its place among all frames sorted by id. */
function frameRanks(delivery: Delivery): Uint32Array {
  const order = sortedIds(delivery.frames.map(({ id }) => id));
  const rank = new Uint32Array(delivery.frames.length);
  for (let place = 0; place < rank.length; place += 1) rank[order ? order[place]! : place] = place;
  return rank;
}

/** Stretches of rows of one frame; the columns are sorted by frame. */
function frameRanges(rows: Uint32Array, frameOf: Uint32Array): { frame: number; start: number; end: number }[] {
  const ranges: { frame: number; start: number; end: number }[] = [];
  for (let start = 0; start < rows.length; ) {
    const frame = frameOf[rows[start]!]!;
    let end = start + 1;
    while (end < rows.length && frameOf[rows[end]!] === frame) end += 1;
    ranges.push({ frame, start, end });
    start = end;
  }
  return ranges;
}

/** Strings compare by UTF-16 code units in ECMAScript: no locale, no collation. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
