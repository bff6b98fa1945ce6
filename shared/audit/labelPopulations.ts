/** Lots whose units are labels or tracks: one pass over the columns, by the spec's scope. */
import { CuboidFlag, type DeliveryIndex, NO_LINK, NO_TRACK } from '../model/labels.ts';
import type { LotUnit, Population, PopulationSource } from './population.ts';
import { box2dScope, classNames, cuboidScope, fileKey } from './scope.ts';

export function cuboidPopulation({ index, spec, isReadable, pointsInside }: PopulationSource): Population {
  const { labels } = index;
  const { cuboids } = labels;
  const { rows, excluded } = select(cuboids, cuboidScope(labels, spec, pointsInside));
  const isInspectable = (row: number): boolean =>
    isReadable[cuboids.frame[row]!]! && (cuboids.flags[row]! & CuboidFlag.unusable) === 0;
  return {
    ...labelColumns(index, 'cuboid', cuboids, rows, classNames(labels, spec), isInspectable),
    cuboidAt: (at) => rows[at]!,
    box2dAt: () => NO_LINK,
    excluded,
  };
}

export function box2dPopulation({ index, spec, unreadable, pointsInside }: PopulationSource): Population {
  const { delivery, labels } = index;
  const { boxes2d } = labels;
  const test = box2dScope(labels, spec, cuboidScope(labels, spec, pointsInside));
  const { rows, excluded } = select(boxes2d, test);
  const isInspectable = (row: number): boolean =>
    delivery.frames
      .at(boxes2d.frame[row]!)!
      .images.some((image) => image.camera === boxes2d.camera[row] && !unreadable.has(fileKey(image)));
  return {
    ...labelColumns(index, 'box2d', boxes2d, rows, classNames(labels, spec), isInspectable),
    cuboidAt: () => NO_LINK,
    box2dAt: (at) => rows[at]!,
    excluded,
  };
}

type LabelColumns = Pick<
  DeliveryIndex['labels']['cuboids'],
  'count' | 'frame' | 'classIndex' | 'track' | 'id'
>;

function select(
  columns: LabelColumns,
  test: (row: number) => string | null,
): { readonly rows: Uint32Array; readonly excluded: Record<string, number> } {
  const rows = new Uint32Array(columns.count);
  const excluded: Record<string, number> = {};
  let kept = 0;
  for (let row = 0; row < columns.count; row += 1) {
    const reason = test(row);
    if (reason === null) {
      rows[kept] = row;
      kept += 1;
    } else excluded[reason] = (excluded[reason] ?? 0) + 1;
  }
  return { rows: rows.subarray(0, kept), excluded };
}

function labelColumns(
  index: DeliveryIndex,
  kind: 'cuboid' | 'box2d',
  columns: LabelColumns,
  rows: Uint32Array,
  names: readonly string[],
  isInspectable: (row: number) => boolean,
): Omit<Population, 'cuboidAt' | 'box2dAt' | 'excluded'> {
  const { frames, frameIds, scenes } = index.delivery;
  const className = (row: number): string => names[columns.classIndex[row]!]!;
  return {
    ids: Array.from(rows, (row) => `${frameIds.at(columns.frame[row]!)!}|${columns.id.at(row)!}`),
    className: (at) => className(rows[at]!),
    frameAt: (at) => columns.frame[rows[at]!]!,
    trackAt: (at) => columns.track[rows[at]!]!,
    isInspectable: (at) => isInspectable(rows[at]!),
    unitAt: (at) => {
      const row = rows[at]!;
      const frame = frames.at(columns.frame[row]!)!;
      const track = columns.track[row]!;
      return {
        id: `${frame.id}|${columns.id.at(row)!}`,
        kind,
        scene: scenes[frame.scene]!.id,
        frame: frame.id,
        label: columns.id.at(row)!,
        track: track === NO_TRACK ? null : index.labels.tracks[track]!,
        className: className(row),
        stratum: className(row),
        isInspectable: isInspectable(row),
      };
    },
  };
}

/** The first label of a track that is in the lot. */
interface FirstLabel {
  readonly frame: number;
  readonly className: string;
  cuboid: number;
  box2d: number;
  isInspectable: boolean;
}

/** One unit a track; it belongs to the lot when one of its labels does, and is shown from that label on. */
export function trackPopulation(source: PopulationSource): Population {
  const { delivery, labels } = source.index;
  const { tracks, excluded } = findTracks(source);
  const unitAt = (at: number): LotUnit => {
    const [track, first] = tracks[at]!;
    const frame = delivery.frames.at(first.frame)!;
    const id = labels.tracks[track]!;
    return {
      id,
      kind: 'track',
      scene: delivery.scenes[frame.scene]!.id,
      frame: frame.id,
      label: null,
      track: id,
      className: first.className,
      stratum: first.className,
      isInspectable: first.isInspectable,
    };
  };
  return {
    ids: tracks.map(([track]) => labels.tracks[track]!),
    className: (at) => tracks[at]![1].className,
    frameAt: (at) => tracks[at]![1].frame,
    cuboidAt: (at) => tracks[at]![1].cuboid,
    box2dAt: (at) => tracks[at]![1].box2d,
    trackAt: (at) => tracks[at]![0],
    isInspectable: (at) => tracks[at]![1].isInspectable,
    excluded,
    unitAt,
  };
}

function findTracks({ index, spec, isReadable, pointsInside }: PopulationSource): {
  readonly tracks: readonly (readonly [track: number, first: FirstLabel])[];
  readonly excluded: Record<string, number>;
} {
  const { labels } = index;
  const names = classNames(labels, spec);
  const cuboidTest = cuboidScope(labels, spec, pointsInside);
  const excluded: Record<string, number> = {};
  const exclude = (reason: string): void => {
    excluded[reason] = (excluded[reason] ?? 0) + 1;
  };
  const found = new Map<number, FirstLabel>();
  const outside = new Map<number, string>();
  const visit = (
    kind: 'cuboid' | 'box2d',
    columns: LabelColumns,
    test: (row: number) => string | null,
  ): void => {
    for (let row = 0; row < columns.count; row += 1) {
      const track = columns.track[row]!;
      const reason = test(row);
      if (track === NO_TRACK) exclude(reason ?? 'untracked');
      else if (reason !== null) {
        if (!outside.has(track)) outside.set(track, reason);
      } else {
        const frame = columns.frame[row]!;
        const known = found.get(track) ?? {
          frame,
          className: names[columns.classIndex[row]!]!,
          cuboid: NO_LINK,
          box2d: NO_LINK,
          isInspectable: false,
        };
        known.isInspectable ||= isReadable[frame]!;
        if (known[kind] === NO_LINK) known[kind] = row;
        found.set(track, known);
      }
    }
  };
  visit('cuboid', labels.cuboids, cuboidTest);
  visit('box2d', labels.boxes2d, box2dScope(labels, spec, cuboidTest));
  for (const [track, reason] of outside) if (!found.has(track)) exclude(reason);
  return { tracks: [...found], excluded };
}
