/** The columns of a spoiled delivery out of its draft: rows taken out close up, rows put in stand last in their frame. */
import type { StringColumn } from '../../model/delivery.ts';
import {
  type Box2dColumns,
  type CuboidColumns,
  type DeliveryIndex,
  type LabelTable,
  NO_LINK,
  NOT_STATED,
} from '../../model/labels.ts';
import { ChangedFrames } from './changedFrames.ts';
import type { Draft } from './draft.ts';

export interface FinishedDraft {
  readonly index: DeliveryIndex;
  /** New row by old row; -1 = taken out. */
  readonly rowOf: Int32Array;
  /** New row by place in `Draft.added`. */
  readonly addedRowOf: Int32Array;
  readonly boxRowOf: Int32Array;
}

interface Order {
  readonly count: number;
  readonly frameStart: Uint32Array;
  readonly rowOf: Int32Array;
  readonly addedRowOf: Int32Array;
}

export function finishDraft(draft: Draft): FinishedDraft {
  const { index } = draft;
  const { cuboids, boxes2d, shapes } = index.labels;
  const cuboidOrder = orderOf(cuboids, draft.removed, draft.added);
  const boxOrder = orderOf(boxes2d, draft.boxRemoved, []);
  const labels: LabelTable = {
    classes: draft.classes,
    tracks: draft.tracks,
    attributeSets: draft.attributeSets,
    cuboids: cuboidColumns(draft, cuboidOrder),
    boxes2d: boxColumns(draft, boxOrder, cuboidOrder),
    shapes,
  };
  const { delivery } = index;
  const frames = draft.frames.size === 0 ? delivery.frames : new ChangedFrames(delivery.frames, draft.frames);
  const isSame = draft.calibrations.length === delivery.calibrations.length;
  const calibrations = isSame ? delivery.calibrations : draft.calibrations;
  return {
    index: { ...index, delivery: { ...delivery, frames, calibrations }, labels },
    rowOf: cuboidOrder.rowOf,
    addedRowOf: cuboidOrder.addedRowOf,
    boxRowOf: boxOrder.rowOf,
  };
}

function orderOf(
  { count, frame, frameStart: was }: CuboidColumns | Box2dColumns,
  removed: Uint8Array,
  added: readonly { readonly frame: number }[],
): Order {
  const frameStart = new Uint32Array(was.length);
  for (let row = 0; row < count; row++) if (removed[row] === 0) frameStart[frame[row]! + 1]!++;
  for (const { frame: at } of added) frameStart[at + 1]!++;
  for (let at = 1; at < frameStart.length; at++) frameStart[at]! += frameStart[at - 1]!;
  const next = frameStart.slice();
  const rowOf = new Int32Array(count);
  for (let row = 0; row < count; row++) rowOf[row] = removed[row] === 0 ? next[frame[row]!]!++ : -1;
  const addedRowOf = Int32Array.from(added, ({ frame: at }) => next[at]!++);
  return { count: frameStart.at(-1)!, frameStart, rowOf, addedRowOf };
}

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** The kept rows of a column at their new places; what was put in is written after. */
function moved<Column extends Numbers>(column: Column, { count, rowOf }: Order, width = 1): Column {
  const Type = column.constructor as new (length: number) => Column;
  const out = new Type(count * width);
  for (let row = 0; row < rowOf.length; row++) {
    const to = rowOf[row]!;
    if (to < 0) continue;
    for (let part = 0; part < width; part++) out[to * width + part] = column[row * width + part]!;
  }
  return out;
}

function movedIds(
  ids: StringColumn,
  removed: Uint8Array,
  order: Order,
  added: readonly { readonly id: string }[],
): StringColumn {
  if (added.length === 0 && order.count === removed.length) return ids;
  const out = new Array<string>(order.count);
  for (const [row, to] of order.rowOf.entries()) if (to >= 0) out[to] = ids.at(row)!;
  for (const [place, { id }] of added.entries()) out[order.addedRowOf[place]!] = id;
  return out;
}

function cuboidColumns(draft: Draft, order: Order): CuboidColumns {
  const { cuboids } = draft.index.labels;
  const columns = {
    count: order.count,
    frameStart: order.frameStart,
    frame: moved(cuboids.frame, order),
    classIndex: moved(draft.classIndex, order),
    track: moved(draft.track, order),
    center: moved(draft.center, order, 3),
    size: moved(draft.size, order, 3),
    rotation: moved(draft.rotation, order, 4),
    attributes: moved(draft.attributes, order),
    flags: moved(draft.flags, order),
    statedPoints: moved(draft.statedPoints, order),
    id: movedIds(cuboids.id, draft.removed, order, draft.added),
  };
  for (const [place, { frame, classIndex, track, attributes, shape }] of draft.added.entries()) {
    const row = order.addedRowOf[place]!;
    columns.frame[row] = frame;
    columns.classIndex[row] = classIndex;
    columns.track[row] = track;
    columns.center.set(shape.center, 3 * row);
    columns.size.set(shape.size, 3 * row);
    columns.rotation.set(shape.rotation, 4 * row);
    columns.attributes[row] = attributes;
    columns.statedPoints[row] = NOT_STATED;
  }
  return columns;
}

function boxColumns(draft: Draft, order: Order, { rowOf }: Order): Box2dColumns {
  const { boxes2d } = draft.index.labels;
  const links = draft.boxLink.map((row) => (row === NO_LINK ? NO_LINK : rowOf[row]!));
  return {
    count: order.count,
    frameStart: order.frameStart,
    frame: moved(boxes2d.frame, order),
    camera: moved(boxes2d.camera, order),
    classIndex: moved(draft.boxClass, order),
    track: moved(draft.boxTrack, order),
    ltrb: moved(draft.boxLtrb, order, 4),
    cuboid: moved(links, order),
    attributes: moved(boxes2d.attributes, order),
    id: movedIds(boxes2d.id, draft.boxRemoved, order, []),
  };
}
