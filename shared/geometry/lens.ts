/**
 * From a point in OpenCV camera axes (x right, y down, z forward, metres) to a pixel. Pixel (0, 0) is the centre
 * of the first pixel. Pinhole follows OpenCV's rational model with thin prism and tilted sensor (the formulas of
 * its calib3d manual); fisheye follows Kannala and Brandt (2006).
 */
import type { CameraModel, FisheyeModel, PinholeModel } from '../model/camera.ts';
import type { Vec3 } from '../model/pose.ts';

export type Pixel = readonly [u: number, v: number];

/** Nothing nearer to the camera's plane than this is drawn or projected, metres. */
export const nearPlaneMeters = 0.1;

/** A lens made ready for many points: the limits of its validity are found once. */
export interface Lens {
  readonly model: PinholeModel | FisheyeModel;
  /** True where straight lines stay straight. */
  readonly isStraight: boolean;
  /**
   * Distortion is a polynomial that fits the field of view and folds back somewhere beyond it, so that points
   * far outside would land in the picture. Pinhole: largest valid radius x/z, y/z; fisheye: largest valid angle
   * from the axis in radians. Infinity (pinhole) or pi (fisheye) where it never folds.
   */
  readonly validReach: number;
}

const prepared = new WeakMap<CameraModel, Lens>();

/** `null` for a model this version does not know. Remembered per model object. */
export function lensOf(model: CameraModel): Lens | null {
  if (model.kind === 'unknown') return null;
  const known = prepared.get(model);
  if (known) return known;
  const lens: Lens =
    model.kind === 'fisheye'
      ? { model, isStraight: false, validReach: fisheyeReach(model) }
      : {
          model,
          isStraight: model.distortion.every((value) => value === 0),
          validReach: pinholeReach(model),
        };
  prepared.set(model, lens);
  return lens;
}

/**
 * Pixel of a point given in camera axes, or `null` where the point is nearer than the near plane, the model is
 * unknown, or its numbers give none. The model is taken at its word outside the field of view too; `isWithinReach`
 * says where it may be trusted.
 */
export function projectPoint(model: CameraModel, point: Vec3): Pixel | null {
  const lens = lensOf(model);
  const pixel = new Float64Array(2);
  if (lens === null || !(point[2] >= nearPlaneMeters)) return null;
  projectInto(lens, point[0], point[1], point[2], pixel, 0);
  const [u, v] = pixel as unknown as [number, number];
  return Number.isFinite(u) && Number.isFinite(v) ? [u, v] : null;
}

/** Whether the point lies in front of the near plane and where the lens model can be trusted. */
export function isWithinReach(lens: Lens, x: number, y: number, z: number): boolean {
  if (!(z >= nearPlaneMeters)) return false;
  const radius = Math.hypot(x, y);
  return lens.model.kind === 'fisheye'
    ? Math.atan2(radius, z) <= lens.validReach
    : radius <= lens.validReach * z;
}

/** Writes u, v to `out` from `at` on. For overlays of whole sweeps: no checks, no allocation. */
export function projectInto(
  lens: Lens,
  x: number,
  y: number,
  z: number,
  out: Float64Array | Float32Array,
  at: number,
): void {
  const { model } = lens;
  if (model.kind === 'fisheye') {
    const radius = Math.hypot(x, y);
    const theta = Math.atan2(radius, z);
    const scale = radius > 0 ? fisheyeRadius(model, theta) / radius : 0;
    writePixel(model, x * scale, y * scale, out, at);
  } else if (lens.isStraight) {
    writePixel(model, x / z, y / z, out, at);
  } else {
    distort(model.distortion, x / z, y / z);
    writePixel(model, distorted[0]!, distorted[1]!, out, at);
  }
}

function writePixel(
  model: PinholeModel | FisheyeModel,
  x: number,
  y: number,
  out: Float64Array | Float32Array,
  at: number,
): void {
  out[at] = model.fx * x + (model.skew ?? 0) * y + model.cx;
  out[at + 1] = model.fy * y + model.cy;
}

const distorted = new Float64Array(2);

/** OpenCV order: k1 k2 p1 p2 k3 k4 k5 k6 s1 s2 s3 s4 tx ty; what the list is too short for is 0. */
function distort(d: readonly number[], x: number, y: number): void {
  const r2 = x * x + y * y;
  const radial = radialFactor(d, r2);
  const p1 = d[2] ?? 0;
  const p2 = d[3] ?? 0;
  const r4 = r2 * r2;
  const dx = x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x * x) + (d[8] ?? 0) * r2 + (d[9] ?? 0) * r4;
  const dy = y * radial + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y + (d[10] ?? 0) * r2 + (d[11] ?? 0) * r4;
  const [tiltX, tiltY] = [d[12] ?? 0, d[13] ?? 0];
  if (tiltX === 0 && tiltY === 0) {
    distorted[0] = dx;
    distorted[1] = dy;
    return;
  }
  // The sensor is turned by R = Ry(tiltY) Rx(tiltX); the second factor puts its plane back along the axis.
  const [sx, cx, sy, cy] = [Math.sin(tiltX), Math.cos(tiltX), Math.sin(tiltY), Math.cos(tiltY)];
  const turnedX = cy * dx + sy * sx * dy - sy * cx;
  const turnedY = cx * dy + sx;
  const turnedZ = sy * dx - cy * sx * dy + cy * cx;
  const [r13, r23, r33] = [-sy * cx, sx, cy * cx];
  distorted[0] = (r33 * turnedX - r13 * turnedZ) / turnedZ;
  distorted[1] = (r33 * turnedY - r23 * turnedZ) / turnedZ;
}

function radialFactor(d: readonly number[], r2: number): number {
  const above = 1 + r2 * ((d[0] ?? 0) + r2 * ((d[1] ?? 0) + r2 * (d[4] ?? 0)));
  const below = 1 + r2 * ((d[5] ?? 0) + r2 * ((d[6] ?? 0) + r2 * (d[7] ?? 0)));
  return above / below;
}

function fisheyeRadius(model: FisheyeModel, theta: number): number {
  const [k1, k2, k3, k4] = model.distortion;
  const t2 = theta * theta;
  return theta * (1 + t2 * (k1 + t2 * (k2 + t2 * (k3 + t2 * k4))));
}

/** First radius at which the distorted radius stops growing, looked for up to 85 degrees off the axis. */
function pinholeReach(model: PinholeModel): number {
  if (model.distortion.every((value) => value === 0)) return Number.POSITIVE_INFINITY;
  const farthest = Math.tan((85 * Math.PI) / 180);
  return firstFold((radius) => radius * radialFactor(model.distortion, radius * radius), farthest);
}

function fisheyeReach(model: FisheyeModel): number {
  const reach = firstFold((theta) => fisheyeRadius(model, theta), Math.PI);
  return Number.isFinite(reach) ? reach : Math.PI;
}

/** Where `f` first falls, in `steps` even steps up to `farthest`; Infinity where it rises all the way. */
function firstFold(f: (reach: number) => number, farthest: number, steps = 4096): number {
  let before = 0;
  for (let step = 1; step <= steps; step++) {
    const value = f((farthest * step) / steps);
    if (!(value > before)) return (farthest * (step - 1)) / steps;
    before = value;
  }
  return Number.POSITIVE_INFINITY;
}
