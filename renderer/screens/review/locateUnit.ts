/** From a drawn unit to where it lies in the index: its frame, its cuboid and its 2D box. */

import type { DrawnUnit } from '../../../shared/audit/events.ts';
import type { StringColumn } from '../../../shared/model/delivery.ts';
import { positionsOf } from '../../../shared/model/frames.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { NO_LINK } from '../../../shared/model/labels.ts';

export interface LocatedUnit {
  readonly unit: DrawnUnit;
  /** Index into `Delivery.frames`. */
  readonly frame: number;
  /** Row of its cuboid, or null: a frame, a scene, a 2D box without one. */
  readonly row: number | null;
  /** Row of its 2D box, or null. */
  readonly box: number | null;
}

export interface UnitLocator {
  /** Null where the delivery that is open holds no such frame. */
  locate(unit: DrawnUnit): LocatedUnit | null;
  frameIndex(id: string): number | null;
  /** Cuboid rows of a track in order of time. `near`: a frame it is looked at in, where a scene is there twice. */
  rowsOfTrack(track: string, near?: number): readonly number[];
  /** Frames a unit can be looked at in: those of its track, or of its whole scene where it is no single label. */
  framesOf(unit: DrawnUnit): readonly number[];
}

export function createUnitLocator(index: DeliveryIndex): UnitLocator {
  const { delivery, labels } = index;
  const { cuboids, boxes2d } = labels;
  const frames = positionsOf(delivery.frameIds);
  const tracks = new Map(labels.tracks.map((track, at) => [track, at]));
  const rowsByTrack = new Map<string, readonly number[]>();

  function rowsOfTrack(track: string): readonly number[] {
    const known = rowsByTrack.get(track);
    if (known) return known;
    const wanted = tracks.get(track);
    const rows: number[] = [];
    for (let row = 0; row < cuboids.count; row++) if (cuboids.track[row] === wanted) rows.push(row);
    rowsByTrack.set(track, rows);
    return rows;
  }

  return {
    rowsOfTrack,
    framesOf(unit) {
      if (unit.track !== null) return rowsOfTrack(unit.track).map((row) => cuboids.frame[row]!);
      const frame = frames.get(unit.frame);
      if (frame === undefined) return [];
      if (unit.kind === 'cuboid' || unit.kind === 'box2d') return [frame];
      const { frameStart, frameCount } = delivery.scenes[delivery.frames.at(frame)!.scene]!;
      return Array.from({ length: frameCount }, (_, at) => frameStart + at);
    },
    frameIndex: (id) => frames.get(id) ?? null,
    locate(unit) {
      const frame = frames.get(unit.frame);
      if (frame === undefined) return null;
      if (unit.kind === 'box2d') {
        const box = findRow(boxes2d.id, boxes2d.frameStart, frame, unit.label);
        const link = box === null ? NO_LINK : boxes2d.cuboid[box]!;
        return { unit, frame, row: link === NO_LINK ? null : link, box };
      }
      if (unit.kind === 'cuboid') {
        return { unit, frame, row: findRow(cuboids.id, cuboids.frameStart, frame, unit.label), box: null };
      }
      if (unit.kind === 'track' && unit.track !== null) {
        const row = rowsOfTrack(unit.track).find((candidate) => cuboids.frame[candidate] === frame);
        return { unit, frame, row: row ?? null, box: null };
      }
      return { unit, frame, row: null, box: null };
    },
  };
}

function findRow(
  ids: StringColumn,
  frameStart: Uint32Array,
  frame: number,
  label: string | null,
): number | null {
  for (let row = frameStart[frame]!; row < frameStart[frame + 1]!; row++)
    if (ids.at(row) === label) return row;
  return null;
}
