/**
 * The text header of a PCD file (version 0.5 to 0.7), read tolerantly: unknown lines, CRLF, a byte order mark, the
 * old name COLUMNS, missing SIZE/TYPE/COUNT and padding fields of any count are all in real files.
 * Format: https://pointclouds.org/documentation/tutorials/pcd_file_format.html
 */
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import type { Quaternion, Vec3 } from '../../model/pose.ts';

export type PcdEncoding = 'ascii' | 'binary' | 'binary_compressed';

export interface PcdField {
  readonly name: string;
  /** Signed, unsigned or floating point. */
  readonly type: 'I' | 'U' | 'F';
  /** Bytes of one value. */
  readonly size: number;
  /** Values per point; 0 is legal and takes no room. */
  readonly count: number;
  /** First byte of the field in a binary row. */
  readonly offset: number;
  /** First value of the field in an ascii row. */
  readonly column: number;
}

/** Where the sensor stood when the cloud was taken. By PCL's convention the stored points are not moved by it. */
export interface Viewpoint {
  readonly translation: Vec3;
  readonly rotation: Quaternion;
}

export interface PcdHeader {
  readonly fields: readonly PcdField[];
  readonly rowBytes: number;
  /** Values in an ascii row. */
  readonly columns: number;
  readonly encoding: PcdEncoding;
  /** What POINTS states, or null. Unchecked: the body decides. */
  readonly statedPoints: number | null;
  /** WIDTH x HEIGHT, or null. Unchecked. */
  readonly statedGrid: number | null;
  readonly viewpoint: Viewpoint | null;
  /** Counts that are no numbers a file can have: the body then decides alone. */
  readonly problems: readonly Problem[];
  /** First byte after the DATA line. */
  readonly bodyOffset: number;
}

/** A header longer than this is none. */
export const PCD_HEADER_LIMIT = 64 * 1024;
const MAX_FIELDS = 1024;
const MAX_ROW_BYTES = 1 << 20;

const decoder = new TextDecoder('latin1');

interface HeaderLine {
  readonly words: readonly string[];
  readonly number: number;
}

/** Reads lines up to and including DATA. Null when there is no DATA line within `bytes`. */
function collectLines(bytes: Uint8Array): { lines: Map<string, HeaderLine>; bodyOffset: number } | null {
  const lines = new Map<string, HeaderLine>();
  const limit = Math.min(bytes.length, PCD_HEADER_LIMIT);
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  let start = hasMark ? 3 : 0;
  for (let number = 1; start < limit; number++) {
    let end = bytes.indexOf(10, start);
    if (end < 0 || end > limit) end = limit;
    const text = decoder.decode(bytes.subarray(start, end)).trim();
    start = end + 1;
    if (text === '' || text.startsWith('#')) continue;
    const [key, ...words] = text.split(/\s+/);
    const name = key!.toUpperCase();
    if (!lines.has(name)) lines.set(name, { words, number });
    if (name === 'DATA') return { lines, bodyOffset: Math.min(start, bytes.length) };
  }
  return null;
}

function wholeNumber(word: string | undefined): number | null {
  return word !== undefined && /^\d{1,15}$/.test(word) ? Number(word) : null;
}

function bad(path: string, key: string, line: HeaderLine | undefined): Problem {
  return {
    code: 'pcd-header-bad',
    severity: 'error',
    path,
    ...(line ? { place: `line ${line.number}` } : {}),
    params: { key, value: line ? line.words.join(' ').slice(0, 80) : '' },
  };
}

/** Is this size legal for this type? Padding may have any. */
function isKnownType(name: string, type: string, size: number): type is PcdField['type'] {
  if (type !== 'I' && type !== 'U' && type !== 'F') return false;
  if (name === '_') return size >= 0 && size <= MAX_ROW_BYTES;
  return type === 'F' ? size === 4 || size === 8 : size === 1 || size === 2 || size === 4 || size === 8;
}

function readFields(lines: ReadonlyMap<string, HeaderLine>, path: string): Result<PcdField[]> {
  const named = lines.get('FIELDS') ?? lines.get('COLUMNS');
  if (!named || named.words.length === 0 || named.words.length > MAX_FIELDS) {
    return failed(bad(path, 'FIELDS', named));
  }
  const fields: PcdField[] = [];
  let offset = 0;
  let column = 0;
  for (const [index, name] of named.words.entries()) {
    const word = (key: string, fallback: string) => {
      const line = lines.get(key);
      return line ? line.words[index] : fallback;
    };
    const size = wholeNumber(word('SIZE', '4'));
    const type = (word('TYPE', 'F') ?? '').toUpperCase();
    const count = wholeNumber(word('COUNT', '1'));
    if (size === null) return failed(bad(path, 'SIZE', lines.get('SIZE')));
    if (!isKnownType(name, type, size)) return failed(bad(path, 'TYPE', lines.get('TYPE')));
    if (count === null) return failed(bad(path, 'COUNT', lines.get('COUNT')));
    fields.push({ name, type, size, count, offset, column });
    offset += size * count;
    column += count;
    if (offset > MAX_ROW_BYTES || column > MAX_ROW_BYTES)
      return failed(bad(path, 'COUNT', lines.get('COUNT')));
  }
  return done(fields);
}

function readViewpoint(line: HeaderLine | undefined): Viewpoint | null {
  const values = line?.words.map(Number) ?? [];
  if (values.length < 7 || !values.every(Number.isFinite)) return null;
  const [tx, ty, tz, qw, qx, qy, qz] = values;
  return { translation: [tx!, ty!, tz!], rotation: [qx!, qy!, qz!, qw!] };
}

/** One for each stated count that is no whole number a file can have; what is not stated is no trouble. */
function countProblems(lines: ReadonlyMap<string, HeaderLine>, path: string): Problem[] {
  return ['WIDTH', 'HEIGHT', 'POINTS'].flatMap((key) => {
    const line = lines.get(key);
    if (!line || wholeNumber(line.words[0]) !== null) return [];
    return [{ ...bad(path, key, line), severity: 'warning' as const }];
  });
}

/**
 * Parses the header at the start of `bytes`, which need not hold the body.
 * Fails with `pcd-header-missing` (no DATA line in the first 64 KiB) or `pcd-header-bad` (names the key).
 */
export function parsePcdHeader(bytes: Uint8Array, path: string): Result<PcdHeader> {
  const collected = collectLines(bytes);
  if (!collected) return failed({ code: 'pcd-header-missing', severity: 'error', path });
  const { lines, bodyOffset } = collected;
  const fields = readFields(lines, path);
  if (!fields.ok) return fields;
  const encoding = lines.get('DATA')!.words[0]?.toLowerCase();
  if (encoding !== 'ascii' && encoding !== 'binary' && encoding !== 'binary_compressed') {
    return failed(bad(path, 'DATA', lines.get('DATA')));
  }
  const last = fields.value.at(-1)!;
  const width = wholeNumber(lines.get('WIDTH')?.words[0]);
  const height = wholeNumber(lines.get('HEIGHT')?.words[0]) ?? 1;
  return done({
    fields: fields.value,
    rowBytes: last.offset + last.size * last.count,
    columns: last.column + last.count,
    encoding,
    statedPoints: wholeNumber(lines.get('POINTS')?.words[0]),
    statedGrid: width === null ? null : width * height,
    viewpoint: readViewpoint(lines.get('VIEWPOINT')),
    problems: countProblems(lines, path),
    bodyOffset,
  });
}
