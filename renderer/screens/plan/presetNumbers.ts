/** What each preset comes to on the lot at hand, so that they can be told apart by what they let pass. */
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { defectivesAtRate } from '../../../shared/sampling/operatingCharacteristic.ts';
import { planAt, planInLot } from '../../../shared/sampling/planPoint.ts';
import type { SamplingPlan } from '../../../shared/sampling/samplingPlan.ts';
import { effortMinutes, type Pace } from './effort.ts';
import { drawnOf, type PlanRow, planRows } from './planRows.ts';
import { type Preset, presets, withPreset } from './presets.ts';

export interface PresetNumbers {
  readonly preset: Preset;
  /** The plan that people mean by the plan: major defects on labels where there is one. */
  readonly plan: SamplingPlan;
  readonly severity: PlanRow['severity'];
  /** How often a lot passes of which `rate` is bad: the same rate for all presets. */
  readonly passes: number;
  readonly rate: number;
  /** What is judged in all: the plans of the other severities count too. */
  readonly labels: number;
  readonly cells: number;
  readonly minutes: number;
}

/** Rates that people say aloud. */
const roundRates = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5];

/** A preset without a plan on this lot is left out. */
export function presetNumbers(spec: QaSpec, lot: LotPreview, pace: Pace): PresetNumbers[] {
  const found = presets.flatMap((preset) => {
    const rows = planRows(withPreset(spec, preset, lot), lot);
    const row = mainRow(rows);
    return row?.plan.ok ? [{ preset, plan: row.plan.value, severity: row.severity, rows }] : [];
  });
  const normal = found.find(({ preset }) => preset === 'normal') ?? found[0];
  if (!normal) return [];
  const rate = tellingRate(normal.plan);
  return found.map(({ preset, plan, severity, rows }) => {
    const [labels, cells] = [drawnOf(rows, 'labels'), drawnOf(rows, 'cells')];
    const passes = acceptanceAt(plan, rate);
    return {
      preset,
      plan,
      severity,
      rate,
      passes,
      labels,
      cells,
      minutes: effortMinutes(pace, labels, cells),
    };
  });
}

function mainRow(rows: readonly PlanRow[]): PlanRow | undefined {
  const labels = rows.filter(({ sample }) => sample === 'labels');
  return labels.find(({ severity }) => severity === 'major') ?? labels.at(-1);
}

/** The rate that the usual plan passes about one time in four: bad enough to matter, likely enough to tell. */
function tellingRate(plan: SamplingPlan): number {
  const miss = (rate: number): number => Math.abs(acceptanceAt(plan, rate) - 0.25);
  return roundRates.reduce((best, rate) => (miss(rate) < miss(best) ? rate : best));
}

/** For this very lot where units are counted; defects are those of a process. */
function acceptanceAt(plan: SamplingPlan, rate: number): number {
  if (plan.model === 'poisson') return planAt(plan, rate).pa;
  return planInLot(plan, defectivesAtRate(plan.lotSize, rate)).pa;
}
