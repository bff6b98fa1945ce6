/**
 * The outcome of the plan, computed from the verdicts and never edited. Open units (not judged, unsure,
 * uninspectable, judged differently by two people) are counted both ways: as if all were good, and as if all were
 * defective. Only what holds both ways is an outcome.
 *
 * Counting ("unit once, worst"): a unit counts once, at its worst severity. Each severity judges its own first n of
 * the drawn order; where a unit lies beyond the first n of its worst severity it counts at the next lower severity
 * whose n reaches it, since a critical defect is at least a major one and must not count nowhere. A plan that counts
 * defects takes each of them once. A double or sequential plan reaches as far as it asked for units before it decided;
 * where an open unit leaves in doubt how far that is, a graver defect there may or may not count for the next plan.
 * Units on hold for a fault of the sensor data are neither good nor defective; they leave the count and are stated.
 */
import { differing } from './disagreement.ts';
import type { FrozenPlan, PlanOutcome, SeverityCount } from './events.ts';
import { worstSeverity } from './opinions.ts';
import { type Counted, type PlanStanding, planStanding, tally } from './planStanding.ts';
import { type DefectSeverity, severities } from './qaSpec.ts';
import type { AuditState } from './state.ts';

/** How one drawn unit or cell stands. `defective` carries its worst severity. */
export type Standing =
  | { readonly kind: 'good' }
  | {
      readonly kind: 'defective';
      readonly severity: DefectSeverity;
      /** Severity of each defect found, in no order. */
      readonly defects: readonly DefectSeverity[];
    }
  | {
      readonly kind: 'open';
      readonly why: 'unjudged' | 'unsure' | 'uninspectable' | 'disagreement';
      readonly isSecondLook: boolean;
    }
  | { readonly kind: 'on-hold' };

/** Outcome of both samples together; every plan of both must be met. Without a frozen plan nothing is decided. */
export function planOutcome(state: AuditState): PlanOutcome {
  if (!state.sample) return { outcome: 'undecidable', counts: [], stoppedEarly: false };
  const { labels, cells } = sidesOf(state);
  const counts = [...labels.counts, ...cells.counts];
  const outcome = together(counts.map((count) => count.outcome));
  const isUnfinished = [...labels.standings, ...cells.standings].some(isUnjudged);
  const isAllAskedJudged = unjudgedAsked(labels) + unjudgedAsked(cells) === 0;
  const stoppedEarly = isUnfinished && (outcome === 'not-met' || (outcome === 'met' && isAllAskedJudged));
  return { outcome, counts, stoppedEarly };
}

/** How many units and cells the plans have asked for by now and nobody has judged. */
export function stillToJudge(state: AuditState): { readonly labels: number; readonly cells: number } {
  const { labels, cells } = sidesOf(state);
  return { labels: unjudgedAsked(labels), cells: unjudgedAsked(cells) };
}

/** How many units and cells, from the beginning of the drawn order, the plans have asked for by now. */
export function askedFor(state: AuditState): { readonly labels: number; readonly cells: number } {
  const { labels, cells } = sidesOf(state);
  return { labels: labels.asked, cells: cells.asked };
}

/** What the plans of one sample say, in the order of the plans. */
export interface Counts {
  readonly counts: readonly SeverityCount[];
  /** By plan: its first n units as it counts them. */
  readonly orders: readonly (readonly Counted[])[];
  /** Units of the drawn order that some plan has asked for by now, or that are judged for the estimates. */
  readonly asked: number;
}

/** One sample: how its units stand, what its plans say of them, and how far they have asked. */
export interface Side extends Counts {
  readonly standings: readonly Standing[];
}

const known = new WeakMap<AuditState, { readonly labels: Side; readonly cells: Side }>();

/** Both samples as their plans see them; without a frozen plan both are empty. Asked again it is the same object. */
export function sidesOf(state: AuditState): { readonly labels: Side; readonly cells: Side } {
  let sides = known.get(state);
  if (!sides) {
    const side = (sample: 'labels' | 'cells', standings: readonly Standing[]): Side => ({
      standings,
      ...countSample(sample, state.sample?.[sample].plans ?? [], standings),
    });
    sides = { labels: side('labels', unitStandings(state)), cells: side('cells', cellStandings(state)) };
    known.set(state, sides);
  }
  return sides;
}

