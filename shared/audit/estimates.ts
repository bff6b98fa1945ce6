/**
 * What the samples say about the lot, each rate with its exact limits. A rate of nothing found is never zero: its
 * upper limit says how bad the lot may still be. A sample that was stopped early states no interval, since where it
 * stopped depended on what it found.
 */
import { clopperPearson, finiteLotLimits, finiteLotUpper } from '../sampling/intervals.ts';
import { differing } from './disagreement.ts';
import type { FrozenPlan, SeverityCount } from './events.ts';
import { planOutcome } from './outcome.ts';
import type { DefectSeverity } from './qaSpec.ts';
import type { AuditState, Finding } from './state.ts';

export const confidence = 0.95;

/** `found` of `judged`, and the limits for the whole lot, as shares. */
export interface Rate {
  readonly found: number;
  readonly judged: number;
  /** Counted as good for the lower limit and as defective for the upper one. */
  readonly open: number;
  readonly lower: number;
  readonly upper: number;
}

export interface SeverityEstimate extends Rate {
  readonly sample: 'labels' | 'cells';
  readonly severity: DefectSeverity;
  readonly lotSize: number;
  /** One-sided: at most so many nonconforming units in this lot. */
  readonly lotUpper: { readonly defectives: number; readonly rate: number };
}

/** One estimate for each plan of both samples; null where the sample was stopped early, `[]` before the draw. */
export function severityEstimates(state: AuditState): SeverityEstimate[] | null {
  const { sample } = state;
  if (!sample) return [];
  const { counts, stoppedEarly } = planOutcome(state);
  if (stoppedEarly) return null;
  return counts.flatMap((count) => {
    const plan = sample[count.sample].plans.find(({ severity }) => severity === count.severity);
    return plan && count.judged + count.open > 0 ? [estimate(count, plan)] : [];
  });
}

function estimate(count: SeverityCount, plan: FrozenPlan): SeverityEstimate {
  const { sample, severity, defective, judged, open } = count;
  const n = judged + open;
  return {
    sample,
    severity,
    lotSize: plan.lotSize,
    ...lotRate(plan.lotSize, defective, judged, open),
    lotUpper: finiteLotUpper(plan.lotSize, n, Math.min(n, defective + open), confidence),
  };
}

/** Exact limits of this lot, not of the process it came from; open units widen them both ways. */
function lotRate(lot: number, found: number, judged: number, open: number): Rate {
  const n = judged + open;
  return {
    found,
    judged,
    open,
    lower: finiteLotLimits(lot, n, found, confidence).lower,
    upper: finiteLotLimits(lot, n, Math.min(n, found + open), confidence).upper,
  };
}

/** Clopper-Pearson on both sides, where nobody knows how many there are in all; open units widen it both ways. `judged + open` must be above zero. */
function rate(found: number, judged: number, open: number): Rate {
  const n = judged + open;
  return {
    found,
    judged,
    open,
    lower: clopperPearson(found, n, confidence).lower,
    upper: clopperPearson(Math.min(n, found + open), n, confidence).upper,
  };
}

/**
 * Missed objects over all that should be labelled (matched + missed) in the cells searched; null before anything
 * was found there, or when stopped early. Objects of one cell are seen together, so the limits are a guide where
 * a few cells hold most of them.
 */
export function missedEstimate(state: AuditState): Rate | null {
  if (!state.sample || planOutcome(state).stoppedEarly) return null;
  const searched = [...state.cellVerdicts.values()].filter(({ verdict }) => verdict === 'searched');
  const matched = searched.reduce((sum, cell) => sum + cell.matched, 0);
  const missed = standing(state).filter(({ source }) => source === 'cell').length;
  return matched + missed === 0 ? null : rate(missed, matched + missed, 0);
}

/** All of it as data. */
export function estimatesOf(state: AuditState) {
  return {
    confidence,
    severities: severityEstimates(state),
    missed: missedEstimate(state),
    classes: classRates(state),
    byCode: tallyFindings(state, 'code'),
    byClass: tallyFindings(state, 'class'),
  };
}

export interface TallyRow {
  readonly key: string;
  readonly count: number;
  readonly critical: number;
  readonly major: number;
  readonly minor: number;
}

/** Standing findings of both samples by defect code or by class, most frequent first. */
export function tallyFindings(state: AuditState, by: 'code' | 'class'): TallyRow[] {
  const rows = new Map<string, { count: number; critical: number; major: number; minor: number }>();
  for (const { source, defect, className } of standing(state)) {
    if (source !== 'sample' && source !== 'cell') continue;
    const key = by === 'code' ? defect.code : (className ?? '');
    const row = rows.get(key) ?? { count: 0, critical: 0, major: 0, minor: 0 };
    rows.set(key, { ...row, count: row.count + 1, [defect.severity]: row[defect.severity] + 1 });
  }
  return [...rows]
    .map(([key, row]) => ({ key, ...row }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

/** Drawn units judged, and rejected ones among them, by class. */
export function classRates(state: AuditState): ({ readonly className: string } & Rate)[] {
  if (!state.sample || planOutcome(state).stoppedEarly) return [];
  const rows = new Map<string, { found: number; judged: number }>();
  const overturned = new Set(
    state.findings
      .filter(({ status }) => status === 'overturned')
      .map(({ unit, defect }) => `${unit} ${defect.code}`),
  );
  for (const unit of state.sample.labels.units) {
    const verdict = state.verdicts.get(unit.id);
    if (differing(state.opinions.get(unit.id)).length > 0) continue;
    if (verdict?.verdict !== 'accept' && verdict?.verdict !== 'reject') continue;
    const row = rows.get(unit.className ?? '') ?? { found: 0, judged: 0 };
    const isDefective = verdict.defects.some(({ code }) => !overturned.has(`${unit.id} ${code}`));
    rows.set(unit.className ?? '', { found: row.found + (isDefective ? 1 : 0), judged: row.judged + 1 });
  }
  return [...rows]
    .map(([className, { found, judged }]) => ({ className, ...rate(found, judged, 0) }))
    .sort((a, b) => b.judged - a.judged || (a.className < b.className ? -1 : 1));
}

function standing(state: AuditState): Finding[] {
  return state.findings.filter(({ status }) => status !== 'overturned');
}
