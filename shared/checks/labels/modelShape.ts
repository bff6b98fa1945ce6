/**
 * Labels that both sources have, but not alike. Apart means more than the spec tolerates and more than the two usually
 * lie apart in this scene: a second source has errors of its own. An object is judged once, by the median over its frames.
 */
import { groupedBy } from '../../base/groupedBy.ts';
import { boxLength } from '../../geometry/iou.ts';
import { wrapAngle } from '../../geometry/rotation.ts';
import type { Vec3 } from '../../model/pose.ts';
import { median } from '../../scoring/boxResiduals.ts';
import type { LabelPair } from '../../scoring/labelPairs.ts';
import { overlapOf } from '../../scoring/labelSets.ts';
import { motionLimits } from '../../scoring/motionLimits.ts';
import type { CheckSink } from '../contract.ts';
import { type CheckScene, hasShape, pointsOf } from '../scene.ts';
import { byObject, labelAt, otherEvidence } from './opinionLabels.ts';
import type { SecondOpinion } from './secondOpinion.ts';
import { rounded } from './shapeOf.ts';

const aspects = ['place', 'size', 'heading'] as const;
type Aspect = (typeof aspects)[number];
const codes: Readonly<Record<Aspect, string>> = { place: 'POS', size: 'DIM', heading: 'YAW' };

/** Metres and radians. */
type Apart = Readonly<Record<Aspect, number>>;

/** Where the spec has no tolerance for the class. */
const usualTolerance: Apart = { place: 0.3, size: 0.3, heading: (10 * Math.PI) / 180 };
/** Times the median distance of a class's pairs within which nearly all of them lie. */
const usualSpread = 3;
/** Pairs of a class that tell how far its labels usually lie apart; with fewer those of all classes do. */
const fewestPairs = 10;

export function measureShapes(scene: CheckScene, sink: CheckSink, opinion: SecondOpinion): void {
  if (opinion.sets.likeness === 'iou2d') measureBoxes(scene, sink, opinion);
  else measureCuboids(scene, sink, opinion);
}

function measureCuboids(scene: CheckScene, sink: CheckSink, opinion: SecondOpinion): void {
  const { sets, pairs, source, rowOf } = opinion;
  const judged = pairs.matched.filter(({ reference }) => hasShape(scene, rowOf(reference)));
  const apart = new Map(judged.map((pair) => [pair.reference, { pair, ...apartOf(opinion, pair) }] as const));
  const usual = usualApart(opinion, [...apart.values()]);
  for (const positions of byObject(
    opinion,
    [...apart.keys()].sort((a, b) => a - b),
    'reference',
  )) {
    const allowed = positions.map((position) => ({
      position,
      limits: tolerated(scene, opinion, position),
      spread: usual(sets.reference.classIndex[position]!),
    }));
    for (const aspect of aspects) {
      const ratios = allowed.map(({ position, limits, spread }) => {
        const most = Math.max(limits[aspect], usualSpread * spread[aspect]);
        return { position, ratio: apart.get(position)![aspect] / most };
      });
      const value = median(ratios.map(({ ratio }) => ratio));
      const told = ratios.reduce((a, b) => (Math.abs(b.ratio - value) < Math.abs(a.ratio - value) ? b : a));
      const { pair, [aspect]: amount } = apart.get(told.position)!;
      const isFlip = aspect === 'heading' && amount > flipRadians;
      sink.measure({
        ...labelAt(scene, opinion, told.position),
        ...{ value, limitKey: aspect, says: aspect, code: isFlip ? 'FLIP' : codes[aspect] },
        params: {
          source: source.name,
          amount: aspect === 'heading' ? Math.round((180 * amount) / Math.PI) : rounded(amount),
        },
        evidence: () => [otherEvidence(opinion, pair.candidate, 'other')],
      });
    }
  }
}

/** The reference's FLIP, hard. */
const flipRadians = (150 * Math.PI) / 180;

function apartOf({ sets }: SecondOpinion, { reference, candidate }: LabelPair): Apart {
  const a = sets.reference.numbers.subarray(boxLength * reference, boxLength * (reference + 1));
  const b = sets.candidate.numbers.subarray(boxLength * candidate, boxLength * (candidate + 1));
  const turn = Math.abs(wrapAngle(b[6]! - a[6]!));
  const className = sets.classes[sets.reference.classIndex[reference]!]!;
  const isSymmetric = motionLimits(className)?.kind === 'still';
  return {
    place: Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!),
    size: Math.max(...[3, 4, 5].map((axis) => Math.abs(b[axis]! - a[axis]!))),
    heading: isSymmetric ? Math.min(turn, Math.PI - turn) : turn,
  };
}

function usualApart(
  { sets }: SecondOpinion,
  apart: readonly (Apart & { readonly pair: LabelPair })[],
): (classIndex: number) => Apart {
  const middle = (of: readonly Apart[]): Apart => ({
    place: median(of.map(({ place }) => place)),
    size: median(of.map(({ size }) => size)),
    heading: median(of.map(({ heading }) => heading)),
  });
  const all = middle(apart);
  const byClass = groupedBy(apart, ({ pair }) => sets.reference.classIndex[pair.reference]!);
  const own = new Map(
    [...byClass].map(([index, of]) => [index, of.length < fewestPairs ? all : middle(of)] as const),
  );
  return (classIndex) => own.get(classIndex) ?? all;
}

function tolerated(scene: CheckScene, { sets, rowOf }: SecondOpinion, position: number): Apart {
  const [x, y, , length, width, height] = sets.reference.numbers.subarray(boxLength * position);
  const size: Vec3 = [length!, width!, height!];
  const className = sets.classes[sets.reference.classIndex[position]!]!;
  const points = pointsOf(scene, rowOf(position));
  const limits = scene.rules.tolerance(className, Math.hypot(x!, y!), size, points);
  if (!limits) return usualTolerance;
  return {
    ...{ place: limits.centerMeters, size: Math.max(...limits.sizeMeters), heading: limits.yawRadians },
  };
}

function measureBoxes(scene: CheckScene, sink: CheckSink, opinion: SecondOpinion): void {
  const { sets, pairs, source } = opinion;
  for (const { reference, candidate } of pairs.matched) {
    const overlap = overlapOf(sets, reference, candidate);
    sink.measure({
      ...labelAt(scene, opinion, reference),
      ...{ value: 1 - overlap, limitKey: 'box', says: 'box', code: 'BOX2D' },
      params: { source: source.name, percent: Math.round(100 * overlap) },
      evidence: () => [otherEvidence(opinion, candidate, 'other')],
    });
  }
}
