/** What became of each drawn unit, as the strip, the list and the facts show it. */
import type { DrawnUnit } from '../../../shared/audit/events.ts';
import type { AuditState } from '../../../shared/audit/state.ts';

export type UnitMark = 'open' | 'accept' | 'reject' | 'unsure' | 'sensor-limited' | 'uninspectable';

export function unitMark(state: Pick<AuditState, 'verdicts'>, unit: DrawnUnit): UnitMark {
  return state.verdicts.get(unit.id)?.verdict ?? 'open';
}

/** The stretch of `count` items shown around `at`, kept within [0, total). */
export function windowAround(at: number, total: number, count: number): { from: number; to: number } {
  const from = Math.max(0, Math.min(at - Math.floor(count / 2), total - count));
  return { from, to: Math.min(total, from + count) };
}
