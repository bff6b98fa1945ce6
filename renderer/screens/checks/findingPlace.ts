/** From a finding, which names things by words, to where they lie in the index that is open. */
import { checks } from '../../../shared/checks/catalogue.ts';
import type { CheckId } from '../../../shared/checks/checkIds.ts';
import type { Check } from '../../../shared/checks/contract.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import type { StringColumn } from '../../../shared/model/delivery.ts';
import { positionsOf } from '../../../shared/model/frames.ts';
import { type DeliveryIndex, NO_TRACK } from '../../../shared/model/labels.ts';

const byId = new Map<CheckId, Check>(checks.map((check) => [check.id, check]));

/** What this version knows of a check. */
export function checkOf(id: CheckId): Check | null {
  return byId.get(id) ?? null;
}

export interface FindingPlace {
  /** Index into `Delivery.frames`. */
  readonly frame: number;
  /** Row of its cuboid, or null. */
  readonly row: number | null;
  /** Row of its 2D box, or null. */
  readonly box: number | null;
  /** Index into `Delivery.cameras`, where the finding names one. */
  readonly camera: number | null;
}

/** What names the place; findings in the record have no evidence and are found as well. */
export type Placed = Pick<CheckFinding, 'frame' | 'object' | 'track' | 'camera' | 'className'>;

/** Only findings of cuboids state a class. */
export function isOfBox2d({ object, className }: Pick<CheckFinding, 'object' | 'className'>): boolean {
  return object !== null && className === null;
}

const frameTables = new WeakMap<DeliveryIndex, ReadonlyMap<string, number>>();

/** Null where the finding is of the whole delivery, or the open one holds no such frame. */
export function placeOf(
  index: DeliveryIndex,
  { frame: id, object, track, camera, className }: Placed,
): FindingPlace | null {
  const known = frameTables.get(index);
  const frames = known ?? positionsOf(index.delivery.frameIds);
  if (!known) frameTables.set(index, frames);
  const frame = frames.get(id);
  if (frame === undefined) return null;
  const { cuboids, boxes2d } = index.labels;
  const isFlat = isOfBox2d({ object, className });
  const ofObject = isFlat ? null : findRow(cuboids.id, cuboids.frameStart, frame, object);
  // What is told of a track is shown at its label of that frame.
  const row = object === null ? trackRow(index, frame, track) : ofObject;
  const box = isFlat ? findRow(boxes2d.id, boxes2d.frameStart, frame, object) : null;
  const named = index.delivery.cameras.findIndex(({ name }) => name === camera);
  return { frame, row, box, camera: named < 0 ? null : named };
}

function trackRow({ labels }: DeliveryIndex, frame: number, track: string | null): number | null {
  if (track === null) return null;
  const { cuboids, tracks } = labels;
  for (let row = cuboids.frameStart[frame]!; row < cuboids.frameStart[frame + 1]!; row++) {
    if (cuboids.track[row] !== NO_TRACK && tracks[cuboids.track[row]!] === track) return row;
  }
  return null;
}

function findRow(
  ids: StringColumn,
  frameStart: Uint32Array,
  frame: number,
  label: string | null,
): number | null {
  if (label === null) return null;
  for (let row = frameStart[frame]!; row < frameStart[frame + 1]!; row++)
    if (ids.at(row) === label) return row;
  return null;
}
