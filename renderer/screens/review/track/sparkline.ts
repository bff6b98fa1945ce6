/** A small plot as an SVG path: gaps where a value is unknown, a level line where all are alike. */
export interface Sparkline {
  readonly path: string;
  /** Where the value at the mark stands; null where it is unknown. */
  readonly mark: { readonly x: number; readonly y: number } | null;
}

export interface PlotRange {
  readonly low: number;
  readonly high: number;
}

/** Least and greatest known value; null where none is known. */
export function spread(values: readonly (number | null)[]): PlotRange | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? { low, high } : null;
}

/** From places and values to the pixels of a plot. */
export interface PlotScale {
  x(place: number): number;
  y(value: number): number;
}

/** Pixels kept free above and below, so that a line at the edge is not cut. */
const inset = 2;

export function plotScale(range: PlotRange, count: number, width: number, height: number): PlotScale {
  const { low, high } = range;
  return {
    x: (place) => (count === 1 ? width / 2 : hundredth((width * place) / (count - 1))),
    y(value) {
      const share = high > low ? (value - low) / (high - low) : 0.5;
      return hundredth(inset + (1 - share) * (height - 2 * inset));
    },
  };
}

/** `range`: what the plot spans; without one, what the values do. */
export function sparkline(
  values: readonly (number | null)[],
  at: number,
  width: number,
  height: number,
  range: PlotRange | null = spread(values),
): Sparkline {
  if (!range) return { path: '', mark: null };
  const { x, y } = plotScale(range, values.length, width, height);
  let path = '';
  let isOpen = false;
  for (const [place, value] of values.entries()) {
    if (value !== null) path += `${isOpen ? 'L' : 'M'}${x(place)} ${y(value)}`;
    isOpen = value !== null;
  }
  const value = values[at] ?? null;
  return { path, mark: value === null ? null : { x: x(at), y: y(value) } };
}

function hundredth(pixels: number): number {
  return Math.round(100 * pixels) / 100;
}
