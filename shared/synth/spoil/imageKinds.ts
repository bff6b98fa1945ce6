/** Faults of boxes in pictures: off their object, or taken for another object's. */
import { NO_LINK } from '../../model/labels.ts';
import type { SpoilSize } from './kinds.ts';
import type { SpoilObject } from './objects.ts';
import { drawSpan } from './spans.ts';
import type { Order, Workbench } from './workbench.ts';

/** Shifted by so much of its own width; the overlap with the true box is then (1 - s) / (1 + s). */
const shiftShare: Readonly<Record<SpoilSize, readonly [number, number]>> = {
  mild: [0.25, 0.4],
  gross: [0.55, 0.9],
};
/** Smaller boxes are not judged, pixels. */
const leastPixels = 20;

/** Rows of an object that have a box, with one of their boxes each, all of one camera. */
function boxesOfObject(bench: Workbench, object: SpoilObject, order: Order): readonly number[] {
  const { camera, ltrb } = bench.index.labels.boxes2d;
  const boxes = object.rows
    .filter((row) => bench.isVisible(row))
    .flatMap((row) => bench.draft.boxesOf(row))
    .filter((box) => {
      const at = 4 * box;
      return ltrb[at + 2]! - ltrb[at]! >= leastPixels && ltrb[at + 3]! - ltrb[at + 1]! >= leastPixels;
    });
  if (boxes.length === 0) return [];
  const chosen = camera[order.random.pick(boxes)]!;
  return boxes.filter((box) => camera[box] === chosen);
}

export function spoilBox2d(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const boxes = boxesOfObject(bench, object, order);
  if (boxes.length === 0) return false;
  const share = order.random.between(...shiftShare[order.size]) * (order.random.chance(0.5) ? 1 : -1);
  const mark = bench.startFault(order);
  for (const box of drawSpan(boxes, bench.plan.spans, order.random)) {
    const { boxLtrb } = bench.draft;
    const pixels = share * (boxLtrb[4 * box + 2]! - boxLtrb[4 * box]!);
    boxLtrb[4 * box]! += pixels;
    boxLtrb[4 * box + 2]! += pixels;
    mark({ box }, null, { pixels, box: bench.index.labels.boxes2d.id.at(box)! });
  }
  return true;
}

/** Two boxes of one picture have each other's object. */
export function spoilLink(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const { boxLink, boxTrack } = bench.draft;
  const pairs = boxesOfObject(bench, object, order).flatMap((box) => {
    const other = neighbour(bench, box);
    return other === null ? [] : [[box, other] as const];
  });
  if (pairs.length === 0) return false;
  const mark = bench.startFault(order);
  for (const [box, other] of drawSpan(pairs, bench.plan.spans, order.random)) {
    [boxLink[box], boxLink[other]] = [boxLink[other]!, boxLink[box]!];
    [boxTrack[box], boxTrack[other]] = [boxTrack[other]!, boxTrack[box]!];
    for (const at of [box, other]) mark({ box: at }, null, { box: bench.index.labels.boxes2d.id.at(at)! });
  }
  return true;
}

/** Another object's box in the same picture whose link is still true; null where there is none. */
function neighbour(bench: Workbench, box: number): number | null {
  const { frame, frameStart, camera } = bench.index.labels.boxes2d;
  if (!hasTrueLink(bench, box)) return null;
  const at = frame[box]!;
  for (let other = frameStart[at]!; other < frameStart[at + 1]!; other++) {
    const isOther = bench.draft.boxLink[other] !== bench.draft.boxLink[box];
    if (isOther && camera[other] === camera[box] && hasTrueLink(bench, other)) return other;
  }
  return null;
}

function hasTrueLink({ draft, index }: Workbench, box: number): boolean {
  const link = draft.boxLink[box]!;
  return link !== NO_LINK && link === index.labels.boxes2d.cuboid[box] && draft.boxRemoved[box] === 0;
}
