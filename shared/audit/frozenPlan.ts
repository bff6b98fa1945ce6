/** A sampling plan as the record holds it, and back again for curves and tables. */
import type { PlanRequest } from '../sampling/makePlan.ts';
import type { SamplingPlan } from '../sampling/samplingPlan.ts';
import type { FrozenPlan } from './eventPlan.ts';
import type { DefectSeverity, PlanRule } from './planRule.ts';

/** What a rule of the spec asks for on a lot of that size. Units count once unless the rule says that defects do. */
export function planRequest(rule: PlanRule, lotSize: number): PlanRequest {
  const isOfTable = rule.scheme === 'iso2859-1' || rule.scheme === 'z1.4';
  return isOfTable ? { ...rule, lotSize, counts: rule.counts ?? 'units' } : { ...rule, lotSize };
}

export function freezePlan(severity: DefectSeverity, plan: SamplingPlan): FrozenPlan {
  const { model, notes: _notes, tableSampleSize: _table, producer, double, sequential, ...numbers } = plan;
  return {
    severity,
    ...numbers,
    ...(model === 'poisson' ? { counts: 'defects' as const } : {}),
    ...(producer ? { producer } : {}),
    ...(double ? { double } : {}),
    ...(sequential ? { sequential } : {}),
  };
}

/** The plan from the record's own numbers, not from today's tables; its notes are not in the record. */
export function planOfFrozen(frozen: FrozenPlan): SamplingPlan {
  const { severity: _severity, counts, ...numbers } = frozen;
  return {
    ...numbers,
    level: frozen.level as SamplingPlan['level'],
    inspection: frozen.inspection as SamplingPlan['inspection'],
    tableSampleSize: frozen.sampleSize,
    producer: frozen.producer ?? null,
    double: frozen.double ?? null,
    sequential: frozen.sequential ?? null,
    model: counts === 'defects' ? 'poisson' : 'binomial',
    notes: [],
  };
}
