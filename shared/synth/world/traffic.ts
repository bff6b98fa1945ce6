/** Fills a road with actors: lanes of traffic, parked rows, cyclists, walkers, waiting cars, a building site. */

import { sin, square } from '../portableMath.ts';
import type { Random } from '../random.ts';
import { type Actor, type ClassName, worldBox } from './actor.ts';
import { constantSpeed, type Path, placeOn, type SpeedProfile, speedProfile } from './motion.ts';
import { junctionReach, KERB_METERS, type Road } from './road.ts';
import { type Course, makeBarrier, makeCone, makeVehicle, People } from './wardrobe.ts';

export interface TrafficPlan {
  readonly road: Road;
  readonly ego: Course & { readonly lane: number; readonly halfLength: number };
  /** Seconds that the scene lasts. */
  readonly duration: number;
  /** Where the bus stop's bay is kept free: [s from, s to] on the own side. */
  readonly busBay: readonly [number, number];
}

/** Makes an actor once its place is known to be free. */
type Make = (random: Random, id: number, course: Course) => Actor;

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

/** Accepts an actor only where it never comes too close to another one or to the ego vehicle. */
class Crowd {
  readonly actors: Actor[] = [];
  readonly #times: number[] = [];
  readonly #plan: TrafficPlan;

  readonly pedestrian: Make;
  readonly cyclist: Make;

  constructor(plan: TrafficPlan, people: People) {
    this.#plan = plan;
    this.pedestrian = (random, id, course) => people.pedestrian(random, id, course);
    this.cyclist = (random, id, course) => people.cyclist(random, id, course);
    for (let t = -0.1; t <= plan.duration + 0.3; t += 0.25) this.#times.push(t);
  }

  add(random: Random, make: Make, course: Course, gap = 0.35): void {
    const candidate = make(random, this.actors.length + 1, course);
    const isFree = this.#times.every((time) => this.#isFreeAt(candidate, time, gap));
    if (isFree) this.actors.push(candidate);
  }

  #isFreeAt(candidate: Actor, time: number, gap: number): boolean {
    const own = discsOf(candidate, time);
    const ego = this.#plan.ego.placeAt(time);
    const back = { x: ego.x, y: ego.y, radius: 1.2 };
    const c = sin(ego.yaw + Math.PI / 2);
    const s = sin(ego.yaw);
    const front = { x: ego.x + 2.6 * c, y: ego.y + 2.6 * s, radius: 1.3 };
    if (tooClose(own, [back, front], gap)) return false;
    return !this.actors.some((other) => tooClose(own, discsOf(other, time), gap));
  }
}

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Discs of half the width's diagonal along the box, enough to keep boxes apart. */
function discsOf(actor: Actor, time: number): Disc[] {
  const { center, size, yaw } = worldBox(actor, time);
  const [length, width] = size[0] >= size[1] ? [size[0], size[1]] : [size[1], size[0]];
  const along = size[0] >= size[1] ? yaw : yaw + Math.PI / 2;
  const c = sin(along + Math.PI / 2);
  const s = sin(along);
  const count = Math.max(1, Math.ceil(length / width));
  const step = length / count;
  const radius = Math.sqrt(step * step + width * width) / 2;
  return Array.from({ length: count }, (_, i) => {
    const offset = (i + 0.5) * step - length / 2;
    return { x: center[0] + c * offset, y: center[1] + s * offset, radius };
  });
}

function tooClose(a: readonly Disc[], b: readonly Disc[], gap: number): boolean {
  return a.some((p) =>
    b.some((q) => {
      const reach = p.radius + q.radius + gap;
      return square(p.x - q.x) + square(p.y - q.y) < reach * reach;
    }),
  );
}

/** Along the road at offset d from s0, with (+1) or against (-1) s. */
function along(road: Road, s0: number, d: number, direction: 1 | -1, z: number): Path {
  return (distance) => [...road.point(s0 + direction * distance, d), z] as [number, number, number];
}

function course(path: Path, speed: SpeedProfile, isStatic = false): Course {
  return { speed, isStatic, placeAt: (time) => placeOn(path, speed.distance(time)) };
}

