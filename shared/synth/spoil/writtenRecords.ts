/**
 * The records of a spoiled delivery in the words of a copy that was written and read back: a format gives labels,
 * tracks and frames names of its own.
 */
import { groupedBy } from '../../base/groupedBy.ts';
import { cuboidAt } from '../../model/labelRow.ts';
import { type DeliveryIndex, type LabelTable, NO_TRACK } from '../../model/labels.ts';
import type { SpoilRecord } from './plan.ts';

export interface WrittenRecord extends Omit<SpoilRecord, 'row'> {
  /** The same label as the delivery calls it that the copy was made of. */
  readonly original: { readonly scene: string; readonly frame: string; readonly object: string | null };
}

/**
 * `sceneOf`: index of the copy's scene by index of the delivery's. Frames of a scene go together in playing order, and
 * labels of a frame by their place and size, which are written with all their digits.
 */
export function writtenRecords(
  truth: readonly SpoilRecord[],
  spoiled: DeliveryIndex,
  copy: DeliveryIndex,
  sceneOf: readonly number[],
): WrittenRecord[] {
  const frames = new Map(Array.from(spoiled.delivery.frameIds, (id, at) => [id, at]));
  const rows = new RowsOfCopy(spoiled, copy, sceneOf);
  return truth.map(({ row, ...record }) => {
    const at = frames.get(record.frame)!;
    const place = rows.frameOf(at);
    const written = row === null ? null : rows.rowOf(row);
    const label = written === null ? null : cuboidAt(copy.labels, written);
    const original = { scene: record.scene, frame: record.frame, object: record.object };
    return {
      ...record,
      scene: copy.delivery.scenes[copy.delivery.frames.at(place)!.scene]!.id,
      frame: copy.delivery.frameIds.at(place)!,
      // A label that was taken out has no name in the copy; where its track goes on, that has one.
      object: label?.id ?? rows.objectOfTrack(record.track),
      track: label?.track ?? rows.trackOf(record.track),
      class: label?.className ?? record.class,
      original,
    };
  });
}

class RowsOfCopy {
  readonly #spoiled: DeliveryIndex;
  readonly #copy: DeliveryIndex;
  readonly #sceneOf: readonly number[];
  readonly #byFrame = new Map<number, ReadonlyMap<string, readonly number[]>>();
  /** A row of each track, by the name the spoiled delivery gives it. */
  readonly #rowOfTrack = new Map<string, number>();

  constructor(spoiled: DeliveryIndex, copy: DeliveryIndex, sceneOf: readonly number[]) {
    this.#spoiled = spoiled;
    this.#copy = copy;
    this.#sceneOf = sceneOf;
    const { cuboids, tracks } = spoiled.labels;
    for (const [row, track] of cuboids.track.entries()) {
      if (track !== NO_TRACK && !this.#rowOfTrack.has(tracks[track]!))
        this.#rowOfTrack.set(tracks[track]!, row);
    }
  }

  frameOf(at: number): number {
    const { scene, index } = this.#spoiled.delivery.frames.at(at)!;
    return this.#copy.delivery.scenes[this.#sceneOf[scene]!]!.frameStart + index;
  }

  /** Null where the copy does not hold the label. */
  rowOf(row: number): number | null {
    const { labels } = this.#spoiled;
    const frame = this.frameOf(labels.cuboids.frame[row]!);
    const known = this.#byFrame.get(frame) ?? byNumbers(this.#copy.labels, frame);
    this.#byFrame.set(frame, known);
    return known.get(numbersOf(labels, row))?.[0] ?? null;
  }

  objectOfTrack(track: string | null): string | null {
    const row = this.#rowOfLabelled(track);
    return row === null ? null : this.#copy.labels.cuboids.id.at(row)!;
  }

  trackOf(track: string | null): string | null {
    const row = this.#rowOfLabelled(track);
    return row === null ? null : cuboidAt(this.#copy.labels, row).track;
  }

  #rowOfLabelled(track: string | null): number | null {
    const row = track === null ? undefined : this.#rowOfTrack.get(track);
    return row === undefined ? null : this.rowOf(row);
  }
}

function byNumbers(labels: LabelTable, frame: number): ReadonlyMap<string, readonly number[]> {
  const { frameStart } = labels.cuboids;
  const from = frameStart[frame]!;
  const rows = Array.from({ length: frameStart[frame + 1]! - from }, (_, at) => from + at);
  return groupedBy(rows, (row) => numbersOf(labels, row));
}

function numbersOf({ cuboids: { center, size } }: LabelTable, row: number): string {
  return [...center.subarray(3 * row, 3 * row + 3), ...size.subarray(3 * row, 3 * row + 3)].join(' ');
}
