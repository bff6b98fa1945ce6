/** The ground under a label: a plane through what is known of it around the footprint. */
import type { CuboidFrame } from '../../geometry/cuboid.ts';
import type { GroundPlane, GroundSurface } from '../../geometry/ground.ts';

/** How far beyond the footprint ground is looked for, metres: farther only where there is none nearer. */
const reaches = [1.5, 4, 8] as const;
/** Cells that a plane rests on safely. */
const enough = 3;

/** `frame`: the label's, in the frame's space. Null where no ground is known around it. */
export function groundUnder(surface: GroundSurface, frame: CuboidFrame): GroundPlane | null {
  const [x, y] = [frame[0]!, frame[1]!];
  const [cos, sin] = [frame[6]!, frame[9]!];
  const [halfLength, halfWidth] = [frame[3]!, frame[4]!];
  // What stands in the footprint is the object; its lowest points are no ground.
  const isUnder = (atX: number, atY: number): boolean => {
    const [dx, dy] = [atX - x, atY - y];
    return Math.abs(dx * cos + dy * sin) <= halfLength && Math.abs(dy * cos - dx * sin) <= halfWidth;
  };
  const radius = Math.min(15, Math.hypot(halfLength, halfWidth));
  let found: GroundPlane | null = null;
  for (const reach of reaches) {
    const plane = surface.around(x, y, radius + reach, isUnder);
    if (plane && plane.cells >= enough) return plane;
    found = plane ?? found;
  }
  return found;
}
