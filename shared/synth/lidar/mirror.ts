/**
 * Mirror images: a pulse that a pane or a wet road throws on comes back the same way, and the sensor, which knows only
 * of straight ways, sees the thing as far behind the mirror as it stands before it.
 */
import { cos, sin, square } from '../portableMath.ts';
import { cross, dot, type Point } from '../shapes/vector.ts';
import type { Placement } from '../world/motion.ts';
import type { Instance } from '../world/scenery.ts';

/** Farther things give too faint an image, metres from the mirror. */
const MOST_METERS = 30;

/** Things that a mirror may show: their meshes, as they stand in the lidar's axes. */
export class MirroredThings {
  readonly #things: readonly Thing[];

  constructor(instances: readonly Instance[], lidar: Placement) {
    this.#things = instances.filter(({ object }) => object > 0).map((instance) => thingOf(instance, lidar));
  }

  /** Metres from `from` along the unit vector `along` to the first surface; Infinity where there is none. */
  firstHit(from: Point, along: Point): number {
    let nearest = MOST_METERS;
    for (const thing of this.#things)
      if (passesNear(thing, from, along)) nearest = Math.min(nearest, hitOn(thing, from, along));
    return nearest < MOST_METERS ? nearest : Infinity;
  }
}

/** The direction in which a surface with this normal throws a pulse on. Unit vectors, whichever way the normal points. */
export function thrownOn(along: Point, normal: Point): Point {
  const across = 2 * dot(along, normal);
  return [along[0] - across * normal[0], along[1] - across * normal[1], along[2] - across * normal[2]];
}

interface Thing {
  readonly instance: Instance;
  readonly cosine: number;
  readonly sine: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

function thingOf(instance: Instance, lidar: Placement): Thing {
  const { place } = instance;
  const c = cos(lidar.yaw);
  const s = sin(lidar.yaw);
  const [dx, dy] = [place.x - lidar.x, place.y - lidar.y];
  return {
    instance,
    cosine: cos(place.yaw - lidar.yaw),
    sine: sin(place.yaw - lidar.yaw),
    x: c * dx + s * dy,
    y: -s * dx + c * dy,
    z: place.z - lidar.z,
  };
}

function passesNear({ instance, x, y, z }: Thing, from: Point, along: Point): boolean {
  const [dx, dy, dz] = [x - from[0], y - from[1], z - from[2]];
  const forward = dx * along[0] + dy * along[1] + dz * along[2];
  const { radius } = instance.mesh;
  return forward > -radius && square(dx) + square(dy) + square(dz) - square(forward) < square(radius);
}

/** Moeller and Trumbore's test against every triangle that faces the pulse. */
function hitOn({ instance, cosine, sine, x, y, z }: Thing, from: Point, along: Point): number {
  const { positions: p, triangles } = instance.mesh;
  const [ox, oy] = [from[0] - x, from[1] - y];
  const o: Point = [cosine * ox + sine * oy, -sine * ox + cosine * oy, from[2] - z];
  const d: Point = [cosine * along[0] + sine * along[1], -sine * along[0] + cosine * along[1], along[2]];
  let nearest = Infinity;
  for (let at = 0; at < 9 * triangles; at += 9) {
    const e1: Point = [p[at + 3]! - p[at]!, p[at + 4]! - p[at + 1]!, p[at + 5]! - p[at + 2]!];
    const e2: Point = [p[at + 6]! - p[at]!, p[at + 7]! - p[at + 1]!, p[at + 8]! - p[at + 2]!];
    const across = cross(d, e2);
    const facing = dot(e1, across);
    if (facing < 1e-12) continue;
    const t: Point = [o[0] - p[at]!, o[1] - p[at + 1]!, o[2] - p[at + 2]!];
    const u = dot(t, across) / facing;
    const q = cross(t, e1);
    const v = dot(d, q) / facing;
    if (u < 0 || v < 0 || u + v > 1) continue;
    const meters = dot(e2, q) / facing;
    if (meters > 0.05 && meters < nearest) nearest = meters;
  }
  return nearest;
}
