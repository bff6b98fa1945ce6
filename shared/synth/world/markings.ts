/**
 * White paint on the road, as the share of a small patch that is painted. Camera and lidar ask the same function: the
 * camera with the patch one pixel covers, so that far lines fade instead of flickering; the lidar with its spot.
 */
import { CYCLE_LANE_METERS, junctionReach, PARKING_METERS, type Road, zebraAt } from './road.ts';

/** Share of [x - width / 2, x + width / 2] that lies in [low, high]. */
export function band(x: number, low: number, high: number, width: number): number {
  const half = width / 2;
  const overlap = Math.min(x + half, high) - Math.max(x - half, low);
  return overlap <= 0 ? 0 : Math.min(1, overlap / width);
}

/** The same for stripes [low, high] that repeat every `period`. */
export function stripes(x: number, period: number, low: number, high: number, width: number): number {
  const duty = (at: number) => {
    const turn = Math.floor(at / period);
    const rest = at - turn * period;
    return turn * (high - low) + Math.max(0, Math.min(rest, high) - low);
  };
  const half = width / 2;
  return (duty(x + half) - duty(x - half)) / width;
}

/** Paint at (s, d) of the main road; `ws`, `wd` are the patch's extent along and across, metres. */
export function roadPaint(road: Road, s: number, d: number, ws: number, wd: number): number {
  const { style } = road;
  const { half, laneWidth, lanesPerDirection, sideHalf } = style;
  const reach = junctionReach(style);
  const across = Math.abs(d);
  let isInside = false;
  for (const junction of road.junctions) {
    const near = s - junction.s;
    if (Math.abs(near) > reach + 9) continue;
    const zebra = zebraAt(road, junction.s);
    const onZebra = band(s, zebra - 1.7, zebra + 1.7, ws);
    if (onZebra > 0 && across < half)
      return onZebra * stripes(d, 1, 0.25, 0.75, wd) * band(across, -1, half - 0.35, wd);
    const carriage = laneWidth * lanesPerDirection;
    const stopOwn = band(s, zebra - 3.2, zebra - 2.8, ws) * band(d, -carriage + 0.15, -0.15, wd);
    const stopOther = band(near, reach + 0.8, reach + 1.2, ws) * band(d, 0.15, carriage - 0.15, wd);
    const stop = Math.max(stopOwn, stopOther);
    if (stop > 0) return stop;
    if (s > zebra - 2.8 && near < reach + 1.2) isInside = near > -sideHalf - 3.5 || s < zebra + 1.7;
  }
  if (isInside) return 0;
  const edge = lanesPerDirection * laneWidth;
  let paint = 0;
  if (lanesPerDirection === 1) paint = band(d, -0.07, 0.07, wd) * stripes(s, 6, 0, 3, ws);
  else {
    paint = band(across, 0.08, 0.2, wd);
    paint += band(across, laneWidth - 0.07, laneWidth + 0.07, wd) * stripes(s, 9, 0, 3, ws);
  }
  paint += band(across, edge - 0.06, edge + 0.06, wd) * (style.hasCycleLane ? 1 : 0.9);
  if (style.hasCycleLane) {
    const bays = half - PARKING_METERS;
    paint += band(across, bays - 0.05, bays + 0.05, wd) * stripes(s, 1.4, 0, 0.9, ws);
  }
  return Math.min(1, paint);
}

/** How much of the patch is the tinted cycle lane. */
export function cycleTint(road: Road, d: number, wd: number): number {
  if (!road.style.hasCycleLane) return 0;
  const inner = road.style.lanesPerDirection * road.style.laneWidth;
  return band(Math.abs(d), inner + 0.06, inner + CYCLE_LANE_METERS - 0.06, wd);
}

/** Paint on a side road at b metres from the main kerb and a metres left of its middle, looking away. */
export function sideRoadPaint(road: Road, b: number, a: number, wb: number, wa: number): number {
  const { pavement, sideHalf } = road.style;
  const stop = band(b, pavement + 0.6, pavement + 1, wb) * band(a, 0.15, sideHalf - 0.25, wa);
  const middle = band(a, -0.06, 0.06, wa) * stripes(b, 4.5, 0, 2, wb) * (b > pavement + 1 ? 1 : 0);
  return Math.max(stop, middle);
}
