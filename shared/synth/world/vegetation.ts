/** Undergrowth along the road: bushes that a lidar sees through in part, and young trees whose leaves hang low. */
import { cos, sin, square } from '../portableMath.ts';
import type { Random } from '../random.ts';
import { Material, type Rgb, rgb } from '../shapes/material.ts';
import { type Mesh, MeshBuilder } from '../shapes/mesh.ts';
import { treeMesh } from '../shapes/street.ts';
import { type Point, unit } from '../shapes/vector.ts';
import { type Actor, worldBox } from './actor.ts';
import { isNearJunction, KERB_METERS, type Road } from './road.ts';
import type { Instance } from './scenery.ts';

/** Green, dark green, and green again, as tree palettes are. */
const leaves: readonly Rgb[] = [rgb(88, 124, 54), rgb(40, 60, 28), rgb(70, 106, 44)];
/** Metres between plants at `vegetation` 1, and what stays free between a plant and anyone's way. */
const SPACING_METERS = 3.5;
const CLEAR_METERS = 0.25;

export interface VegetationPlan {
  readonly road: Road;
  readonly actors: readonly Actor[];
  /** Seconds that the scene lasts. */
  readonly duration: number;
  /** 0 none, 1 dense. */
  readonly level: number;
}

/** Plants on both pavements and at the foot of the houses, none where anyone stands or passes. */
export function makeVegetation(random: Random, plan: VegetationPlan): Instance[] {
  const { road, level } = plan;
  if (level === 0) return [];
  const { half, pavement } = road.style;
  const ways = waysOf(plan);
  const plants: Instance[] = [];
  for (const side of [1, -1] as const)
    for (let s = road.from + 8; s < road.to - 8; s += (SPACING_METERS / level) * random.between(0.6, 1.4)) {
      const isYoungTree = random.chance(0.25);
      const radius = random.between(0.35, 0.75);
      const atKerb = random.chance(0.5);
      const d = side * (half + (atKerb ? random.between(0.8, 1.1) : pavement - random.between(0.2, 0.6)));
      const turn = random.between(0, 6.28);
      const mesh = isYoungTree ? treeMesh(random, random.between(2.6, 3.8)) : bushMesh(random, radius);
      const [x, y] = road.point(s, d);
      if (isNearJunction(road, s, 6) || !isFree(ways, x, y, isYoungTree ? 0.3 : radius)) continue;
      plants.push({ mesh, place: { x, y, z: KERB_METERS, yaw: turn }, palette: leaves, object: 0 });
    }
  return plants;
}

/** Leaves alone, without a core: a pulse that meets none goes on through. */
function bushMesh(random: Random, radius: number): Mesh {
  const builder = new MeshBuilder();
  const height = radius * random.between(1.2, 2.2);
  const count = Math.round(420 * radius * height);
  for (let leaf = 0; leaf < count; leaf++) {
    const out = unit([random.normal(), random.normal(), random.normal()]);
    // Denser outside, as leaves seek the light.
    const reach = Math.sqrt(random.unit());
    const middle: Point = [
      radius * reach * out[0],
      radius * reach * out[1],
      Math.max(0.05, (height / 2) * (1 + reach * out[2])),
    ];
    const size = random.between(0.05, 0.11);
    const corner = (): Point => [
      middle[0] + size * random.normal(),
      middle[1] + size * random.normal(),
      Math.max(0, middle[2] + size * random.normal()),
    ];
    builder.triangle(corner(), corner(), corner(), Material.foliage, random.chance(0.5) ? 0 : 2);
  }
  return builder.build();
}

/** A disc that someone covers at some moment. */
interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Where actors are over the scene: discs along each box, every quarter of a second. */
function waysOf({ actors, duration }: VegetationPlan): Disc[] {
  const discs: Disc[] = [];
  for (const actor of actors)
    for (let time = 0; time <= duration; time += 0.25) {
      const { center, size, yaw } = worldBox(actor, time);
      const radius = Math.sqrt(2) * (size[1] / 2);
      for (let along = -size[0] / 2; along <= size[0] / 2; along += size[1] / 2 + 0.05)
        discs.push({ x: center[0] + along * cos(yaw), y: center[1] + along * sin(yaw), radius });
      if (actor.isStatic) break;
    }
  return discs;
}

function isFree(ways: readonly Disc[], x: number, y: number, radius: number): boolean {
  return ways.every(
    (way) => square(way.x - x) + square(way.y - y) > square(way.radius + radius + CLEAR_METERS),
  );
}
