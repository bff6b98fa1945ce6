/** When a sample may be frozen, first or again. */
import type { Problem } from '../base/problem.ts';
import type { FrozenPlan, FrozenSample } from './events.ts';
import { firstRefusal, isBlank, refusal } from './refusal.ts';
import type { AuditState } from './state.ts';

/**
 * A first draw needs a spec and the delivery it was made from. A second draw is possible at any time before
 * signing, but only as a re-plan that names the draw it replaces and why: verdicts on units that are drawn again
 * stand, the others leave the count (see `fold.ts`), and the report prints the reason.
 */
export function mayFreeze(state: AuditState, data: FrozenSample): Problem | null {
  return firstRefusal(
    () => state.spec === null && refusal('spec-not-chosen'),
    () => data.specHash !== state.spec!.hash && refusal('plan-of-another-spec'),
    () => data.labelsHash !== state.delivery.labelsHash && refusal('delivery-is-another'),
    () => data.labels.unit !== state.spec!.spec.unit && refusal('plan-of-another-spec'),
    () => replanRefusal(state, data),
    () => drawRefusal(data.labels.plans, data.labels.units, data.labels.strata !== undefined),
    () => drawRefusal(data.cells.plans, data.cells.units, false),
  );
}

function replanRefusal(state: AuditState, data: FrozenSample): Problem | null {
  if (state.sample === null) return data.replan ? refusal('replan-without-plan') : null;
  if (!data.replan || isBlank(data.replan.reason)) return refusal('replan-without-reason');
  return data.replan.previousSeq === state.sample.seq ? null : refusal('replan-of-another-plan');
}

/** Each unit once, and as many as the largest plan judges; more only for strata that would have had too few. */
function drawRefusal(
  plans: readonly FrozenPlan[],
  units: readonly { readonly id: string }[],
  mayHoldMore: boolean,
): Problem | null {
  const needed = Math.max(0, ...plans.map(({ sampleSize }) => sampleSize));
  const drawn = new Set(units.map(({ id }) => id)).size;
  return drawn === units.length && (drawn === needed || (mayHoldMore && drawn > needed))
    ? null
    : refusal('draw-of-wrong-size', { drawn, needed });
}
