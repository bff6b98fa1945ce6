/** The level box around a handful of points: the turn at which it is smallest. */

export interface Footprint {
  readonly center: readonly [x: number, y: number];
  /** The longer side, along `yaw`. */
  readonly length: number;
  readonly width: number;
  readonly yaw: number;
  readonly low: number;
  readonly high: number;
}

const stepRadians = (3 * Math.PI) / 180;

/** `places`: x, y, z of each point; at least one. */
export function footprintOf(places: readonly number[]): Footprint {
  let best: Footprint | null = null;
  let smallest = Number.POSITIVE_INFINITY;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 2; at < places.length; at += 3) {
    low = Math.min(low, places[at]!);
    high = Math.max(high, places[at]!);
  }
  for (let yaw = 0; yaw < Math.PI / 2; yaw += stepRadians) {
    const [cos, sin] = [Math.cos(yaw), Math.sin(yaw)];
    let [uLow, uHigh, vLow, vHigh] = [1e9, -1e9, 1e9, -1e9];
    for (let at = 0; at < places.length; at += 3) {
      const u = cos * places[at]! + sin * places[at + 1]!;
      const v = cos * places[at + 1]! - sin * places[at]!;
      if (u < uLow) uLow = u;
      if (u > uHigh) uHigh = u;
      if (v < vLow) vLow = v;
      if (v > vHigh) vHigh = v;
    }
    const [uSpan, vSpan] = [uHigh - uLow, vHigh - vLow];
    // A thin thing has hardly any area whatever its turn: its longer side decides as well.
    const size = (uSpan + 0.1) * (vSpan + 0.1);
    if (size >= smallest) continue;
    smallest = size;
    const [u, v] = [(uLow + uHigh) / 2, (vLow + vHigh) / 2];
    const isAlong = uSpan >= vSpan;
    best = {
      center: [cos * u - sin * v, sin * u + cos * v],
      length: Math.max(uSpan, vSpan),
      width: Math.min(uSpan, vSpan),
      yaw: isAlong ? yaw : yaw + Math.PI / 2,
      ...{ low, high },
    };
  }
  return best!;
}

/** Lower or shorter than this nothing is taken for a vehicle, metres. */
const vehicle = { above: 1.1, longer: 1.3 } as const;
/** A longer side than this is no end of a vehicle but its flank, metres. */
const widestEnd = 2.7;
/** What vehicles measure at least, metres: lower and higher ones. */
const lowVehicle = { length: 4.4, width: 1.9 } as const;
const highVehicle = { above: 2.3, length: 7, width: 2.5 } as const;
const leastMeters = 0.2;

/**
 * The footprint that the whole thing is likely to have. A lidar sees the near sides of a vehicle: it goes on behind them,
 * away from the eye.
 */
export function wholeOf(
  footprint: Footprint,
  height: number,
  eye: readonly number[],
): Pick<Footprint, 'center' | 'length' | 'width' | 'yaw'> {
  const { center, yaw } = footprint;
  const [length, width] = [Math.max(footprint.length, leastMeters), Math.max(footprint.width, leastMeters)];
  if (height < vehicle.above || length < vehicle.longer) return { center, length, width, yaw };
  const least = height >= highVehicle.above ? highVehicle : lowVehicle;
  const isEnd = length <= widestEnd;
  const along = Math.max(length, isEnd ? least.width : least.length);
  // How far an end goes on is anyone's guess, a cycle seen from its side being as wide: half way is never far off.
  const across = Math.max(width, isEnd ? (width + least.length) / 2 : least.width);
  const [cos, sin] = [Math.cos(yaw), Math.sin(yaw)];
  const [x, y] = [center[0] - eye[0]!, center[1] - eye[1]!];
  const moveAlong = (Math.sign(cos * x + sin * y) * (along - length)) / 2;
  const moveAcross = (Math.sign(cos * y - sin * x) * (across - width)) / 2;
  const moved = [
    center[0] + cos * moveAlong - sin * moveAcross,
    center[1] + sin * moveAlong + cos * moveAcross,
  ] as const;
  return isEnd
    ? { center: moved, length: across, width: along, yaw: yaw + Math.PI / 2 }
    : { center: moved, length: along, width: across, yaw };
}
