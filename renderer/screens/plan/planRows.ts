/** Plans of both samples as the spec asks for them on this lot, or as they were frozen. */
import type { FrozenPlan } from '../../../shared/audit/events.ts';
import { planOfFrozen, planRequest } from '../../../shared/audit/frozenPlan.ts';
import type { RulePlace } from '../../../shared/audit/planChoice.ts';
import type { PlanRule, QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { Problem, Result } from '../../../shared/base/problem.ts';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { planForLot } from '../../../shared/sampling/makePlan.ts';
import type { SamplingPlan } from '../../../shared/sampling/samplingPlan.ts';

/** A rule at its place in the spec, and the plan it gives. */
export interface PlanRow extends RulePlace {
  readonly severity: PlanRule['severity'];
  readonly plan: Result<SamplingPlan>;
}

/** One row for each rule of the spec; a rule without a plan carries the reason. */
export function planRows(spec: QaSpec, lot: LotPreview): PlanRow[] {
  const row = (sample: PlanRow['sample'], lotSize: number) => (rule: PlanRule, at: number) => ({
    sample,
    at,
    severity: rule.severity,
    plan: planForLot(planRequest(rule, lotSize)),
  });
  return [...spec.plans.map(row('labels', lot.lotSize)), ...spec.search.plans.map(row('cells', lot.cells))];
}

/** The same plans from what was frozen: their numbers come from the record, not from today's tables. */
export function frozenRows(labels: readonly FrozenPlan[], cells: readonly FrozenPlan[]): PlanRow[] {
  const row =
    (sample: PlanRow['sample']) =>
    (plan: FrozenPlan, at: number): PlanRow => ({
      sample,
      at,
      severity: plan.severity,
      plan: { ok: true, value: planOfFrozen(plan) },
    });
  return [...labels.map(row('labels')), ...cells.map(row('cells'))];
}

/** The rule a row stands for. */
export function ruleOfRow(spec: QaSpec, { sample, at }: RulePlace): PlanRule | null {
  return (sample === 'labels' ? spec.plans : spec.search.plans)[at] ?? null;
}

/** Units drawn: the largest plan of the sample decides. */
export function drawnOf(rows: readonly PlanRow[], sample: PlanRow['sample']): number {
  return Math.max(
    0,
    ...rows.map((row) => (row.sample === sample && row.plan.ok ? row.plan.value.sampleSize : 0)),
  );
}

export function firstProblem(rows: readonly PlanRow[]): Problem | null {
  for (const { plan } of rows) if (!plan.ok) return plan.problem;
  return null;
}
