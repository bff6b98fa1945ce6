/**
 * Points inside a JSON document: a list `points` of records `{x, y, z, i?}` or of lists `[x, y, z, i?]`. The list is
 * parsed in pieces, so that a million points never stand in memory as a million objects.
 */
import type { Problem } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import type { ReadCarrier } from '../clouds/carrier.ts';
import { sweepFromDoubles } from '../clouds/sweepRows.ts';
import { asNumber, asRecord } from '../jsonValues.ts';
import { decodeText } from '../textFile.ts';
import { pointsEnd, pointsStart } from './frameFile.ts';

/** Strings end at 2^29 characters. */
const LARGEST_TEXT = 500_000_000;
/** Characters parsed at once. */
const PIECE = 1_000_000;
const STRIDE = 4;

/** Doubles that grow as points are found: nothing is allocated on the file's word. */
class GrowingRows {
  values = new Float64Array(STRIDE * 4096);
  count = 0;
  hasIntensity = false;

  add(point: unknown): boolean {
    const record = asRecord(point);
    const [x, y, z, i] = record
      ? [record.x, record.y, record.z, record.i]
      : Array.isArray(point)
        ? point
        : [];
    const place = [asNumber(x), asNumber(y), asNumber(z)];
    if (place.some((value) => value === null)) return false;
    if (STRIDE * (this.count + 1) > this.values.length) {
      const grown = new Float64Array(2 * this.values.length);
      grown.set(this.values);
      this.values = grown;
    }
    const intensity = asNumber(i);
    this.hasIntensity ||= intensity !== null;
    this.values.set([place[0]!, place[1]!, place[2]!, intensity ?? 0], STRIDE * this.count++);
    return true;
  }
}

/** Adds the points of `text` between `start` and `end`; answers how many entries were no points, or where JSON ends. */
function addPieces(
  text: string,
  start: number,
  end: number,
  rows: GrowingRows,
): { bad: number; brokenAt: number } {
  let bad = 0;
  let at = start;
  while (at < end) {
    let cut = end;
    if (at + PIECE < end) {
      const next = /[}\]]\s*,/g;
      next.lastIndex = at + PIECE;
      const match = next.exec(text);
      if (match && match.index < end) cut = match.index + match[0].length - 1;
    }
    let points: unknown[];
    try {
      points = JSON.parse(`[${text.slice(at, cut)}]`) as unknown[];
    } catch {
      return { bad, brokenAt: at };
    }
    for (const point of points) if (!rows.add(point)) bad++;
    at = cut + 1;
  }
  return { bad, brokenAt: -1 };
}

export const read: ReadCarrier = async (ref, { open, pool }) => {
  const source = await open(ref);
  const { path } = ref;
  if (source.length > LARGEST_TEXT) {
    return failed({ code: 'text-too-large', severity: 'error', path, params: { bytes: LARGEST_TEXT } });
  }
  const text = decodeText(await source.slice(0, source.length));
  const start = pointsStart(text);
  if (start < 0) {
    return failed({ code: 'entry-bad', severity: 'error', path, place: '/', params: { key: 'points' } });
  }
  const end = pointsEnd(text, start);
  const problems: Problem[] = [];
  const rows = new GrowingRows();
  const { bad, brokenAt } = addPieces(text, start, end < 0 ? text.length : end, rows);
  if (end < 0 || brokenAt >= 0) {
    const place = `character ${brokenAt >= 0 ? brokenAt : text.length}`;
    problems.push({ code: 'json-broken', severity: 'error', path, place });
  }
  if (bad > 0) problems.push({ code: 'points-left-out', severity: 'warning', path, params: { points: bad } });
  const { values, count, hasIntensity } = rows;
  const intensity = hasIntensity ? 3 : -1;
  const sweep = sweepFromDoubles({ values, count, stride: STRIDE, position: 0, intensity }, pool);
  return done({ sweep, problems, viewpoint: null });
};
