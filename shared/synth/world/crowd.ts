/** The actors accepted so far, and the rule that keeps them apart at every moment of the scene. */
import { sin, square } from '../portableMath.ts';
import type { Random } from '../random.ts';
import { type Actor, worldBox } from './actor.ts';
import { constantSpeed, type Path, placeOn, type SpeedProfile } from './motion.ts';
import type { Road } from './road.ts';
import type { Course, People } from './wardrobe.ts';

export interface TrafficPlan {
  readonly road: Road;
  readonly ego: Course & { readonly lane: number };
  /** Seconds that the scene lasts. */
  readonly duration: number;
  /** Where the bus stop's bay is kept free: [s from, s to] on the own side. */
  readonly busBay: readonly [number, number];
}

/** Makes an actor once its place is known to be free. */
export type Make = (random: Random, id: number, course: Course) => Actor;

/** Accepts an actor only where it never comes too close to another one or to the ego vehicle. */
export class Crowd {
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
export function along(road: Road, s0: number, d: number, direction: 1 | -1, z: number): Path {
  return (distance) => [...road.point(s0 + direction * distance, d), z] as [number, number, number];
}

export function course(path: Path, speed: SpeedProfile, isStatic = false): Course {
  return { speed, isStatic, placeAt: (time) => placeOn(path, speed.distance(time)) };
}

/** A thing that never moves. */
export function standing(
  road: Road,
  s: number,
  d: number,
  turn: number,
  z: number,
  isStatic: boolean,
): Course {
  const [x, y] = road.point(s, d);
  const place = { x, y, z, yaw: road.at(s)[2] + turn };
  return { speed: constantSpeed(0), isStatic, placeAt: () => place };
}
