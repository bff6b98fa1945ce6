/** PROJ, of objects with both labels: how well outline and box fit, and which of the two is off where they do not. */
import { groupedBy } from '../../base/groupedBy.ts';
import { iouOfRectangles, type Ltrb } from '../../geometry/polygon.ts';
import type { CheckSink, LimitPair } from '../contract.ts';
import type { Evidence } from '../evidence.ts';
import { type CheckScene, hasShape } from '../scene.ts';
import { type CameraView, cameraViews, partnerRow } from './cameraViews.ts';
import { insetsOf, medianInsets, type Practice, practiceOf, withInsets } from './fitToBox.ts';
import { type OtherTimes, otherTimes } from './otherTimes.ts';
import { boxOf, type FitPair, isWholeBox, isWholeCuboid, wholePairs } from './shownObjects.ts';
import { sideOff } from './sideOff.ts';

/** A box belongs to another cuboid where that fits so well, and its own by so much worse. */
const linkOverlap = 0.65;
const linkGain = 0.35;
/** Overlaps this many deviations below what is usual in the delivery are odd there, but never above `tightest`. */
const mostDeviations = 10;
const tightest = 0.75;
/** Frames on either side that say how the boxes of one object lie, and the fewest that do. */
const around = 4;
const leastAround = 4;

/** `all`: limits of the overlap in force. */
export function measureFits(scene: CheckScene, all: LimitPair, sink: CheckSink): void {
  const views = cameraViews(scene);
  const pairs = views.flatMap((view) => wholePairs(scene, view));
  const practice = practiceOf(pairs.map((pair) => ({ ...pair, box: pair.ltrb })));
  const times = otherTimes(scene);
  for (const [, of] of groupedBy(pairs, ({ object, view }) => `${view.camera} ${object}`)) {
    for (const [at, pair] of of.entries()) measurePair(scene, all, practice, times, of, at, pair, sink);
  }
  for (const view of views) measureLinks(scene, all, view, practice, sink);
}

function measurePair(
  scene: CheckScene,
  all: LimitPair,
  practice: ReadonlyMap<string, Practice>,
  times: OtherTimes,
  own: readonly FitPair[],
  at: number,
  pair: FitPair,
  sink: CheckSink,
): void {
  const { view, ltrb, outline, row, box } = pair;
  const drawn = practice.get(pair.className) ?? practice.get('')!;
  const limits = limitsOf(all, drawn);
  const overlapWith = (insets: Parameters<typeof withInsets>[1]) => {
    const now = iouOfRectangles(withInsets(outline, insets), ltrb);
    if (limits.soft === null || now >= limits.soft) return now;
    const moved = times
      .outlinesOf(view, row)
      .map((shape) => iouOfRectangles(withInsets(shape, insets), ltrb));
    return Math.max(now, ...moved);
  };
  const near = own.filter(
    (_, other) => other !== at && Math.abs(own[other]!.view.frame - view.frame) <= around,
  );
  const overlap = Math.max(overlapWith(drawn.insets), iouOfRectangles(outline, ltrb));
  const rival = rivalOf(scene, view, drawn, ltrb, row);
  const isSwapped = rival !== null && rival.overlap >= linkOverlap && rival.overlap >= overlap + linkGain;
  const common = { frame: view.frame, row, box2d: box, camera: view.camera };
  const evidence = (): Evidence[] => rectangles(view, ltrb, isSwapped ? rival.outline : outline);
  if (isSwapped) {
    const params = { overlap: percent(overlap), other: percent(rival.overlap) };
    sink.measure({ ...common, value: overlap, limits: all, says: 'link', code: 'LINK', params, evidence });
    return;
  }
  const steady =
    near.length < leastAround ? null : medianInsets(near.map((one) => insetsOf(one.outline, one.ltrb)));
  const off = sideOff(scene, pair, near);
  const told = { ...common, says: off.says, code: off.code, evidence, trust: hasShape(scene, row) ? 1 : 0.5 };
  sink.measure({ ...told, value: overlap, limits, params: { overlap: percent(overlap) } });
  if (!steady || (limits.soft !== null && overlap < limits.soft)) return;
  const value = overlapWith(steady);
  sink.measure({ ...told, value, limitKey: 'steady', params: { overlap: percent(value) } });
}

/** Where boxes of a delivery fit closely, a box that is only half as good is odd there. */
function limitsOf(all: LimitPair, { overlap }: Practice): LimitPair {
  if (!overlap || all.soft === null) return all;
  const usual = Math.min(tightest, overlap.median - mostDeviations * overlap.mad);
  return { soft: Math.max(all.soft, usual), hard: all.hard };
}

/** The cuboid of the picture, other than its own, that fits a box best. */
function rivalOf(
  scene: CheckScene,
  view: CameraView,
  { insets }: Practice,
  ltrb: Ltrb,
  own: number,
): { readonly outline: Ltrb; readonly overlap: number } | null {
  let best: { outline: Ltrb; overlap: number } | null = null;
  for (const [row, { clipped }] of view.hulls) {
    if (row === own || !scene.isJudged(row)) continue;
    const overlap = iouOfRectangles(withInsets(clipped, insets), ltrb);
    if (!best || overlap > best.overlap) best = { outline: clipped, overlap };
  }
  return best;
}

/** Boxes whose cuboid the picture does not show where they are, or hardly: hidden ones are asked as well. */
function measureLinks(
  scene: CheckScene,
  limits: LimitPair,
  view: CameraView,
  practice: ReadonlyMap<string, Practice>,
  sink: CheckSink,
): void {
  const { classes, cuboids } = scene.index.labels;
  for (const box of view.boxes) {
    const row = partnerRow(scene, box);
    if (row < 0 || !scene.isJudged(row)) continue;
    const hull = view.hulls.get(row)?.clipped ?? null;
    if (hull && isWholeBox(scene, view, box) && isWholeCuboid(scene, view, row)) continue;
    const ltrb = boxOf(scene, box);
    const drawn = practice.get(classes[cuboids.classIndex[row]!]!) ?? practice.get('')!;
    const overlap = hull ? iouOfRectangles(hull, ltrb) : 0;
    const rival = rivalOf(scene, view, drawn, ltrb, row);
    const common = { frame: view.frame, row, box2d: box, camera: view.camera, value: overlap, code: 'LINK' };
    if (rival && rival.overlap >= linkOverlap && overlap < rival.overlap - linkGain) {
      const params = { overlap: percent(overlap), other: percent(rival.overlap) };
      const evidence = (): Evidence[] => rectangles(view, ltrb, rival.outline);
      sink.measure({ ...common, limits, says: 'link', params, evidence });
    } else if (overlap === 0 && isWholeBox(scene, view, box)) {
      const evidence = (): Evidence[] => rectangles(view, ltrb, hull);
      sink.measure({ ...common, limits, says: 'elsewhere', evidence });
    }
  }
}

function rectangles({ camera }: CameraView, box: Ltrb, outline: Ltrb | null): Evidence[] {
  const one = (role: 'other' | 'expected', [left, top, right, bottom]: Ltrb): Evidence => ({
    ...{ kind: 'rectangle', role, camera },
    ltrb: [left, top, right, bottom],
  });
  return [one('other', box), ...(outline ? [one('expected', outline)] : [])];
}

function percent(share: number): number {
  return Math.round(100 * share);
}
