/** The auditor's correction as text: where the box should be, and how far the label is from it against its limits. */
import type { Evidence, Measured } from '../audit/events.ts';
import type { QaSpec } from '../audit/qaSpec.ts';
import { cuboidLimits } from '../audit/specLookup.ts';

/** Below these nothing is known: metres and radians. */
const leastMeters = 0.005;
const leastRadians = 0.1 * (Math.PI / 180);

/**
 * What a correction changes, in the label's own axes, each with the limit of its class where the spec has one. What
 * changes by less than a label can be placed is left out; empty where nothing was corrected.
 */
export function correctionMeasures(evidence: Evidence | null, spec: QaSpec | null): Measured[] {
  const correction = evidence?.correction;
  if (!evidence || !correction) return [];
  const { cuboid } = evidence;
  const limits =
    spec && cuboid
      ? cuboidLimits(
          spec,
          cuboid.className,
          Math.hypot(cuboid.center[0], cuboid.center[1]),
          cuboid.size,
          cuboid.pointsInside,
        )
      : null;
  const { delta } = correction;
  const length = (quantity: string, value: number, limit: number | undefined): Measured => ({
    quantity,
    value,
    limit: limit ?? null,
    unit: 'm',
  });
  const yaw: Measured = { quantity: 'yaw', value: delta.yaw, limit: limits?.yawRadians ?? null, unit: 'rad' };
  return [
    length('center-longitudinal', delta.along, limits?.centerMeters),
    length('center-lateral', delta.across, limits?.centerMeters),
    length('center-vertical', delta.up, limits?.centerMeters),
    length('length', delta.length, limits?.sizeMeters[0]),
    length('width', delta.width, limits?.sizeMeters[1]),
    length('height', delta.height, limits?.sizeMeters[2]),
    yaw,
  ].filter(({ value, unit }) => Math.abs(value) >= (unit === 'rad' ? leastRadians : leastMeters));
}

/** True where a measured value is beyond its limit. */
export function isBeyond({ value, limit }: Measured): boolean {
  return limit !== null && Math.abs(value) > limit;
}
