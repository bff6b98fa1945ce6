/**
 * Where a distortion stops being a picture of the world: beyond some radius its polynomial folds back and two places
 * share a pixel. It is looked for along rays from the axis, as the first place where the map turns over.
 */
import type { Windshield } from '../model/camera.ts';
import { distort, type Plane2, radialFactor } from './pinholeDistortion.ts';
import { firstFold, lastValid } from './solve.ts';
import { bendRay } from './windshield.ts';

const azimuths = 24;
const steps = 256;
const farthestAngle = (85 * Math.PI) / 180;

/** Largest radius x/z, y/z, looked for up to 85 degrees off the axis; Infinity where there is no fold. */
export function foldOfPinhole(distortion: readonly number[]): number {
  if (distortion.every((value) => value === 0)) return Number.POSITIVE_INFINITY;
  const farthest = Math.tan(farthestAngle);
  const radial = firstFold((radius) => radius * radialFactor(distortion, radius * radius), farthest, 4096);
  if (distortion.every((value, at) => value === 0 || isRadial(at))) return radial;
  const out = new Float64Array(2);
  const place = (x: number, y: number): Plane2 => {
    distort(distortion, x, y, out);
    return [out[0]!, out[1]!];
  };
  // Steps are even in angle: the outer degrees would otherwise take most of them.
  const limit = Math.min(farthestAngle, Math.atan(radial));
  const turned = firstTurn((angle, azimuth) => {
    const radius = Math.tan(angle);
    return turnOf(place, radius * Math.cos(azimuth), radius * Math.sin(azimuth));
  }, limit);
  return turned < limit ? Math.tan(turned) : radial;
}

/** Largest angle from the axis at which a windshield still keeps rays apart; pi without a windshield. */
export function foldOfWindshield(windshield: Windshield | undefined): number {
  if (!windshield) return Math.PI;
  const out = new Float64Array(3);
  const place = (x: number, y: number): Plane2 => {
    bendRay(windshield, x, y, 1, out);
    return [out[0]! / out[2]!, out[1]! / out[2]!];
  };
  return firstTurn((angle, azimuth) => {
    const radius = Math.tan(angle);
    return turnOf(place, radius * Math.cos(azimuth), radius * Math.sin(azimuth));
  }, farthestAngle);
}

function isRadial(at: number): boolean {
  return at < 2 || (at >= 4 && at < 8);
}

/** The smallest angle, over all azimuths, at which `turn` is no longer above 0; `limit` where it always is. */
function firstTurn(turn: (angle: number, azimuth: number) => number, limit: number): number {
  let reach = limit;
  for (let step = 0; step < azimuths; step++) {
    const azimuth = (2 * Math.PI * step) / azimuths;
    const holds = (angle: number): boolean => turn(angle, azimuth) > 0;
    for (let at = 0; at < steps; at++) {
      const [from, to] = [(limit * at) / steps, (limit * (at + 1)) / steps];
      if (from >= reach) break;
      if (holds(to)) continue;
      reach = Math.min(reach, lastValid(holds, from, to));
      break;
    }
  }
  return reach;
}

/** Determinant of the map's slope: positive where neighbours keep their order. */
function turnOf(place: (x: number, y: number) => Plane2, x: number, y: number): number {
  const h = 1e-5 * Math.max(1, Math.hypot(x, y));
  const [right, left, below, above] = [place(x + h, y), place(x - h, y), place(x, y + h), place(x, y - h)];
  return (right[0] - left[0]) * (below[1] - above[1]) - (right[1] - left[1]) * (below[0] - above[0]);
}
