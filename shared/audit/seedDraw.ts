/**
 * Drawing the labels that known errors are put in: labels of the lot outside the sample in one random order, of which
 * those are taken that lend themselves to an error. The same seed over the same lot gives the same errors anywhere.
 */
import type { Sha256Hex } from '../base/bytes.ts';
import { done, failed, type Result } from '../base/problem.ts';
import type { CuboidShape } from '../geometry/cuboid.ts';
import { drawOrder } from '../sampling/drawOrder.ts';
import { randomSource, stateFromSeed } from '../sampling/randomSource.ts';
import { type EventData, type Seed, seedKinds } from './events.ts';
import type { QaSpec } from './qaSpec.ts';
import { refusal } from './refusal.ts';
import {
  leastPoints,
  makeSeed,
  type SeedCandidate,
  type SeedKind,
  type SeedSize,
  seedSizes,
} from './seeds.ts';

/** `mixed`: as many mild as gross ones. */
export const seedMixes = ['mixed', 'mild', 'gross'] as const;
export type SeedMix = (typeof seedMixes)[number];

export interface SeedRequest {
  readonly count: number;
  readonly mix: SeedMix;
  /** 32 hex digits from the machine's random source. */
  readonly seed: string;
}

/** What may be drawn from. */
export interface SeedPopulation {
  /** Ids of the lot's labels outside the sample. */
  readonly ids: readonly string[];
  /** The label at a position of `ids`; null where it cannot be inspected. Asked for in drawn order, one by one. */
  readonly candidateAt: (
    position: number,
  ) => Promise<(SeedCandidate & { readonly track: string | null }) | null>;
  /** Points inside a shape, in the frame of a label that was asked for; null where they cannot be counted. */
  readonly pointsInside: (label: SeedCandidate, shape: CuboidShape) => Promise<number | null>;
  /** Classes as the vendor spells them. */
  readonly classNames: readonly string[];
}

/** More would be an audit of the auditors. */
export const mostSeeds = 500;

/** So many labels are looked at for each error before it is given up to find more. */
const mostLooks = 60;

/** How many errors are put in unless somebody says otherwise: one for every twenty units drawn, at least one. */
export function usualSeeds(sampleSize: number): number {
  return Math.max(1, Math.round(sampleSize / 20));
}

/**
 * Ready to be recorded as `seeds.set`. Kinds take turns, as do sizes where they are mixed; a track carries one error
 * at most. Fewer than asked for come back where the lot has no more that lend themselves. Problem
 * `seeds-not-possible` where not one does.
 */
export async function drawSeeds(
  population: SeedPopulation,
  spec: QaSpec,
  { count, mix, seed }: SeedRequest,
  sha256: Sha256Hex,
): Promise<Result<EventData<'seeds.set'>>> {
  if (count === 0) return done({ seeds: [] });
  const order = drawOrder(population.ids, seed, sha256, count * mostLooks);
  if (!order.ok) return order;
  const { order: positions, ...draw } = order.value;
  const random = randomSource(stateFromSeed(seed, `${draw.populationHash} errors`, sha256));
  const seeds: Seed[] = [];
  const usedTracks = new Set<string>();
  // Where to go on in the turn: a kind that a label does not lend itself to is tried on the next label again.
  const turn: SeedKind[] = [...seedKinds];
  for (const position of positions) {
    if (seeds.length === count) break;
    const label = await population.candidateAt(position);
    if (label === null || (label.track !== null && usedTracks.has(label.track))) continue;
    const wish = { id: `K${String(seeds.length + 1).padStart(3, '0')}`, size: sizeAt(seeds, mix) };
    for (const kind of turn) {
      const made = makeSeed(label, { ...wish, kind }, spec, population.classNames, random);
      if (made === null) continue;
      const pointsInside = await population.pointsInside(label, made.shown);
      // A label that has lost its points is a ghost, whatever was done to it.
      if (pointsInside !== null && pointsInside < leastPoints) continue;
      seeds.push(pointsInside === null ? made : { ...made, shown: { ...made.shown, pointsInside } });
      if (label.track !== null) usedTracks.add(label.track);
      turn.splice(turn.indexOf(kind), 1);
      turn.push(kind);
      break;
    }
  }
  if (seeds.length === 0) return failed(refusal('seeds-not-possible'));
  return done({ seeds, draw });
}

function sizeAt(seeds: readonly Seed[], mix: SeedMix): SeedSize {
  return mix === 'mixed' ? seedSizes[seeds.length % seedSizes.length]! : mix;
}
