/** The label sample of a lot, drawn as the spec's rule says: which units, in which stratum, with which chance. */
import type { Sha256Hex } from '../base/bytes.ts';
import { done, failed, type Result } from '../base/problem.ts';
import { type Draw, drawOrder } from '../sampling/drawOrder.ts';
import { drawNested } from '../sampling/stratifiedDraw.ts';
import { drawSystematic } from '../sampling/systematicDraw.ts';
import { drawMisfit } from './drawMisfit.ts';
import type { DrawRule } from './drawRule.ts';
import type { FrozenPlan, FrozenSample } from './events.ts';
import type { Lot } from './lot.ts';

export interface DrawnLabels {
  readonly stamp: Omit<Draw, 'order'>;
  readonly units: FrozenSample['labels']['units'];
  readonly draw: Pick<FrozenSample['labels'], 'draw' | 'strata'>;
}

/**
 * The label sample as a rule of the spec draws it. Problems: `draw-not-random`, `draw-systematic-one-size`, `draw-without-strata`, and those of
 * `strataOf` and the draw itself.
 */
export function drawByRule(
  lot: Lot,
  rule: DrawRule,
  plans: readonly FrozenPlan[],
  seed: string,
  sha256: Sha256Hex,
): Result<DrawnLabels> {
  const misfit = drawMisfit(rule, plans);
  if (misfit) return failed(misfit);
  const n = Math.max(...plans.map(({ sampleSize }) => sampleSize));
  const drawn = designs[rule.design](lot, rule, n, seed, sha256);
  if (!drawn.ok) return drawn;
  const { order, prng, population, populationHash } = drawn.value.draw;
  const { strata, chance, stratum } = drawn.value;
  return done({
    stamp: { prng, seed, population, populationHash },
    units: Array.from(order, (position, place) => {
      const range = lot.rangeAt(position);
      return {
        ...lot.unitAt(position),
        ...(stratum ? { stratum: stratum(position) } : {}),
        probability: chance(place),
        ...(range === null ? {} : { rangeMeters: range }),
      };
    }),
    draw: { draw: rule, ...(strata ? { strata: [...strata] } : {}) },
  });
}

interface Designed {
  readonly draw: Draw;
  /** Chance of the unit at a place of the draw. */
  readonly chance: (place: number) => number;
  readonly strata?: NonNullable<FrozenSample['labels']['strata']>;
  /** Stratum of a unit, where the lot was divided. */
  readonly stratum?: (position: number) => string;
}

type Design = (lot: Lot, rule: DrawRule, n: number, seed: string, sha256: Sha256Hex) => Result<Designed>;

const designs: Readonly<Record<DrawRule['design'], Design>> = {
  simple(lot, _rule, n, seed, sha256) {
    const drawn = drawOrder(lot.ids, seed, sha256, n);
    return drawn.ok
      ? done({ draw: drawn.value, chance: () => drawn.value.order.length / lot.ids.length })
      : drawn;
  },
  systematic(lot, _rule, n, seed, sha256) {
    const drawn = drawSystematic({ unitIds: lot.ids, rank: lot.frameAt, n, seed }, sha256);
    return drawn.ok ? done({ draw: drawn.value, chance: (place) => drawn.value.probability[place]! }) : drawn;
  },
  stratified(lot, { strata: keys, minimumPerStratum }, n, seed, sha256) {
    const strata = lot.strataOf(keys);
    if (!strata.ok) return strata;
    const drawn = drawNested({ unitIds: lot.ids, strata: strata.value, n, minimumPerStratum, seed }, sha256);
    if (!drawn.ok) return drawn;
    const { names, of } = strata.value;
    return done({
      draw: drawn.value,
      chance: (place) => drawn.value.probability[place]!,
      strata: [...drawn.value.strata],
      stratum: (position) => names[of[position]!]!,
    });
  },
};