/** A thing that never moves. */
function standing(road: Road, s: number, d: number, turn: number, z: number, isStatic: boolean): Course {
  const [x, y] = road.point(s, d);
  const place = { x, y, z, yaw: road.at(s)[2] + turn };
  return { speed: constantSpeed(0), isStatic, placeAt: () => place };
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

function isNearJunction(road: Road, s: number, margin: number): boolean {
  const reach = junctionReach(road.style) + margin;
  return road.junctions.some((junction) => Math.abs(s - junction.s) < reach);
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

function addCyclists(random: Random, plan: TrafficPlan, crowd: Crowd): void {
  const { road, duration } = plan;
  for (const direction of [1, -1] as const)
    for (let s = road.from + 20; s < road.to - 20; s += random.between(24, 60)) {
      const speed = constantSpeed(random.between(3.6, 6.2));
      const d = -direction * (road.cycleOffset + random.between(-0.3, 0.3));
      const start = s - (direction * speed.distance(duration)) / 2;
      crowd.add(random, crowd.cyclist, course(along(road, start, d, direction, 0), speed));
    }
}

function addWalkers(random: Random, plan: TrafficPlan, crowd: Crowd): void {
  const { road } = plan;
  const { half, pavement } = road.style;
  for (const side of [1, -1] as const)
    for (let s = road.from + 20; s < road.to - 20; s += random.between(9, 26)) {
      if (isNearJunction(road, s, 4)) continue;
      const speed = constantSpeed(random.between(0.95, 1.6));
      const direction = random.chance(0.5) ? 1 : -1;
      const d = side * (half + random.between(1.7, pavement - 0.5));
      crowd.add(random, crowd.pedestrian, course(along(road, s, d, direction, KERB_METERS), speed), 0.25);
      if (!random.chance(0.25)) continue;
      const beside = d + (d > half + pavement / 2 ? -0.75 : 0.75) * Math.sign(d) * side;
      crowd.add(
        random,
        crowd.pedestrian,
        course(along(road, s + 0.2, beside, direction, KERB_METERS), speed),
        0.08,
      );
    }
}

/** People on the zebra crossings, where no vehicle comes near them. */
function addCrossers(random: Random, plan: TrafficPlan, crowd: Crowd): void {
  const { road } = plan;
  const { half } = road.style;
  for (const junction of road.junctions)
    for (let i = 0; i < 5; i++) {
      const s = zebraAt(road, junction.s) + random.between(-1.2, 1.2);
      const direction = random.chance(0.5) ? 1 : -1;
      const start = random.between(-half - 1, half * 0.6);
      const speed = constantSpeed(random.between(1.1, 1.6));
      const path: Path = (distance) => {
        const d = direction * (start + distance);
        const rise = Math.max(0, Math.min(1, (Math.abs(d) - half) / 0.3 + 0.5));
        return [...road.point(s, d), KERB_METERS * rise] as [number, number, number];
      };
      crowd.add(random, crowd.pedestrian, course(path, speed), 0.9);
    }
}

/** Middle of the zebra crossing before a junction. */
export function zebraAt(road: Road, junctionS: number): number {
  return junctionS - junctionReach(road.style) - 2.6;
}

/** People who stand: at the bus stop, talking, waiting at the kerb. */
function addGroups(random: Random, plan: TrafficPlan, crowd: Crowd): void {
  const { road, busBay } = plan;
  const { half, pavement } = road.style;
  const stand = (s: number, d: number, turn: number) =>
    crowd.add(random, crowd.pedestrian, standing(road, s, d, turn, KERB_METERS, false), 0.05);
  const stop = (busBay[0] + busBay[1]) / 2;
  for (let i = 0; i < 3; i++)
    stand(
      stop + random.between(-3, 3),
      -half - random.between(0.7, 1.5),
      Math.PI / 2 + random.normal() * 0.5,
    );
  for (let s = road.from + 30; s < road.to - 30; s += random.between(28, 55)) {
    if (isNearJunction(road, s, 3)) continue;
    const side = random.chance(0.5) ? 1 : -1;
    const d = side * (half + random.between(1.8, pavement - 0.8));
    stand(s, d, random.between(-0.4, 0.4));
    stand(s + random.between(0.8, 1), d + random.between(-0.2, 0.2), Math.PI + random.between(-0.4, 0.4));
  }
}
