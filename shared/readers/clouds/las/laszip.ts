/**
 * How a LAZ file is cut into chunks: the record of the compressor, and the table of chunks behind the points.
 * Format: LASzip's `laszip.hpp` and `lasreadpoint.cpp` as described by "LASzip: lossless compression of LiDAR data"
 * (Isenburg 2013) and the LAZ specification of ASPRS, section 2.
 */
import type { ByteSource } from '../../../base/bytes.ts';
import { ArithmeticDecoder, IntegerDecoder } from './arithmeticDecoder.ts';
import type { LasHeader } from './lasHeader.ts';
import type { VariableRecord } from './variableRecords.ts';

/** Points that are compressed on their own, from their first one on. */
export interface LazChunk {
  readonly start: number;
  readonly end: number;
  readonly points: number;
}

export interface LazLayout {
  /** One stream of all points, or chunks. */
  readonly isChunked: boolean;
  /** Points of every chunk but the last; null where each chunk states its own. */
  readonly chunkPoints: number | null;
  /** May the codec be asked? It knows one version of each item. */
  readonly isSupported: boolean;
}

const VARIABLE_CHUNKS = 0xffff_ffff;
/** Items of the older formats come in version 2, those of formats 6 and up in version 3 or, alike, 4. */
const NEWER_ITEMS = 10;
/** Formats the codec decompresses; those with waveforms it does not. */
const SUPPORTED_FORMATS = new Set([0, 1, 2, 3, 6, 7, 8]);
/** Chunks of driving clouds are of 50,000 points; one shorter than its first point in the clear is none. */
const SMALLEST_TABLE = 8;

/** What the compressor's record says; null where the file has none. */
export function lazLayout(records: readonly VariableRecord[], format: number): LazLayout | null {
  const record = records.find(({ user, id }) => user === 'laszip encoded' && id === 22204);
  if (!record || record.bytes.length < 34) return null;
  const view = new DataView(record.bytes.buffer, record.bytes.byteOffset, record.bytes.byteLength);
  const compressor = view.getUint16(0, true);
  const chunkPoints = view.getUint32(12, true);
  const items = view.getUint16(32, true);
  let isSupported = compressor >= 1 && compressor <= 3 && SUPPORTED_FORMATS.has(format);
  for (let item = 0; item < items && 40 + 6 * item <= record.bytes.length; item++) {
    const type = view.getUint16(34 + 6 * item, true);
    const version = view.getUint16(38 + 6 * item, true);
    isSupported &&= type < NEWER_ITEMS ? version === 2 : version === 3 || version === 4;
  }
  return {
    isChunked: compressor !== 1,
    chunkPoints: chunkPoints === VARIABLE_CHUNKS ? null : chunkPoints,
    isSupported,
  };
}

/** Where the table of chunks starts: the word before the points, or, of writers that cannot go back, the last one. */
async function tableStart(source: ByteSource, header: LasHeader): Promise<number> {
  const word = async (at: number) => {
    const bytes = await source.slice(at, at + 8);
    if (bytes.length < 8) return -1;
    return Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0, true));
  };
  const start = await word(header.pointOffset);
  return start > 0 ? start : word(Math.max(0, source.length - 8));
}

/**
 * The chunks of a chunked file with `points` points in all, in order. Where the table is missing or cannot be true,
 * the one chunk whose start is known, and `isWhole` false.
 */
export async function readChunks(
  source: ByteSource,
  header: LasHeader,
  layout: LazLayout,
  points: number,
): Promise<{ chunks: LazChunk[]; isWhole: boolean }> {
  const first = header.pointOffset + 8;
  const onlyFirst = () => {
    const count = Math.min(points, layout.chunkPoints ?? 0);
    return { chunks: count > 0 ? [{ start: first, end: source.length, points: count }] : [], isWhole: false };
  };
  const start = await tableStart(source, header);
  if (!(start >= first && start + SMALLEST_TABLE <= source.length)) return onlyFirst();
  const table = await source.slice(start, Math.min(source.length, start + tableLimit(start - first, header)));
  const chunks = decodeTable(table, first, start, layout.chunkPoints, points, header.rowBytes);
  return chunks ? { chunks, isWhole: true } : onlyFirst();
}

/** A chunk is never smaller than its first point; its two numbers in the table take a few bytes each. */
function tableLimit(bodyBytes: number, header: LasHeader): number {
  return SMALLEST_TABLE + 64 + 16 * Math.ceil(bodyBytes / header.rowBytes);
}

function decodeTable(
  table: Uint8Array,
  first: number,
  end: number,
  chunkPoints: number | null,
  points: number,
  rowBytes: number,
): LazChunk[] | null {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const count = view.getUint32(4, true);
  if (view.getUint32(0, true) !== 0 || count > (end - first) / rowBytes) return null;
  if (count > 0 && table.length < SMALLEST_TABLE + 4) return null;
  const chunks: LazChunk[] = [];
  if (count === 0) return points === 0 ? chunks : null;
  const decoder = new ArithmeticDecoder(table.subarray(SMALLEST_TABLE));
  const numbers = new IntegerDecoder(decoder, 2);
  let at = first;
  let left = points;
  let [lastPoints, lastBytes] = [0, 0];
  for (let chunk = 0; chunk < count; chunk++) {
    if (chunkPoints === null) lastPoints = numbers.next(lastPoints, 0);
    lastBytes = numbers.next(lastBytes, 1);
    const stated = chunkPoints ?? lastPoints;
    // The last of the equal chunks holds what is left.
    const held = chunkPoints === null ? stated : Math.min(stated, left);
    if (lastBytes < rowBytes || held < 0 || held > left || at + lastBytes > end) return null;
    if (held > 0) chunks.push({ start: at, end: at + lastBytes, points: held });
    at += lastBytes;
    left -= held;
  }
  return left === 0 ? chunks : null;
}
