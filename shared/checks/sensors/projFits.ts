/**
 * PROJ, of objects with both labels: how well outline and box fit, and which of the two is off where they do not.
 * Objects that are hidden or cut are compared where this delivery draws their boxes round the whole object; where it
 * draws what is visible, the box must at least lie within the outline.
 */
import { groupedBy } from '../../base/groupedBy.ts';
import { iouOfRectangles, type Ltrb } from '../../geometry/polygon.ts';
import type { CheckSink, LimitPair } from '../contract.ts';
import type { Evidence } from '../evidence.ts';
import { type CheckScene, hasShape } from '../scene.ts';
import { type CameraView, cameraViews } from './cameraViews.ts';
import {
  isWholeDrawn,
  overlapAsDrawn,
  type Practice,
  practiceAround,
  practiceOf,
  shareWithin,
} from './fitToBox.ts';
import { type OtherTimes, otherTimes } from './otherTimes.ts';
import { type FitPair, fitPairs } from './shownObjects.ts';
import { sideOff } from './sideOff.ts';

/** A box belongs to another cuboid where that fits so well, and its own by so much worse. */
const linkOverlap = 0.65;
const linkGain = 0.35;
/** Frames on either side that say how the boxes of one object lie, and the fewest that do. */
const around = 4;
const leastAround = 4;
/** What is hidden or cut is compared less surely. */
const partialTrust = 0.7;

/** What all pairs of a scene are judged by. */
interface Measure {
  readonly scene: CheckScene;
  /** Limits of the overlap in force. */
  readonly all: LimitPair;
  readonly practice: ReadonlyMap<string, Practice>;
  /** Boxes are drawn round whole objects, though part of them is hidden or cut. */
  readonly isWholeDrawn: boolean;
  readonly times: OtherTimes;
  readonly sink: CheckSink;
}

/** `all`: limits of the overlap in force. */
export function measureFits(scene: CheckScene, all: LimitPair, sink: CheckSink): void {
  const pairs = cameraViews(scene).flatMap((view) => fitPairs(scene, view));
  const measure: Measure = {
    ...{ scene, all, sink, times: otherTimes(scene) },
    practice: practiceOf(pairs.filter(({ isWhole }) => isWhole)),
    isWholeDrawn: isWholeDrawn(pairs.filter(({ isWhole }) => !isWhole)),
  };
  for (const [, own] of groupedBy(pairs, ({ object, view }) => `${view.camera} ${object}`)) {
    for (const pair of own) {
      if (measureLink(measure, pair)) continue;
      if (pair.isWhole) measureWhole(measure, own, pair);
      else measurePartial(measure, own, pair);
    }
  }
}

/** Whether the box belongs to another cuboid, which is then what is told. */
function measureLink(measure: Measure, pair: FitPair): boolean {
  const { view, ltrb, outline, row, box } = pair;
  const overlap = iouOfRectangles(outline, ltrb);
  if (overlap > 1 - linkGain) return false;
  const rival = rivalOf(measure, pair);
  if (!rival || rival.overlap < linkOverlap || rival.overlap < overlap + linkGain) return false;
  measure.sink.measure({
    ...{ frame: view.frame, row, box2d: box, camera: view.camera, value: overlap, limits: measure.all },
    ...{ says: 'link', code: 'LINK' },
    params: { overlap: percent(overlap), other: percent(rival.overlap) },
    evidence: () => rectangles(view, ltrb, rival.outline),
  });
  return true;
}

/** The cuboid of the picture, other than its own, that fits a box best. */
function rivalOf(
  { scene, practice }: Measure,
  { view, ltrb, row: own, className }: FitPair,
): { readonly outline: Ltrb; readonly overlap: number } | null {
  const drawn = drawnOf(practice, className);
  let best: { outline: Ltrb; overlap: number } | null = null;
  for (const [row, { clipped }] of view.hulls) {
    if (row === own || !scene.isJudged(row)) continue;
    const overlap = overlapAsDrawn(clipped, ltrb, drawn);
    if (!best || overlap > best.overlap) best = { outline: clipped, overlap };
  }
  return best;
}

function measureWhole(measure: Measure, own: readonly FitPair[], pair: FitPair): void {
  const { view, ltrb, outline } = pair;
  const drawn = drawnOf(measure.practice, pair.className);
  const overlap = Math.max(overlapWith(measure, pair, drawn), iouOfRectangles(outline, ltrb));
  const near = own.filter(
    (one) => one !== pair && one.isWhole && Math.abs(one.view.frame - view.frame) <= around,
  );
  const told = toldOf(measure, pair, near);
  measure.sink.measure({ ...told, value: overlap, params: { overlap: percent(overlap) } });
  const { soft } = measure.all;
  if (near.length < leastAround || (soft !== null && overlap < soft)) return;
  const value = overlapWith(measure, pair, practiceAround(near, drawn));
  measure.sink.measure({ ...told, value, limitKey: 'steady', params: { overlap: percent(value) } });
}

function measurePartial(measure: Measure, own: readonly FitPair[], pair: FitPair): void {
  const near = own.filter((one) => one !== pair && Math.abs(one.view.frame - pair.view.frame) <= around);
  const told = { ...toldOf(measure, pair, near), trust: partialTrust };
  if (measure.isWholeDrawn) {
    const drawn = drawnOf(measure.practice, pair.className);
    const value = Math.max(overlapWith(measure, pair, drawn), iouOfRectangles(pair.held, pair.ltrb));
    measure.sink.measure({ ...told, value, params: { overlap: percent(value) } });
    return;
  }
  const value = shareWithin(pair.outline, pair.ltrb);
  measure.sink.measure({
    ...told,
    value,
    limitKey: 'within',
    says: 'outside',
    params: { overlap: percent(value) },
  });
}

/** With the outline as it stands, or where it may have been when the picture was taken. */
function overlapWith(
  { all, times }: Measure,
  { view, row, outline, ltrb }: FitPair,
  drawn: Practice,
): number {
  const now = overlapAsDrawn(outline, ltrb, drawn);
  if (all.soft === null || now >= all.soft) return now;
  const moved = times.outlinesOf(view, row).map((shape) => overlapAsDrawn(shape, ltrb, drawn));
  return Math.max(now, ...moved);
}

function toldOf({ scene }: Measure, pair: FitPair, near: readonly FitPair[]) {
  const { view, row, box, ltrb, outline } = pair;
  return {
    ...{ frame: view.frame, row, box2d: box, camera: view.camera },
    ...sideOff(scene, pair, near),
    evidence: () => rectangles(view, ltrb, outline),
    trust: hasShape(scene, row) ? 1 : 0.5,
  };
}

function drawnOf(practice: ReadonlyMap<string, Practice>, className: string): Practice {
  return practice.get(className) ?? practice.get('')!;
}

function rectangles({ camera }: CameraView, box: Ltrb, outline: Ltrb): Evidence[] {
  const one = (role: 'other' | 'expected', [left, top, right, bottom]: Ltrb): Evidence => ({
    ...{ kind: 'rectangle', role, camera },
    ltrb: [left, top, right, bottom],
  });
  return [one('other', box), one('expected', outline)];
}

function percent(share: number): number {
  return Math.round(100 * share);
}
