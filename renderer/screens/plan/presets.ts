/**
 * Plans in words. A preset edits the rules of the AQL tables and brings rules of other schemes back to them; the spec
 * stays the truth, and c = 0 rules stay as they are.
 */
import { ruleUnder } from '../../../shared/audit/planChoice.ts';
import type { PlanRule, QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { InspectionLevel, InspectionState } from '../../../shared/sampling/samplingPlan.ts';

export const presets = ['quick', 'normal', 'tightened'] as const;
export type Preset = (typeof presets)[number];

interface Choice {
  readonly level: InspectionLevel;
  readonly inspection: InspectionState;
}

/** A search cell takes longer than a label and a lot has fewer of them, so they start at a special level. */
const choices: Readonly<Record<Preset, { readonly labels: Choice; readonly cells: Choice }>> = {
  quick: {
    labels: { level: 'S-3', inspection: 'normal' },
    cells: { level: 'S-2', inspection: 'normal' },
  },
  normal: {
    labels: { level: 'II', inspection: 'normal' },
    cells: { level: 'S-3', inspection: 'normal' },
  },
  tightened: {
    labels: { level: 'II', inspection: 'tightened' },
    cells: { level: 'S-3', inspection: 'tightened' },
  },
};

/** Where no lot is known a rule is brought back to the tables as on one of this size. */
const usualLot = { lotSize: 1000, cells: 1000 };

export function withPreset(spec: QaSpec, preset: Preset, lot: typeof usualLot = usualLot): QaSpec {
  const { labels, cells } = choices[preset];
  return {
    ...spec,
    plans: spec.plans.map((rule) => applied(rule, labels, lot.lotSize)),
    search: { ...spec.search, plans: spec.search.plans.map((rule) => applied(rule, cells, lot.cells)) },
  };
}

function applied(rule: PlanRule, choice: Choice, lotSize: number): PlanRule {
  if (rule.scheme === 'c0') return rule;
  const ofTable = rule.scheme === 'z1.4' ? rule : ruleUnder('iso2859-1', rule, lotSize);
  return { ...ofTable, ...choice } as PlanRule;
}

/** The preset that the spec's rules are, or null where a person chose otherwise. */
export function presetOf(spec: QaSpec): Preset | null {
  const isChoice = (rules: readonly PlanRule[], { level, inspection }: Choice): boolean =>
    rules.every(
      (rule) =>
        rule.scheme === 'c0' ||
        ((rule.scheme === 'iso2859-1' || rule.scheme === 'z1.4') &&
          rule.level === level &&
          rule.inspection === inspection),
    );
  const isPreset = (preset: Preset): boolean =>
    isChoice(spec.plans, choices[preset].labels) && isChoice(spec.search.plans, choices[preset].cells);
  return presets.find(isPreset) ?? null;
}
