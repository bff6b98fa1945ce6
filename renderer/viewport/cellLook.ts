/** How the 3D view looks at a search cell: outwards from the sensor, so that near things do not hide the way. */
import type { Vec3 } from '../../shared/model/pose.ts';
import type { ShownCell } from './shown.ts';
import type { Orbit } from './views/contextView.ts';

/** Slow enough to see a cone go by. */
export const glideMetersPerSecond = 8;
/** A cell without an end would be looked at from too far away. */
const farthestLooked = 100;

/** Direction a sector is centred on; 0 for a cell all around. */
export function cellAzimuth({ sector, sectors }: ShownCell): number {
  return sector < 0 || sectors <= 1 ? 0 : (2 * Math.PI * sector) / sectors;
}

/** `center`: the sensor's place on the ground, in the drawn space. */
export function cellOrbit(cell: ShownCell, center: Vec3): Orbit {
  const azimuth = cellAzimuth(cell);
  const to = Math.min(cell.toMeters, farthestLooked);
  const isWhole = cell.sector < 0 || cell.sectors <= 1;
  if (isWhole) {
    return {
      target: center,
      distance: Math.max(30, 2.2 * to),
      azimuth,
      elevation: (78 * Math.PI) / 180,
    };
  }
  const middle = (cell.fromMeters + to) / 2;
  const across = 2 * to * Math.sin(Math.PI / cell.sectors);
  return {
    target: outwards(center, middle, azimuth),
    distance: Math.max(24, 1.3 * Math.max(to - cell.fromMeters, across)),
    azimuth,
    elevation: (62 * Math.PI) / 180,
  };
}

/** Where a sweep through the cell begins and ends. */
export function cellPath(cell: ShownCell, center: Vec3): { readonly near: Vec3; readonly far: Vec3 } {
  const azimuth = cellAzimuth(cell);
  const at = (radius: number): Vec3 => outwards(center, radius, azimuth);
  const to = Math.min(cell.toMeters, farthestLooked);
  const isWhole = cell.sector < 0 || cell.sectors <= 1;
  return isWhole ? { near: at(-to), far: at(to) } : { near: at(cell.fromMeters), far: at(to) };
}

function outwards([x, y, z]: Vec3, radius: number, azimuth: number): Vec3 {
  return [x + radius * Math.cos(azimuth), y + radius * Math.sin(azimuth), z];
}
