/**
 * Scan conversion of convex polygons: which sample columns of each row lie inside. Neighbours that share an edge
 * compute it with the same numbers, so between them no sample is missed and none is taken twice.
 */
export interface Spans {
  /** First row and the one past the last. */
  top: number;
  bottom: number;
  /** Per row: bounds before rounding; the samples are ceil(left) .. ceil(right) - 1. */
  readonly left: Float64Array;
  readonly right: Float64Array;
}

export function makeSpans(rows: number): Spans {
  return { top: 0, bottom: 0, left: new Float64Array(rows), right: new Float64Array(rows) };
}

/** `count` corners as x, y pairs in `corners`, in sample units; rows outside [0, rows) are left out. */
export function scanPolygon(spans: Spans, corners: Float64Array, count: number, rows: number): void {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < count; i++) {
    const y = corners[2 * i + 1]!;
    if (y < low) low = y;
    if (y > high) high = y;
  }
  const top = Math.max(0, Math.ceil(low));
  const bottom = Math.min(rows, Math.ceil(high));
  spans.top = top;
  spans.bottom = bottom;
  if (top >= bottom) return;
  const { left, right } = spans;
  for (let row = top; row < bottom; row++) {
    left[row] = Infinity;
    right[row] = -Infinity;
  }
  for (let i = 0; i < count; i++) {
    const j = i + 1 === count ? 0 : i + 1;
    let x0 = corners[2 * i]!;
    let y0 = corners[2 * i + 1]!;
    let x1 = corners[2 * j]!;
    let y1 = corners[2 * j + 1]!;
    if (y0 > y1) {
      [x0, x1] = [x1, x0];
      [y0, y1] = [y1, y0];
    }
    const from = Math.max(top, Math.ceil(y0));
    const to = Math.min(bottom, Math.ceil(y1));
    if (from >= to) continue;
    const slope = (x1 - x0) / (y1 - y0);
    for (let row = from; row < to; row++) {
      const x = x0 + (row - y0) * slope;
      if (x < left[row]!) left[row] = x;
      if (x > right[row]!) right[row] = x;
    }
  }
}
