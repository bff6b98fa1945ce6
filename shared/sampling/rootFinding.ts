/**
 * Root of a function of one variable inside a bracket, after T. R. Chandrupatla, "A new hybrid
 * quadratic/bisection algorithm for finding the zero of a nonlinear function without using derivatives",
 * Advances in Engineering Software 28 (1997): inverse quadratic steps where they are safe, halving elsewhere.
 */

/**
 * `f(low)` and `f(high)` must not have the same sign (a zero at an end is taken). Stops when the bracket is
 * `tolerance` times max(1, |x|) wide, or when doubles have nothing left between its ends.
 */
export function findRoot(f: (x: number) => number, low: number, high: number, tolerance = 4e-16): number {
  let [b, a] = [low, high];
  let [fb, fa] = [f(low), f(high)];
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (fa > 0 === fb > 0) throw new Error(`no change of sign between ${low} and ${high}`);
  let [c, fc] = [a, fa];
  let step = 0.5;
  for (let round = 0; round < 400; round++) {
    const x = a + step * (b - a);
    const fx = f(x);
    if (fx > 0 === fa > 0) {
      c = a;
      fc = fa;
    } else {
      c = b;
      fc = fb;
      b = a;
      fb = fa;
    }
    a = x;
    fa = fx;
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const narrowest = (tolerance * Math.max(1, Math.abs(best))) / Math.abs(b - a);
    if (fa === 0 || fb === 0 || narrowest >= 0.5) return best;
    step = nextStep(a, b, c, fa, fb, fc);
    step = Math.min(1 - narrowest, Math.max(narrowest, step));
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b;
}

/** Share of the way from a to b: by the inverse parabola through the three points where that is monotone. */
function nextStep(a: number, b: number, c: number, fa: number, fb: number, fc: number): number {
  const xi = (a - b) / (c - b);
  const phi = (fa - fb) / (fc - fb);
  if (!(phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi)) return 0.5;
  return (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb));
}

/** Smallest whole number in [low, high] for which `holds`; it must fail below and hold above. `null`: nowhere. */
export function firstWhole(holds: (value: number) => boolean, low: number, high: number): number | null {
  if (low > high || !holds(high)) return null;
  let [fails, passes] = [low - 1, high];
  while (passes - fails > 1) {
    const middle = fails + Math.floor((passes - fails) / 2);
    if (holds(middle)) passes = middle;
    else fails = middle;
  }
  return passes;
}
