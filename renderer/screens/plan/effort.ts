/** How long the judging will take, from the auditor's own pace where there is one. */
import type { AuditState } from '../../../shared/audit/state.ts';

/** Seconds a unit until somebody's own pace is known: what published audits of cuboids report, rounded. */
export const usualPace = { label: 40, cell: 75 } as const;

/** Fewer judged units than this say little about pace. */
const enoughUnits = 10;

export interface Pace {
  readonly label: number;
  readonly cell: number;
  /** Whether at least one of the two was measured in this audit. */
  readonly isOwn: boolean;
}

export function paceOf(audit: AuditState): Pace {
  const label = medianSeconds([...audit.verdicts.values()].map(({ durationMs }) => durationMs));
  const cell = medianSeconds([...audit.cellVerdicts.values()].map(({ durationMs }) => durationMs));
  return {
    label: label ?? usualPace.label,
    cell: cell ?? usualPace.cell,
    isOwn: label !== null || cell !== null,
  };
}

export function effortMinutes(pace: Pace, labels: number, cells: number): number {
  return (labels * pace.label + cells * pace.cell) / 60;
}

function medianSeconds(durations: readonly number[]): number | null {
  if (durations.length < enoughUnits) return null;
  const sorted = durations.toSorted((a, b) => a - b);
  return Math.max(1, Math.round(sorted[Math.floor(sorted.length / 2)]! / 1000));
}
