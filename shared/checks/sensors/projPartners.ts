/**
 * PROJ, of objects with one label only: a 2D box without a cuboid, a cuboid in view without a 2D box. Only where nearly
 * all others of that camera have both, so that the delivery's own practice says that something is missing.
 */
import { groupedBy } from '../../base/groupedBy.ts';
import { iouOfRectangles } from '../../geometry/polygon.ts';
import type { CheckSink, Measured } from '../contract.ts';
import { type CheckScene, pointsOf } from '../scene.ts';
import { type CameraView, cameraViews, partnerRow } from './cameraViews.ts';
import { boxOf, isWholeBox, isWholeCuboid } from './shownObjects.ts';

/** So many of a camera's objects must have both labels, and so many there must be. */
const practiceShare = 0.95;
const leastObjects = 20;
/** A cuboid that fits a lone box so well is its partner without a link. */
const partnerOverlap = 0.6;
/** Fewer points do not make sure that there is something to see. */
const leastPoints = 10;

interface Subject extends Measured {
  readonly camera: number;
  readonly group: string;
}

export function measurePartners(scene: CheckScene, sink: CheckSink): void {
  const views = cameraViews(scene).filter(({ boxes }) => boxes.length > 0);
  measureUsual(
    views.flatMap((view) => loneBoxes(scene, view)),
    sink,
  );
  measureUsual(
    views.flatMap((view) => loneCuboids(scene, view)),
    sink,
  );
}

/** Where a group mostly has both labels each of its objects is measured; elsewhere nothing is said. */
function measureUsual(subjects: readonly Subject[], sink: CheckSink): void {
  for (const [, of] of groupedBy(subjects, ({ camera, group }) => `${camera} ${group}`)) {
    const complete = of.filter(({ value }) => value === 1).length;
    if (of.length < leastObjects || complete < practiceShare * of.length) continue;
    for (const { group: _, ...measured } of of) sink.measure(measured);
  }
}

function loneBoxes(scene: CheckScene, view: CameraView): Subject[] {
  const { track } = scene.index.labels.boxes2d;
  return view.boxes.flatMap((box): Subject[] => {
    if (!isWholeBox(scene, view, box)) return [];
    const { frame, camera } = view;
    const common = { frame, camera, box2d: box, track: track[box]!, limitKey: 'absent', group: 'box' };
    const row = partnerRow(scene, box);
    if (row >= 0 && view.hulls.has(row)) return [{ ...common, value: 1 }];
    const ltrb = boxOf(scene, box);
    const fits = [...view.hulls.values()].some(
      ({ clipped }) => iouOfRectangles(clipped, ltrb) >= partnerOverlap,
    );
    const [left, top, right, bottom] = ltrb;
    return [
      {
        ...{ ...common, ...(row >= 0 ? { row } : {}), value: 0 },
        ...saidOf(row >= 0, fits),
        evidence: () => [{ kind: 'rectangle', role: 'other', camera, ltrb: [left, top, right, bottom] }],
      },
    ];
  });
}

/** What is wrong with a box whose cuboid the picture does not show, or that has none. */
function saidOf(isLinked: boolean, fits: boolean): Pick<Measured, 'code' | 'says'> {
  if (isLinked) return { code: 'LINK', says: 'elsewhere' };
  return fits ? { code: 'LINK', says: 'unlinked' } : { code: 'MISS', says: 'noCuboid' };
}

function loneCuboids(scene: CheckScene, view: CameraView): Subject[] {
  const { classes, cuboids } = scene.index.labels;
  const boxed = new Set(view.boxes.map((box) => partnerRow(scene, box)));
  return [...view.hulls].flatMap(([row, { clipped }]): Subject[] => {
    if (!isWholeCuboid(scene, view, row) || (pointsOf(scene, row) ?? 0) < leastPoints) return [];
    const { frame, camera } = view;
    const group = classes[cuboids.classIndex[row]!]!;
    const common = { frame, camera, row, limitKey: 'absent', group };
    if (boxed.has(row)) return [{ ...common, value: 1 }];
    const [left, top, right, bottom] = clipped;
    return [
      {
        ...{ ...common, value: 0, says: 'noBox' },
        evidence: () => [{ kind: 'rectangle', role: 'expected', camera, ltrb: [left, top, right, bottom] }],
      },
    ];
  });
}
