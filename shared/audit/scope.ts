/**
 * Which labels a lot is made of: the spec's scope, asked of every label in one pass over the columns. A label out of
 * scope is counted by the first reason that holds; a label whose numbers cannot be used stays in, uninspectable.
 */
import type { Delivery } from '../model/delivery.ts';
import { CuboidFlag, type LabelTable, NO_LINK } from '../model/labels.ts';
import type { QaSpec } from './qaSpec.ts';
import { isIgnoreRegion, specClass } from './specLookup.ts';

/** Why a label is outside the lot. `untracked`: the unit is the track, and this label belongs to none. */
export type ExclusionReason = 'class' | 'range' | 'points' | 'derived' | 'ignore-zone' | 'untracked';

/** The question, one row at a time; null = in scope. */
export type ScopeTest = (row: number) => ExclusionReason | null;

/** Name a class counts under: the spec's own, or the vendor's where the spec does not list it. */
export function classNames(labels: LabelTable, spec: QaSpec): string[] {
  return labels.classes.map((name) => specClass(spec, name)?.name ?? name);
}

/**
 * Scope of cuboids. Range is the ground-plane distance of the centre from the origin of the frame's space, limit
 * inclusive. `pointsInside` gives a row's point count; it is asked only where the spec has a minimum.
 */
export function cuboidScope(
  labels: LabelTable,
  spec: QaSpec,
  pointsInside: (row: number) => number,
): ScopeTest {
  const { scope } = spec;
  const { cuboids } = labels;
  const isListed = classTest(labels, spec);
  const maxRange = scope.maxRangeMeters ?? Number.POSITIVE_INFINITY;
  return (row) => {
    if (!isListed[cuboids.classIndex[row]!]) return 'class';
    const flags = cuboids.flags[row]!;
    if ((flags & CuboidFlag.interpolated) !== 0) return 'derived';
    if (scope.keyFramesOnly && (flags & CuboidFlag.derived) !== 0) return 'derived';
    // Without usable numbers neither place nor points can be asked for.
    if ((flags & CuboidFlag.unusable) !== 0) return null;
    const x = cuboids.center[3 * row]!;
    const y = cuboids.center[3 * row + 1]!;
    if (Math.hypot(x, y) > maxRange) return 'range';
    if (scope.ignoreZones.some((zone) => isInZone(zone, x, y))) return 'ignore-zone';
    return scope.minPoints > 0 && pointsInside(row) < scope.minPoints ? 'points' : null;
  };
}

/** Scope of 2D boxes: their class, and the place of the cuboid they are linked to where there is one. */
export function box2dScope(labels: LabelTable, spec: QaSpec, cuboidTest: ScopeTest): ScopeTest {
  const { boxes2d } = labels;
  const isListed = classTest(labels, spec);
  return (row) => {
    if (!isListed[boxes2d.classIndex[row]!]) return 'class';
    const cuboid = boxes2d.cuboid[row]!;
    const reason = cuboid === NO_LINK ? null : cuboidTest(cuboid);
    // The box is judged by its own class; a link to something of another class is for the auditor to see.
    return reason === 'class' ? null : reason;
  };
}

/** By class index: whether the scope takes the class. */
function classTest(labels: LabelTable, spec: QaSpec): boolean[] {
  const takesAll = spec.scope.classes === 'all';
  return labels.classes.map((name) => !isIgnoreRegion(name) && (takesAll || specClass(spec, name) !== null));
}

/** Even-odd rule. A point on an edge belongs to one of the two sides, always the same. */
export function isInZone(zone: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false;
  let [fromX, fromY] = zone.at(-1)!;
  for (const [toX, toY] of zone) {
    if (toY > y !== fromY > y && x < ((fromX - toX) * (y - toY)) / (fromY - toY) + toX) inside = !inside;
    fromX = toX;
    fromY = toY;
  }
  return inside;
}

/** Key of a file in the set of unreadable ones. */
export function fileKey(file: { readonly root: string; readonly path: string }): string {
  return `${file.root}:${file.path}`;
}

/**
 * By frame: whether it can be looked at. Its sweeps decide; where the delivery has no lidar at all, its images do.
 * A frame with nothing to look at cannot be inspected.
 */
export function readableFrames(delivery: Delivery, unreadable: ReadonlySet<string>): boolean[] {
  const hasLidar = delivery.lidars.length > 0;
  return delivery.frames.map(({ sweeps, images }) => {
    const files = hasLidar ? sweeps : images;
    return files.length > 0 && files.every((file) => !unreadable.has(fileKey(file)));
  });
}
