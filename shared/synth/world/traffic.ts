/** Fills a road with actors: lanes of traffic, parked rows, cyclists, walkers, waiting cars, a building site. */

import type { Random } from '../random.ts';
import type { Actor, ClassName } from './actor.ts';
import { along, Crowd, course, type Make, standing, type TrafficPlan } from './crowd.ts';
import { constantSpeed, type SpeedProfile, speedProfile } from './motion.ts';
import { isNearJunction, junctionReach } from './road.ts';
import { addCrossers, addCyclists, addGroups, addWalkers } from './walkers.ts';
import { makeBarrier, makeCone, makeVehicle, People } from './wardrobe.ts';

export function makeTraffic(random: Random, plan: TrafficPlan): Actor[] {
  const crowd = new Crowd(plan, new People(random));
  addLanes(random, plan, crowd);
  addSite(random, plan, crowd);
  addParked(random, plan, crowd);
  addWaiting(random, plan, crowd);
  addCyclists(random, plan, crowd);
  addWalkers(random, plan, crowd);
  addCrossers(random, plan, crowd);
  addGroups(random, plan, crowd);
  return crowd.actors;
}

const vehicle =
  (className: ClassName): Make =>
  (random, id, where) =>
    makeVehicle(random, id, className, where);

function vehicleClass(random: Random): ClassName {
  const draw = random.unit();
  if (draw < 0.68) return 'car';
  if (draw < 0.83) return 'van';
  return draw < 0.93 ? 'truck' : 'bus';
}

function lengthOf(className: ClassName): number {
  return className === 'bus' ? 12 : className === 'truck' ? 8.4 : 5;
}

/** Columns of traffic; everyone in a lane shares its speed, so a lane queues and starts as one. */
function addLanes(random: Random, plan: TrafficPlan, crowd: Crowd): void {
  const { road, ego, duration } = plan;
  const { lanesPerDirection } = road.style;
  for (const isOncoming of [false, true])
    for (let lane = 0; lane < lanesPerDirection; lane++) {
      const isOwn = !isOncoming && lane === ego.lane;
      const speed = isOwn ? ego.speed : laneSpeed(random, isOncoming && lane === 0, duration);
      const direction = isOncoming ? -1 : 1;
      const travelled = speed.distance(duration);
      const d = road.laneOffset(lane, isOncoming);
      const start = isOncoming ? road.from + 10 : road.from + 10 - travelled;
      const end = isOncoming ? road.to - 10 + travelled : road.to - 10;
      let s = start + random.between(0, 12);
      while (s < end) {
        // The lead vehicle keeps a picture-filling but safe distance in the ego lane.
        if (isOwn && s > -13 && s < 16) s = random.between(16, 21);
        const className = vehicleClass(random);
        const length = lengthOf(className);
        s += length / 2;
        crowd.add(
          random,
          vehicle(className),
          course(along(road, s, d + random.between(-0.15, 0.15), direction, 0), speed),
        );
        s += length / 2 + random.between(9, 26);
      }
    }
}

/** Either steady, or slowing to a halt, waiting and going on. */
function laneSpeed(random: Random, mayStop: boolean, duration: number): SpeedProfile {
  const cruise = random.between(6.5, 10.5);
  if (!mayStop || random.chance(0.4)) return constantSpeed(cruise);
  const slow = random.between(3, 4.5);
  const halt = Math.max(0.8, Math.min(duration * 0.6, slow / 2.2));
  return speedProfile([
    [0, slow],
    [halt, 0],
    [halt + 7, 0],
    [halt + 7 + cruise / 1.6, cruise],
  ]);
}

function addParked(random: Random, plan: TrafficPlan, crowd: Crowd): void {
  const { road, busBay } = plan;
  for (const side of [1, -1] as const)
    for (let s = road.from + 15; s < road.to - 15; ) {
      const className: ClassName = random.chance(0.8) ? 'car' : random.chance(0.75) ? 'van' : 'truck';
      const length = lengthOf(className);
      const isBay = side < 0 && s + length > busBay[0] && s < busBay[1];
      const middle = s + length / 2;
      const isForbidden = isNearJunction(road, middle, length / 2 + 7) || isBay;
      if (!isForbidden && random.chance(0.58)) {
        const turn = (side > 0 ? Math.PI : 0) + random.normal() * 0.012 + (random.chance(0.12) ? Math.PI : 0);
        const d = side * (road.parkingOffset + random.normal() * 0.06);
        crowd.add(random, vehicle(className), standing(road, middle, d, turn, 0, true), 0.15);
      }
      s += length + random.between(0.7, 1.8);
    }
}

/** Cones and barriers around a dug-up stretch of one parking lane, every 150 m or so. */
function addSite(random: Random, plan: TrafficPlan, crowd: Crowd): void {
  const { road, busBay } = plan;
  const spots = [random.between(12, 26)];
  while (spots.at(-1)! + 150 < road.to - 40) spots.push(spots.at(-1)! + random.between(110, 150));
  for (const spot of spots) {
    const side = random.chance(0.5) ? 1 : -1;
    const length = random.between(9, 13);
    const blocked = isNearJunction(road, spot + length / 2, length / 2 + 4);
    const start = blocked ? road.junctions[0]!.s + junctionReach(road.style) + 9 : spot;
    if (side < 0 && start < busBay[1] && start + length > busBay[0]) continue;
    const { half } = road.style;
    const put = (make: Make, s: number, d: number, turn: number) =>
      crowd.add(random, make, standing(road, s, side * d, turn, 0, true), 0.02);
    for (const end of [start, start + length])
      put(makeBarrier, end, half - 1.25, end === start ? Math.PI : 0);
    for (let s = start + 1.2; s < start + length; s += 2.4)
      put(makeCone, s + random.normal() * 0.1, half - 2.5 + random.normal() * 0.05, random.between(-1, 1));
    put(makeBarrier, start + length / 2, half - 0.45, (side * Math.PI) / 2);
    for (let taper = 1; taper <= 3; taper++) put(makeCone, start - 1.6 * taper, half - 2.4 + 0.6 * taper, 0);
  }
}

/** Vehicles that wait at the mouth of a side road to join. */
function addWaiting(random: Random, plan: TrafficPlan, crowd: Crowd): void {
  const { road } = plan;
  for (const junction of road.junctions)
    for (const side of [1, -1] as const) {
      if (!(side > 0 ? junction.left : junction.right)) continue;
      const { half, sideHalf, pavement } = road.style;
      let b = pavement + 1.6;
      const count = random.integer(1, 2);
      for (let i = 0; i < count; i++) {
        const className: ClassName = random.chance(0.75) ? 'car' : 'van';
        // Coming towards the main road on its own right-hand side.
        const s = junction.s - (side * sideHalf) / 2;
        const where = standing(
          road,
          s,
          side * (half + b + lengthOf(className) / 2),
          (-side * Math.PI) / 2,
          0,
          false,
        );
        crowd.add(random, vehicle(className), where);
        b += lengthOf(className) + random.between(1.4, 2.4);
      }
    }
}
