/**
 * The text header of a PLY file: elements one after another, each with its properties, some of which are lists.
 * Format: Greg Turk, "The PLY Polygon File Format" (1994); type names also as later writers spell them.
 */
import type { Problem, Result } from '../../../base/problem.ts';
import { done, failed } from '../../../base/problem.ts';

export type PlyEncoding = 'ascii' | 'binary_little_endian' | 'binary_big_endian';

/** Kind and bytes of a number. */
export interface PlyScalar {
  readonly type: 'I' | 'U' | 'F';
  readonly size: number;
}

export interface PlyProperty extends PlyScalar {
  readonly name: string;
  /** The number before a list that says how many follow; null = no list, a single value. */
  readonly length: PlyScalar | null;
}

export interface PlyElement {
  readonly name: string;
  /** Unchecked: the body decides. */
  readonly statedCount: number;
  readonly properties: readonly PlyProperty[];
}

export interface PlyHeader {
  readonly encoding: PlyEncoding;
  readonly elements: readonly PlyElement[];
  readonly bodyOffset: number;
}

/** A header longer than this is none. */
export const PLY_HEADER_LIMIT = 64 * 1024;
const MOST_PROPERTIES = 4096;

const scalars = new Map<string, PlyScalar>([
  ...names('I', 1, 'char', 'int8'),
  ...names('U', 1, 'uchar', 'uint8'),
  ...names('I', 2, 'short', 'int16'),
  ...names('U', 2, 'ushort', 'uint16'),
  ...names('I', 4, 'int', 'int32'),
  ...names('U', 4, 'uint', 'uint32'),
  ...names('F', 4, 'float', 'float32'),
  ...names('F', 8, 'double', 'float64'),
]);

function names(type: PlyScalar['type'], size: number, ...words: string[]): [string, PlyScalar][] {
  return words.map((word) => [word, { type, size }]);
}

const decoder = new TextDecoder('latin1');

export function isPly(head: Uint8Array): boolean {
  return head.length >= 4 && /^ply[\r\n]/.test(decoder.decode(head.subarray(0, 4)));
}

/** Lines up to `end_header`, and where the body starts; null when it does not end within `bytes`. */
function headerLines(bytes: Uint8Array): { lines: string[]; bodyOffset: number } | null {
  // Of two line ends in use, the one after the first word counts; a body may begin with the byte of the other.
  const newline = bytes[3] === 13 && bytes[4] !== 10 ? 13 : 10;
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(newline, start);
    if (end < 0) return null;
    const line = decoder.decode(bytes.subarray(start, end)).trim();
    start = end + 1;
    if (line === 'end_header') return { lines, bodyOffset: start };
    lines.push(line);
  }
  return null;
}

function propertyOf(words: readonly string[]): PlyProperty | null {
  const [kind = '', ...rest] = words;
  if (kind !== 'list') {
    const scalar = scalars.get(kind);
    return scalar && rest.length === 1 ? { ...scalar, name: rest[0]!, length: null } : null;
  }
  const [length, item] = [scalars.get(rest[0] ?? ''), scalars.get(rest[1] ?? '')];
  const isList = length && length.type !== 'F' && item && rest.length === 3;
  return isList ? { ...item, name: rest[2]!, length } : null;
}

/** Fails with `ply-header-missing` (no PLY, or no end within 64 KiB) or `ply-header-bad` (names the line). */
export function parsePlyHeader(bytes: Uint8Array, path: string): Result<PlyHeader> {
  const head = bytes.subarray(0, PLY_HEADER_LIMIT);
  const found = isPly(head) ? headerLines(head) : null;
  if (!found) return failed({ code: 'ply-header-missing', severity: 'error', path });
  let encoding: PlyEncoding | null = null;
  let properties = 0;
  const elements: { name: string; statedCount: number; properties: PlyProperty[] }[] = [];
  const bad = (line: number): Result<PlyHeader> => {
    const params: Problem['params'] = { line: (found.lines[line - 1] ?? '').slice(0, 80) };
    return failed({ code: 'ply-header-bad', severity: 'error', path, place: `line ${line}`, params });
  };
  for (const [index, line] of found.lines.entries()) {
    const [word, ...rest] = line.split(/\s+/);
    if (word === 'format') {
      if (rest[0] !== 'ascii' && rest[0] !== 'binary_little_endian' && rest[0] !== 'binary_big_endian') {
        return bad(index + 1);
      }
      encoding = rest[0];
    } else if (word === 'element') {
      const [name, count] = rest;
      if (name === undefined || !/^\d{1,15}$/.test(count ?? '')) return bad(index + 1);
      elements.push({ name, statedCount: Number(count), properties: [] });
    } else if (word === 'property') {
      const property = propertyOf(rest);
      const element = elements.at(-1);
      if (!property || !element || ++properties > MOST_PROPERTIES) return bad(index + 1);
      element.properties.push(property);
    }
    // Comments, obj_info and whatever else producers add carry nothing that is needed.
  }
  if (!encoding) return bad(found.lines.length);
  return done({ encoding, elements, bodyOffset: found.bodyOffset });
}
