/** Everything that stands still and is not labelled: buildings, trees, lamps, signs, hedges, bins, the shelter. */
import type { Random } from '../random.ts';
import { buildingMesh, type FacadeStyle, planBuilding } from '../shapes/building.ts';
import { type Rgb, rgb } from '../shapes/material.ts';
import type { Mesh } from '../shapes/mesh.ts';
import {
  binMesh,
  hedgeMesh,
  lampMesh,
  shelterMesh,
  signMesh,
  trafficLightMesh,
  treeMesh,
} from '../shapes/street.ts';
import { groundMeshes } from './ground.ts';
import type { Placement } from './motion.ts';
import { junctionReach, KERB_METERS, type Road } from './road.ts';

/** A mesh put somewhere. `object` 0 is nobody's; labelled actors carry their id. */
export interface Instance {
  readonly mesh: Mesh;
  readonly place: Placement;
  readonly palette: readonly Rgb[];
  readonly object: number;
  readonly facade?: FacadeStyle;
}

const ORIGIN: Placement = { x: 0, y: 0, z: 0, yaw: 0 };
const walls: readonly Rgb[] = [
  rgb(214, 200, 176),
  rgb(196, 176, 150),
  rgb(226, 218, 204),
  rgb(178, 168, 158),
  rgb(206, 178, 140),
  rgb(188, 196, 196),
  rgb(216, 190, 172),
];
const bricks: readonly Rgb[] = [rgb(158, 86, 66), rgb(142, 76, 60), rgb(168, 108, 82), rgb(120, 78, 66)];
const trims: readonly Rgb[] = [rgb(232, 228, 220), rgb(206, 200, 190), rgb(120, 120, 122), rgb(88, 84, 82)];
const roofs: readonly Rgb[] = [rgb(140, 70, 52), rgb(112, 62, 50), rgb(84, 86, 92), rgb(70, 72, 78)];
const awnings: readonly Rgb[] = [rgb(150, 40, 40), rgb(36, 92, 72), rgb(40, 70, 120), rgb(206, 150, 60)];
const leaves: readonly (readonly [Rgb, Rgb, Rgb])[] = [
  [rgb(96, 132, 52), rgb(40, 62, 26), rgb(76, 112, 44)],
  [rgb(110, 138, 60), rgb(46, 66, 30), rgb(90, 122, 48)],
  [rgb(78, 118, 58), rgb(34, 56, 28), rgb(62, 100, 46)],
];

export interface SceneryPlan {
  readonly road: Road;
  readonly busBay: readonly [number, number];
}

export function makeScenery(random: Random, plan: SceneryPlan): Instance[] {
  const { road } = plan;
  const instances: Instance[] = groundMeshes(road).map((mesh) => ({
    mesh,
    place: ORIGIN,
    palette: [],
    object: 0,
  }));
  addStreetFronts(random, road, instances);
  addSideFronts(random, road, instances);
  addEnds(random, road, instances);
  addSkyline(random, road, instances);
  addStreetFurniture(random, plan, instances);
  return instances;
}

function building(random: Random, length: number, place: Placement): Instance {
  const design = planBuilding(random, length);
  const wall = random.pick(design.facade.isBrick ? bricks : walls);
  return {
    mesh: buildingMesh(random, design),
    place,
    palette: [wall, random.pick(trims), random.pick(roofs), random.pick(awnings)],
    object: 0,
    facade: design.facade,
  };
}

function at(road: Road, s: number, d: number, turn: number, z = KERB_METERS): Placement {
  const [x, y] = road.point(s, d);
  return { x, y, z, yaw: road.at(s)[2] + turn };
}

/** Rows of houses on both sides, broken by side roads and a few gardens. */
function addStreetFronts(random: Random, road: Road, instances: Instance[]): void {
  const reach = junctionReach(road.style);
  const line = road.style.half + road.style.pavement;
  for (const side of [1, -1] as const) {
    const mouths = road.junctions.filter((j) => (side > 0 ? j.left : j.right)).map((j) => j.s);
    for (let s = road.from; s < road.to; ) {
      const mouth = mouths.find((m) => m + reach > s);
      const room = mouth === undefined ? Infinity : mouth - reach - s;
      if (room < 0.5) {
        s = mouth! + reach;
        continue;
      }
      const wanted = random.between(10, 19);
      const length = room < wanted + 8 ? Math.min(room, 24) : wanted;
      const middle = s + length / 2;
      const turn = side > 0 ? 0 : Math.PI;
      if (random.chance(0.13) && room > 30) addGarden(random, road, middle, side, length, instances);
      else instances.push(building(random, length, at(road, middle, side * line, turn)));
      s += length;
    }
  }
}

function addGarden(
  random: Random,
  road: Road,
  s: number,
  side: 1 | -1,
  length: number,
  instances: Instance[],
): void {
  const line = road.style.half + road.style.pavement;
  const height = random.between(1, 1.7);
  instances.push({
    mesh: hedgeMesh(random, length - 0.6, 0.7, height),
    place: at(road, s, side * (line + 0.5), 0),
    palette: leaves[random.integer(0, 2)]!,
    object: 0,
  });
  for (let i = 0; i < 2; i++)
    instances.push(
      tree(
        random,
        random.between(6, 9),
        at(road, s + random.between(-3, 3), side * (line + random.between(4, 10)), 0),
      ),
    );
}

