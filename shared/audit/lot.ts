/**
 * The lot: the population one decision is made about, built from the index alone. Units stay columns and ids; only
 * what is drawn becomes an object, so that a million labels cost a pass and not a million objects.
 */

import { done, failed, type Problem, type Result } from '../base/problem.ts';
import { labelledFrames } from '../model/frames.ts';
import { type DeliveryIndex, NO_LINK, NO_TRACK } from '../model/labels.ts';
import type { StrataColumn } from '../sampling/stratifiedDraw.ts';
import { buildCells, type CellLot } from './cells.ts';
import { type StrataKey, strataKeySchema, strataKeys } from './drawRule.ts';
import { box2dPopulation, cuboidPopulation, trackPopulation } from './labelPopulations.ts';
import { cuboidOf, type LotUnit, type Population, type PopulationSource } from './population.ts';
import type { QaSpec, UnitKind } from './qaSpec.ts';
import { readableFrames } from './scope.ts';
import { knownKeys, strataOf } from './strata.ts';
import type { StrataSource } from './strataValues.ts';
import { cuboidRange } from './unitRange.ts';

export type { LotUnit } from './population.ts';

export interface LotOptions {
  /** Points inside a cuboid, by row; needed where the spec has a minimum of points. */
  readonly pointsInside?: (row: number) => number;
  /** Files that are missing or cannot be read, as `fileKey` names them. */
  readonly unreadable?: ReadonlySet<string>;
}

export interface Lot {
  readonly unit: UnitKind;
  /** Ids of the units in the lot: the population that is hashed and drawn from. */
  readonly ids: readonly string[];
  /** The unit at a position of `ids`. */
  readonly unitAt: (position: number) => LotUnit;
  /** Index into the delivery's frames of the frame a unit is shown in: ascending by scene and time. */
  readonly frameAt: (position: number) => number;
  /** Ground-plane distance of the unit's label from the origin of its space, metres; null where it has none. */
  readonly rangeAt: (position: number) => number | null;
  /** Divides the lot; problems as of `strataOf` in strata.ts. */
  readonly strataOf: (keys: readonly StrataKey[]) => Result<StrataColumn>;
  /** Keys the lot can be divided by, attributes of its labels among them. */
  readonly strataKeys: () => StrataKey[];
  /** As `strataOf`, for the search cells. */
  readonly cellStrataOf: (keys: readonly StrataKey[]) => Result<StrataColumn>;
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
  const population = populations[spec.unit]({
    index,
    spec,
    isReadable,
    unreadable,
    pointsInside: pointsInside ?? (() => 0),
  });
  const strata = { index, spec, units: population, pointsInside: pointsInside ?? null };
  const cells = buildCells(index.delivery, spec, isReadable);
  const cellUnits = { ...noRows, ids: cells.ids, className: () => null, frameAt: cells.frameAt };
  return done({
    unit: spec.unit,
    ids: population.ids,
    unitAt: population.unitAt,
    frameAt: population.frameAt,
    rangeAt: (at) => cuboidRange(index.labels, cuboidOf(index, population, at)),
    strataOf: (keys) => strataOf(strata, keys),
    strataKeys: () => keysOf(strata),
    cellStrataOf: (keys) => strataOf({ ...strata, units: cellUnits }, keys),
    excluded: population.excluded,
    ...summarise(index, population),
    cells,
  });
}

const populations: Readonly<Record<UnitKind, (source: PopulationSource) => Population>> = {
  cuboid: cuboidPopulation,
  box2d: box2dPopulation,
  track: trackPopulation,
  frame: framePopulation,
  scene: scenePopulation,
};

/** The keys of the spec's own list that say something here, then the attributes of the lot's labels. */
function keysOf(source: StrataSource): StrataKey[] {
  const { attributeSets } = source.index.labels;
  const names = [...new Set(attributeSets.flatMap((set) => Object.keys(set)))].filter(isKeyName).sort();
  const attributes = names.slice(0, mostAttributeKeys).map((name): StrataKey => `attribute:${name}`);
  return knownKeys(source, [...strataKeys, ...attributes]);
}

function isKeyName(name: string): boolean {
  return strataKeySchema.safeParse(`attribute:${name}`).success;
}

/** A delivery with thousands of attribute names offers the first of them. */
const mostAttributeKeys = 100;

const noLabel = { label: null, track: null, className: null, stratum: '' } as const;

const noRows = { cuboidAt: () => NO_LINK, box2dAt: () => NO_LINK, trackAt: () => NO_TRACK };

function framePopulation({ index, isReadable }: PopulationSource): Population {
  const { frames, frameIds, scenes } = index.delivery;
  const labelled = labelledFrames(frames);
  return {
    ids: labelled.map((frame) => frameIds.at(frame)!),
    className: () => null,
    ...noRows,
    frameAt: (at) => labelled[at]!,
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

function scenePopulation({ index, isReadable }: PopulationSource): Population {
  const { frames } = index.delivery;
  const scenes = index.delivery.scenes.filter(({ frameCount }) => frameCount > 0);
  const isInspectable = (at: number): boolean => {
    const { frameStart, frameCount } = scenes[at]!;
    return isReadable.slice(frameStart, frameStart + frameCount).includes(true);
  };
  return {
    ids: scenes.map(({ id }) => id),
    className: () => null,
    ...noRows,
    frameAt: (at) => scenes[at]!.frameStart,
    isInspectable,
    excluded: {},
    unitAt: (at) => {
      const { id, frameStart } = scenes[at]!;
      const frame = frames.at(frameStart)!.id;
      return { ...noLabel, id, kind: 'scene', scene: id, frame, isInspectable: isInspectable(at) };
    },
  };
}

function summarise(
  { delivery }: DeliveryIndex,
  population: Population,
): Pick<Lot, 'byClass' | 'uninspectable' | 'scenes'> {
  const byClass: Record<string, number> = {};
  const isHeld = new Uint8Array(delivery.frames.length);
  let uninspectable = 0;
  for (let at = 0; at < population.ids.length; at += 1) {
    const name = population.className(at);
    if (name !== null) byClass[name] = (byClass[name] ?? 0) + 1;
    if (!population.isInspectable(at)) uninspectable += 1;
    isHeld[population.frameAt(at)] = 1;
  }
  const scenes = delivery.scenes.filter(({ frameStart, frameCount }) =>
    isHeld.subarray(frameStart, frameStart + frameCount).includes(1),
  );
  return { byClass, uninspectable, scenes: scenes.length };
}

function problem(code: string, params: Readonly<Record<string, string | number>>): Problem {
  return { code, severity: 'error', path: '', params };
}
