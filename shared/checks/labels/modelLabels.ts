/** Judged labels that a second source does not confirm: it sees nothing there, or something else. */
import { groupedBy } from '../../base/groupedBy.ts';
import { boxLength } from '../../geometry/iou.ts';
import type { CheckSink } from '../contract.ts';
import { type CheckScene, hasShape } from '../scene.ts';
import { recallOf } from './confidence.ts';
import { byObject, labelAt, opinionRange, otherEvidence } from './opinionLabels.ts';
import type { SecondOpinion } from './secondOpinion.ts';
import { rounded } from './shapeOf.ts';
import { urgencyOf } from './urgency.ts';

/** One measurement an object: the share of its labels that the source misses, by how rarely it misses such labels. */
export function measureGhosts(
  scene: CheckScene,
  sink: CheckSink,
  opinion: SecondOpinion,
  heading: number | null,
): void {
  const { sets, pairs, source, rowOf } = opinion;
  const is3d = sets.likeness !== 'iou2d';
  const recall = recallOf(opinion, (position) => opinionRange(opinion, 'reference', position));
  const missed = new Set(pairs.missed);
  const judged = [...sets.reference.rows.keys()].filter(
    (position) => !is3d || (scene.isJudged(rowOf(position)) && hasShape(scene, rowOf(position))),
  );
  for (const positions of byObject(opinion, judged, 'reference')) {
    const unseen = positions.filter((position) => missed.has(position));
    const worst = unseen.reduce((a, b) => (recall(b) > recall(a) ? b : a), unseen[0] ?? positions[0]!);
    const share = unseen.length / positions.length;
    const className = sets.classes[sets.reference.classIndex[worst]!]!;
    const [x, y] = sets.reference.numbers.subarray(boxLength * worst);
    sink.measure({
      ...labelAt(scene, opinion, worst),
      ...{ value: share * recall(worst), limitKey: 'ghost', says: 'ghost', code: 'GHOST' },
      trust: is3d ? urgencyOf(x!, y!, className, heading) : 1,
      params: {
        ...{ source: source.name, percent: Math.round(100 * recall(worst)) },
        ...{ frames: unseen.length, meters: rounded(opinionRange(opinion, 'reference', worst)) },
      },
    });
  }
}

/** One measurement an object and class that the source gives it, over all frames in which it sees the object. */
export function measureClasses(
  scene: CheckScene,
  sink: CheckSink,
  opinion: SecondOpinion,
  belief: Float64Array,
): void {
  const { sets, pairs, source } = opinion;
  const partner = new Map(
    [...pairs.matched, ...pairs.confused].map(({ reference, candidate }) => [reference, candidate] as const),
  );
  const seen = [...partner.keys()].sort((a, b) => a - b);
  for (const positions of byObject(opinion, seen, 'reference')) {
    const classOf = (position: number): number => sets.candidate.classIndex[partner.get(position)!]!;
    for (const [classIndex, as] of groupedBy(positions, classOf)) {
      if (classIndex === sets.reference.classIndex[as[0]!]) continue;
      const believed = as.reduce(
        (sum, position) => sum + statedBelief(opinion, belief, partner.get(position)!),
        0,
      );
      const best = as.reduce((a, b) => (belief[partner.get(b)!]! > belief[partner.get(a)!]! ? b : a));
      const value = believed / positions.length;
      sink.measure({
        ...labelAt(scene, opinion, best),
        ...{ value, limitKey: 'otherClass', says: 'otherClass', code: 'CLS' },
        params: {
          ...{ source: source.name, otherClass: sets.classes[classIndex]! },
          ...{ frames: as.length, percent: Math.round(100 * value) },
        },
        evidence: () => [otherEvidence(opinion, partner.get(best)!, 'other')],
      });
    }
  }
}

/** Agreement says little of candidates whose very class is in question: the maker's own word counts as well. */
function statedBelief({ stated }: SecondOpinion, belief: Float64Array, candidate: number): number {
  return Math.max(belief[candidate]!, Math.min(1, stated[candidate] ?? 0));
}
