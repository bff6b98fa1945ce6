/** Plans in words. A preset edits the spec's ISO 2859-1 rules; the spec stays the truth, and c = 0 rules stay as they are. */
import type { PlanRule, QaSpec } from '../../../shared/audit/qaSpec.ts';

export const presets = ['quick', 'normal', 'tightened'] as const;
export type Preset = (typeof presets)[number];

type IsoRule = Extract<PlanRule, { scheme: 'iso2859-1' }>;

type Choice = Pick<IsoRule, 'level' | 'inspection'>;

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

export function withPreset(spec: QaSpec, preset: Preset): QaSpec {
  const { labels, cells } = choices[preset];
  const plans = spec.plans.map((rule) => applied(rule, labels));
  return {
    ...spec,
    plans,
    search: { ...spec.search, plans: spec.search.plans.map((rule) => applied(rule, cells)) },
  };
}

function applied(rule: PlanRule, choice: Choice): PlanRule {
  return rule.scheme === 'iso2859-1' ? { ...rule, ...choice } : rule;
}

/** The preset that the spec's rules are, or null where a person chose otherwise. */
export function presetOf(spec: QaSpec): Preset | null {
  const isChoice = (rules: readonly PlanRule[], { level, inspection }: Choice): boolean =>
    rules.every(
      (rule) => rule.scheme !== 'iso2859-1' || (rule.level === level && rule.inspection === inspection),
    );
  const isPreset = (preset: Preset): boolean =>
    isChoice(spec.plans, choices[preset].labels) && isChoice(spec.search.plans, choices[preset].cells);
  return presets.find(isPreset) ?? null;
}
