/** How long the judging will take, from the auditor's own pace where there is one, and how far that can vary. */
import type { AuditState } from '../../../shared/audit/state.ts';
import { planAt } from '../../../shared/sampling/planPoint.ts';
import type { SamplingPlan } from '../../../shared/sampling/samplingPlan.ts';
import type { PlanRow } from './planRows.ts';

/** Seconds a unit until somebody's own pace is known: what published audits of cuboids report, rounded. */
export const usualPace = { label: 40, cell: 75 } as const;

/** Fewer judged units than this say little about pace. */
const enoughUnits = 10;

/** Seconds for one unit and one search cell. */
export interface UnitSeconds {
  readonly label: number;
  readonly cell: number;
}

export interface Pace extends UnitSeconds {
  /** Whether at least one of the two was measured in this audit, in an earlier one, or nowhere yet. */
  readonly restsOn: 'audit' | 'earlier' | 'usual';
}

/**
 * `labelsOfUnit`: labels to be looked at for one unit, where a unit is a whole frame or scene. `earlier`: what the last
 * audit of such units took on this machine.
 */
export function paceOf(
  audit: Pick<AuditState, 'verdicts' | 'cellVerdicts'>,
  labelsOfUnit = 1,
  earlier: UnitSeconds | null = null,
): Pace {
  const { label, cell } = measuredSeconds(audit);
  const usual = { ...usualPace, label: Math.round(usualPace.label * Math.max(1, labelsOfUnit)) };
  const isOwn = label !== null || cell !== null;
  return {
    label: label ?? (earlier ?? usual).label,
    cell: cell ?? (earlier ?? usual).cell,
    restsOn: isOwn ? 'audit' : earlier ? 'earlier' : 'usual',
  };
}

/** Median seconds, null until enough was judged to tell. */
export function measuredSeconds({ verdicts, cellVerdicts }: Pick<AuditState, 'verdicts' | 'cellVerdicts'>): {
  readonly label: number | null;
  readonly cell: number | null;
} {
  return {
    label: medianSeconds([...verdicts.values()].map(({ durationMs }) => durationMs)),
    cell: medianSeconds([...cellVerdicts.values()].map(({ durationMs }) => durationMs)),
  };
}

export function effortMinutes(pace: UnitSeconds, labels: number, cells: number): number {
  return (labels * pace.label + cells * pace.cell) / 60;
}

/** Units that are judged: the fewest a decision can take, the mean where a share of the work is bad, and the most. */
export interface Judged {
  readonly least: number;
  readonly mean: number;
  readonly most: number;
}

/** For work of which the share `bad` is bad. A single plan is judged to its end, so that all three are its n. */
export function judgedUnits(plan: SamplingPlan, bad: number): Judged {
  const { sampleSize: most, double, sequential } = plan;
  if (!double && !sequential) return { least: most, mean: most, most };
  return { least: Math.min(most, leastOf(plan)), mean: planAt(plan, bad).asn, most };
}

function leastOf({ double, sequential, sampleSize }: SamplingPlan): number {
  if (double) return double.n1;
  if (!sequential) return sampleSize;
  const { hAccept, hReject, slope } = sequential;
  // With none bad the acceptance line is reached first there, with all bad the other one here.
  return Math.min(Math.ceil(hAccept / slope), Math.ceil(hReject / (1 - slope)));
}

/** For one sample: the plan that asks for most decides, at each of the three. */
export function judgedOf(rows: readonly PlanRow[], sample: PlanRow['sample'], bad: number): Judged {
  const all = rows.flatMap((row) =>
    row.sample === sample && row.plan.ok ? [judgedUnits(row.plan.value, bad)] : [],
  );
  const most = (pick: (judged: Judged) => number): number => Math.max(0, ...all.map(pick));
  return { least: most(({ least }) => least), mean: most(({ mean }) => mean), most: most((one) => one.most) };
}

function medianSeconds(durations: readonly number[]): number | null {
  if (durations.length < enoughUnits) return null;
  const sorted = durations.toSorted((a, b) => a - b);
  return Math.max(1, Math.round(sorted[Math.floor(sorted.length / 2)]! / 1000));
}
