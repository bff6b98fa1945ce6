/**
 * What the units of a lot can be told apart by. Values come from the labels and scenes as they are; what the delivery
 * does not say of a unit is its own stratum, and a key it says nothing about at all is refused.
 */
import { done, failed, type Problem, type Result } from '../base/problem.ts';
import type { StrataColumn } from '../sampling/stratifiedDraw.ts';
import type { StrataKey } from './drawRule.ts';
import { refusal } from './refusal.ts';
import { attributeOf, type StrataSource, type ValueOf, valuesOf } from './strataValues.ts';

/** Stratum of units of which the delivery does not say it. */
export const unknownValue = 'unknown';

/** More strata than these could neither be drawn from nor read. */
export const mostStrata = 200;

/**
 * The stratum of every unit: the values of the keys joined by `/`; one stratum `all` where there is no key. Problems:
 * `draw-key-unknown` (key), `draw-attribute-unknown` (name), `draw-too-many-strata` (strata, most).
 */
export function strataOf(source: StrataSource, keys: readonly StrataKey[]): Result<StrataColumn> {
  const columns: Interned[] = [];
  for (const key of keys) {
    const column = intern(valuesOf(source, key), source.units.ids.length);
    if (!column.isKnown && source.units.ids.length > 0) return failed(unknownKey(key));
    columns.push(column);
  }
  const joined = join(columns, source.units.ids.length);
  if (joined.names.length > mostStrata) {
    return failed(refusal('draw-too-many-strata', { strata: joined.names.length, most: mostStrata }));
  }
  return done(joined);
}

/** The keys that the delivery says something about, for this kind of unit. */
export function knownKeys(source: StrataSource, keys: readonly StrataKey[]): StrataKey[] {
  return keys.filter((key) => {
    const value = valuesOf(source, key);
    for (let at = 0; at < source.units.ids.length; at++) if (value(at) !== null) return true;
    return false;
  });
}

function unknownKey(key: StrataKey): Problem {
  const attribute = attributeOf(key);
  return attribute === null
    ? refusal('draw-key-unknown', { key })
    : refusal('draw-attribute-unknown', { name: attribute });
}

interface Interned {
  readonly names: readonly string[];
  readonly of: Uint32Array;
  readonly isKnown: boolean;
}

function intern(ask: ValueOf, count: number): Interned {
  const numbers = new Map<string, number>();
  const of = new Uint32Array(count);
  let isKnown = false;
  for (let at = 0; at < count; at++) {
    const value = ask(at);
    isKnown ||= value !== null;
    const name = value ?? unknownValue;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    of[at] = number;
  }
  return { names: [...numbers.keys()], of, isKnown };
}

/** Strata of several keys at once, their names in ascending order. */
function join(columns: readonly Interned[], count: number): StrataColumn {
  const found = new Map<number, string>();
  const codes = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    let code = 0;
    for (const { names, of } of columns) code = code * names.length + of[at]!;
    codes[at] = code;
    if (!found.has(code)) found.set(code, columns.map(({ names, of }) => names[of[at]!]!).join('/') || 'all');
  }
  const names = [...new Set(found.values())].sort();
  const places = new Map(names.map((name, place) => [name, place]));
  const stratum = new Map([...found].map(([code, name]) => [code, places.get(name)!]));
  return { names, of: Uint32Array.from(codes, (code) => stratum.get(code)!) };
}
