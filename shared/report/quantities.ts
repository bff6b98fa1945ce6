/**
 * Numbers as the report prints them: SI, always with their unit and, where there is one, their limit. A share is
 * never printed as zero; what was not found is said together with how much there may still be.
 */
import type { DefectEntry } from '../audit/events.ts';
import type { Translate } from '../messages/translate.ts';

/** A share of 0..1 in per cent, to about two digits: `3.7 %`, `0.043 %`, `100 %`. Below 0.001 %: `< 0.001 %`. */
export function percent(share: number): string {
  return `${percentNumber(100 * share)} %`;
}

/** The number of `percent` alone. Rounding never makes a share 0 or makes less than everything 100. */
function percentNumber(value: number): string {
  if (value < 0.001) return '< 0.001';
  if (value >= 100) return '100';
  const digits = value >= 9.95 ? 1 : Math.min(5, 1 - Math.floor(Math.log10(value)));
  const text = trimZeros(value.toFixed(digits));
  return text === '100' ? '> 99.9' : text;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

const degree = 180 / Math.PI;

/** A measured value with its unit. Lengths in centimetre steps, angles in tenths of a degree. */
export function quantityText(value: number, unit: 'm' | 'rad' | 'px' | 'count'): string {
  if (unit === 'm') return `${value.toFixed(2)} m`;
  if (unit === 'rad') return `${(value * degree).toFixed(1)}°`;
  if (unit === 'px') return `${value.toFixed(0)} px`;
  return trimZeros(value.toFixed(2));
}

/** `front face 0.62 m (limit 0.30 m)`. */
export function measuredText(measured: NonNullable<DefectEntry['measured']>, translate: Translate): string {
  const key = `audit.quantity.${measured.quantity}`;
  const name = translate(key);
  const quantity = name === key ? measured.quantity : name;
  const value = quantityText(measured.value, measured.unit);
  if (measured.limit === null) return translate('report.findings.measuredOnly', { quantity, value });
  const limit = quantityText(measured.limit, measured.unit);
  return translate('report.findings.measuredWithLimit', { quantity, value, limit });
}

/** `2026-01-31 08:00 UTC`: the same words in every language. */
export function timeText(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
