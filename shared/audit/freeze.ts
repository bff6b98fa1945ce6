/** Drawing both samples of a lot and freezing them: plans per severity, one order, the first n of it. */
import type { Sha256Hex } from '../base/bytes.ts';
import { done, failed, type Result } from '../base/problem.ts';
import { drawOrder } from '../sampling/drawOrder.ts';
import { planForLot } from '../sampling/makePlan.ts';
import { canonicalBytes } from './canonicalJson.ts';
import type { FrozenPlan, FrozenSample } from './events.ts';
import { freezePlan, planRequest } from './frozenPlan.ts';
import { drawByRule } from './labelDraw.ts';
import type { Lot } from './lot.ts';
import type { PlanRule, QaSpec } from './qaSpec.ts';
import { refusal } from './refusal.ts';

export interface DrawRequest {
  /** 32 hex digits from the machine's random source, taken after the label hash was fixed. */
  readonly seed: string;
  readonly labelsHash: string;
  /** Null for the first draw. */
  readonly replan: FrozenSample['replan'];
}

/** SHA-256 of the spec's canonical form: what a plan is frozen with. */
export function specHash(spec: QaSpec, sha256: Sha256Hex): string {
  return sha256(canonicalBytes(spec));
}

/**
 * Both samples of a lot, ready to be recorded as `plan.frozen`. Labels and search cells are drawn with one seed;
 * the hash of each population keeps the two draws independent. Problems: `lot-empty`, and those of the plan, of the
 * draw, of strata the lot does not have, and of a draw that does not serve its plans.
 */
export function freezeSample(
  lot: Lot,
  spec: QaSpec,
  request: DrawRequest,
  sha256: Sha256Hex,
): Result<FrozenSample> {
  const labels = drawLabels(lot, spec, request.seed, sha256);
  if (!labels.ok) return labels;
  const cells = draw(lot.cells.ids, spec.search.plans, request.seed, sha256);
  if (!cells.ok) return cells;
  return done({
    labels: {
      ...labels.value,
      unit: lot.unit,
      excluded: { ...lot.excluded },
    },
    cells: {
      ...cells.value.stamp,
      units: cells.value.drawn.map(({ position, probability }) => ({
        ...lot.cells.cellAt(position),
        probability,
      })),
    },
    labelsHash: request.labelsHash,
    specHash: specHash(spec, sha256),
    replan: request.replan,
  });
}

type DrawnLabels = Pick<
  FrozenSample['labels'],
  'prng' | 'seed' | 'population' | 'populationHash' | 'plans' | 'units' | 'draw' | 'strata'
>;

/** By the spec's rule; without one, one by one from the whole lot. */
function drawLabels(lot: Lot, spec: QaSpec, seed: string, sha256: Sha256Hex): Result<DrawnLabels> {
  if (!spec.draw) {
    const drawn = draw(lot.ids, spec.plans, seed, sha256);
    if (!drawn.ok) return drawn;
    const { stamp, drawn: places } = drawn.value;
    const units = places.map(({ position, probability }) => {
      const range = lot.rangeAt(position);
      return { ...lot.unitAt(position), probability, ...(range === null ? {} : { rangeMeters: range }) };
    });
    return done({ ...stamp, units });
  }
  const plans = freezePlans(lot.ids.length, spec.plans);
  if (!plans.ok) return plans;
  const drawn = drawByRule(lot, spec.draw, plans.value, seed, sha256);
  if (!drawn.ok) return drawn;
  return done({ ...drawn.value.stamp, plans: plans.value, units: drawn.value.units, ...drawn.value.draw });
}

interface DrawnPositions {
  readonly stamp: Pick<FrozenSample['cells'], 'prng' | 'seed' | 'population' | 'populationHash' | 'plans'>;
  readonly drawn: readonly { readonly position: number; readonly probability: number }[];
}

/** The first max(n) of the random order; each severity judges its own first n of them. */
function draw(
  ids: readonly string[],
  rules: readonly PlanRule[],
  seed: string,
  sha256: Sha256Hex,
): Result<DrawnPositions> {
  const plans = freezePlans(ids.length, rules);
  if (!plans.ok) return plans;
  const largest = Math.max(...plans.value.map(({ sampleSize }) => sampleSize));
  const order = drawOrder(ids, seed, sha256, largest);
  if (!order.ok) return order;
  const { order: positions, ...stamp } = order.value;
  const probability = positions.length / ids.length;
  return done({
    stamp: { ...stamp, plans: plans.value },
    drawn: Array.from(positions, (position) => ({ position, probability })),
  });
}

/** The plan of each severity for a lot of that many units. */
export function freezePlans(lotSize: number, rules: readonly PlanRule[]): Result<FrozenPlan[]> {
  if (lotSize === 0) return failed(refusal('lot-empty'));
  const frozen: FrozenPlan[] = [];
  for (const rule of rules) {
    const plan = planForLot(planRequest(rule, lotSize));
    if (!plan.ok) return plan;
    frozen.push(freezePlan(rule.severity, plan.value));
  }
  return done(frozen);
}
