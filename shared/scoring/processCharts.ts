/** Shewhart, EWMA and CUSUM charts over the lots of a vendor, in order. */

export interface Chart {
  readonly center: number;
  readonly upper: readonly number[];
  readonly lower: readonly number[];
  readonly points: readonly number[];
  /** Indices of the points beyond a limit. */
  readonly signals: readonly number[];
}

const sigmas = 3;

/** Share of nonconforming units: x of n in each lot. Limits vary with n and stay within [0, 1]. */
export function pChart(x: readonly number[], n: readonly number[]): Chart {
  const center = sum(x) / sum(n);
  const half = n.map((size) => sigmas * Math.sqrt((center * (1 - center)) / size));
  return shewhart(x, n, center, half, 1);
}

/** Defects per unit: x defects on n units in each lot. */
export function uChart(x: readonly number[], n: readonly number[]): Chart {
  const center = sum(x) / sum(n);
  const half = n.map((size) => sigmas * Math.sqrt(center / size));
  return shewhart(x, n, center, half, Number.POSITIVE_INFINITY);
}

function shewhart(
  x: readonly number[],
  n: readonly number[],
  center: number,
  half: readonly number[],
  most: number,
): Chart {
  const points = x.map((value, lot) => value / n[lot]!);
  const upper = half.map((width) => Math.min(most, center + width));
  const lower = half.map((width) => Math.max(0, center - width));
  return { center, upper, lower, points, signals: beyond(points, upper, lower) };
}

/** Exponentially weighted moving average, started at the target. */
export function ewmaChart(
  x: readonly number[],
  target: number,
  sigma: number,
  lambda: number,
  width: number,
): Chart {
  const points: number[] = [];
  let average = target;
  for (const value of x) {
    average = lambda * value + (1 - lambda) * average;
    points.push(average);
  }
  const half = x.map(
    (_, t) => width * sigma * Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * (t + 1)))),
  );
  const upper = half.map((value) => target + value);
  const lower = half.map((value) => target - value);
  return { center: target, upper, lower, points, signals: beyond(points, upper, lower) };
}

export interface CusumChart {
  readonly center: number;
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly signals: readonly number[];
}

/** Two-sided cumulative sum; allowance k and limit h in the units of x. A signal is a sum above h. */
export function cusumChart(x: readonly number[], target: number, k: number, h: number): CusumChart {
  const high: number[] = [];
  const low: number[] = [];
  for (const value of x) {
    high.push(Math.max(0, value - (target + k) + (high.at(-1) ?? 0)));
    low.push(Math.max(0, target - k - value + (low.at(-1) ?? 0)));
  }
  const signals = [...x.keys()].filter((lot) => high[lot]! > h || low[lot]! > h);
  return { center: target, high, low, signals };
}

function beyond(points: readonly number[], upper: readonly number[], lower: readonly number[]): number[] {
  return [...points.keys()].filter((lot) => points[lot]! > upper[lot]! || points[lot]! < lower[lot]!);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
