/**
 * Drawing units into the targeted queue with known chances: doubtful ones sooner, each with a chance above zero that
 * is stored, so that what is found can enter an estimate. The whole lot is drawn from, the sample included: a chance
 * that left the sample out would not be the one that is stored. What is in the sample takes its verdict from there.
 */
import type { Sha256Hex } from '../base/bytes.ts';
import { done, type Result } from '../base/problem.ts';
import { drawWeighted } from '../sampling/weightedDraw.ts';
import type { EventData } from './events.ts';
import type { Lot } from './lot.ts';
import { hashWeights } from './targetWeights.ts';

export interface TargetDrawRequest {
  readonly n: number;
  /** 32 hex digits from the machine's random source. */
  readonly seed: string;
  /** What the record calls the weights: one of `weightKinds`, or the name of a file. */
  readonly weightsName: string;
  /** Of each unit, in the order of the lot. */
  readonly weights: readonly number[];
  readonly reason: string;
}

/**
 * `n` units of the lot, ready to be recorded. The id of a target is made of the draw's seed and its place in it, so
 * that the same draw names its targets alike wherever it is made. Problems are those of the draw.
 */
export function drawTargets(
  lot: Lot,
  request: TargetDrawRequest,
  sha256: Sha256Hex,
): Result<EventData<'targets.queued'>> {
  const { n, seed, weights, weightsName, reason } = request;
  const drawn = drawWeighted({ unitIds: lot.ids, weights, n, seed }, sha256);
  if (!drawn.ok) return drawn;
  const { prng, population, populationHash, order, probability } = drawn.value;
  const targets = Array.from(order, (position, at) => {
    const { id: unit, stratum: _stratum, ...place } = lot.unitAt(position);
    const id = `draw-${seed}-${at + 1}`;
    return { ...place, id, unit, source: 'draw' as const, reason, probability: probability[at]! };
  });
  const weightsHash = hashWeights(lot.ids, weights, sha256);
  return done({
    targets,
    draw: { prng, seed, population, populationHash, weights: weightsName, weightsHash },
  });
}
