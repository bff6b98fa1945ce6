/**
 * A straight pinhole view into the world at one instant, and how a lens with distortion looks through it: the picture
 * is rendered straight, a little larger than needed, and each pixel of the real lens then looks up its place in it.
 */
import type { PinholeModel } from '../../model/camera.ts';
import type { Mat4 } from '../../model/pose.ts';

export interface View {
  readonly width: number;
  readonly height: number;
  readonly fx: number;
  readonly fy: number;
  readonly cx: number;
  readonly cy: number;
  readonly cameraFromWorld: Mat4;
  readonly worldFromCamera: Mat4;
}

/** Straight picture plane that holds everything the lens sees; equal to the lens where it does not distort. */
export interface StraightFrame {
  readonly width: number;
  readonly height: number;
  readonly fx: number;
  readonly fy: number;
  readonly cx: number;
  readonly cy: number;
  /** For every pixel of the real image its u, v in the straight one; null where they are the same. */
  readonly lookup: Float32Array | null;
}

export function straightFrame(model: PinholeModel, width: number, height: number): StraightFrame {
  const { fx, fy, cx, cy } = model;
  if (model.distortion.every((value) => value === 0)) return { width, height, fx, fy, cx, cy, lookup: null };
  const lookup = new Float32Array(2 * width * height);
  let [minU, minV, maxU, maxV] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let v = 0; v < height; v++)
    for (let u = 0; u < width; u++) {
      const [x, y] = undistort(model, (u - cx) / fx, (v - cy) / fy);
      const at = 2 * (v * width + u);
      lookup[at] = x * fx;
      lookup[at + 1] = y * fy;
      minU = Math.min(minU, x * fx);
      maxU = Math.max(maxU, x * fx);
      minV = Math.min(minV, y * fy);
      maxV = Math.max(maxV, y * fy);
    }
  const straightCx = Math.ceil(-minU) + 1;
  const straightCy = Math.ceil(-minV) + 1;
  for (let at = 0; at < lookup.length; at += 2) {
    lookup[at] = lookup[at]! + straightCx;
    lookup[at + 1] = lookup[at + 1]! + straightCy;
  }
  return {
    width: Math.ceil(maxU) + straightCx + 2,
    height: Math.ceil(maxV) + straightCy + 2,
    fx,
    fy,
    cx: straightCx,
    cy: straightCy,
    lookup,
  };
}

/** Brown's model with k1 k2 p1 p2 k3, forward: where the lens puts a straight ray (x, y at depth 1). */
export function distort(model: PinholeModel, x: number, y: number): [number, number] {
  const [k1 = 0, k2 = 0, p1 = 0, p2 = 0, k3 = 0] = model.distortion;
  const r2 = x * x + y * y;
  const radial = 1 + r2 * (k1 + r2 * (k2 + r2 * k3));
  return [
    x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x * x),
    y * radial + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y,
  ];
}

/** Inverse by fixed-point steps; mild lenses settle far below a thousandth of a pixel in 12. */
function undistort(model: PinholeModel, xd: number, yd: number): [number, number] {
  let [x, y] = [xd, yd];
  for (let step = 0; step < 12; step++) {
    const [fx, fy] = distort(model, x, y);
    x += xd - fx;
    y += yd - fy;
  }
  return [x, y];
}
