/**
 * What the samples say about the lot: the rate of each severity with its limits, and why a plan has none. A rate of
 * nothing found is never zero: its upper limit says how bad the lot may still be. An interval of a fixed number of
 * units is stated only where a plan's own units are judged to the last: where a sample stopped early, where it stopped
 * depended on what it found.
 */
import { stratifiedLimits } from '../sampling/effectiveLimits.ts';
import { finiteLotUpper } from '../sampling/intervals.ts';
import { clusterFacts } from './clusters.ts';
import type { FrozenPlan, SeverityCount } from './events.ts';
import { groupings, groupRates } from './groupRates.ts';
import { missedRates } from './missedRates.ts';
import {
  cellStandings,
  countSample,
  isUnjudged,
  planOutcome,
  type Standing,
  unitStandings,
} from './outcome.ts';
import type { DefectSeverity } from './qaSpec.ts';
import {
  confidence,
  defectRate,
  lotRate,
  type Rate,
  type StrataSizes,
  stratumCounts,
  weighedRate,
} from './rate.ts';
import type { AuditState } from './state.ts';
import { tallyFindings } from './tally.ts';

export interface SeverityEstimate extends Rate {
  readonly sample: 'labels' | 'cells';
  readonly severity: DefectSeverity;
  readonly lotSize: number;
  /** One-sided: at most so many nonconforming units in this lot; null where defects are counted. */
  readonly lotUpper: { readonly defectives: number; readonly rate: number } | null;
}

/** Why a plan has no interval. */
export type WithheldReason =
  /** Units of its own are still to be judged. */
  | 'unfinished'
  /** The plan itself decided before its last unit. */
  | 'decided-early'
  /** The lot was decided by another plan, or by a rejection number, before this one's last unit. */
  | 'stopped'
  /** Defects are counted and a unit is open: it may hold any number of them. */
  | 'open-unbounded';

export interface WithheldEstimate {
  readonly sample: 'labels' | 'cells';
  readonly severity: DefectSeverity;
  readonly why: WithheldReason;
  /** So far; where the plan decided early, at how many it did. */
  readonly judged: number;
  readonly sampleSize: number;
}

/** One estimate for each plan of both samples that has one; before the draw none. */
export function severityEstimates(state: AuditState): SeverityEstimate[] {
  return planEstimates(state).flatMap((estimate) => ('why' in estimate ? [] : [estimate]));
}

/** The plans that have no interval, and why. */
export function withheldEstimates(state: AuditState): WithheldEstimate[] {
  return planEstimates(state).flatMap((estimate) => ('why' in estimate ? [estimate] : []));
}

function planEstimates(state: AuditState): (SeverityEstimate | WithheldEstimate)[] {
  if (!state.sample) return [];
  const strata = wholeStrata(state);
  return [
    ...sideEstimates(state, 'labels', unitStandings(state), strata),
    ...sideEstimates(state, 'cells', cellStandings(state), null),
  ];
}

/** Strata of a label sample judged to its last unit: only then does each stand for its share of the lot. */
function wholeStrata(state: AuditState): StrataSizes | null {
  const { draw, strata } = state.sample!.labels;
  if (draw?.design !== 'stratified' || !strata) return null;
  return unitStandings(state).some(isUnjudged) ? null : strata;
}

function sideEstimates(
  state: AuditState,
  sample: 'labels' | 'cells',
  standings: readonly Standing[],
  strata: StrataSizes | null,
): (SeverityEstimate | WithheldEstimate)[] {
  const { plans } = state.sample![sample];
  const { counts } = countSample(sample, plans.map(asSingle), standings);
  return plans.flatMap((plan, at): (SeverityEstimate | WithheldEstimate)[] => {
    const count = counts[at]!;
    const unjudged = standings.slice(0, plan.sampleSize).filter(isUnjudged).length;
    const { severity, sampleSize } = plan;
    const withheld = { sample, severity, sampleSize, judged: count.judged };
    if (unjudged > 0) return [{ ...withheld, ...whyUnjudged(state, sample, plan) }];
    if (count.judged + count.open === 0) return [];
    if (plan.counts === 'defects') {
      if (count.open > 0) return [{ ...withheld, why: 'open-unbounded' }];
      const rate = defectRate(count.defective, count.judged);
      return [{ sample, severity, lotSize: plan.lotSize, ...rate, lotUpper: null }];
    }
    return [(strata && stratified(state, plan, standings, strata)) ?? fixed(count, plan)];
  });
}

/** The plan as if it had asked for all of its units whatever it found. */
function asSingle({ double: _double, sequential: _sequential, ...plan }: FrozenPlan): FrozenPlan {
  return plan;
}

function whyUnjudged(
  state: AuditState,
  sample: 'labels' | 'cells',
  { severity }: FrozenPlan,
): Pick<WithheldEstimate, 'why'> & Partial<WithheldEstimate> {
  const { outcome, counts } = planOutcome(state);
  const own = counts.find((count) => count.sample === sample && count.severity === severity)!;
  if (own.outcome !== 'undecidable' && own.decidedAt !== undefined) {
    return { why: 'decided-early', judged: own.decidedAt };
  }
  return { why: own.outcome === 'not-met' || outcome === 'not-met' ? 'stopped' : 'unfinished' };
}

function fixed(count: SeverityCount, plan: FrozenPlan): SeverityEstimate {
  const { sample, severity, defective, judged, open } = count;
  const n = judged + open;
  const lotUpper = finiteLotUpper(plan.lotSize, n, Math.min(n, defective + open), confidence);
  return {
    sample,
    severity,
    lotSize: plan.lotSize,
    ...lotRate(plan.lotSize, defective, judged, open),
    lotUpper,
  };
}

/** From all units drawn, each stratum at its share of the lot; a unit counts at its worst severity. */
function stratified(
  state: AuditState,
  { severity, lotSize }: FrozenPlan,
  standings: readonly Standing[],
  strata: StrataSizes,
): SeverityEstimate | null {
  const units = state.sample!.labels.units.flatMap((unit, at) => {
    const standing = standings[at]!;
    if (standing.kind === 'on-hold') return [];
    const y: 0 | 1 = standing.kind === 'defective' && standing.severity === severity ? 1 : 0;
    return [{ y, isOpen: standing.kind === 'open', ...unit }];
  });
  const rate = weighedRate(units, strata);
  if (!rate) return null;
  const worst = units.map(({ y, isOpen }) => (isOpen ? 1 : y));
  // Two-sided limits leave half of the risk on each side; with nothing found they are one-sided already.
  const oneSided = rate.found + rate.open === 0 ? confidence : 2 * confidence - 1;
  const { upper } = stratifiedLimits(stratumCounts(units, worst, strata), oneSided)!;
  const defectives = Math.floor(upper * lotSize);
  return {
    sample: 'labels',
    severity,
    lotSize,
    ...rate,
    lotUpper: { defectives, rate: defectives / lotSize },
  };
}

/** All that rests on the sample, as data. Keys are only ever added. */
export function estimatesOf(state: AuditState) {
  const missed = missedRates(state);
  return {
    confidence,
    severities: severityEstimates(state),
    withheld: withheldEstimates(state),
    missed: missed?.overall ?? null,
    missedBy: missed && { range: missed.byRange, scene: missed.byScene },
    classes: (groupRates(state, 'class')?.groups ?? []).map(({ key, ...rate }) => ({
      className: key,
      ...rate,
    })),
    groups: Object.fromEntries(groupings.map((by) => [by, groupRates(state, by)])),
    clusters: clusterFacts(state),
    byCode: tallyFindings(state, 'code'),
    byClass: tallyFindings(state, 'class'),
  };
}
