/**
 * Indexed tar archives (`.itar`): an ordinary tar, then an XZ-packed CBOR list of its records, then a block that says
 * where that list lies. Two small reads at the end of the file find everything; records are read by range.
 */
import type { ByteSource } from '../../base/bytes.ts';
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import { asList, asRecord } from '../jsonValues.ts';
import { decodeCbor } from './cbor.ts';
import { decodeXz } from './xz.ts';

const BLOCK = 512;
/** What the owner reads at once from the end; the index is nearly always within it. */
const TAIL_BYTES = 1 << 20;
const LARGEST_INDEX = 64 << 20;
const LARGEST_UNPACKED = 512 << 20;

export interface ItarRecord {
  readonly offset: number;
  readonly size: number;
}

export interface ItarIndex {
  readonly records: ReadonlyMap<string, ItarRecord>;
  readonly problems: readonly Problem[];
}

function broken(path: string, reason: string, place?: string): Result<never> {
  const where = place === undefined ? {} : { place };
  return failed({ code: 'itar-broken', severity: 'error', path, ...where, params: { reason } });
}

/** Bytes at the end that tell one index from another: its block, and before it the checksum of the packed list. */
const FINGERPRINT_BYTES = 3 * BLOCK;
/** Records kept of indexes that were read lately: every sweep and picture of a delivery asks for the same few. */
const MOST_KEPT_RECORDS = 1_000_000;
const kept = new Map<string, ItarIndex>();

function keep(key: string, index: ItarIndex): void {
  kept.set(key, index);
  let total = 0;
  for (const { records } of kept.values()) total += records.size;
  for (const [oldest, { records }] of kept) {
    if (total <= MOST_KEPT_RECORDS || oldest === key) break;
    kept.delete(oldest);
    total -= records.size;
  }
}

/**
 * Reads the index, or remembers it where the same file was read lately. Records that reach outside the archive are
 * left out with `itar-record-bad`.
 */
export async function readItarIndex(source: ByteSource, path: string): Promise<Result<ItarIndex>> {
  const end = await source.slice(Math.max(0, source.length - FINGERPRINT_BYTES), source.length);
  const key = `${path} ${source.length} ${String.fromCharCode(...end)}`;
  const known = kept.get(key);
  if (known) return done(known);
  const index = await readWholeIndex(source, path);
  if (index.ok) keep(key, index.value);
  return index;
}

async function readWholeIndex(source: ByteSource, path: string): Promise<Result<ItarIndex>> {
  const { length } = source;
  if (length < BLOCK) return broken(path, 'shorter than one block');
  const tailStart = Math.max(0, length - TAIL_BYTES);
  const tail = await source.slice(tailStart, length);
  if (tail.length < BLOCK) return broken(path, 'shorter than stated');
  const header = new DataView(tail.buffer, tail.byteOffset + tail.length - BLOCK, BLOCK);
  if (header.getUint32(0, false) !== 0x69746172) return broken(path, 'no index', `byte ${length - BLOCK}`);
  if (header.getUint32(4, true) !== 1) return broken(path, `index type ${header.getUint32(4, true)}`);
  const offset = Number(header.getBigUint64(8, true));
  const size = header.getUint32(16, true);
  if (size > LARGEST_INDEX || offset + size > length - BLOCK) return broken(path, 'index outside the file');
  const packed =
    offset >= tailStart
      ? tail.subarray(offset - tailStart, offset - tailStart + size)
      : await source.slice(offset, offset + size);
  const place = `byte ${offset}`;
  const unpacked = decodeXz(packed, LARGEST_UNPACKED, path, place);
  if (!unpacked.ok) return unpacked;
  const table = decodeCbor(unpacked.value, path, place);
  if (!table.ok) return table;
  return recordsOf(table.value, offset, path, place);
}

function recordsOf(table: unknown, end: number, path: string, place: string): Result<ItarIndex> {
  const record = asRecord(table);
  const items = asList(record?.items);
  const offsets = asList(record?.offset_datas);
  const sizes = asList(record?.sizes);
  if (!record || offsets.length !== items.length || sizes.length !== items.length) {
    return broken(path, 'lists of different length', place);
  }
  const records = new Map<string, ItarRecord>();
  const problems: Problem[] = [];
  for (const [i, key] of items.entries()) {
    const offset = offsets[i];
    const size = sizes[i];
    const isSound =
      typeof key === 'string' &&
      Number.isSafeInteger(offset) &&
      Number.isSafeInteger(size) &&
      (offset as number) >= 0 &&
      (size as number) >= 0 &&
      (offset as number) + (size as number) <= end &&
      !records.has(key);
    if (isSound) records.set(key, { offset: offset as number, size: size as number });
    else {
      const params = { record: String(key).slice(0, 200) };
      problems.push({ code: 'itar-record-bad', severity: 'error', path, place: `record ${i}`, params });
    }
  }
  return done({ records, problems });
}
