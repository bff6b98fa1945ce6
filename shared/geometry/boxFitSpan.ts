/** Where a box begins and ends along one of its level axes, from the points of its object and what is unseen. */

export interface Span {
  readonly low: number;
  readonly high: number;
  /** True where its extent is not the points' own. */
  readonly isKept: boolean;
}

/** Share of the points beyond which a side lies: mirrors and stray returns stay outside. */
const strayShare = 0.01;
/** How near the points have to come to a hidden side that stands for it to be confirmed, metres. */
const confirming = 0.25;
/** A standing extent this many times smaller or larger than its class's is not believed. */
const believable = 2.5;
/** A seen side moves inwards by at most this: metres, or a share of the extent. */
const leastBehind = 0.75;
const behindShare = 0.17;
/** Below this extent nothing has flat sides, and half of what is unseen of it lies behind what is seen. */
const roundMeters = 1.2;
const roundShare = 0.25;
/** Sides are a little outside the points on them: half the spread of the range. */
const outside = 0.01;

/**
 * `sorted`: places along the axis from the centre of a box of this extent that stands. `sensor`: the sensor's place
 * along it: the side towards it is seen, the other is not; between the sides, neither is.
 */
export function fitSpan(sorted: Float64Array, extent: number, typical: number | null, sensor: number): Span {
  const stray = Math.floor(strayShare * sorted.length);
  const low = sorted[stray]! - outside;
  const high = sorted[sorted.length - 1 - stray]! + outside;
  const seen = high - low;
  const half = extent / 2;
  const isBelieved = typical === null || (extent < believable * typical && extent > typical / believable);
  const wanted = isBelieved ? extent : typical;
  if (seen >= wanted) return { low, high, isKept: false };
  const side = sensor > high ? 1 : sensor < low ? -1 : 0;
  if (side === 0) {
    // Seen end on: both sides are outlines. Nearly all of it is all of it.
    if (seen >= 0.75 * wanted) {
      const middle = (low + high) / 2;
      const kept = Math.max(seen, Math.min(wanted, seen + 0.1));
      return { low: middle - kept / 2, high: middle + kept / 2, isKept: kept > seen + 0.02 };
    }
    return holding(low, high, wanted);
  }
  // People and cones are round: what is seen lies about their middle, a little towards the sensor.
  if (wanted < roundMeters && seen >= 0.4 * wanted) {
    const middle = (low + high) / 2 - side * roundShare * (wanted - seen);
    return { low: middle - wanted / 2, high: middle + wanted / 2, isKept: true };
  }
  // The side that is seen goes to its points. The hidden one stays where points confirm it, else the extent does.
  const near = side > 0 ? high : -low;
  const far = side > 0 ? -low : high;
  // Points that begin that far behind the side they should lie on are what something in front leaves to be seen.
  if (half - near > Math.max(leastBehind, behindShare * wanted)) return holding(low, high, wanted);
  const isConfirmed = isBelieved && Math.abs(half - far) <= confirming;
  const hidden = isConfirmed ? Math.max(half, far) : Math.max(wanted - near, far);
  return side > 0
    ? { low: -hidden, high: near, isKept: !isConfirmed }
    : { low: -near, high: hidden, isKept: !isConfirmed };
}

/** The standing place, moved no farther than its points ask for. */
function holding(low: number, high: number, wanted: number): Span {
  const middle = Math.min(Math.max(0, high - wanted / 2), low + wanted / 2);
  return { low: middle - wanted / 2, high: middle + wanted / 2, isKept: true };
}
