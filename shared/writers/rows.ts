/** The labels of a delivery as a writer walks them. */
import { groupedBy } from '../base/groupedBy.ts';
import { type Box2d, box2dAt, type Cuboid, cuboidAt } from '../model/labelRow.ts';
import {
  CuboidFlag,
  type DeliveryIndex,
  type LabelTable,
  NOT_STATED,
  type ShapeLabel,
} from '../model/labels.ts';
import type { Losses } from './losses.ts';

/** Cuboids of a frame that have a place and that somebody labelled. Others are counted as lost. */
export function writableCuboids(labels: LabelTable, frame: number, losses: Losses): Cuboid[] {
  const { frameStart, flags } = labels.cuboids;
  const cuboids: Cuboid[] = [];
  for (let row = frameStart[frame]!; row < frameStart[frame + 1]!; row++) {
    if (flags[row]! & CuboidFlag.interpolated) continue;
    if (flags[row]! & CuboidFlag.unusable) losses.add('unusable');
    else cuboids.push(cuboidAt(labels, row));
  }
  return cuboids;
}

export function boxesOf(labels: LabelTable, frame: number): Box2d[] {
  const { frameStart } = labels.boxes2d;
  const from = frameStart[frame]!;
  return Array.from({ length: frameStart[frame + 1]! - from }, (_, at) => box2dAt(labels, from + at));
}

/** By frame; frames without shapes are not in it. */
export function shapesByFrame({ shapes }: LabelTable): ReadonlyMap<number, readonly ShapeLabel[]> {
  return groupedBy(shapes, ({ frame }) => frame);
}

/** What no target has a place for. */
export function noteCommonLosses({ labels, others, delivery }: DeliveryIndex, losses: Losses): void {
  losses.add('other-sources', others.length);
  losses.add(
    'stated-points',
    countWhere(labels.cuboids.statedPoints, (count) => count !== NOT_STATED),
  );
  losses.add('lenses', delivery.calibrations.filter(({ model }) => model.kind === 'unknown').length);
}

export function countWhere(values: Iterable<number>, test: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (test(value)) count++;
  return count;
}

/** Safe as a file name everywhere, and unique among those `taken`. */
export function fileName(wanted: string, taken: Set<string>): string {
  const plain = wanted.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '_') || '_';
  let name = plain;
  for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = `${plain}_${copy}`;
  taken.add(name.toLowerCase());
  return name;
}
