/**
 * Poses from rows of KITTI's inertial and satellite unit: latitude and longitude in degrees, altitude in metres, roll,
 * pitch and yaw in radians (yaw 0 = east, counter-clockwise), then 24 further values. Places are laid flat by the
 * Mercator projection scaled to the first latitude, as the raw recordings' development kit describes.
 */
import { matrixFromPose, multiply } from '../../geometry/matrix.ts';
import { quaternionFromEuler } from '../../geometry/rotation.ts';
import type { Mat4, Vec3 } from '../../model/pose.ts';

export interface OxtsRow {
  /** Degrees. */
  readonly latitude: number;
  readonly longitude: number;
  /** Metres. */
  readonly altitude: number;
  /** Radians, about the unit's axes: x forward, y left, z up. */
  readonly roll: number;
  readonly pitch: number;
  readonly yaw: number;
}

/** Null where the line does not hold six usable numbers; the projection ends before the poles. */
export function parseOxtsRow(line: string): OxtsRow | null {
  const numbers = line.trim().split(/\s+/).slice(0, 6).map(Number);
  if (line.trim() === '' || numbers.length < 6 || !numbers.every(Number.isFinite)) return null;
  const [latitude, longitude, altitude, roll, pitch, yaw] = numbers as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Math.abs(latitude) < 89 ? { latitude, longitude, altitude, roll, pitch, yaw } : null;
}

/** Metres; the development kit's figure for the earth's radius. */
const EARTH_RADIUS = 6_378_137;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/**
 * World from Velodyne for every row, null where there is none. World axes are east, north and up; its origin is the
 * first place rounded to whole metres, taken off in doubles.
 */
export function oxtsPoses(rows: readonly (OxtsRow | null)[], imuFromVelodyne: Mat4): (Mat4 | null)[] {
  const first = rows.find((row) => row !== null);
  if (!first) return rows.map(() => null);
  const scale = Math.cos(radians(first.latitude)) * EARTH_RADIUS;
  const placeOf = ({ latitude, longitude, altitude }: OxtsRow): Vec3 => [
    scale * radians(longitude),
    scale * Math.log(Math.tan(Math.PI / 4 + radians(latitude) / 2)),
    altitude,
  ];
  const origin = placeOf(first).map(Math.round);
  return rows.map((row) => {
    if (row === null) return null;
    const [x, y, z] = placeOf(row).map((value, axis) => value - origin[axis]!) as [number, number, number];
    return multiply(
      matrixFromPose(quaternionFromEuler(row.roll, row.pitch, row.yaw), [x, y, z]),
      imuFromVelodyne,
    );
  });
}
