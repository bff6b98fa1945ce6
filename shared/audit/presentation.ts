/**
 * The order in which drawn units are shown: by scene, track and frame, so that the eye stays with one object. What
 * is judged is still the random draw; which plan a unit counts for is decided by its drawn position alone.
 *
 * Plans that may stop before their end ask for the beginning of the drawn order, so there the order of the draw comes
 * first: unit by unit under a sequential plan, whose risks hold only in random order, and sample by sample under a
 * double one.
 */

import type { Delivery } from '../model/delivery.ts';
import { positionsOf } from '../model/frames.ts';
import type { FrozenPlan } from './eventPlan.ts';
import type { DrawnCell, DrawnUnit } from './events.ts';

/**
 * A sample's units in the order its plans want them judged. `among` are units shown beside the sample's own: in
 * their natural places, or scattered where the order is that of the draw.
 */
export function judgingOrder(
  sample: { readonly plans: readonly FrozenPlan[]; readonly units: readonly DrawnUnit[] },
  delivery: Delivery,
  among: readonly DrawnUnit[] = [],
): DrawnUnit[] {
  const { plans, units } = sample;
  return inTurn(plans, units, among, (stretch) => presentationOrder(stretch, delivery));
}

/** The same for search cells. */
export function judgingOrderOfCells(
  sample: { readonly plans: readonly FrozenPlan[]; readonly units: readonly DrawnCell[] },
  delivery: Delivery,
): DrawnCell[] {
  return inTurn(sample.plans, sample.units, [], (cells) => presentationOrderOfCells(cells, delivery));
}

/** How many units from the beginning are judged one by one as they were drawn. */
export function judgedAsDrawn(plans: readonly FrozenPlan[]): number {
  return Math.max(0, ...plans.map(({ sequential, sampleSize }) => (sequential ? sampleSize : 0)));
}

/** As drawn while a sequential plan reads them; then stretch by stretch between the places where a plan may stop. */
function inTurn<Unit extends { readonly id: string }>(
  plans: readonly FrozenPlan[],
  units: readonly Unit[],
  among: readonly Unit[],
  ordered: (units: readonly Unit[]) => Unit[],
): Unit[] {
  const asDrawn = judgedAsDrawn(plans);
  const isStaged = asDrawn > 0 || plans.some(({ double }) => double);
  const ends = isStaged ? plans.flatMap(({ double, sampleSize }) => [double?.n1 ?? 0, sampleSize]) : [];
  const cuts = [...new Set([...ends, units.length])].filter((end) => end > asDrawn).sort((a, b) => a - b);
  const stretches = cuts.map((end, at) => {
    const own = units.slice(at === 0 ? asDrawn : cuts[at - 1]!, end);
    return ordered(at === 0 && asDrawn === 0 ? [...own, ...among] : own);
  });
  const first = units.slice(0, asDrawn);
  return [...(asDrawn === 0 ? first : scattered(first, among)), ...stretches.flat()];
}

/** Others among units whose own order stays as it is, by nothing but the others' names. */
function scattered<Unit extends { readonly id: string }>(
  units: readonly Unit[],
  among: readonly Unit[],
): Unit[] {
  const before = new Map<number, Unit[]>();
  for (const other of among.toSorted((a, b) => compare(a.id, b.id))) {
    const place = nameHash(other.id) % units.length;
    before.set(place, [...(before.get(place) ?? []), other]);
  }
  return units.flatMap((unit, place) => [...(before.get(place) ?? []), unit]);
}

/** FNV-1a over the text's code units, 32 bits. */
function nameHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

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
