/**
 * Careful hands for parsed JSON of unknown shape. One wrong value must cost that value and not the whole file, so
 * readers pick a document apart with these instead of accepting or refusing it as one.
 */
import type { AttributeValue } from '../model/labels.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

export function asRecord(value: unknown): JsonRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : null;
}

/** Own entries of a record, none of anything else. */
export function entriesOf(value: unknown): [string, unknown][] {
  const record = asRecord(value);
  return record ? Object.entries(record) : [];
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A finite number, also one written as a string; null for anything else. */
export function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Exactly `lengths` finite numbers, or null. */
export function asNumbers(value: unknown, ...lengths: readonly number[]): number[] | null {
  const numbers = asList(value).map(asNumber);
  return lengths.includes(numbers.length) && numbers.every((number) => number !== null)
    ? (numbers as number[])
    : null;
}

const DEEPEST_ATTRIBUTE = 8;
/** Records deeper than this are nobody's attribute, and writing them as text would run out of stack. */
const DEEPEST_RECORD = 64;

function isShallow(value: unknown, left = DEEPEST_RECORD): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return left > 0 && Object.values(value).every((item) => isShallow(item, left - 1));
}

/** What attributes can hold; records become JSON text, anything nested too deep is dropped. */
export function asAttribute(value: unknown, depth = 0): AttributeValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) {
    return depth < DEEPEST_ATTRIBUTE ? value.map((item) => asAttribute(item, depth + 1)) : null;
  }
  return asRecord(value) && isShallow(value) ? JSON.stringify(value) : null;
}
