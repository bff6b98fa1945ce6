/** Plans in words. A preset edits the spec's ISO 2859-1 rules; the spec stays the truth, and c = 0 rules stay as they are. */
import type { PlanRule, QaSpec } from '../../../shared/audit/qaSpec.ts';

export const presets = ['quick', 'normal', 'tightened'] as const;
export type Preset = (typeof presets)[number];

type IsoRule = Extract<PlanRule, { scheme: 'iso2859-1' }>;

const settings: Readonly<Record<Preset, Pick<IsoRule, 'level' | 'inspection'>>> = {
  quick: { level: 'S-3', inspection: 'normal' },
  normal: { level: 'II', inspection: 'normal' },
  tightened: { level: 'II', inspection: 'tightened' },
};

export function withPreset(spec: QaSpec, preset: Preset): QaSpec {
  const apply = (rule: PlanRule): PlanRule =>
    rule.scheme === 'iso2859-1' ? { ...rule, ...settings[preset] } : rule;
  return {
    ...spec,
    plans: spec.plans.map(apply),
    search: { ...spec.search, plans: spec.search.plans.map(apply) },
  };
}

/** The preset that the spec's rules are, or null where a person chose otherwise. */
export function presetOf(spec: QaSpec): Preset | null {
  const rules = [...spec.plans, ...spec.search.plans].filter((rule) => rule.scheme === 'iso2859-1');
  const isPreset = (preset: Preset): boolean =>
    rules.every(
      ({ level, inspection }) =>
        level === settings[preset].level && inspection === settings[preset].inspection,
    );
  return rules.length === 0 ? null : (presets.find(isPreset) ?? null);
}
