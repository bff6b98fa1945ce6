/** Scores of one set of labels against another: what was found and missed, and how far what was found is off. */
import { boxLength } from '../geometry/iou.ts';
import { wrapAngle } from '../geometry/rotation.ts';
import { type Gate, type LabelPair, type LabelPairs, pairLabels } from './labelPairs.ts';
import { groundDistance, type LabelSets, overlapOf } from './labelSets.ts';
import { type TrackCounts, type TrackScores, trackCounts, trackScoresOf } from './trackScores.ts';

export interface FoundScores {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  /** Null where there is nothing to divide by. */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  /** Means over the pairs; null without any. */
  readonly meanIou: number | null;
  /** Metres between centres on the ground, as nuScenes has it. Null for 2D boxes, as the next two. */
  readonly ate: number | null;
  /** 1 - share of the union once centres and headings agree. */
  readonly ase: number | null;
  /** Radians, in [0, pi]; in [0, pi / 2] for classes that look the same from both ends. */
  readonly aoe: number | null;
  /** Candidate less reference along the reference's own axes: metres and radians, mean and mean of the size. */
  readonly errors: BoxErrors | null;
}

const axes = ['along', 'across', 'up', 'length', 'width', 'height', 'yaw'] as const;
export type BoxErrors = Readonly<
  Record<(typeof axes)[number], { readonly mean: number; readonly size: number }>
>;

/** `ap` where every candidate of the class carries a score; overall it is the mean over those classes. */
export type ClassScores = FoundScores & Partial<TrackScores> & { readonly ap?: number };

export interface Confusion {
  readonly reference: string;
  readonly candidate: string;
  readonly n: number;
}

export interface LabelScores {
  readonly overall: ClassScores;
  readonly byClass: Readonly<Record<string, ClassScores>>;
  /** Most frequent first. */
  readonly confusions: readonly Confusion[];
}

export interface ScoreOptions {
  readonly gate: Gate;
  /** Average precision by class index, where candidates carry scores. */
  readonly precision: ReadonlyMap<number, number>;
  readonly sceneOf: (frame: number) => number;
  /** Classes whose heading and its opposite are the same. */
  readonly isSymmetric: (className: string) => boolean;
}

export function scoreLabels(sets: LabelSets, options: ScoreOptions): LabelScores {
  const { gate, precision, sceneOf, isSymmetric } = options;
  const pairs = pairLabels(sets, gate);
  const tracks = trackCounts(sets, sceneOf, gate);
  const symmetric = sets.classes.map(isSymmetric);
  const names = sets.classes.map((name, index) => ({ name, index }));
  const present = names.filter(({ index }) => isPresent(sets, index));
  const scores = (part: LabelPairs, counts: readonly TrackCounts[], ap: readonly number[]): ClassScores => ({
    ...foundScores(sets, part, symmetric),
    ...trackScoresOf(counts),
    ...(ap.length === 0 ? {} : { ap: ap.reduce((sum, value) => sum + value, 0) / ap.length }),
  });
  return {
    overall: scores(pairs, tracks, [...precision.values()]),
    byClass: Object.fromEntries(
      present.map(({ name, index }) => [
        name,
        scores(
          ofClass(sets, pairs, index),
          tracks.filter(({ classIndex }) => classIndex === index),
          precision.has(index) ? [precision.get(index)!] : [],
        ),
      ]),
    ),
    confusions: confusionsOf(sets, pairs.confused),
  };
}

function isPresent({ reference, candidate }: LabelSets, index: number): boolean {
  return reference.classIndex.includes(index) || candidate.classIndex.includes(index);
}

function ofClass({ reference, candidate }: LabelSets, pairs: LabelPairs, index: number): LabelPairs {
  return {
    matched: pairs.matched.filter((pair) => reference.classIndex[pair.reference] === index),
    confused: [],
    missed: pairs.missed.filter((at) => reference.classIndex[at] === index),
    extra: pairs.extra.filter((at) => candidate.classIndex[at] === index),
  };
}

