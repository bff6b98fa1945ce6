/**
 * The public header of LAS 1.0 to 1.4, and of LAZ, which has the same one. Little-endian throughout.
 * Format: ASPRS LAS Specification 1.4 - R15, sections 2.4 and 2.6.
 */
import type { Problem, Result } from '../../../base/problem.ts';
import { done, failed } from '../../../base/problem.ts';
import type { Vec3 } from '../../../model/pose.ts';

export interface LasHeader {
  /** Minor version; the major one is 1. */
  readonly version: number;
  readonly headerBytes: number;
  readonly pointOffset: number;
  /** Variable-length records between header and points. */
  readonly records: number;
  /** Point data record format, 0 to 10. */
  readonly format: number;
  /** LAZ marks compressed points in the upper bits of the format. */
  readonly isCompressed: boolean;
  /** Bytes of one point: the format's own, and any extra bytes behind them. */
  readonly rowBytes: number;
  /** Points the header states. Unchecked: the body decides. */
  readonly statedPoints: number;
  /** First byte after the points where the header says so (extended records, waveforms), else null. */
  readonly pointsEnd: number | null;
  readonly scale: Vec3;
  readonly offset: Vec3;
  /** Stated bounds, least and most of x, y, z. Unchecked. */
  readonly least: Vec3;
  readonly most: Vec3;
}

/** Bytes that hold the header of every version. */
export const LAS_HEADER_LIMIT = 375;
const OLDEST_HEADER = 227;
/** Least bytes of a point, by format. */
const ROW_BYTES = [20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67] as const;
/** Metres a stored unit, and metres of offset, beyond which nothing was measured by a lidar. */
const LARGEST_SCALE = 1e6;
const LARGEST_OFFSET = 1e15;

const decoder = new TextDecoder('latin1');

export function isLas(head: Uint8Array): boolean {
  return head.length >= 4 && decoder.decode(head.subarray(0, 4)) === 'LASF';
}

function vector(view: DataView, at: number, step: number): Vec3 {
  const value = (axis: number) => view.getFloat64(at + axis * step, true);
  return [value(0), value(1), value(2)];
}

/** 64 bits as a double: exact up to 2^53, far beyond any file's length. */
function uint64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

function isUsable(scale: Vec3, offset: Vec3): boolean {
  const isScale = (value: number) => value !== 0 && Math.abs(value) <= LARGEST_SCALE;
  return scale.every(isScale) && offset.every((value) => Math.abs(value) <= LARGEST_OFFSET);
}

/**
 * Parses the first bytes of a file (`LAS_HEADER_LIMIT` of them are enough). Fails with `las-header-missing`,
 * `las-header-bad` (names what cannot be), `las-format-unknown` or `las-scale-bad`.
 */
export function parseLasHeader(bytes: Uint8Array, path: string): Result<LasHeader> {
  const problem = (code: string, params: Problem['params'] = {}) =>
    failed({ code, severity: 'error', path, params });
  if (!isLas(bytes) || bytes.length < OLDEST_HEADER) return problem('las-header-missing');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [major, version] = [view.getUint8(24), view.getUint8(25)];
  if (major !== 1 || version > 4) return problem('las-header-bad', { key: `version ${major}.${version}` });
  const headerBytes = view.getUint16(94, true);
  const pointOffset = view.getUint32(96, true);
  const isLong = version >= 4 && headerBytes >= LAS_HEADER_LIMIT && bytes.length >= LAS_HEADER_LIMIT;
  if (headerBytes < OLDEST_HEADER) return problem('las-header-bad', { key: `header size ${headerBytes}` });
  if (pointOffset < headerBytes) return problem('las-header-bad', { key: `point offset ${pointOffset}` });

  const format = view.getUint8(104) & 0x3f;
  const rowBytes = view.getUint16(105, true);
  const least = ROW_BYTES[format];
  if (least === undefined) return problem('las-format-unknown', { format });
  if (rowBytes < least) return problem('las-header-bad', { key: `point size ${rowBytes}` });
  const scale = vector(view, 131, 8);
  const offset = vector(view, 155, 8);
  if (!isUsable(scale, offset))
    return problem('las-scale-bad', { scale: scale.join(' '), offset: offset.join(' ') });

  const legacyPoints = view.getUint32(107, true);
  const waveforms = version >= 3 && headerBytes >= 235 && bytes.length >= 235 ? uint64(view, 227) : 0;
  const extended = isLong && view.getUint32(243, true) > 0 ? uint64(view, 235) : 0;
  const ends = [waveforms, extended].filter((end) => end >= pointOffset);
  return done({
    version,
    headerBytes,
    pointOffset,
    records: view.getUint32(100, true),
    format,
    isCompressed: (view.getUint8(104) & 0xc0) !== 0,
    rowBytes,
    statedPoints: isLong ? uint64(view, 247) || legacyPoints : legacyPoints,
    pointsEnd: ends.length > 0 ? Math.min(...ends) : null,
    scale,
    offset,
    least: vector(view, 187, 16),
    most: vector(view, 179, 16),
  });
}
