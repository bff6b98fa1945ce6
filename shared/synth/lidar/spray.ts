/** Clouds of water that wheels throw up behind moving vehicles, as the beams of one sweep meet them. */
import { cos, sin } from '../portableMath.ts';
import type { Random } from '../random.ts';
import { type Actor, worldBox } from '../world/actor.ts';
import type { Placement } from '../world/motion.ts';

/** An upright box in the lidar's axes; x runs away from the vehicle that throws the spray. */
export interface SprayCloud {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly cosine: number;
  readonly sine: number;
  readonly length: number;
  readonly width: number;
  readonly height: number;
}

/** Slower wheels throw nothing that a lidar sees, m/s. */
const LEAST_SPEED = 3;
/** Seconds that drops hang in the air, and the longest cloud. */
const HANGING_SECONDS = 0.8;
const LONGEST_METERS = 8;
const HEIGHT_METERS = 1.3;
/** Share of pulses answered by a metre of cloud at its dense end, at `spray` 1. */
const DENSITY = 0.25;

/** Of every vehicle that moves on wheels at `time`. */
export function sprayClouds(actors: readonly Actor[], time: number, lidar: Placement): SprayCloud[] {
  const c = cos(lidar.yaw);
  const s = sin(lidar.yaw);
  return actors.flatMap((actor) => {
    const speed = actor.speedAt(time);
    if (speed < LEAST_SPEED || actor.className === 'pedestrian') return [];
    const { center, size, yaw } = worldBox(actor, time);
    const back = size[0] / 2;
    const dx = center[0] - back * cos(yaw) - lidar.x;
    const dy = center[1] - back * sin(yaw) - lidar.y;
    const turn = yaw + Math.PI - lidar.yaw;
    return {
      x: c * dx + s * dy,
      y: -s * dx + c * dy,
      z: center[2] - size[2] / 2 - lidar.z,
      cosine: cos(turn),
      sine: sin(turn),
      length: Math.min(LONGEST_METERS, HANGING_SECONDS * speed),
      width: size[1] + 0.4,
      height: HEIGHT_METERS,
    };
  });
}

/**
 * Metres along the beam (unit dx, dy, dz from the sensor) to the drop that answers before `range`; Infinity = none.
 * Nearer clouds are asked no earlier than farther ones, so the least answer counts.
 */
export function sprayAt(
  clouds: readonly SprayCloud[],
  level: number,
  dx: number,
  dy: number,
  dz: number,
  range: number,
  random: Random,
): number {
  let nearest = Infinity;
  for (const cloud of clouds) {
    const { x, y, z, cosine, sine, length, width, height } = cloud;
    const ox = -(cosine * x + sine * y);
    const oy = sine * x - cosine * y;
    const ex = cosine * dx + sine * dy;
    const ey = -sine * dx + cosine * dy;
    const [xIn, xOut] = slab(ox, ex, 0, length);
    const [yIn, yOut] = slab(oy, ey, -width / 2, width / 2);
    const [zIn, zOut] = slab(-z, dz, 0, height);
    const enters = Math.max(xIn, yIn, zIn, 0);
    const leaves = Math.min(xOut, yOut, zOut, range);
    if (leaves <= enters) continue;
    const at = enters + (leaves - enters) * random.unit();
    // Thin towards its far end and its top, where the drops have fallen or drifted off.
    const fade = (1 - (ox + ex * at) / length) * (1 - (dz * at - z) / height);
    const thickness = level * DENSITY * fade * (leaves - enters);
    if (at < nearest && random.chance(thickness / (1 + thickness))) nearest = at;
  }
  return nearest;
}

/** Where a line from `origin` along `step` is within [low, high]: from and to. */
function slab(origin: number, step: number, low: number, high: number): [number, number] {
  if (Math.abs(step) < 1e-12) return origin >= low && origin <= high ? [-Infinity, Infinity] : [1, 0];
  const [a, b] = [(low - origin) / step, (high - origin) / step];
  return a < b ? [a, b] : [b, a];
}
