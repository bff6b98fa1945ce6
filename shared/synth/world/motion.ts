/** How an actor moves: a speed that is linear between given times, along a path measured in metres. */
import { atan2 } from '../portableMath.ts';

/** Speed in m/s at a time in s; constant before the first and after the last knot. */
export type SpeedKnot = readonly [time: number, speed: number];

export interface SpeedProfile {
  speed(time: number): number;
  /** Metres covered since time 0; negative before. */
  distance(time: number): number;
}

export function constantSpeed(speed: number): SpeedProfile {
  return { speed: () => speed, distance: (time) => speed * time };
}

/** Knots in ascending time, the first at time 0. */
export function speedProfile(knots: readonly SpeedKnot[]): SpeedProfile {
  const covered: number[] = [0];
  for (let i = 1; i < knots.length; i++) {
    const [t0, v0] = knots[i - 1]!;
    const [t1, v1] = knots[i]!;
    covered.push(covered[i - 1]! + ((v0 + v1) / 2) * (t1 - t0));
  }
  const segment = (time: number) => {
    let i = 0;
    while (i + 1 < knots.length && time >= knots[i + 1]![0]) i++;
    return i;
  };
  const speed = (time: number) => {
    if (time <= 0) return knots[0]![1];
    const i = segment(time);
    const [t0, v0] = knots[i]!;
    const next = knots[i + 1];
    return next ? v0 + ((next[1] - v0) * (time - t0)) / (next[0] - t0) : v0;
  };
  return {
    speed,
    distance: (time) => {
      if (time <= 0) return knots[0]![1] * time;
      const i = segment(time);
      const [t0, v0] = knots[i]!;
      return covered[i]! + ((v0 + speed(time)) / 2) * (time - t0);
    },
  };
}

/** World place after a distance along a path. */
export type Path = (distance: number) => readonly [x: number, y: number, z: number];

export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
}

/** The path's place with the heading of its tangent, so that heading and motion always agree, also at rest. */
export function placeOn(path: Path, distance: number): Placement {
  const [x, y, z] = path(distance);
  const [x0, y0] = path(distance - 0.2);
  const [x1, y1] = path(distance + 0.2);
  return { x, y, z, yaw: atan2(y1 - y0, x1 - x0) };
}
