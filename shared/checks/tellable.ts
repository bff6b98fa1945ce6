/**
 * Labels with numbers like 1e300 make measurements overflow. What is told of them must still be a document (JSON has no
 * infinities) and something that can be drawn.
 */
import type { Evidence } from './evidence.ts';

/** The number, or the largest there is in place of an infinity. NaN stays. */
export function finiteOrLargest(value: number): number {
  return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}

/** Numbers of a sentence; what is no number there is told by its sign. */
export function tellableParams(
  params: Readonly<Record<string, number | string>>,
): Record<string, number | string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, tellable(value)]));
}

function tellable(value: number | string): number | string {
  if (typeof value === 'string' || Number.isFinite(value)) return value;
  return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞';
}

export function isDrawable(evidence: Evidence): boolean {
  const numbers: unknown[] = Object.values(evidence).flat(2);
  return numbers.every((value) => typeof value !== 'number' || Number.isFinite(value));
}
