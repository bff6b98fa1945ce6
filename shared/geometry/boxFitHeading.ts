/**
 * The heading a scan suggests: the turn at which most of its points lie close to one of two sides that stand at right
 * angles. Seen from above a lidar draws an L or a line, so sides count and what lies between them hardly does.
 */

/** Searched to both sides of the heading that stands: a label that is off by more wants a person's eye first. */
const widest = (25 * Math.PI) / 180;
const coarse = (1 * Math.PI) / 180;
const fine = (0.1 * Math.PI) / 180;
/** A point nearer to a side than this lies on it, metres: the noise of the range. */
const onSide = 0.05;
/** A turn to the edge of the search has to be better by this share; smaller ones by less. */
const doubt = 0.25;
/** What a turn has to win by at all, and how far off it may then be and still confirm the heading that stands. */
const worthTurning = 1.015;
const confirms = (1.5 * Math.PI) / 180;
const fewest = 25;
const mostPoints = 1200;

/**
 * Turn against the box's own heading, radians: 0 where the points confirm it, null where they do not tell (too few
 * of them, or no sides).
 */
export function bestHeading(along: Float64Array, across: Float64Array, count: number): number | null {
  if (count < fewest) return null;
  const step = Math.max(1, Math.ceil(count / mostPoints));
  const score = (turn: number): number =>
    closeness(along, across, count, step, turn) * (1 - doubt * (turn / widest) ** 2);
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
  if (Math.abs(best) > widest - coarse) return null;
  if (most > worthTurning * standing) return best;
  return Math.abs(best) <= confirms ? 0 : null;
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