function foundScores(sets: LabelSets, pairs: LabelPairs, symmetric: readonly boolean[]): FoundScores {
  const [tp, fp, fn] = [pairs.matched.length, pairs.extra.length, pairs.missed.length];
  const share = (part: number, of: number): number | null => (of === 0 ? null : part / of);
  const isPlane = sets.likeness === 'iou2d';
  const mean = (of: (pair: LabelPair) => number): number | null =>
    tp === 0 ? null : pairs.matched.reduce((sum, pair) => sum + of(pair), 0) / tp;
  return {
    tp,
    fp,
    fn,
    precision: share(tp, tp + fp),
    recall: share(tp, tp + fn),
    f1: share(2 * tp, 2 * tp + fp + fn),
    meanIou: mean((pair) => overlapOf(sets, pair.reference, pair.candidate)),
    ate: isPlane ? null : mean((pair) => groundDistance(sets, pair.reference, pair.candidate)),
    ase: isPlane ? null : mean((pair) => scaleError(sets, pair)),
    aoe: isPlane ? null : mean((pair) => Math.abs(turnOf(sets, pair, symmetric))),
    errors: isPlane || tp === 0 ? null : boxErrors(sets, pairs.matched, symmetric),
  };
}

function scaleError({ reference, candidate }: LabelSets, pair: LabelPair): number {
  let [shared, a, b] = [1, 1, 1];
  for (let axis = 3; axis < 6; axis++) {
    const [one, other] = [
      reference.numbers[boxLength * pair.reference + axis]!,
      candidate.numbers[boxLength * pair.candidate + axis]!,
    ];
    shared *= Math.min(one, other);
    a *= one;
    b *= other;
  }
  return 1 - shared / (a + b - shared);
}

/** Candidate less reference, the short way; for symmetric classes the shorter of the two ends'. */
function turnOf({ reference, candidate }: LabelSets, pair: LabelPair, symmetric: readonly boolean[]): number {
  const turn = wrapAngle(
    candidate.numbers[boxLength * pair.candidate + 6]! - reference.numbers[boxLength * pair.reference + 6]!,
  );
  const isEither = symmetric[reference.classIndex[pair.reference]!]!;
  return isEither && Math.abs(turn) > Math.PI / 2 ? turn - Math.sign(turn) * Math.PI : turn;
}

function boxErrors(sets: LabelSets, pairs: readonly LabelPair[], symmetric: readonly boolean[]): BoxErrors {
  const sums = axes.map(() => ({ mean: 0, size: 0 }));
  for (const pair of pairs) {
    const error = errorsOf(sets, pair, symmetric);
    for (const [at, value] of error.entries()) {
      sums[at]!.mean += value / pairs.length;
      sums[at]!.size += Math.abs(value) / pairs.length;
    }
  }
  return Object.fromEntries(axes.map((axis, at) => [axis, sums[at]!])) as BoxErrors;
}

/** In the order of `axes`. */
function errorsOf(sets: LabelSets, pair: LabelPair, symmetric: readonly boolean[]): number[] {
  const a = sets.reference.numbers.subarray(boxLength * pair.reference, boxLength * (pair.reference + 1));
  const b = sets.candidate.numbers.subarray(boxLength * pair.candidate, boxLength * (pair.candidate + 1));
  const [dx, dy] = [b[0]! - a[0]!, b[1]! - a[1]!];
  const [cos, sin] = [Math.cos(a[6]!), Math.sin(a[6]!)];
  const sizes = [3, 4, 5].map((axis) => b[axis]! - a[axis]!);
  return [dx * cos + dy * sin, dy * cos - dx * sin, b[2]! - a[2]!, ...sizes, turnOf(sets, pair, symmetric)];
}

function confusionsOf(
  { classes, reference, candidate }: LabelSets,
  pairs: readonly LabelPair[],
): Confusion[] {
  const counts = new Map<string, Confusion>();
  for (const pair of pairs) {
    const of = {
      reference: classes[reference.classIndex[pair.reference]!]!,
      candidate: classes[candidate.classIndex[pair.candidate]!]!,
    };
    const key = JSON.stringify(of);
    counts.set(key, { ...of, n: (counts.get(key)?.n ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.n - a.n || (a.reference < b.reference ? -1 : 1));
}
