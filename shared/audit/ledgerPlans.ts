/** How strictly the rules of a QA spec have to inspect the next lot, by the ledger of its vendor and project. */

import { planForLot } from '../sampling/makePlan.ts';
import type { SwitchingState } from '../sampling/switching.ts';
import { freezePlan, planRequest } from './frozenPlan.ts';
import type { LedgerSeries } from './ledgerEvents.ts';
import { termsOf } from './ledgerFold.ts';
import type { LedgerState, SequenceTerms } from './ledgerState.ts';
import type { PlanRule, PlanRuleOf } from './planRule.ts';
import type { QaSpec } from './qaSpec.ts';

type TableRule = PlanRuleOf<'iso2859-1' | 'z1.4' | 'double'>;

export interface DueInspection {
  readonly series: LedgerSeries;
  /** As the spec has it. */
  readonly inspection: TableRule['inspection'];
  readonly due: SwitchingState;
}

/** Rules of the AQL system whose inspection is not the one that is due. `ledger` null = the first lot: normal. */
export function dueInspections(spec: QaSpec, ledger: LedgerState | null): DueInspection[] {
  const of = (sample: LedgerSeries['sample'], rules: readonly PlanRule[]): DueInspection[] =>
    rules.filter(isOfTables).flatMap((rule) => {
      const series = { sample, severity: rule.severity };
      const due = dueState(series, rule, spec, ledger);
      return due === rule.inspection ? [] : [{ series, inspection: rule.inspection, due }];
    });
  return [...of('labels', spec.plans), ...of('cells', spec.search.plans)];
}

/** The spec with every rule at the state that is due. A discontinued one stays as it is: nothing may be inspected. */
export function withDueInspection(spec: QaSpec, ledger: LedgerState | null): QaSpec {
  const set = (sample: LedgerSeries['sample'], rules: readonly PlanRule[]): PlanRule[] =>
    rules.map((rule) => {
      if (!isOfTables(rule)) return rule;
      const due = dueState({ sample, severity: rule.severity }, rule, spec, ledger);
      return due === 'discontinued' ? rule : { ...rule, inspection: due };
    });
  return {
    ...spec,
    plans: set('labels', spec.plans),
    search: { ...spec.search, plans: set('cells', spec.search.plans) },
  };
}

function isOfTables(rule: PlanRule): rule is TableRule {
  return (
    rule.scheme === 'iso2859-1' || rule.scheme === 'z1.4' || (rule.scheme === 'double' && rule.aql !== null)
  );
}

/** Rules that differ from the present sequence begin a new one, on normal inspection. */
function dueState(
  { sample, severity }: LedgerSeries,
  rule: TableRule,
  spec: QaSpec,
  ledger: LedgerState | null,
): SwitchingState {
  const state = ledger?.series.find(({ series }) => series.sample === sample && series.severity === severity);
  if (!state) return 'normal';
  const terms = termsOfRule(rule, sample === 'cells' ? 'cell' : spec.unit);
  const isOfSequence = state.terms === null || (terms !== null && isSame(terms, state.terms));
  return isOfSequence ? state.state : 'normal';
}

/** Null where the rule has no plan; the plan itself says so elsewhere. */
function termsOfRule(rule: TableRule, unit: SequenceTerms['unit']): SequenceTerms | null {
  if (rule.aql === null) return null;
  // Any lot leads to the same terms, and so does the single plan of the tables a double plan is of.
  const { severity, aql, level } = rule;
  const inspection = 'normal';
  const asked: PlanRule =
    rule.scheme === 'double' ? { scheme: 'z1.4', severity, aql, level, inspection } : { ...rule, inspection };
  const plan = planForLot(planRequest(asked, 1000));
  return plan.ok ? termsOf({ plan: freezePlan(severity, plan.value), unit }) : null;
}

function isSame(a: SequenceTerms, b: SequenceTerms): boolean {
  const keys = ['standard', 'level', 'aql', 'counts', 'unit'] as const;
  return keys.every((key) => a[key] === b[key]);
}
