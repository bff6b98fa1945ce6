/**
 * Which label of a candidate stands for which one of a reference. In every place and class the pairing that leaves
 * fewest without a partner, and among those the closest one; then once more over what is left whatever its class,
 * which tells a wrong class from an object missed and another invented beside it.
 */
import { assignLeastCost } from './assignment.ts';
import { groundDistance, type LabelSet, type LabelSets, overlapOf } from './labelSets.ts';

/** A pair must reach this: metres between centres at most, by class, or a share of the union at least. */
export type Gate = (classIndex: number) => number;

/** Positions in the two sets. */
export interface LabelPair {
  readonly reference: number;
  readonly candidate: number;
}

export interface LabelPairs {
  readonly matched: readonly LabelPair[];
  /** Of different classes. */
  readonly confused: readonly LabelPair[];
  /** Positions without a partner of their class; those of confused pairs are among them. */
  readonly missed: readonly number[];
  readonly extra: readonly number[];
}

/** Far above the cost of any pair: one pair more always comes first. */
const noPair = 1e6;

export function pairLabels(sets: LabelSets, gate: Gate): LabelPairs {
  const matched: LabelPair[] = [];
  const confused: LabelPair[] = [];
  const missed: number[] = [];
  const extra: number[] = [];
  const there = positionsByPlace(sets.candidate);
  const here = positionsByPlace(sets.reference);
  for (const place of new Set([...here.keys(), ...there.keys()])) {
    const left = { reference: new Set(here.get(place) ?? []), candidate: new Set(there.get(place) ?? []) };
    const take = (pairs: readonly LabelPair[], into: LabelPair[]): void => {
      for (const pair of pairs) {
        into.push(pair);
        left.reference.delete(pair.reference);
        left.candidate.delete(pair.candidate);
      }
    };
    for (const classIndex of new Set([...left.reference].map((at) => sets.reference.classIndex[at]!))) {
      const ofClass = (set: LabelSet, of: ReadonlySet<number>): number[] =>
        [...of].filter((at) => set.classIndex[at] === classIndex);
      const objects = ofClass(sets.reference, left.reference);
      take(closest(sets, objects, ofClass(sets.candidate, left.candidate), gate), matched);
    }
    missed.push(...left.reference);
    extra.push(...left.candidate);
    take(closest(sets, [...left.reference], [...left.candidate], gate), confused);
  }
  return { matched, confused, missed, extra };
}

function positionsByPlace({ place }: LabelSet): Map<number, number[]> {
  const positions = new Map<number, number[]>();
  for (const [at, of] of place.entries()) {
    const known = positions.get(of);
    if (known) known.push(at);
    else positions.set(of, [at]);
  }
  return positions;
}

function closest(
  sets: LabelSets,
  objects: readonly number[],
  candidates: readonly number[],
  gate: Gate,
): LabelPair[] {
  if (objects.length === 0 || candidates.length === 0) return [];
  const cost = new Float64Array(objects.length * candidates.length);
  for (const [row, object] of objects.entries()) {
    const limit = gate(sets.reference.classIndex[object]!);
    for (const [column, candidate] of candidates.entries()) {
      cost[row * candidates.length + column] = costOf(sets, object, candidate, limit) ?? noPair;
    }
  }
  const columns = assignLeastCost(cost, objects.length, candidates.length);
  return objects.flatMap((reference, row) => {
    const column = columns[row]!;
    const isPair = column >= 0 && cost[row * candidates.length + column]! < noPair;
    return isPair ? [{ reference, candidate: candidates[column]! }] : [];
  });
}

/** From 0 for the same label to 1 at the gate; null beyond it. */
function costOf(sets: LabelSets, object: number, candidate: number, limit: number): number | null {
  if (sets.likeness === 'center') {
    const apart = groundDistance(sets, object, candidate);
    return apart <= limit ? apart / limit : null;
  }
  const overlap = overlapOf(sets, object, candidate);
  return overlap > 0 && overlap >= limit ? 1 - overlap : null;
}
