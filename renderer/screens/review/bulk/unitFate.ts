/** What the open group is about to do with one of its units, for its mark and its word. */
import type { DrawnUnit } from '../../../../shared/audit/events.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';
import { type UnitMark, unitMark } from '../unitMarks.ts';
import type { BulkState } from './bulkDesk.ts';

export type Fate =
  | { readonly kind: 'accept' | 'stays-open' | 'left-out' }
  | { readonly kind: 'standing'; readonly mark: UnitMark }
  | { readonly kind: 'except'; readonly mark: UnitMark; readonly code: string | null };

export function fateOf(
  unit: DrawnUnit,
  { exceptions, leftOut }: Pick<BulkState, 'exceptions' | 'leftOut'>,
  audit: Pick<AuditState, 'verdicts'>,
): Fate {
  if (!unit.isInspectable) return { kind: 'left-out' };
  const exception = exceptions.get(unit.id);
  if (exception) {
    return { kind: 'except', mark: exception.verdict, code: exception.defects[0]?.code ?? null };
  }
  if (leftOut.has(unit.id)) return { kind: 'stays-open' };
  const mark = unitMark(audit, unit);
  return mark === 'open' ? { kind: 'accept' } : { kind: 'standing', mark };
}

/** The mark as the strip of the sample draws it. */
export function markOfFate(fate: Fate): UnitMark {
  switch (fate.kind) {
    case 'accept':
      return 'accept';
    case 'left-out':
      return 'uninspectable';
    case 'stays-open':
      return 'open';
    default:
      return fate.mark;
  }
}
