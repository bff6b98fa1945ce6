/**
 * The outcome of the plan, computed from the verdicts and never edited. Open units (not judged, unsure,
 * uninspectable, judged differently by two people) are counted both ways: as if all were good, and as if all were defective. Only what holds both
 * ways is an outcome.
 *
 * Counting ("unit once, worst"): a unit counts once, at its worst severity. Each severity judges its own first n of
 * the drawn order; where a unit lies beyond the first n of its worst severity it counts at the next lower severity
 * whose n reaches it, since a critical defect is at least a major one and must not count nowhere.
 * Units on hold for a fault of the sensor data are neither good nor defective; they leave the count and are stated.
 */
import { differing } from './disagreement.ts';
import type { FrozenPlan, PlanOutcome, SeverityCount } from './events.ts';
import { worstSeverity } from './opinions.ts';
import { type DefectSeverity, severities } from './qaSpec.ts';
import type { AuditState } from './state.ts';

/** How one drawn unit or cell stands. `defective` carries its worst severity. */
export type Standing =
  | { readonly kind: 'good' }
  | { readonly kind: 'defective'; readonly severity: DefectSeverity }
  | {
      readonly kind: 'open';
      readonly why: 'unjudged' | 'unsure' | 'uninspectable' | 'disagreement';
      readonly isSecondLook: boolean;
    }
  | { readonly kind: 'on-hold' };

/** Outcome of both samples together; every plan of both must be met. Without a frozen plan nothing is decided. */
export function planOutcome(state: AuditState): PlanOutcome {
  if (!state.sample) return { outcome: 'undecidable', counts: [], stoppedEarly: false };
  const labels = unitStandings(state);
  const cells = cellStandings(state);
  const counts = [
    ...countSample('labels', state.sample.labels.plans, labels),
    ...countSample('cells', state.sample.cells.plans, cells),
  ];
  const outcome = together(counts.map((count) => count.outcome));
  const isUnfinished = [...labels, ...cells].some(isUnjudged);
  return { outcome, counts, stoppedEarly: isUnfinished && outcome === 'not-met' };
}

/** Standing of every drawn unit, in drawn order. Overturned findings no longer count. */
export function unitStandings(state: AuditState): Standing[] {
  const overturned = overturnedKeys(state, 'sample');
  return (state.sample?.labels.units ?? []).map((unit): Standing => {
    const verdict = state.verdicts.get(unit.id);
    if (!verdict) return unjudged(unit.isInspectable);
    if (differing(state.opinions.get(unit.id)).length > 0) {
      return { kind: 'open', why: 'disagreement', isSecondLook: false };
    }
    if (verdict.verdict === 'accept') return { kind: 'good' };
    if (verdict.verdict === 'sensor-limited') return { kind: 'on-hold' };
    if (verdict.verdict !== 'reject') {
      return { kind: 'open', why: verdict.verdict, isSecondLook: verdict.isSecondLook };
    }
    const standing = verdict.defects.filter(({ code }) => !overturned.has(`${unit.id} ${code}`));
    return defectiveAt(standing);
  });
}

/** Standing of every drawn search cell, in drawn order: a cell with a missed object is defective. */
export function cellStandings(state: AuditState): Standing[] {
  const overturned = overturnedKeys(state, 'cell');
  return (state.sample?.cells.units ?? []).map((cell): Standing => {
    const verdict = state.cellVerdicts.get(cell.id);
    if (!verdict) return unjudged(cell.isInspectable);
    if (verdict.verdict !== 'searched') {
      return { kind: 'open', why: verdict.verdict, isSecondLook: verdict.isSecondLook };
    }
    const standing = verdict.missed.filter(({ id }) => !overturned.has(`${cell.id} ${id}`));
    return defectiveAt(standing);
  });
}

/** Not judged, and could be: what keeps a sample unfinished. */
export function isUnjudged(standing: Standing): boolean {
  return standing.kind === 'open' && standing.why === 'unjudged';
}

function unjudged(isInspectable: boolean): Standing {
  return { kind: 'open', why: isInspectable ? 'unjudged' : 'uninspectable', isSecondLook: false };
}

/** `<unit> <code>` or `<cell> <missed id>` of every finding a ruling took back. */
function overturnedKeys(state: AuditState, source: 'sample' | 'cell'): ReadonlySet<string> {
  return new Set(
    state.findings
      .filter((finding) => finding.status === 'overturned' && finding.source === source)
      .map(({ unit, key, defect }) => `${unit} ${source === 'cell' ? key : defect.code}`),
  );
}

function defectiveAt(found: readonly { readonly severity: DefectSeverity }[]): Standing {
  const worst = worstSeverity(found);
  return worst ? { kind: 'defective', severity: worst } : { kind: 'good' };
}

function countSample(
  sample: 'labels' | 'cells',
  plans: readonly FrozenPlan[],
  standings: readonly Standing[],
): SeverityCount[] {
  const countedAt = standings.map((standing, position) =>
    standing.kind === 'defective' ? reachingSeverity(plans, standing.severity, position) : null,
  );
  return plans.map((plan) => {
    const first = standings.slice(0, plan.sampleSize);
    const defective = countedAt.slice(0, plan.sampleSize).filter((at) => at === plan.severity).length;
    const open = first.filter(({ kind }) => kind === 'open').length;
    const onHold = first.filter(({ kind }) => kind === 'on-hold').length;
    const judged = first.length - open - onHold;
    return {
      severity: plan.severity,
      sample,
      sampleSize: plan.sampleSize,
      judged,
      defective,
      open,
      onHold,
      acceptanceNumber: plan.acceptanceNumber,
      rejectionNumber: plan.rejectionNumber,
      outcome: decide(plan, defective, open, judged),
    };
  });
}

/** The worst severity, not worse than the unit's own, whose first n holds the position (from 0). */
function reachingSeverity(
  plans: readonly FrozenPlan[],
  severity: DefectSeverity,
  position: number,
): DefectSeverity | null {
  const candidates = severities.slice(severities.indexOf(severity));
  const reaches = (candidate: DefectSeverity): boolean =>
    plans.some((plan) => plan.severity === candidate && position < plan.sampleSize);
  return candidates.find(reaches) ?? null;
}

function decide(plan: FrozenPlan, defective: number, open: number, judged: number): SeverityCount['outcome'] {
  if (defective >= plan.rejectionNumber) return 'not-met';
  // A plan whose every unit is on hold has seen nothing: that is no proof of quality.
  if (judged + open === 0) return 'undecidable';
  return defective + open <= plan.acceptanceNumber ? 'met' : 'undecidable';
}

function together(outcomes: readonly SeverityCount['outcome'][]): SeverityCount['outcome'] {
  if (outcomes.includes('not-met')) return 'not-met';
  return outcomes.length === 0 || outcomes.includes('undecidable') ? 'undecidable' : 'met';
}
