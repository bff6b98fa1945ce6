/**
 * The drawn units that estimates may rest on. Where judging ended must not depend on what was found: only a part of
 * the drawn order that was fixed beforehand and judged to its end is used, the whole draw where it can be.
 */
import type { DrawnUnit, FrozenPlan } from './events.ts';
import { isUnjudged, type Standing, unitStandings } from './outcome.ts';
import type { AuditState } from './state.ts';

export interface JudgedUnit {
  readonly unit: DrawnUnit;
  /** `good`, `defective` or `open`; units on hold are left out. */
  readonly standing: Standing;
  /** Codes of the defects that stand, each once. */
  readonly codes: readonly string[];
}

/** How many units from the beginning of the drawn order estimates may rest on; 0 = none yet. */
export function usableUnits(plans: readonly FrozenPlan[], standings: readonly Standing[]): number {
  if (!standings.some(isUnjudged)) return standings.length;
  const whole = plans.filter(({ sampleSize }) => !standings.slice(0, sampleSize).some(isUnjudged));
  return Math.max(0, ...whole.map(({ sampleSize }) => Math.min(sampleSize, standings.length)));
}

/** The same of the label sample of an audit. */
export function usedUnits(state: AuditState): number {
  return state.sample ? usableUnits(state.sample.labels.plans, unitStandings(state)) : 0;
}

const known = new WeakMap<AuditState, readonly JudgedUnit[]>();

/** Those units in drawn order, without the ones on hold. */
export function judgedUnits(state: AuditState): readonly JudgedUnit[] {
  let judged = known.get(state);
  if (!judged) {
    judged = judge(state);
    known.set(state, judged);
  }
  return judged;
}

function judge(state: AuditState): JudgedUnit[] {
  if (!state.sample) return [];
  const { units } = state.sample.labels;
  const standings = unitStandings(state);
  const overturned = new Set(
    state.findings
      .filter(({ status }) => status === 'overturned')
      .map(({ unit, defect }) => `${unit} ${defect.code}`),
  );
  return units.slice(0, usedUnits(state)).flatMap((unit, at): JudgedUnit[] => {
    const standing = standings[at]!;
    if (standing.kind === 'on-hold') return [];
    const defects = standing.kind === 'defective' ? (state.verdicts.get(unit.id)?.defects ?? []) : [];
    const codes = defects.map(({ code }) => code).filter((code) => !overturned.has(`${unit.id} ${code}`));
    return [{ unit, standing, codes: [...new Set(codes)] }];
  });
}

/** Whether every drawn unit is judged, so that the chances they were drawn with hold for them. */
export function isWholeDrawJudged(state: AuditState): boolean {
  return !unitStandings(state).some(isUnjudged);
}
