/** The auditor's box as it is drawn, and as it is kept with its difference from the label. */
import type { Correction } from '../../../../shared/audit/events.ts';
import { boxDelta } from '../../../../shared/geometry/boxDelta.ts';
import type { CuboidShape } from '../../../../shared/geometry/cuboid.ts';

/** Differences below this are none: metres, radians. */
const nothing = 0.0005;

/** Null where the shape is the label itself. */
export function correctionOf(
  label: CuboidShape,
  shape: CuboidShape,
  source: Correction['source'],
): Correction | null {
  const exact = boxDelta(label, shape);
  if (Object.values(exact).every((value) => Math.abs(value) < nothing)) return null;
  const delta = {
    along: fine(exact.along),
    across: fine(exact.across),
    up: fine(exact.up),
    length: fine(exact.length),
    width: fine(exact.width),
    height: fine(exact.height),
    yaw: fine(exact.yaw),
  };
  const [x, y, z] = shape.center;
  const [length, width, height] = shape.size;
  return {
    center: [fine(x), fine(y), fine(z)],
    size: [fine(length), fine(width), fine(height)],
    rotation: [...shape.rotation],
    source,
    delta,
  };
}

export function shapeOf({ center, size, rotation }: Correction): CuboidShape {
  return { center, size, rotation };
}

/** Tenths of a millimetre: finer than anything known here, and no step of a key is lost by it. */
function fine(value: number): number {
  // Adding 0 turns a minus zero into zero.
  return Math.round(value * 10_000) / 10_000 + 0;
}
