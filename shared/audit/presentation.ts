/**
 * The order in which drawn units are shown: by scene, track and frame, so that the eye stays with one object. What
 * is judged is still the random draw; which plan a unit counts for is decided by its drawn position alone.
 */

import type { Delivery } from '../model/delivery.ts';
import { positionsOf } from '../model/frames.ts';
import type { DrawnCell, DrawnUnit } from './events.ts';

/** Drawn units in the order to present them; units without a track come after those with one, by frame. */
export function presentationOrder(units: readonly DrawnUnit[], delivery: Delivery): DrawnUnit[] {
  const frames = framePositions(delivery);
  return units.toSorted(
    (a, b) =>
      sceneOf(frames, a, delivery) - sceneOf(frames, b, delivery) ||
      Number(a.track === null) - Number(b.track === null) ||
      compare(a.track ?? '', b.track ?? '') ||
      (frames.get(a.frame) ?? 0) - (frames.get(b.frame) ?? 0) ||
      compare(a.id, b.id),
  );
}

/** Drawn cells frame by frame, inner band before outer, sectors in turn. */
export function presentationOrderOfCells(cells: readonly DrawnCell[], delivery: Delivery): DrawnCell[] {
  const frames = framePositions(delivery);
  return cells.toSorted(
    (a, b) =>
      (frames.get(a.frame) ?? 0) - (frames.get(b.frame) ?? 0) ||
      a.rangeFromMeters - b.rangeFromMeters ||
      a.sector - b.sector,
  );
}

function framePositions(delivery: Delivery): ReadonlyMap<string, number> {
  return positionsOf(delivery.frameIds);
}

function sceneOf(frames: ReadonlyMap<string, number>, unit: DrawnUnit, delivery: Delivery): number {
  const frame = frames.get(unit.frame);
  return frame === undefined ? delivery.scenes.length : delivery.frames.at(frame)!.scene;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
