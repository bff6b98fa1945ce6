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
