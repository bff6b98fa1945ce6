/** Finds units where errors were put in: one of those in its own copy of the scene, all others where they always were. */
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { createUnitLocator, type UnitLocator } from '../locateUnit.ts';
import { seededOf } from './seededIndex.ts';

export function createSeededLocator(index: DeliveryIndex): UnitLocator {
  const { base, places } = seededOf(index);
  const plain = createUnitLocator(base);
  if (places.size === 0) return plain;
  const { cuboids, tracks } = index.labels;
  const trackIndex = new Map(tracks.map((track, at) => [track, at]));
  const rowsByTrack = new Map<string, readonly number[]>();

  /** In the copies alone. */
  function copiesOf(track: string): readonly number[] {
    const known = rowsByTrack.get(track);
    if (known) return known;
    const wanted = trackIndex.get(track);
    const rows: number[] = [];
    for (let row = base.labels.cuboids.count; row < cuboids.count; row++) {
      if (cuboids.track[row] === wanted) rows.push(row);
    }
    rowsByTrack.set(track, rows);
    return rows;
  }

  const rowsOfTrack: UnitLocator['rowsOfTrack'] = (track, near = 0) =>
    near < base.delivery.frames.length ? plain.rowsOfTrack(track) : copiesOf(track);

  return {
    rowsOfTrack,
    framesOf(unit) {
      const place = places.get(unit.id);
      if (!place) return plain.framesOf(unit);
      if (unit.track === null) return [place.frame];
      return rowsOfTrack(unit.track, place.frame).map((row) => cuboids.frame[row]!);
    },
    frameIndex: plain.frameIndex,
    locate(unit) {
      const place = places.get(unit.id);
      return place ? { unit, ...place, box: null } : plain.locate(unit);
    },
  };
}
