/** Average precision of candidates that carry a score, as the nuScenes detection benchmark takes it. */
import { boxLength } from '../geometry/iou.ts';
import type { AttributeSet, LabelTable } from '../model/labels.ts';
import { averagePrecision, type PlacedObject, type ScoredObject } from './averagePrecision.ts';
import type { LabelSet, LabelSets } from './labelSets.ts';

/** Metres at which a candidate still counts as found; the result is the mean over them. */
const distances = [0.5, 1, 2, 4] as const;
const usualCut = { minRecall: 0.1, minPrecision: 0.1 } as const;

/** Names under which tools write how sure they are of a label. */
const scoreNames = ['score', 'confidence', 'detection_score', 'probability'] as const;

/**
 * By class index; empty where labels are paired in pictures. A class is left out where a candidate of it has no
 * score, since an order in which some have no place says nothing.
 */
export function precisionByClass(sets: LabelSets, candidate: LabelTable): ReadonlyMap<number, number> {
  const byClass = new Map<number, number>();
  if (sets.likeness === 'iou2d') return byClass;
  const scores = Array.from(sets.candidate.rows, (row) =>
    statedScore(candidate.attributeSets[candidate.cuboids.attributes[row]!]!),
  );
  const reference = byPlace(sets.reference, (at) => placed(sets, sets.reference, at));
  const scored = byPlace(sets.candidate, (at) => ({
    ...placed(sets, sets.candidate, at),
    score: scores[at] ?? 0,
  }));
  for (const classIndex of new Set(sets.candidate.classIndex)) {
    const isScored = scores.every(
      (score, at) => score !== null || sets.candidate.classIndex[at] !== classIndex,
    );
    if (isScored) byClass.set(classIndex, meanPrecision(reference, scored, sets.classes[classIndex]!));
  }
  return byClass;
}

function meanPrecision(
  reference: Record<string, PlacedObject[]>,
  candidate: Record<string, ScoredObject[]>,
  className: string,
): number {
  const each = distances.map((distance) =>
    averagePrecision(reference, candidate, { class: className, distance, ...usualCut }),
  );
  return each.reduce((sum, value) => sum + value, 0) / each.length;
}

/** What the label's attributes say of how sure its maker is; null where they say nothing. */
export function statedScore(attributes: AttributeSet): number | null {
  for (const name of scoreNames) {
    const value = attributes[name];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
  }
  return null;
}

function placed({ classes }: LabelSets, set: LabelSet, at: number): PlacedObject {
  const [x, y] = [set.numbers[boxLength * at]!, set.numbers[boxLength * at + 1]!];
  return { center: [x, y], class: classes[set.classIndex[at]!]! };
}

function byPlace<Made>(set: LabelSet, make: (at: number) => Made): Record<string, Made[]> {
  const made: Record<string, Made[]> = {};
  for (const [at, place] of set.place.entries()) {
    made[place] ??= [];
    made[place].push(make(at));
  }
  return made;
}
