/**
 * The heading a scan suggests: the turn at which most of its points lie close to one of two sides that stand at right
 * angles. Seen from above a lidar draws an L or a line, so sides count and what lies between them hardly does.
 */

/** Searched to both sides of the heading that stands: beyond, length and width would change places. */
const widest = (35 * Math.PI) / 180;
const coarse = (1 * Math.PI) / 180;
const fine = (0.1 * Math.PI) / 180;
/** A point nearer to a side than this lies on it, metres: the noise of the range. */
const onSide = 0.05;
/** A turn has to be better than the heading that stands by this share, else it is kept. */
const worthTurning = 1.03;
const mostPoints = 1500;

/** Turn against the box's own heading, radians; null where the points do not prefer another by enough. */
export function bestHeading(along: Float64Array, across: Float64Array, count: number): number | null {
  const step = Math.max(1, Math.ceil(count / mostPoints));
  const score = (turn: number): number => closeness(along, across, count, step, turn);
  const standing = score(0);
  let best = 0;
  let most = standing;
  const look = (turn: number): void => {
    const value = score(turn);
    if (value <= most) return;
    most = value;
    best = turn;
  };
  for (let turn = -widest; turn <= widest; turn += coarse) look(turn);
  const middle = best;
  for (let turn = middle - coarse; turn <= middle + coarse; turn += fine) look(turn);
  const isAtEdge = Math.abs(best) > widest - coarse;
  return most > worthTurning * standing && !isAtEdge ? best : null;
}

/** Sum over the points of the inverse distance to the nearer of the sides they are best told by. */
export function closeness(
  along: Float64Array,
  across: Float64Array,
  count: number,
  step: number,
  turn: number,
): number {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [u, v] = [scratch(0, count), scratch(1, count)];
  let n = 0;
  for (let at = 0; at < count; at += step) {
    u[n] = cos * along[at]! + sin * across[at]!;
    v[n] = cos * across[at]! - sin * along[at]!;
    n++;
  }
  const [uLow, uHigh] = ends(u, n);
  const [vLow, vHigh] = ends(v, n);
  // Of each pair of sides only the one that holds the points is seen.
  const uSide = nearer(u, n, uLow, uHigh);
  const vSide = nearer(v, n, vLow, vHigh);
  let sum = 0;
  for (let at = 0; at < n; at++) {
    const distance = Math.min(Math.abs(u[at]! - uSide), Math.abs(v[at]! - vSide));
    sum += onSide / Math.max(onSide, distance);
  }
  return sum;
}

/** The end of the span that more of the points are close to. */
function nearer(values: Float64Array, n: number, low: number, high: number): number {
  let toLow = 0;
  let toHigh = 0;
  for (let at = 0; at < n; at++) {
    toLow += onSide / Math.max(onSide, Math.abs(values[at]! - low));
    toHigh += onSide / Math.max(onSide, Math.abs(values[at]! - high));
  }
  return toLow >= toHigh ? low : high;
}

/** Lowest and highest but for a hundredth of stray points at each end. */
function ends(values: Float64Array, n: number): [number, number] {
  const sorted = scratch(2, n).subarray(0, n);
  sorted.set(values.subarray(0, n));
  sorted.sort();
  const stray = Math.floor(0.01 * n);
  return [sorted[stray]!, sorted[n - 1 - stray]!];
}

const buffers = [new Float64Array(0), new Float64Array(0), new Float64Array(0)];

function scratch(which: 0 | 1 | 2, length: number): Float64Array {
  if (buffers[which]!.length < length) buffers[which] = new Float64Array(2 * length);
  return buffers[which]!;
}
