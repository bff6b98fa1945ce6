/** One scene's world: road, scenery, actors, the ego vehicle, the sun; asked for its state at any time. */
import { cos, sin } from '../portableMath.ts';
import { type Random, randomStream } from '../random.ts';
import { carMesh } from '../shapes/car.ts';
import { rgb } from '../shapes/material.ts';
import type { Actor } from './actor.ts';
import { type Placement, placeOn, type SpeedProfile, speedProfile } from './motion.ts';
import { type Junction, makeRoad, type Road, roadStyle } from './road.ts';
import { type Instance, makeScenery } from './scenery.ts';
import { makeTraffic } from './traffic.ts';
import { makeVegetation } from './vegetation.ts';

/** Sun and sky of a scene; all light is linear and relative. */
export interface Daylight {
  /** Unit vector towards the sun. */
  readonly sun: readonly [number, number, number];
  readonly sunLight: readonly [number, number, number];
  readonly skyLight: readonly [number, number, number];
  /** 0 clear, 1 overcast. */
  readonly cloudCover: number;
  readonly salt: number;
}

export interface World {
  readonly road: Road;
  readonly scenery: readonly Instance[];
  readonly actors: readonly Actor[];
  readonly daylight: Daylight;
  /** Rear axle's middle on the ground, ISO 8855. */
  egoAt(time: number): Placement;
  egoSpeedAt(time: number): number;
  /** The ego vehicle's body, for the shadow it throws; it is in nobody's view. */
  egoInstanceAt(time: number): Instance;
}

/** Metres from the rear axle to the middle of the ego vehicle's body. */
export const EGO_MIDDLE = 1.35;

/** The world of scene `index`, lasting `duration` seconds; `vegetation` 0..1 grows along its road. */
export function makeWorld(seed: number, index: number, duration: number, vegetation = 0): World {
  const stream = (part: string): Random => randomStream(seed, 'scene', index, part);
  const layout = stream('layout');
  const style = roadStyle(layout, index);
  const speed = egoSpeed(layout, duration);
  const reach = speed.distance(duration);
  const road = makeRoad(layout, style, -130, reach + 150, makeJunctions(layout, reach));
  const lane = style.lanesPerDirection - 1;
  const d = road.laneOffset(lane, false);
  const path = (distance: number): readonly [number, number, number] => [...road.point(distance, d), 0];
  const egoAt = (time: number) => placeOn(path, speed.distance(time));
  const bayStart = road.junctions.find((junction) => junction.s > 20)!.s + 18;
  const busBay = [bayStart, bayStart + 13] as const;
  const ego = { speed, isStatic: false, placeAt: egoAt, lane };
  const actors = makeTraffic(stream('traffic'), { road, ego, duration, busBay });
  const plants = makeVegetation(stream('vegetation'), { road, actors, duration, level: vegetation });
  const body = carMesh('suv', { length: 4.7, width: 1.9, height: 1.68 });
  return {
    road,
    scenery: [...makeScenery(stream('scenery'), { road, busBay }), ...plants],
    actors,
    daylight: makeDaylight(stream('daylight'), road.at(10)[2], index),
    egoAt,
    egoSpeedAt: speed.speed,
    egoInstanceAt: (time) => {
      const place = egoAt(time);
      const x = place.x + EGO_MIDDLE * cos(place.yaw);
      const y = place.y + EGO_MIDDLE * sin(place.yaw);
      return {
        mesh: body,
        place: { ...place, x, y },
        palette: [rgb(220, 220, 220), rgb(30, 30, 30)],
        object: 0,
      };
    },
  };
}

/** Gentle changes of pace, never a stop, so that every frame shows something new. */
function egoSpeed(random: Random, duration: number): SpeedProfile {
  const knots: [number, number][] = [[0, random.between(6.8, 8.6)]];
  while (knots.at(-1)![0] < duration)
    knots.push([knots.at(-1)![0] + random.between(2.5, 4), random.between(6.2, 9)]);
  return speedProfile(knots);
}

function makeJunctions(random: Random, reach: number): Junction[] {
  const junctions: Junction[] = [];
  for (let s = random.between(40, 48) - 110; s < reach + 110; s += random.between(100, 120)) {
    const both = random.chance(0.4);
    const left = both || random.chance(0.5);
    junctions.push({ s, left, right: both || !left });
  }
  return junctions.filter((junction) => junction.s > -90);
}

/** Low, warm light from ahead-left or behind-right, never along the street, so that facades on one side glow. */
function makeDaylight(random: Random, heading: number, index: number): Daylight {
  const elevation = random.between(0.58, 0.85);
  const side = index % 2 === 0 ? 1 : -1;
  const azimuth = heading + side * random.between(1.9, 2.5);
  const warmth = random.between(0.78, 0.9);
  return {
    sun: [cos(elevation) * cos(azimuth), cos(elevation) * sin(azimuth), sin(elevation)],
    sunLight: [2.35, 2.35 * (0.55 + 0.45 * warmth), 2.35 * (0.2 + 0.72 * warmth)],
    skyLight: [0.44, 0.53, 0.68],
    cloudCover: random.between(0.25, 0.55),
    salt: random.integer(1, 1_000_000),
  };
}
