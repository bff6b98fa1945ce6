/**
 * The lot: the population one decision is made about, built from the index alone. Units stay columns and ids; only
 * what is drawn becomes an object, so that a million labels cost a pass and not a million objects.
 */

import { done, failed, type Problem, type Result } from '../base/problem.ts';
import { labelledFrames } from '../model/frames.ts';
import { CuboidFlag, type DeliveryIndex, NO_TRACK } from '../model/labels.ts';
import { buildCells, type CellLot } from './cells.ts';
import type { DrawnUnit } from './events.ts';
import type { QaSpec, UnitKind } from './qaSpec.ts';
import { box2dScope, classNames, cuboidScope, fileKey, readableFrames } from './scope.ts';

export interface LotOptions {
  /** Points inside a cuboid, by row; needed where the spec has a minimum of points. */
  readonly pointsInside?: (row: number) => number;
  /** Files that are missing or cannot be read, as `fileKey` names them. */
  readonly unreadable?: ReadonlySet<string>;
}

/** A unit of the lot, before it is drawn. */
export type LotUnit = Omit<DrawnUnit, 'probability'>;

export interface Lot {
  readonly unit: UnitKind;
  /** Ids of the units in the lot: the population that is hashed and drawn from. */
  readonly ids: readonly string[];
  /** The unit at a position of `ids`. */
  readonly unitAt: (position: number) => LotUnit;
  /** Labels outside the lot by reason. */
  readonly excluded: Readonly<Record<string, number>>;
  /** Units of the lot by class; empty for frames and scenes. */
  readonly byClass: Readonly<Record<string, number>>;
  /** Units whose sweep, image or numbers cannot be read. They stay in the lot. */
  readonly uninspectable: number;
  /** Scenes that hold a unit of the lot at least. */
  readonly scenes: number;
  readonly cells: CellLot;
}

/** The units of one kind: columns, and how to make one of them an object. */
interface Population {
  readonly ids: readonly string[];
  readonly isInspectable: (index: number) => boolean;
  readonly unitAt: (index: number) => LotUnit;
  readonly className: (index: number) => string | null;
  /** Tells its scene from every other. */
  readonly sceneAt: (index: number) => number;
  readonly excluded: Readonly<Record<string, number>>;
}

/** What all kinds of population are built from. */
interface Source {
  readonly index: DeliveryIndex;
  readonly spec: QaSpec;
  readonly isReadable: readonly boolean[];
  readonly unreadable: ReadonlySet<string>;
  readonly pointsInside: (row: number) => number;
}

/**
 * The lot a spec cuts out of a delivery. Problem `lot-needs-point-counts` where the spec asks for a minimum of
 * points and none were counted: guessing would move the lot's border.
 */
export function buildLot(index: DeliveryIndex, spec: QaSpec, options: LotOptions = {}): Result<Lot> {
  const { pointsInside, unreadable = new Set<string>() } = options;
  if (spec.scope.minPoints > 0 && !pointsInside && spec.unit !== 'frame' && spec.unit !== 'scene') {
    return failed(problem('lot-needs-point-counts', { minimum: spec.scope.minPoints }));
  }
  const isReadable = readableFrames(index.delivery, unreadable);
  const source = { index, spec, isReadable, unreadable, pointsInside: pointsInside ?? (() => 0) };
  const population = populations[spec.unit](source);
  return done({
    unit: spec.unit,
    ids: population.ids,
    unitAt: population.unitAt,
    excluded: population.excluded,
    ...summarise(population),
    cells: buildCells(index.delivery, spec, isReadable),
  });
}

const populations: Readonly<Record<UnitKind, (source: Source) => Population>> = {
  cuboid: cuboidPopulation,
  box2d: box2dPopulation,
  track: trackPopulation,
  frame: framePopulation,
  scene: scenePopulation,
};

function cuboidPopulation({ index, spec, isReadable, pointsInside }: Source): Population {
  const { labels } = index;
  const { cuboids } = labels;
  const names = classNames(labels, spec);
  const { rows, excluded } = select(cuboids, cuboidScope(labels, spec, pointsInside));
  const isInspectable = (row: number): boolean =>
    isReadable[cuboids.frame[row]!]! && (cuboids.flags[row]! & CuboidFlag.unusable) === 0;
  return labelPopulation(index, 'cuboid', cuboids, rows, names, excluded, isInspectable);
}

