/**
 * The road a scene is built along: a smooth centre line with places (s, d), where s runs along it in metres and d to
 * its left, and the cross-section and junctions that belong to those places.
 */
import { cos, sin } from '../portableMath.ts';
import type { Random } from '../random.ts';

export interface RoadStyle {
  readonly laneWidth: number;
  readonly lanesPerDirection: 1 | 2;
  readonly hasCycleLane: boolean;
  readonly hasParking: boolean;
  /** Half width of the carriageway, kerb to centre line. */
  readonly half: number;
  readonly pavement: number;
  /** Half width of side roads. */
  readonly sideHalf: number;
}

export const CYCLE_LANE_METERS = 1.7;
export const PARKING_METERS = 2.3;
export const KERB_METERS = 0.12;

/** Side roads leave at right angles at `s`, to the left, the right, or both. */
export interface Junction {
  readonly s: number;
  readonly left: boolean;
  readonly right: boolean;
}

export interface Road {
  readonly style: RoadStyle;
  readonly junctions: readonly Junction[];
  /** The stretch of centre line that is built. */
  readonly from: number;
  readonly to: number;
  /** Centre line place and heading at s: [x, y, yaw]; beyond the ends the road runs on straight. */
  at(s: number): readonly [x: number, y: number, yaw: number];
  /** World x, y of a place. */
  point(s: number, d: number): readonly [x: number, y: number];
  /** Offset of a lane's middle: `lane` 0 is next to the centre line. Right-hand traffic: own side has d < 0. */
  laneOffset(lane: number, isOncoming: boolean): number;
  readonly parkingOffset: number;
  readonly cycleOffset: number;
}

export function roadStyle(random: Random, index: number): RoadStyle {
  const lanesPerDirection = index % 2 === 0 ? 1 : 2;
  const hasCycleLane = lanesPerDirection === 1;
  const laneWidth = random.between(3.25, 3.5);
  const half = laneWidth * lanesPerDirection + (hasCycleLane ? CYCLE_LANE_METERS : 0) + PARKING_METERS;
  return {
    laneWidth,
    lanesPerDirection,
    hasCycleLane,
    hasParking: true,
    half,
    pavement: random.between(3.4, 4.2),
    sideHalf: random.between(3.4, 4),
  };
}

const STEP = 1;

/** Straight across junctions, bending gently (radius 130 m or more) between them. */
export function makeRoad(
  random: Random,
  style: RoadStyle,
  from: number,
  to: number,
  junctions: readonly Junction[],
): Road {
  const count = Math.ceil((to - from) / STEP) + 1;
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  const yaws = new Float64Array(count);
  const bend = (random.chance(0.5) ? 1 : -1) * random.between(1 / 190, 1 / 140);
  const wavelength = random.between(190, 260);
  const phase = random.between(-20, 20);
  const curvatureAt = (s: number) => {
    let straightness = 1;
    for (const junction of junctions) {
      const near = (Math.abs(s - junction.s) - 22) / 18;
      straightness = Math.min(straightness, Math.max(0, Math.min(1, near)));
    }
    return bend * sin((2 * Math.PI * (s + phase)) / wavelength) * straightness;
  };
  for (let i = 1; i < count; i++) {
    const yaw = yaws[i - 1]! + curvatureAt(from + (i - 0.5) * STEP) * STEP;
    const middle = (yaw + yaws[i - 1]!) / 2;
    yaws[i] = yaw;
    xs[i] = xs[i - 1]! + STEP * cos(middle);
    ys[i] = ys[i - 1]! + STEP * sin(middle);
  }
  const at = (s: number): readonly [number, number, number] => {
    const place = (s - from) / STEP;
    const i = Math.min(count - 2, Math.max(0, Math.floor(place)));
    const t = place - i;
    if (t < 0 || t > 1) {
      const end = t < 0 ? 0 : count - 1;
      const over = s - (from + end * STEP);
      return [xs[end]! + over * cos(yaws[end]!), ys[end]! + over * sin(yaws[end]!), yaws[end]!];
    }
    // A cubic through both ends' headings: no corner at the steps, so speed and heading agree.
    const yaw0 = yaws[i]!;
    const yaw1 = yaws[i + 1]!;
    const h00 = 1 + t * t * (2 * t - 3);
    const h10 = STEP * t * (1 + t * (t - 2));
    const h11 = STEP * t * t * (t - 1);
    const x = h00 * xs[i]! + (1 - h00) * xs[i + 1]! + h10 * cos(yaw0) + h11 * cos(yaw1);
    const y = h00 * ys[i]! + (1 - h00) * ys[i + 1]! + h10 * sin(yaw0) + h11 * sin(yaw1);
    return [x, y, yaw0 + (yaw1 - yaw0) * t];
  };
  const { laneWidth, lanesPerDirection, hasCycleLane, half } = style;
  return {
    style,
    junctions,
    from,
    to,
    at,
    point: (s, d) => {
      const [x, y, yaw] = at(s);
      return [x - d * sin(yaw), y + d * cos(yaw)];
    },
    laneOffset: (lane, isOncoming) => (isOncoming ? 1 : -1) * (lane + 0.5) * laneWidth,
    parkingOffset: half - PARKING_METERS / 2,
    cycleOffset: hasCycleLane
      ? lanesPerDirection * laneWidth + CYCLE_LANE_METERS / 2
      : half - PARKING_METERS - 0.6,
  };
}

/** How far from a junction's middle the side road and its corners reach along the main road. */
export function junctionReach(style: RoadStyle): number {
  return style.sideHalf + style.pavement;
}

/** Middle of the zebra crossing before a junction. */
export function zebraAt(road: Road, junctionS: number): number {
  return junctionS - junctionReach(road.style) - 2.6;
}

/** Whether s lies within a junction's mouth and corners, or `margin` metres before them. */
export function isNearJunction(road: Road, s: number, margin: number): boolean {
  const reach = junctionReach(road.style) + margin;
  return road.junctions.some((junction) => Math.abs(s - junction.s) < reach);
}
