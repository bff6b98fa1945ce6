/** The labels of one scene beside another source's of the same frames, paired as the scores pair them. */
import { groupedBy } from '../../base/groupedBy.ts';
import type { LabelTable, OtherLabels } from '../../model/labels.ts';
import { type Gate, type LabelPair, type LabelPairs, pairLabels } from '../../scoring/labelPairs.ts';
import { statedScore } from '../../scoring/labelPrecision.ts';
import { type LabelSets, type Likeness, labelSets, overlapOf } from '../../scoring/labelSets.ts';
import { motionLimits } from '../../scoring/motionLimits.ts';
import type { CheckScene } from '../scene.ts';

export interface SecondOpinion {
  readonly source: OtherLabels;
  readonly sets: LabelSets;
  /** Here `missed` and `extra` are without those of confused pairs. */
  readonly pairs: LabelPairs;
  /** Row of the judged labels at a position of the reference. */
  readonly rowOf: (position: number) => number;
  /** Row of the source's labels at a position of the candidate. */
  readonly otherRowOf: (position: number) => number;
  /** By position of the candidate: how sure its maker says to be; null where nothing is said. */
  readonly stated: readonly (number | null)[];
}

/** Metres between centres (the reference's matching for audits), and a share of the union for boxes in pictures. */
const gates = { vulnerable: 1, other: 2, picture: 0.5 } as const;

/** Every source but earlier versions of the same labels, that has labels of the kind in this scene. */
export function secondOpinions(scene: CheckScene): SecondOpinion[] {
  return scene.index.others.flatMap((source) => {
    if (source.kind === 'earlier') return [];
    return (['center', 'iou2d'] as const).flatMap((likeness) => opinionOf(scene, source, likeness) ?? []);
  });
}

function opinionOf(scene: CheckScene, source: OtherLabels, likeness: Likeness): SecondOpinion | null {
  const kind = likeness === 'iou2d' ? 'boxes2d' : 'cuboids';
  const own = partOf(scene, scene.index.labels);
  const other = partOf(scene, source.labels);
  if (other.table[kind].count === 0) return null;
  const isTaken = (name: string): boolean =>
    scene.rules.isObject(name) && (scene.rules.takesUnlisted || scene.rules.classOf(name).isListed);
  const sets = labelSets(own.table, other.table, likeness, isTaken);
  const limits = sets.classes.map((name) => {
    const moves = motionLimits(name)?.kind;
    return moves === 'pedestrian' || moves === 'cycle' ? gates.vulnerable : gates.other;
  });
  const gate: Gate = (classIndex) => (likeness === 'iou2d' ? gates.picture : limits[classIndex]!);
  const { attributes } = other.table[kind];
  const pairs = withOverlapping(scene, sets, pairLabels(sets, gate));
  return {
    ...{ source, sets, pairs },
    rowOf: (position) => own.from[kind] + sets.reference.rows[position]!,
    otherRowOf: (position) => other.from[kind] + sets.candidate.rows[position]!,
    stated: Array.from(sets.candidate.rows, (row) =>
      statedScore(other.table.attributeSets[attributes[row]!]!),
    ),
  };
}

/** Labels of a class that share so much of their union are one object, however far their centres lie apart. */
const leastOverlap = 0.1;

/**
 * Long things whose ends were guessed, and boxes of one object drawn differently, stand too far apart for the gate:
 * they are no object missed beside another invented. Frames that nobody labelled leave nothing missed nor extra.
 */
function withOverlapping(scene: CheckScene, sets: LabelSets, pairs: LabelPairs): LabelPairs {
  const isLabelled = (frame: number): boolean => !scene.frames[frame - scene.scene.frameStart]?.isBetween;
  const extra = new Set(pairs.extra.filter((at) => isLabelled(sets.candidate.frame[at]!)));
  const missed = new Set(pairs.missed);
  for (const { reference, candidate } of pairs.confused) {
    missed.delete(reference);
    extra.delete(candidate);
  }
  const byPlace = groupedBy(extra, (at) => sets.candidate.place[at]!);
  const overlapping: LabelPair[] = [];
  for (const reference of [...missed]) {
    let best: { candidate: number; overlap: number } | null = null;
    for (const candidate of byPlace.get(sets.reference.place[reference]!) ?? []) {
      const isSame = sets.candidate.classIndex[candidate] === sets.reference.classIndex[reference];
      if (!isSame || !extra.has(candidate)) continue;
      const overlap = overlapOf(sets, reference, candidate);
      if (overlap >= leastOverlap && overlap > (best?.overlap ?? 0)) best = { candidate, overlap };
    }
    if (!best) continue;
    overlapping.push({ reference, candidate: best.candidate });
    missed.delete(reference);
    extra.delete(best.candidate);
  }
  return { ...pairs, matched: [...pairs.matched, ...overlapping], missed: [...missed], extra: [...extra] };
}

interface Part {
  readonly table: LabelTable;
  /** First row of the scene in the whole table. */
  readonly from: { readonly cuboids: number; readonly boxes2d: number };
}

/** The rows of one scene as a table of their own, classes in the spec's words; nothing is copied. */
function partOf({ scene, rules }: CheckScene, labels: LabelTable): Part {
  const { cuboids, boxes2d } = labels;
  const [first, end] = [scene.frameStart, scene.frameStart + scene.frameCount];
  const [a, b] = [cuboids.frameStart[first]!, cuboids.frameStart[end]!];
  const [c, d] = [boxes2d.frameStart[first]!, boxes2d.frameStart[end]!];
  const table: LabelTable = {
    ...labels,
    classes: labels.classes.map((name) => rules.classOf(name).name),
    cuboids: {
      ...cuboids,
      count: b - a,
      frame: cuboids.frame.subarray(a, b),
      classIndex: cuboids.classIndex.subarray(a, b),
      track: cuboids.track.subarray(a, b),
      center: cuboids.center.subarray(3 * a, 3 * b),
      size: cuboids.size.subarray(3 * a, 3 * b),
      rotation: cuboids.rotation.subarray(4 * a, 4 * b),
      attributes: cuboids.attributes.subarray(a, b),
      flags: cuboids.flags.subarray(a, b),
    },
    boxes2d: {
      ...boxes2d,
      count: d - c,
      frame: boxes2d.frame.subarray(c, d),
      camera: boxes2d.camera.subarray(c, d),
      classIndex: boxes2d.classIndex.subarray(c, d),
      track: boxes2d.track.subarray(c, d),
      ltrb: boxes2d.ltrb.subarray(4 * c, 4 * d),
      attributes: boxes2d.attributes.subarray(c, d),
    },
  };
  return { table, from: { cuboids: a, boxes2d: c } };
}
