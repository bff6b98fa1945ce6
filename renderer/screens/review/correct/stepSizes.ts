/** How far one press of a key moves or turns a box: small objects take small steps. */
import type { Vec3 } from '../../../../shared/model/pose.ts';

export type Fineness = 'coarse' | 'fine';

/** Metres by the box's longer side: cones and people, cars and vans, trucks and trams. */
export function stepMeters(size: Vec3, fineness: Fineness): number {
  const longest = Math.max(size[0], size[1]);
  if (fineness === 'fine') return longest < 8 ? 0.01 : 0.02;
  if (longest < 1.2) return 0.02;
  return longest < 8 ? 0.05 : 0.1;
}

/** Radians. */
export function stepRadians(fineness: Fineness): number {
  return ((fineness === 'fine' ? 0.5 : 1) * Math.PI) / 180;
}
