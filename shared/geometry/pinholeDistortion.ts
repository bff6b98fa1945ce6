/**
 * Distortion of a pinhole picture at focal length 1, both ways: OpenCV's rational model with thin prism and tilted
 * sensor (the formulas of its calib3d manual). Coefficients in OpenCV's order: k1 k2 p1 p2 k3 k4 k5 k6 s1 s2 s3 s4
 * tx ty; what the list is too short for is 0.
 */
import { solveRising } from './solve.ts';

export type Plane2 = readonly [x: number, y: number];

const distorted = new Float64Array(2);

/** Writes the distorted place of (x, y) = (X/Z, Y/Z) to `out`; no allocation. */
export function distort(d: readonly number[], x: number, y: number, out: Float64Array): void {
  const r2 = x * x + y * y;
  const radial = radialFactor(d, r2);
  const p1 = d[2] ?? 0;
  const p2 = d[3] ?? 0;
  const r4 = r2 * r2;
  const dx = x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x * x) + (d[8] ?? 0) * r2 + (d[9] ?? 0) * r4;
  const dy = y * radial + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y + (d[10] ?? 0) * r2 + (d[11] ?? 0) * r4;
  const [tiltX, tiltY] = [d[12] ?? 0, d[13] ?? 0];
  if (tiltX === 0 && tiltY === 0) {
    out[0] = dx;
    out[1] = dy;
    return;
  }
  // The sensor is turned by R = Ry(tiltY) Rx(tiltX); the second factor puts its plane back along the axis.
  const [sx, cx, sy, cy] = [Math.sin(tiltX), Math.cos(tiltX), Math.sin(tiltY), Math.cos(tiltY)];
  const turnedX = cy * dx + sy * sx * dy - sy * cx;
  const turnedY = cx * dy + sx;
  const turnedZ = sy * dx - cy * sx * dy + cy * cx;
  const [r13, r23, r33] = [-sy * cx, sx, cy * cx];
  out[0] = (r33 * turnedX - r13 * turnedZ) / turnedZ;
  out[1] = (r33 * turnedY - r23 * turnedZ) / turnedZ;
}

export function radialFactor(d: readonly number[], r2: number): number {
  const above = 1 + r2 * ((d[0] ?? 0) + r2 * ((d[1] ?? 0) + r2 * (d[4] ?? 0)));
  const below = 1 + r2 * ((d[5] ?? 0) + r2 * ((d[6] ?? 0) + r2 * (d[7] ?? 0)));
  return above / below;
}

/**
 * The place that `distort` moves to (u, v), within `reach` of the axis; `null` where there is none. The radial part
 * is solved for its own sake first, as a start for Newton's steps in the plane.
 */
export function undistort(d: readonly number[], reach: number, u: number, v: number): Plane2 | null {
  const start = withoutRadialPart(d, reach, withoutTilt(d, [u, v]));
  return solvePlane((x, y) => {
    distort(d, x, y, distorted);
    return [distorted[0]! - u, distorted[1]! - v];
  }, start);
}

/** The tilted sensor alone is a homography, so it is undone in one step. */
function withoutTilt(d: readonly number[], [u, v]: Plane2): Plane2 {
  const [tiltX, tiltY] = [d[12] ?? 0, d[13] ?? 0];
  if (tiltX === 0 && tiltY === 0) return [u, v];
  const [sx, cx, sy, cy] = [Math.sin(tiltX), Math.cos(tiltX), Math.sin(tiltY), Math.cos(tiltY)];
  const [a, b] = [(u - sy * cx) / (cy * cx), (v + sx) / (cy * cx)];
  const depth = -sy * cx * a + sx * b + cy * cx;
  return [(cy * a + sy) / depth, (sy * sx * a + cx * b - cy * sx) / depth];
}

function withoutRadialPart(d: readonly number[], reach: number, [u, v]: Plane2): Plane2 {
  const length = Math.hypot(u, v);
  if (length === 0) return [0, 0];
  const farthest = Number.isFinite(reach) ? reach : Math.max(100, 10 * length);
  const at = (radius: number): number => radius * radialFactor(d, radius * radius);
  const step = 1e-6;
  const slope = (radius: number): number => (at(radius + step) - at(radius - step)) / (2 * step);
  const radius = solveRising(at, slope, length, [0, farthest], length, 1e-9) ?? Math.min(length, farthest);
  return [(u / length) * radius, (v / length) * radius];
}

const maximumSteps = 60;

/**
 * Newton's steps in the plane towards f(x, y) = 0, each halved until it comes nearer. The slope is taken by
 * differences. `null` where it does not get within 1e-12.
 */
export function solvePlane(f: (x: number, y: number) => Plane2, start: Plane2): Plane2 | null {
  let [x, y] = start;
  let miss = f(x, y);
  for (let step = 0; step < maximumSteps; step++) {
    const size = Math.hypot(...miss);
    if (size <= 1e-15) return [x, y];
    const h = 1e-6 * Math.max(1, Math.hypot(x, y));
    const [right, left, below, above] = [f(x + h, y), f(x - h, y), f(x, y + h), f(x, y - h)];
    const [a, c] = [(right[0] - left[0]) / (2 * h), (right[1] - left[1]) / (2 * h)];
    const [b, e] = [(below[0] - above[0]) / (2 * h), (below[1] - above[1]) / (2 * h)];
    const determinant = a * e - b * c;
    const dx = -(e * miss[0] - b * miss[1]) / determinant;
    const dy = -(a * miss[1] - c * miss[0]) / determinant;
    let share = 1;
    let next = f(x + dx, y + dy);
    while (!(Math.hypot(...next) < size) && share > 1e-6) {
      share /= 2;
      next = f(x + share * dx, y + share * dy);
    }
    if (!(Math.hypot(...next) < size)) return size <= 1e-12 ? [x, y] : null;
    x += share * dx;
    y += share * dy;
    miss = next;
  }
  return Math.hypot(...miss) <= 1e-12 ? [x, y] : null;
}
