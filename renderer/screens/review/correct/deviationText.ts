/** A measured deviation in words: what, how much, which limit. */

import { difference } from '../numbers.ts';
import type { KeptMeasure } from '../unitDraft.ts';

const degrees = 180 / Math.PI;

/** `−0.42 m`, `+3.5°`. A whole distance has no sign. */
export function valueText({ quantity, value, unit }: KeptMeasure): string {
  if (unit === 'rad') return `${difference(value * degrees, 1)}°`;
  return quantity === 'center' ? `${value.toFixed(2)} m` : `${difference(value, 2)} m`;
}

/** `0.30 m`, `5.0°`; null where the spec has none. */
export function limitText({ limit, unit }: KeptMeasure): string | null {
  if (limit === null) return null;
  return unit === 'rad' ? `${(limit * degrees).toFixed(1)}°` : `${limit.toFixed(2)} m`;
}
