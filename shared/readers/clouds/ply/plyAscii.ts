/** The vertices of an ascii PLY: one line each, after the lines of the elements that stand before them. */
import type { Problem } from '../../../base/problem.ts';
import { AsciiNumbers } from '../asciiNumbers.ts';
import { ASCII_STRIDE } from '../asciiRows.ts';
import { scanAsciiFast } from '../asciiWasm.ts';
import type { BufferPool } from '../bufferPool.ts';
import type { Rows } from '../sweepMeasures.ts';
import type { PlyElement, PlyProperty } from './plyHeader.ts';

export interface AsciiVertices {
  readonly rows: Rows;
  /** Scratch buffer behind `rows`, to be released once they are converted. */
  readonly scratch: ArrayBuffer;
  readonly problems: readonly Omit<Problem, 'path'>[];
}

/** First byte after `lines` lines, or the end. */
function afterLines(body: Uint8Array, lines: number): number {
  let at = 0;
  for (let line = 0; line < lines && at < body.length; line++) {
    const end = body.indexOf(10, at);
    at = end < 0 ? body.length : end + 1;
  }
  return at;
}

interface Scan {
  readonly rows: number;
  readonly shortLines: number;
  readonly unreadable: number;
}

/** Lines in which a list stands before a wanted value, so that no column has a fixed place. Slow, and rare. */
function scanLists(
  body: Uint8Array,
  element: PlyElement,
  slotOf: (property: PlyProperty) => number,
  out: Float64Array,
  capacity: number,
): Scan {
  const numbers = new AsciiNumbers(body);
  const slots = element.properties.map(slotOf);
  const value = new Float64Array(1);
  let [rows, shortLines, unreadable] = [0, 0, 0];
  for (let start = 0; start < body.length && rows < capacity; ) {
    const newline = body.indexOf(10, start);
    const end = newline < 0 ? body.length : newline;
    const words = wordsOf(body, start, end);
    start = end + 1;
    if (words.length === 0) continue;
    let word = 0;
    for (const [index, { length }] of element.properties.entries()) {
      const [from, to] = words[word++] ?? [0, 0];
      if (to === 0) break;
      const isNumber = numbers.read(from, to, value, 0);
      if (length) word += Math.max(0, Math.trunc(value[0]!) || 0);
      else if (slots[index]! >= 0) {
        out[ASCII_STRIDE * rows + slots[index]!] = value[0]!;
        if (!isNumber) unreadable++;
      }
    }
    if (word <= words.length) rows++;
    else shortLines++;
  }
  return { rows, shortLines, unreadable };
}

function wordsOf(body: Uint8Array, start: number, end: number): [number, number][] {
  const words: [number, number][] = [];
  for (let at = start; at < end; ) {
    while (at < end && body[at]! <= 32) at++;
    const from = at;
    while (at < end && body[at]! > 32) at++;
    if (at > from) words.push([from, at]);
  }
  return words;
}

/**
 * Rows of x, y, z, intensity as doubles. `slotOf` gives each property its place in them, or -1. Lines with too few
 * values are left out and counted; a value that is no number becomes NaN and is counted.
 */
export function asciiVertices(
  body: Uint8Array,
  linesBefore: number,
  element: PlyElement,
  slotOf: (property: PlyProperty) => number,
  hasIntensity: boolean,
  pool: BufferPool,
): AsciiVertices {
  const vertices = body.subarray(afterLines(body, linesBefore));
  const { properties, statedCount } = element;
  // Every value takes a character and a separator.
  const possible = Math.floor((vertices.length + 1) / (2 * properties.length));
  const capacity = Math.min(statedCount, possible);
  const scratch = pool.acquire(capacity * ASCII_STRIDE * 8);
  const values = new Float64Array(scratch, 0, capacity * ASCII_STRIDE);
  const lastWanted = properties.findLastIndex((property) => slotOf(property) >= 0);
  const isFixed = properties.slice(0, lastWanted + 1).every(({ length }) => length === null);
  const slots = Int8Array.from(properties.slice(0, lastWanted + 1), slotOf);
  const scan = isFixed
    ? scanAsciiFast(vertices, slots, values, capacity)
    : scanLists(vertices, element, slotOf, values, capacity);
  const { rows: count, unreadable } = scan;
  // The last line of a file that is cut off is short for that reason, and the cut is told.
  const isCut = count < statedCount && vertices.length > 0 && vertices.at(-1) !== 10;
  const shortLines = Math.max(0, scan.shortLines - (isCut ? 1 : 0));
  const problems: Omit<Problem, 'path'>[] = [];
  if (shortLines > 0)
    problems.push({ code: 'ply-line-short', severity: 'warning', params: { lines: shortLines } });
  if (unreadable > 0) {
    problems.push({ code: 'ply-value-unreadable', severity: 'warning', params: { values: unreadable } });
  }
  if (count < statedCount) {
    problems.push({
      code: 'ply-body-truncated',
      severity: 'error',
      params: { stated: statedCount, found: count },
    });
  }
  const rows = { values, count, stride: ASCII_STRIDE, position: 0, intensity: hasIntensity ? 3 : -1 };
  return { rows, scratch, problems };
}
