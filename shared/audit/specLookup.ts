/** Questions to a QA spec that every judging screen and every rule asks: which class, which limits, which defect. */
import type { QaSpec, SpecClass, SpecDefect, SpecTolerance } from './qaSpec.ts';

const classTables = new WeakMap<QaSpec, ReadonlyMap<string, SpecClass>>();

/** The spec's class a vendor's class name means, by name or alias, without case; null = not listed. */
export function specClass(spec: QaSpec, className: string): SpecClass | null {
  let table = classTables.get(spec);
  if (!table) {
    const rows = spec.classes.flatMap((entry) =>
      [...entry.aliases, entry.name].map((name) => [name.trim().toLowerCase(), entry] as const),
    );
    table = new Map(rows);
    classTables.set(spec, table);
  }
  return table.get(className.trim().toLowerCase()) ?? null;
}

/** Regions that vendors mark as "not judged": never labels of an object, whatever the spec lists. */
const regionNames = new Set([
  'dontcare',
  'dont_care',
  "don't care",
  'ignore',
  'ignored',
  'ignore_region',
  'void',
]);

export function isIgnoreRegion(className: string): boolean {
  return regionNames.has(className.trim().toLowerCase());
}

/** The defect of that code, or null. */
export function specDefect(spec: QaSpec, code: string): SpecDefect | null {
  return spec.defects.find((defect) => defect.code === code) ?? null;
}

/** The limits that hold for one cuboid. Metres and radians. */
export interface CuboidLimits {
  readonly centerMeters: number;
  /** Along the cuboid's own x, y, z: the smaller of the length and the share of the size. */
  readonly sizeMeters: readonly [number, number, number];
  readonly yawRadians: number;
}

/**
 * Limits for a cuboid of a class at a range (ground-plane distance, metres). `pointsInside` null = not counted yet:
 * the limit for many points holds. Null where the class is not listed or its group has no tolerances.
 */
export function cuboidLimits(
  spec: QaSpec,
  className: string,
  rangeMeters: number,
  size: readonly [number, number, number],
  pointsInside: number | null,
): CuboidLimits | null {
  const group = specClass(spec, className)?.group;
  const tolerance = spec.tolerances.find((entry) => entry.group === group);
  if (!tolerance) return null;
  const hasFewPoints = pointsInside !== null && pointsInside < tolerance.fewPoints;
  const yawDegrees = hasFewPoints ? tolerance.yawDegreesFewPoints : tolerance.yawDegrees;
  const [length, width, height] = size.map((extent) => sizeLimit(tolerance, extent));
  return {
    centerMeters: centerLimit(tolerance, rangeMeters),
    sizeMeters: [length!, width!, height!],
    yawRadians: (yawDegrees * Math.PI) / 180,
  };
}

/** The first step that reaches the range; beyond the last, the last one's. */
function centerLimit(tolerance: SpecTolerance, rangeMeters: number): number {
  const step = tolerance.center.find(({ upToMeters }) => upToMeters === null || rangeMeters <= upToMeters);
  return (step ?? tolerance.center.at(-1))?.limitMeters ?? Number.POSITIVE_INFINITY;
}

function sizeLimit(tolerance: SpecTolerance, extent: number): number {
  if (tolerance.sizeShare === null) return tolerance.sizeMeters;
  return Math.min(tolerance.sizeMeters, tolerance.sizeShare * extent);
}
