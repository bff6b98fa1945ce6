/** Turns first hits into the points of a sweep: strength of the echo, lost pulses, noise along the beam. */
import { cos, sin } from '../portableMath.ts';
import type { Random } from '../random.ts';
import { isPane } from '../shapes/facade.ts';
import { lidarResponses, Material, type MaterialId } from '../shapes/material.ts';
import { roadPaint, sideRoadPaint } from '../world/markings.ts';
import type { Placement } from '../world/motion.ts';
import type { Road } from '../world/road.ts';
import type { Instance } from '../world/scenery.ts';
import type { BeamCoverage, Caster } from './caster.ts';
import type { EffectLevels } from './effects.ts';
import { PointWriter } from './points.ts';
import { Spoiler } from './spoiler.ts';
import type { SprayCloud } from './spray.ts';

export { POINT_FLOATS, REVOLUTION_SECONDS } from './points.ts';

/** Standard deviation of the range; the noise never exceeds 3.47 times this. */
export const RANGE_NOISE_METERS = 0.012;
/** Echoes weaker than the first are lost, stronger than the second are always seen. */
const FAINT = 0.9e-6;
const CLEAR = 3.2e-6;
/** Spot of the beam on the road that averages paint and asphalt, metres. */
const SPOT_METERS = 0.08;

/**
 * A sweep as written: positions in the lidar's axes (x forward, y left, z up) at the sweep's own instant, as a
 * perfect motion compensation would leave them; `time` is when the beam fired, in seconds from that instant.
 */
export interface MadeSweep {
  readonly rows: Float32Array<ArrayBuffer>;
  readonly count: number;
  /** Object behind each point, 0 for scenery. */
  readonly owner: Uint16Array;
  readonly coverage: ReadonlyMap<number, BeamCoverage>;
}

/** Things beyond the plain world that alter a sweep. */
export interface SweepEffects {
  readonly levels: EffectLevels;
  /** Its own stream, so that the plain world's draws stay as they are. */
  readonly random: Random;
  readonly spray: readonly SprayCloud[];
}

export function makeSweep(
  caster: Caster,
  instances: readonly Instance[],
  lidar: Placement,
  road: Road,
  random: Random,
  effects: SweepEffects | null = null,
): MadeSweep {
  const { beams, range } = caster;
  const points = new PointWriter(beams, range.length);
  const spoiler = effects && new Spoiler(caster, instances, lidar, effects, points);
  for (let column = 0; column < beams.columns; column++)
    for (let ring = 0; ring < beams.rings; ring++) {
      const beam = column * beams.rings + ring;
      const index = caster.instanceOf[beam]!;
      if (index < 0) {
        spoiler?.isStopped(beam);
        continue;
      }
      const level = beams.ringCosine[ring]!;
      const dx = beams.columnCosine[column]! * level;
      const dy = beams.columnSine[column]! * level;
      const dz = beams.ringSine[ring]!;
      const instance = instances[index]!;
      const echo = echoOf(instance, caster.triangleOf[beam]!, range[beam]!, dx, dy, dz, lidar, road);
      const strength = (echo.reflectivity * echo.facing) / (range[beam]! * range[beam]!);
      const isThrough = random.chance(echo.lost);
      const needed = isThrough ? Infinity : random.unit() * (CLEAR - FAINT) + FAINT;
      if (needed > strength) {
        if (!spoiler?.isStopped(beam)) spoiler?.mirror(beam, echo);
        continue;
      }
      const reach = range[beam]! + RANGE_NOISE_METERS * random.normal();
      const speckle = 1 + 0.07 * random.normal();
      if (spoiler?.isStopped(beam) || spoiler?.isSwallowed(beam, strength / needed)) continue;
      const intensity = 255 * echo.reflectivity * (0.45 + 0.55 * echo.facing) * speckle;
      points.put(beam, reach + (spoiler?.unrest(echo) ?? 0), intensity, instance.object);
      spoiler?.bloom(beam, echo);
    }
  return { ...points.written(), coverage: new Map(caster.coverage) };
}

export interface Echo {
  material: MaterialId;
  reflectivity: number;
  lost: number;
  /** Cosine between beam and surface, 0..1. */
  facing: number;
  /** A pane of a facade. */
  isPane: boolean;
}

