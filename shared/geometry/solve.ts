/** Solving for one unknown: polynomials, where a function first falls, and a bracketed Newton iteration. */

/** `coefficients` run over powers from 0 up. */
export function polynomialAt(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let power = coefficients.length - 1; power >= 0; power--) value = value * x + coefficients[power]!;
  return value;
}

export function polynomialSlopeAt(coefficients: readonly number[], x: number): number {
  let slope = 0;
  for (let power = coefficients.length - 1; power >= 1; power--) {
    slope = slope * x + power * coefficients[power]!;
  }
  return slope;
}

/**
 * Where `f` first stops rising, in `steps` even steps from 0 up to `farthest` and then by halving the step;
 * Infinity where it rises all the way. The answer is on the side where it still rises.
 */
export function firstFold(f: (reach: number) => number, farthest: number, steps = 2048): number {
  const step = farthest / steps;
  const rises = (from: number, to: number): boolean => f(to) > f(from);
  for (let at = 0; at < steps; at++) {
    if (rises(at * step, (at + 1) * step)) continue;
    return lastValid((reach) => at === 0 || rises(reach - step / 64, reach), at * step, (at + 1) * step);
  }
  return Number.POSITIVE_INFINITY;
}

/** The last value between `valid` and `invalid` that still holds, by halving; `valid` is taken to hold. */
export function lastValid(holds: (value: number) => boolean, valid: number, invalid: number): number {
  let [inside, outside] = [valid, invalid];
  for (let halving = 0; halving < 40; halving++) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

const maximumSteps = 100;

/**
 * The x in [low, high] at which a rising `f` meets `target`, found to `tolerance` in x: Newton's steps, each kept
 * within the bracket and replaced by a halving where it would leave it. `null` where the target lies outside.
 */
export function solveRising(
  f: (x: number) => number,
  slope: (x: number) => number,
  target: number,
  bracket: readonly [low: number, high: number],
  start: number,
  tolerance = 1e-13,
): number | null {
  let [low, high] = bracket;
  if (!(f(low) <= target && f(high) >= target)) return null;
  let x = start > low && start < high ? start : (low + high) / 2;
  for (let step = 0; step < maximumSteps; step++) {
    const excess = f(x) - target;
    if (excess === 0) return x;
    if (excess > 0) high = x;
    else low = x;
    let next = x - excess / slope(x);
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - x) <= tolerance || high - low <= tolerance) return next;
    x = next;
  }
  return x;
}