function box2dPopulation({ index, spec, unreadable, pointsInside }: Source): Population {
  const { delivery, labels } = index;
  const { boxes2d } = labels;
  const names = classNames(labels, spec);
  const test = box2dScope(labels, spec, cuboidScope(labels, spec, pointsInside));
  const { rows, excluded } = select(boxes2d, test);
  const isInspectable = (row: number): boolean =>
    delivery.frames
      .at(boxes2d.frame[row]!)!
      .images.some((image) => image.camera === boxes2d.camera[row] && !unreadable.has(fileKey(image)));
  return labelPopulation(index, 'box2d', boxes2d, rows, names, excluded, isInspectable);
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

function labelPopulation(
  index: DeliveryIndex,
  kind: 'cuboid' | 'box2d',
  columns: LabelColumns,
  rows: Uint32Array,
  names: readonly string[],
  excluded: Readonly<Record<string, number>>,
  isInspectable: (row: number) => boolean,
): Population {
  const { frames, frameIds, scenes } = index.delivery;
  const className = (row: number): string => names[columns.classIndex[row]!]!;
  return {
    ids: Array.from(rows, (row) => `${frameIds.at(columns.frame[row]!)!}|${columns.id.at(row)!}`),
    className: (at) => className(rows[at]!),
    sceneAt: (at) => frames.at(columns.frame[rows[at]!]!)!.scene,
    isInspectable: (at) => isInspectable(rows[at]!),
    excluded,
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

/** One unit a track; it belongs to the lot when one of its labels does, and is shown from that label on. */
function trackPopulation({ index, spec, isReadable, pointsInside }: Source): Population {
  const { delivery, labels } = index;
  const names = classNames(labels, spec);
  const cuboidTest = cuboidScope(labels, spec, pointsInside);
  const excluded: Record<string, number> = {};
  const exclude = (reason: string): void => {
    excluded[reason] = (excluded[reason] ?? 0) + 1;
  };
  /** By track: where its first label in scope is, and whether any of its labels can be inspected. */
  const found = new Map<number, { frame: number; className: string; isInspectable: boolean }>();
  const outside = new Map<number, string>();
  const visit = (columns: LabelColumns, test: (row: number) => string | null): void => {
    for (let row = 0; row < columns.count; row += 1) {
      const track = columns.track[row]!;
      const reason = test(row);
      if (track === NO_TRACK) exclude(reason ?? 'untracked');
      else if (reason !== null) {
        if (!outside.has(track)) outside.set(track, reason);
      } else {
        const frame = columns.frame[row]!;
        const known = found.get(track);
        if (known) known.isInspectable ||= isReadable[frame]!;
        else
          found.set(track, {
            frame,
            className: names[columns.classIndex[row]!]!,
            isInspectable: isReadable[frame]!,
          });
      }
    }
  };
  visit(labels.cuboids, cuboidTest);
  visit(labels.boxes2d, box2dScope(labels, spec, cuboidTest));
  for (const [track, reason] of outside) if (!found.has(track)) exclude(reason);
  const tracks = [...found];
  return {
    ids: tracks.map(([track]) => labels.tracks[track]!),
    className: (at) => tracks[at]![1].className,
    sceneAt: (at) => delivery.frames.at(tracks[at]![1].frame)!.scene,
    isInspectable: (at) => tracks[at]![1].isInspectable,
    excluded,
    unitAt: (at) => {
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
    },
  };
}

const noLabel = { label: null, track: null, className: null, stratum: '' } as const;

function framePopulation({ index, isReadable }: Source): Population {
  const { frames, frameIds, scenes } = index.delivery;
  const labelled = labelledFrames(frames);
  return {
    ids: labelled.map((frame) => frameIds.at(frame)!),
    className: () => null,
    sceneAt: (at) => frames.at(labelled[at]!)!.scene,
    isInspectable: (at) => isReadable[labelled[at]!]!,
    excluded: {},
    unitAt: (at) => {
      const { id, scene } = frames.at(labelled[at]!)!;
      return {
        ...noLabel,
        id,
        kind: 'frame',
        scene: scenes[scene]!.id,
        frame: id,
        isInspectable: isReadable[labelled[at]!]!,
      };
    },
  };
}

function scenePopulation({ index, isReadable }: Source): Population {
  const { frames } = index.delivery;
  const scenes = index.delivery.scenes.filter(({ frameCount }) => frameCount > 0);
  const isInspectable = (at: number): boolean => {
    const { frameStart, frameCount } = scenes[at]!;
    return isReadable.slice(frameStart, frameStart + frameCount).includes(true);
  };
  return {
    ids: scenes.map(({ id }) => id),
    className: () => null,
    sceneAt: (at) => at,
    isInspectable,
    excluded: {},
    unitAt: (at) => {
      const { id, frameStart } = scenes[at]!;
      const frame = frames.at(frameStart)!.id;
      return { ...noLabel, id, kind: 'scene', scene: id, frame, isInspectable: isInspectable(at) };
    },
  };
}

function summarise(population: Population): Pick<Lot, 'byClass' | 'uninspectable' | 'scenes'> {
  const byClass: Record<string, number> = {};
  const scenes = new Set<number>();
  let uninspectable = 0;
  for (let at = 0; at < population.ids.length; at += 1) {
    const name = population.className(at);
    if (name !== null) byClass[name] = (byClass[name] ?? 0) + 1;
    if (!population.isInspectable(at)) uninspectable += 1;
    scenes.add(population.sceneAt(at));
  }
  return { byClass, uninspectable, scenes: scenes.size };
}

function problem(code: string, params: Readonly<Record<string, string | number>>): Problem {
  return { code, severity: 'error', path: '', params };
}