function tree(random: Random, height: number, place: Placement): Instance {
  const [light, dark, middle] = random.pick(leaves);
  return { mesh: treeMesh(random, height), place, palette: [light, dark, middle], object: 0 };
}

/** Houses along the side roads, behind the corner houses, and one that closes the view. */
function addSideFronts(random: Random, road: Road, instances: Instance[]): void {
  const { half, pavement } = road.style;
  const reach = junctionReach(road.style);
  for (const { s, left, right } of road.junctions)
    for (const side of [1, -1] as const) {
      if (!(side > 0 ? left : right)) continue;
      const heading = (side * Math.PI) / 2;
      for (const hand of [1, -1] as const)
        for (let b = pavement + 13.5; b < pavement + 50; ) {
          const length = random.between(11, 16);
          const turn = hand > 0 ? heading : heading + Math.PI;
          const place = at(road, s - side * hand * reach, side * (half + b + length / 2), turn);
          instances.push(building(random, length, place));
          b += length;
        }
      instances.push(building(random, 32, at(road, s, side * (half + pavement + 58), heading - Math.PI / 2)));
    }
}

function addEnds(random: Random, road: Road, instances: Instance[]): void {
  instances.push(building(random, 46, at(road, road.to, 0, -Math.PI / 2)));
  instances.push(building(random, 46, at(road, road.from, 0, Math.PI / 2)));
}

/** Taller blocks behind the rows, so that the town goes on. */
function addSkyline(random: Random, road: Road, instances: Instance[]): void {
  const line = road.style.half + road.style.pavement;
  for (const side of [1, -1] as const)
    for (let s = road.from; s < road.to; s += random.between(26, 44)) {
      if (road.junctions.some((j) => (side > 0 ? j.left : j.right) && Math.abs(s - j.s) < 34)) continue;
      const turn = side > 0 ? 0 : Math.PI;
      instances.push(
        building(random, random.between(16, 26), at(road, s, side * (line + random.between(24, 40)), turn)),
      );
    }
}

function addStreetFurniture(random: Random, plan: SceneryPlan, instances: Instance[]): void {
  const { road, busBay } = plan;
  const { half, pavement } = road.style;
  const steel = [rgb(96, 100, 104), rgb(40, 42, 44), rgb(170, 60, 50)];
  const reach = junctionReach(road.style);
  const put = (mesh: Mesh, s: number, d: number, turn: number, palette: readonly Rgb[]) =>
    instances.push({ mesh, place: at(road, s, d, turn), palette, object: 0 });
  const isMouth = (s: number, margin: number) =>
    road.junctions.some((j) => Math.abs(s - j.s) < reach + margin);
  const isStop = (s: number, side: number) => side < 0 && s > busBay[0] - 2 && s < busBay[1] + 2;
  const lamp = lampMesh(7.2);
  const trees = Array.from({ length: 4 }, () => tree(random, random.between(6.2, 8.4), ORIGIN));
  for (const side of [1, -1] as const) {
    const gap = random.between(13, 19);
    for (let s = road.from + 6; s < road.to - 6; s += gap) {
      if (isMouth(s, 5) || isStop(s, side) || random.chance(0.18)) continue;
      const chosen = random.pick(trees);
      instances.push({
        ...chosen,
        place: at(road, s + random.normal() * 0.4, side * (half + 0.95), random.between(0, 6.28)),
      });
    }
    for (let s = road.from + 9 + side * 3; s < road.to; s += 27)
      if (!isMouth(s, 1)) put(lamp, s, side * (half + 0.5), (-side * Math.PI) / 2, steel);
    for (let s = road.from + 20; s < road.to; s += random.between(30, 60)) {
      if (isMouth(s, 2) || isStop(s, side)) continue;
      const turn = side > 0 ? Math.PI : 0;
      const isRound = random.chance(0.6);
      const face = isRound ? rgb(196, 30, 36) : rgb(30, 84, 160);
      put(signMesh(isRound), s, side * (half + 0.4), turn, [steel[0]!, face, rgb(240, 240, 240)]);
      put(binMesh(), s + random.between(2, 6), side * (half + 0.7), 0, [rgb(52, 70, 60), rgb(34, 36, 38)]);
    }
  }
  for (const junction of road.junctions)
    for (const [along, d, turn] of [
      [-reach - 1, -half - 0.5, 0],
      [reach + 1, half + 0.5, Math.PI],
    ] as const)
      put(trafficLightMesh(), junction.s + along, d, turn, [steel[0]!, rgb(30, 34, 32)]);
  const stop = (busBay[0] + busBay[1]) / 2;
  const poster = random.pick([rgb(220, 120, 60), rgb(70, 140, 170), rgb(190, 70, 100)]);
  put(shelterMesh(), stop, -half - pavement + 1.3, Math.PI, [rgb(120, 92, 64), rgb(60, 70, 72), poster]);
}
