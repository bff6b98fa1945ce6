/** Standing findings of both samples, counted by defect code or by class. */
import type { AuditState } from './state.ts';

export interface TallyRow {
  readonly key: string;
  readonly count: number;
  readonly critical: number;
  readonly major: number;
  readonly minor: number;
}

/** Most frequent first. */
export function tallyFindings(state: AuditState, by: 'code' | 'class'): TallyRow[] {
  const rows = new Map<string, Omit<TallyRow, 'key'>>();
  for (const { source, status, defect, className } of state.findings) {
    if (status === 'overturned' || (source !== 'sample' && source !== 'cell')) continue;
    const key = by === 'code' ? defect.code : (className ?? '');
    const row = rows.get(key) ?? { count: 0, critical: 0, major: 0, minor: 0 };
    rows.set(key, { ...row, count: row.count + 1, [defect.severity]: row[defect.severity] + 1 });
  }
  return [...rows]
    .map(([key, row]) => ({ key, ...row }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}