function unjudgedAsked({ standings, asked }: Side): number {
  return standings.slice(0, asked).filter(isUnjudged).length;
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
  if (!worst) return { kind: 'good' };
  return { kind: 'defective', severity: worst, defects: found.map(({ severity }) => severity) };
}

/** What the plans of one sample say of how its units stand. */
export function countSample(
  sample: 'labels' | 'cells',
  plans: readonly FrozenPlan[],
  standings: readonly Standing[],
): Counts {
  const worstFirst = plans.toSorted(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  const counts = new Map<FrozenPlan, SeverityCount>();
  const orders = new Map<FrozenPlan, readonly Counted[]>();
  const planned = Math.max(0, ...plans.map(({ sampleSize }) => sampleSize));
  // Units beyond every plan were drawn for the estimates; they are asked for whatever the plans say.
  let asked = standings.length > planned ? standings.length : 0;
  let left = standings.map((standing): Left => {
    return { defects: standing.kind === 'defective' ? standing.defects : [], isSure: true };
  });
  for (const plan of worstFirst) {
    const order = standings
      .slice(0, plan.sampleSize)
      .map((standing, at) => countedFor(plan, standing, left[at]!));
    const standing = planStanding(plan, order);
    asked = Math.max(asked, standing.asked);
    left = left.map((of, at) => leftAfter(plan, of, at, standing));
    counts.set(plan, countOf(sample, plan, standing, order));
    orders.set(plan, order);
  }
  return {
    counts: plans.map((plan) => counts.get(plan)!),
    orders: plans.map((plan) => orders.get(plan)!),
    asked,
  };
}

/** Defects of one unit that no graver plan has counted. Not sure: an open unit decides whether one has. */
interface Left {
  readonly defects: readonly DefectSeverity[];
  readonly isSure: boolean;
}

/** Bad where a defect of the plan's own severity, or of a graver one that no graver plan reached, is on the unit. */
function countedFor(plan: FrozenPlan, standing: Standing, left: Left): Counted {
  switch (standing.kind) {
    case 'open':
      return { bad: 0, state: standing.why === 'unjudged' ? 'unjudged' : 'open' };
    case 'on-hold':
      return { bad: 0, state: 'on-hold' };
    case 'good':
      return { bad: 0, state: 'settled' };
    case 'defective': {
      const found = left.defects.filter((severity) => isCountedBy(plan, severity)).length;
      if (found > 0 && !left.isSure) return { bad: 0, state: 'open' };
      return { bad: plan.counts === 'defects' ? found : Math.min(1, found), state: 'settled' };
    }
  }
}

/** A unit counts once, at its worst severity; where defects are counted, each of them once. */
function leftAfter(plan: FrozenPlan, left: Left, at: number, standing: PlanStanding): Left {
  if (at >= standing.countsAtMost) return left;
  if (!left.defects.some((severity) => isCountedBy(plan, severity))) return left;
  if (at >= standing.countsSurely) return { ...left, isSure: false };
  const others = left.defects.filter((severity) => !isCountedBy(plan, severity));
  return { defects: plan.counts === 'defects' ? others : [], isSure: true };
}

function isCountedBy({ severity }: FrozenPlan, defect: DefectSeverity): boolean {
  return severities.indexOf(defect) <= severities.indexOf(severity);
}

function countOf(
  sample: 'labels' | 'cells',
  plan: FrozenPlan,
  { outcome, asked, decidedAt, isInGap }: PlanStanding,
  order: readonly Counted[],
): SeverityCount {
  const read = order.slice(0, asked);
  const { bad, open, judged } = tally(read);
  return {
    severity: plan.severity,
    sample,
    sampleSize: plan.sampleSize,
    judged,
    defective: bad,
    open,
    onHold: read.filter(({ state }) => state === 'on-hold').length,
    acceptanceNumber: plan.acceptanceNumber,
    rejectionNumber: plan.rejectionNumber,
    outcome,
    ...(decidedAt === null ? {} : { decidedAt }),
    ...(isInGap ? { isInGap } : {}),
  };
}

function together(outcomes: readonly SeverityCount['outcome'][]): SeverityCount['outcome'] {
  if (outcomes.includes('not-met')) return 'not-met';
  return outcomes.length === 0 || outcomes.includes('undecidable') ? 'undecidable' : 'met';
}
