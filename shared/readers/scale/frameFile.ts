/**
 * A frame file of a Scale-style lidar task: `points` by the hundred thousand, and around them the device's pose, the
 * time and the images. Only what stands around the points is read here; the points are read when they are drawn.
 */
import type { Folder } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { failed } from '../../base/problem.ts';
import { asRecord } from '../jsonValues.ts';
import { keepLongTimestamps } from '../openlabel/document.ts';
import { decodeText, parseJson, readBytes, readText } from '../textFile.ts';

/** What stands before and after the points fits in this; where it does not, the whole file is read. */
const EDGE_BYTES = 256 * 1024;

const POINTS = /"points"\s*:\s*\[/;

/** Where the list of points begins (after its bracket) in the text; -1 without one. */
export function pointsStart(text: string): number {
  const match = POINTS.exec(text);
  return match ? match.index + match[0].length : -1;
}

/** Points are flat records or lists of numbers: the list ends at the first bracket that no point opened. */
export function pointsEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === 0x5b) depth++;
    else if (character === 0x5d && depth-- === 0) return at;
  }
  return -1;
}

/** The record without its points from both ends of a file; null where the ends do not make one. */
function fromEdges(head: string, tail: string, path: string): unknown {
  const start = pointsStart(head);
  if (start < 0 || pointsEnd(head, start) >= 0) return null;
  // The list may hold records or lists; its end is tried from the first bracket of the tail on.
  const match = /[}\]]\s*\]/.exec(tail);
  if (!match) return null;
  const end = match.index + match[0].length - 1;
  const json = parseJson(keepLongTimestamps(head.slice(0, start) + tail.slice(end)), path);
  // Nothing that is looked for may have stood between the two ends.
  const record = json.ok ? asRecord(json.value) : null;
  return record?.device_position !== undefined && record.images !== undefined ? record : null;
}

/** The frame's record, its `points` empty. Fails as `readText` and `parseJson` do. */
export async function readFrameRecord(folder: Folder, path: string): Promise<Result<unknown>> {
  const head = await readBytes(folder, path, EDGE_BYTES);
  if (!head.ok) return head;
  const source = await folder.open(path);
  if (source.length > 2 * EDGE_BYTES) {
    const tail = decodeText(await source.slice(source.length - EDGE_BYTES, source.length));
    const value = fromEdges(decodeText(head.value), tail, path);
    if (value !== null) return { ok: true, value };
  }
  const text = await readText(folder, path);
  if (!text.ok) return text;
  const start = pointsStart(text.value);
  if (start < 0) return parseJson(keepLongTimestamps(text.value), path);
  const end = pointsEnd(text.value, start);
  if (end < 0) return failed({ code: 'json-broken', severity: 'error', path, place: `character ${start}` });
  return parseJson(keepLongTimestamps(text.value.slice(0, start) + text.value.slice(end)), path);
}
