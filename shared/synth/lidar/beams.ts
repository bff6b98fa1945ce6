/** The spinning lidar: its rings, its steps around, its reach. */
import { atan2, cos, sin } from '../portableMath.ts';

export interface LidarSpec {
  readonly rings: number;
  /** Firings per revolution. */
  readonly columns: number;
  readonly rangeMeters: number;
}

/** Directions of all beams, ready for the caster. Ring 0 is the lowest; column 0 points backwards, then clockwise. */
export interface Beams extends LidarSpec {
  readonly ringTangent: Float64Array;
  readonly ringCosine: Float64Array;
  readonly ringSine: Float64Array;
  readonly columnCosine: Float64Array;
  readonly columnSine: Float64Array;
}

const LOWEST_DEGREES = -25;
const HIGHEST_DEGREES = 10;

/** Two thirds of the rings look down; near the horizon they lie about three times as close as at the ends. */
export function ringElevations(rings: number): number[] {
  const below = Math.round(rings * 0.68);
  const spread = (share: number) => 0.42 * share + 0.58 * share * share;
  return Array.from({ length: rings }, (_, ring) => {
    const degrees =
      ring < below
        ? LOWEST_DEGREES * spread((below - ring) / below)
        : HIGHEST_DEGREES * spread((ring - below) / Math.max(1, rings - below - 1));
    return (degrees * Math.PI) / 180;
  });
}

export function makeBeams(spec: LidarSpec): Beams {
  const elevations = ringElevations(spec.rings);
  const azimuth = (column: number) => Math.PI - (2 * Math.PI * (column + 0.5)) / spec.columns;
  const over = (count: number, value: (i: number) => number) =>
    Float64Array.from({ length: count }, (_, i) => value(i));
  return {
    ...spec,
    ringTangent: over(spec.rings, (ring) => sin(elevations[ring]!) / cos(elevations[ring]!)),
    ringCosine: over(spec.rings, (ring) => cos(elevations[ring]!)),
    ringSine: over(spec.rings, (ring) => sin(elevations[ring]!)),
    columnCosine: over(spec.columns, (column) => cos(azimuth(column))),
    columnSine: over(spec.columns, (column) => sin(azimuth(column))),
  };
}

/** Column, not rounded, that looks along (x, y): in [-0.5, columns - 0.5]. */
export function columnToward(beams: LidarSpec, x: number, y: number): number {
  return ((Math.PI - atan2(y, x)) / (2 * Math.PI)) * beams.columns - 0.5;
}
