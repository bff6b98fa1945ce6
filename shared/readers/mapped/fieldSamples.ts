/** What stands in the first rows of a label file: every way to a value, with a few of the values found there. */
import { ownValue, type Row } from './valuePath.ts';

export interface FieldSample {
  /** As a mapping names it: `pose.position.0`, `^.timestamp`. */
  readonly field: string;
  /** The first values, as text. */
  readonly samples: readonly string[];
}

/** Rows that are looked at, values shown of each field, and fields of one row. */
export const SAMPLED_ROWS = 60;
const MOST_SAMPLES = 3;
const MOST_FIELDS = 400;
/** Values of one row that are looked at: a row may hold a whole document. */
const MOST_LOOKED = 2000;
const DEEPEST = 6;
/** Longer lists are data (points, masks), not fields. */
const LONGEST_LIST = 16;
const LONGEST_SAMPLE = 40;

/** A list of numbers, or of rows of numbers; records in a list are rows of their own. */
function isField(list: readonly unknown[]): boolean {
  const isPlain = (item: unknown): boolean =>
    typeof item !== 'object' || item === null || Array.isArray(item);
  return list.length <= LONGEST_LIST && list.every(isPlain);
}

/** Ways to plain values within a value. A key with a dot in it would be taken for a way, so it is left out deeper down. */
function* leaves(value: unknown, way: string, depth: number): Generator<readonly [string, unknown]> {
  if (typeof value !== 'object' || value === null) {
    yield [way, value];
    return;
  }
  if (depth === 0 || (Array.isArray(value) && !isField(value))) return;
  for (const key of Object.keys(value)) {
    if (way !== '' && key.includes('.')) continue;
    yield* leaves(ownValue(value, key), way === '' ? key : `${way}.${key}`, depth - 1);
  }
}

/** Plain values of a row, and those that stand directly in the records around it. */
export function* fieldsOfRow({ scopes }: Row): Generator<readonly [string, unknown]> {
  yield* leaves(scopes.at(-1)!.value, '', DEEPEST);
  for (let up = 1; up < scopes.length; up++) {
    const around = scopes.at(-1 - up)!;
    const out = Array.from({ length: up }, () => '^').join('.');
    if (typeof around.key === 'string' && around.key !== '') yield [`${out}.$key`, around.key];
    if (Array.isArray(around.value)) continue;
    for (const [way, value] of leaves(around.value, '', 1)) yield [`${out}.${way}`, value];
  }
}

/** Values by field, in the order in which fields are met. */
export function valuesByField(rows: readonly Row[]): ReadonlyMap<string, readonly unknown[]> {
  const found = new Map<string, unknown[]>();
  for (const row of rows) {
    let looked = 0;
    for (const [field, value] of fieldsOfRow(row)) {
      if (++looked > MOST_LOOKED) break;
      const known = found.get(field);
      if (known) known.push(value);
      else if (found.size < MOST_FIELDS) found.set(field, [value]);
    }
  }
  return found;
}

export function fieldSamples(rows: readonly Row[]): FieldSample[] {
  return [...valuesByField(rows)].map(([field, values]) => {
    const shown = values
      .filter((value) => value !== null)
      .map((value) => String(value).slice(0, LONGEST_SAMPLE));
    return { field, samples: [...new Set(shown)].slice(0, MOST_SAMPLES) };
  });
}
