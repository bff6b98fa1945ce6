/** People on foot and on bicycles: along the pavement, across the zebra crossings, in groups, in the cycle lane. */
import type { Random } from '../random.ts';
import { along, type Crowd, course, standing, type TrafficPlan } from './crowd.ts';
import { constantSpeed, type Path } from './motion.ts';
import { isNearJunction, KERB_METERS, zebraAt } from './road.ts';

export function addCyclists(random: Random, plan: TrafficPlan, crowd: Crowd): void {
  const { road, duration } = plan;
  for (const direction of [1, -1] as const)
    for (let s = road.from + 20; s < road.to - 20; s += random.between(24, 60)) {
      const speed = constantSpeed(random.between(3.6, 6.2));
      const d = -direction * (road.cycleOffset + random.between(-0.3, 0.3));
      const start = s - (direction * speed.distance(duration)) / 2;
      crowd.add(random, crowd.cyclist, course(along(road, start, d, direction, 0), speed));
    }
}

export function addWalkers(random: Random, plan: TrafficPlan, crowd: Crowd): void {
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
export function addCrossers(random: Random, plan: TrafficPlan, crowd: Crowd): void {
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

/** People who stand: at the bus stop, talking, waiting at the kerb. */
export function addGroups(random: Random, plan: TrafficPlan, crowd: Crowd): void {
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
