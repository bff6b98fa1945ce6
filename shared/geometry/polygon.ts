/** Plane polygons and polylines as flat arrays u0, v0, u1, v1, ...: convex hull, clipping to a rectangle, bounds. */

/** Left, top, right, bottom. */
export type Ltrb = readonly [left: number, top: number, right: number, bottom: number];

/** Convex hull (Andrew's monotone chain), corners in order, collinear ones dropped. */
export function convexHull(points: readonly number[]): number[] {
  const order = Array.from({ length: points.length / 2 }, (_, index) => index).sort(
    (a, b) => points[2 * a]! - points[2 * b]! || points[2 * a + 1]! - points[2 * b + 1]!,
  );
  const half = (indices: readonly number[]): number[] => {
    const chain: number[] = [];
    for (const index of indices) {
      while (chain.length >= 2 && turn(points, chain.at(-2)!, chain.at(-1)!, index) <= 0) chain.pop();
      chain.push(index);
    }
    return chain.slice(0, -1);
  };
  const hull = order.length < 2 ? order : [...half(order), ...half(order.toReversed())];
  return hull.flatMap((index) => [points[2 * index]!, points[2 * index + 1]!]);
}

function turn(p: readonly number[], a: number, b: number, c: number): number {
  return (
    (p[2 * b]! - p[2 * a]!) * (p[2 * c + 1]! - p[2 * a + 1]!) -
    (p[2 * b + 1]! - p[2 * a + 1]!) * (p[2 * c]! - p[2 * a]!)
  );
}

/** The part of a convex polygon inside the rectangle, borders inclusive; empty where they do not meet. */
export function clipPolygon(polygon: readonly number[], [left, top, right, bottom]: Ltrb): number[] {
  let part = cutPolygon(polygon, 0, -1, -left);
  part = cutPolygon(part, 0, 1, right);
  part = cutPolygon(part, 1, -1, -top);
  return cutPolygon(part, 1, 1, bottom);
}

function cutPolygon(polygon: readonly number[], axis: 0 | 1, sign: 1 | -1, limit: number): number[] {
  const kept: number[] = [];
  for (let at = 0; at < polygon.length; at += 2) {
    const before = at === 0 ? polygon.length - 2 : at - 2;
    const past = sign * polygon[at + axis]! - limit;
    const pastBefore = sign * polygon[before + axis]! - limit;
    if (past > 0 !== pastBefore > 0) {
      const share = pastBefore / (pastBefore - past);
      const other = 1 - axis;
      const crossing = polygon[before + other]! + share * (polygon[at + other]! - polygon[before + other]!);
      if (axis === 0) kept.push(sign * limit, crossing);
      else kept.push(crossing, sign * limit);
    }
    if (past <= 0) kept.push(polygon[at]!, polygon[at + 1]!);
  }
  return kept;
}

/** The pieces of a polyline inside the rectangle. */
export function clipPolyline(line: readonly number[], rectangle: Ltrb): number[][] {
  const pieces: number[][] = [];
  let piece: number[] = [];
  for (let at = 0; at + 3 < line.length; at += 2) {
    const [u, v, du, dv] = [
      line[at]!,
      line[at + 1]!,
      line[at + 2]! - line[at]!,
      line[at + 3]! - line[at + 1]!,
    ];
    const span = clipSegment(u, v, du, dv, rectangle);
    if (span === null) {
      piece = [];
      continue;
    }
    const [from, to] = span;
    if (piece.length === 0 || from > 0) {
      piece = [u + from * du, v + from * dv];
      pieces.push(piece);
    }
    piece.push(u + to * du, v + to * dv);
    if (to < 1) piece = [];
  }
  return pieces;
}

/** Liang and Barsky: the range of t in [0, 1] for which (u, v) + t (du, dv) lies in the rectangle. */
function clipSegment(
  u: number,
  v: number,
  du: number,
  dv: number,
  [left, top, right, bottom]: Ltrb,
): [number, number] | null {
  let from = 0;
  let to = 1;
  const sides = [
    [-du, u - left],
    [du, right - u],
    [-dv, v - top],
    [dv, bottom - v],
  ] as const;
  for (const [slope, room] of sides) {
    if (slope === 0 && room < 0) return null;
    if (slope < 0) from = Math.max(from, room / slope);
    if (slope > 0) to = Math.min(to, room / slope);
  }
  return from <= to ? [from, to] : null;
}

/** Smallest upright rectangle round the points; `null` for none. */
export function boundsOf(points: readonly number[]): Ltrb | null {
  if (points.length === 0) return null;
  const bounds: [number, number, number, number] = [points[0]!, points[1]!, points[0]!, points[1]!];
  for (let at = 2; at < points.length; at += 2) {
    bounds[0] = Math.min(bounds[0], points[at]!);
    bounds[1] = Math.min(bounds[1], points[at + 1]!);
    bounds[2] = Math.max(bounds[2], points[at]!);
    bounds[3] = Math.max(bounds[3], points[at + 1]!);
  }
  return bounds;
}

/** Area shared by two rectangles over the area of both together, in [0, 1]; 0 for empty ones. */
export function iouOfRectangles(a: Ltrb, b: Ltrb): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (!(width > 0 && height > 0)) return 0;
  const shared = width * height;
  return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared);
}

/** Whether the point lies in the convex polygon, border inclusive, whichever way round it runs. */
export function isInConvexPolygon(polygon: readonly number[], u: number, v: number): boolean {
  let side = 0;
  for (let at = 0; at < polygon.length; at += 2) {
    const next = (at + 2) % polygon.length;
    const cross =
      (polygon[next]! - polygon[at]!) * (v - polygon[at + 1]!) -
      (polygon[next + 1]! - polygon[at + 1]!) * (u - polygon[at]!);
    if (cross === 0) continue;
    if (side !== 0 && Math.sign(cross) !== side) return false;
    side = Math.sign(cross);
  }
  return side !== 0;
}
