/** What became of each drawn unit, as the strip, the list and the facts show it. */
import type { DrawnUnit } from '../../../shared/audit/events.ts';
import type { AuditState } from '../../../shared/audit/state.ts';

export type UnitMark = 'open' | 'accept' | 'reject' | 'unsure' | 'sensor-limited' | 'uninspectable';

export function unitMark(state: Pick<AuditState, 'verdicts'>, unit: DrawnUnit): UnitMark {
  return state.verdicts.get(unit.id)?.verdict ?? 'open';
}

/**
 * Position of the next unit without a verdict, after `from` and then from the start; null where all are judged.
 * `given` are verdicts on their way into the record.
 */
export function nextOpen(
  units: readonly DrawnUnit[],
  state: Pick<AuditState, 'verdicts'>,
  given: ReadonlySet<string>,
  from: number,
): number | null {
  for (let step = 1; step <= units.length; step++) {
    const at = (from + step) % units.length;
    const { id } = units[at]!;
    if (!state.verdicts.has(id) && !given.has(id)) return at;
  }
  return null;
}

/** The stretch of `count` items shown around `at`, kept within [0, total). */
export function windowAround(at: number, total: number, count: number): { from: number; to: number } {
  const from = Math.max(0, Math.min(at - Math.floor(count / 2), total - count));
  return { from, to: Math.min(total, from + count) };
}
