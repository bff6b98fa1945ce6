/** The list of a chunk's pages, where a writer left one: the way to a row without walking the pages before it. */
import type { ByteSource } from '../../base/bytes.ts';
import type { ColumnChunk } from './footer.ts';
import type { ThriftValue } from './thrift.ts';
import { ThriftError, ThriftReader } from './thrift.ts';

/** A longer list is not worth its reading: the pages say the same. */
const LARGEST_INDEX = 1 << 22;

export interface PagePlace {
  /** Byte of the file where the page begins. */
  readonly start: number;
  /** First row of the page, counted from the group's first. */
  readonly row: number;
}

/** The page that holds `rowStart`; null where no list says so, and the chunk is walked from its start. */
export async function firstPageOf(
  source: ByteSource,
  { pageIndex, start, end }: ColumnChunk,
  groupRows: number,
  rowStart: number,
): Promise<PagePlace | null> {
  if (pageIndex === null || rowStart === 0) return null;
  const [from, to] = pageIndex;
  if (to - from > LARGEST_INDEX) return null;
  let best: PagePlace | null = null;
  for (const page of placesOf(await source.slice(from, to))) {
    const [offset, row] = [page.get(1), page.get(3)];
    if (typeof offset !== 'number' || typeof row !== 'number') return null;
    if (!(offset >= start && offset < end && row >= 0 && row < groupRows)) return null;
    if (row <= rowStart && (best === null || row > best.row)) best = { start: offset, row };
  }
  return best;
}

function placesOf(bytes: Uint8Array): ReadonlyMap<number, ThriftValue>[] {
  try {
    const pages = new ThriftReader(bytes).struct().get(1);
    return (Array.isArray(pages) ? (pages as readonly ThriftValue[]) : []).filter(
      (page) => page instanceof Map,
    );
  } catch (error) {
    if (error instanceof ThriftError) return [];
    throw error;
  }
}