const echo: Echo = { material: Material.plain, reflectivity: 0, lost: 0, facing: 0, isPane: false };

function echoOf(
  instance: Instance,
  triangle: number,
  range: number,
  dx: number,
  dy: number,
  dz: number,
  lidar: Placement,
  road: Road,
): Echo {
  const { mesh, place, palette, facade } = instance;
  const material = mesh.materials[triangle]! as MaterialId;
  const c = cos(lidar.yaw - place.yaw);
  const s = sin(lidar.yaw - place.yaw);
  // The beam in the mesh's axes.
  const lx = c * dx - s * dy;
  const ly = s * dx + c * dy;
  const n = mesh.normals;
  const at = 9 * triangle;
  echo.facing = Math.min(1, Math.abs(lx * n[at]! + ly * n[at + 1]! + dz * n[at + 2]!));
  const response = lidarResponses[material];
  echo.material = material;
  echo.isPane = false;
  echo.reflectivity = response.reflectivity;
  echo.lost = response.lost;
  if (material === Material.paint || material === Material.panel || material === Material.cloth) {
    const color = palette[mesh.colors[triangle]!] ?? [0.3, 0.3, 0.3];
    const bright = (color[0] + color[1] + color[2]) / 3;
    echo.reflectivity = material === Material.cloth ? 0.22 + 0.5 * bright : 0.07 + 0.75 * bright;
    return echo;
  }
  const needsPlace =
    material === Material.road || material === Material.sideRoad || (material === Material.facade && facade);
  if (!needsPlace) return echo;
  const [u, v] = uvAt(instance, triangle, range * lx, range * ly, range * dz, lidar);
  if (material === Material.facade) {
    if (facade && isPane(facade, u, v)) {
      echo.reflectivity = 0.12;
      echo.lost = 0.62;
      echo.isPane = true;
    }
    return echo;
  }
  const paint =
    material === Material.road
      ? roadPaint(road, u, v, SPOT_METERS, SPOT_METERS)
      : sideRoadPaint(road, u, v, SPOT_METERS, SPOT_METERS);
  echo.reflectivity += (0.62 - echo.reflectivity) * Math.max(0, Math.min(1, paint));
  return echo;
}

/** uv of the hit by its barycentric place in the triangle; (x, y, z) runs from the sensor, in the mesh's axes. */
function uvAt(
  { mesh, place }: Instance,
  triangle: number,
  x: number,
  y: number,
  z: number,
  lidar: Placement,
): [number, number] {
  const c = cos(place.yaw);
  const s = sin(place.yaw);
  const ox = lidar.x - place.x;
  const oy = lidar.y - place.y;
  const px = x + c * ox + s * oy;
  const py = y - s * ox + c * oy;
  const pz = z + lidar.z - place.z;
  const p = mesh.positions;
  const at = 9 * triangle;
  const e1 = [p[at + 3]! - p[at]!, p[at + 4]! - p[at + 1]!, p[at + 5]! - p[at + 2]!] as const;
  const e2 = [p[at + 6]! - p[at]!, p[at + 7]! - p[at + 1]!, p[at + 8]! - p[at + 2]!] as const;
  const q = [px - p[at]!, py - p[at + 1]!, pz - p[at + 2]!] as const;
  const d11 = e1[0] * e1[0] + e1[1] * e1[1] + e1[2] * e1[2];
  const d12 = e1[0] * e2[0] + e1[1] * e2[1] + e1[2] * e2[2];
  const d22 = e2[0] * e2[0] + e2[1] * e2[1] + e2[2] * e2[2];
  const q1 = q[0] * e1[0] + q[1] * e1[1] + q[2] * e1[2];
  const q2 = q[0] * e2[0] + q[1] * e2[1] + q[2] * e2[2];
  const scale = 1 / Math.max(1e-12, d11 * d22 - d12 * d12);
  const b = (d22 * q1 - d12 * q2) * scale;
  const g = (d11 * q2 - d12 * q1) * scale;
  const a = 1 - b - g;
  const w = mesh.uvs;
  const ua = 6 * triangle;
  return [a * w[ua]! + b * w[ua + 2]! + g * w[ua + 4]!, a * w[ua + 1]! + b * w[ua + 3]! + g * w[ua + 5]!];
}
