/** Small values that every export writes in its own way: vectors as records, matrices in lists, fields to be kept. */

import type { PinholeIntrinsics } from '../../model/camera.ts';
import type { AttributeSet } from '../../model/labels.ts';
import type { Vec3 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asAttribute, asList, asNumber, asRecord, asText, entriesOf } from '../jsonValues.ts';

/** `{x, y, z}`; NaN where a component is missing, so that the label stays and is flagged. */
export function vectorOf(value: unknown): Vec3 {
  const record = asRecord(value);
  const component = (name: string) => asNumber(record?.[name]) ?? Number.NaN;
  return [component('x'), component('y'), component('z')];
}

export function isWhole(numbers: readonly number[]): boolean {
  return numbers.every(Number.isFinite);
}

/** The records of a list; what else is in it is left out. */
export function recordsOf(value: unknown): JsonRecord[] {
  return asList(value)
    .map(asRecord)
    .filter((record) => record !== null);
}

/** A name that may be written as a number; null where there is none. */
export function nameOf(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : asText(value) || null;
}

/** What of a record was not read for its meaning, as attributes; absent values are left out. */
export function otherFields(record: JsonRecord | null, known: ReadonlySet<string>): AttributeSet {
  const entries = entriesOf(record).filter(([key, value]) => !known.has(key) && value !== null);
  return Object.fromEntries(entries.map(([key, value]) => [key, asAttribute(value)]));
}

/** A record's own pairs as attributes, its nested records as text. */
export function attributesOf(value: unknown): AttributeSet {
  return Object.fromEntries(entriesOf(value).map(([key, item]) => [key, asAttribute(item)]));
}

/** Numbers of nested lists one after another; null where something else is among them. */
export function flatNumbers(value: unknown): number[] | null {
  const numbers = asList(value).flatMap((item) => (Array.isArray(item) ? item : [item]).map(asNumber));
  return numbers.every((number) => number !== null) ? (numbers as number[]) : null;
}

/** Points `[[u, v], ...]`, `[{x, y}, ...]` or `[u, v, ...]` as coordinates one after another; null for anything else. */
export function pixelsOf(value: unknown): number[] | null {
  const flat = asList(value).flatMap((item) => {
    const record = asRecord(item);
    return record ? [record.x, record.y] : Array.isArray(item) ? item.slice(0, 2) : [item];
  });
  const numbers = flat.map(asNumber);
  const isPairs = numbers.length > 0 && numbers.length % 2 === 0;
  return isPairs && numbers.every((number) => number !== null) ? (numbers as number[]) : null;
}

/** Left, top, right, bottom around coordinates u, v one after another. */
export function boundsOfPixels(pixels: readonly number[]): [number, number, number, number] {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < pixels.length; i += 2) {
    bounds[0] = Math.min(bounds[0], pixels[i]!);
    bounds[1] = Math.min(bounds[1], pixels[i + 1]!);
    bounds[2] = Math.max(bounds[2], pixels[i]!);
    bounds[3] = Math.max(bounds[3], pixels[i + 1]!);
  }
  return bounds;
}

/** Of a 3x3 or 3x4 camera matrix, in one list or in rows; null where it has no positive focal lengths. */
export function intrinsicsOf(matrix: unknown): PinholeIntrinsics | null {
  const numbers = flatNumbers(matrix);
  if (!numbers || ![9, 12, 16].includes(numbers.length)) return null;
  const columns = numbers.length === 9 ? 3 : 4;
  const [fx, skew, cx] = numbers as [number, number, number];
  const [fy, cy] = [numbers[columns + 1]!, numbers[columns + 2]!];
  return fx > 0 && fy > 0 ? { fx, fy, cx, cy, skew } : null;
}

/** Focal lengths and centre by their usual names. */
export function intrinsicsFromFields(record: JsonRecord | null): PinholeIntrinsics | null {
  const [fx, fy] = [asNumber(record?.fx), asNumber(record?.fy)];
  const [cx, cy] = [asNumber(record?.cx), asNumber(record?.cy)];
  if (fx === null || fy === null || cx === null || cy === null || !(fx > 0 && fy > 0)) return null;
  return { fx, fy, cx, cy, skew: asNumber(record?.skew) ?? 0 };
}
