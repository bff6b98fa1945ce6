/** Whether a label now stands where an auditor drew it. */
import { boxDelta } from '../geometry/boxDelta.ts';
import type { Cuboid } from '../model/labelRow.ts';
import type { Evidence } from './events.ts';
import type { QaSpec } from './qaSpec.ts';
import { cuboidLimits } from './specLookup.ts';

/** Within the spec's tolerances of the drawn box in centre, size and heading; false where either is unknown. */
export function correctionReached({ correction, cuboid }: Evidence, label: Cuboid, spec: QaSpec): boolean {
  if (!correction) return false;
  const [x, y] = correction.center;
  const points = cuboid?.pointsInside ?? null;
  const limits = cuboidLimits(spec, label.className, Math.hypot(x, y), correction.size, points);
  if (!limits) return false;
  const delta = boxDelta(correction, label);
  const sizes = [delta.length, delta.width, delta.height];
  return (
    Math.hypot(delta.along, delta.across, delta.up) <= limits.centerMeters &&
    sizes.every((grown, axis) => Math.abs(grown) <= limits.sizeMeters[axis]!) &&
    Math.abs(delta.yaw) <= limits.yawRadians
  );
}
