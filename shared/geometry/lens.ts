/**
 * From a point in OpenCV camera axes (x right, y down, z forward, metres) to a pixel, and from a pixel back to its
 * ray. Pixel (0, 0) is the centre of the first pixel. Pinhole: pinholeDistortion.ts; fisheye and f-theta:
 * radialLens.ts; a windshield comes before any of them.
 */
import type { CameraModel, FisheyeModel, FThetaModel, PinholeModel } from '../model/camera.ts';
import type { Vec3 } from '../model/pose.ts';
import { foldOfPinhole, foldOfWindshield } from './lensReach.ts';
import { distort, undistort } from './pinholeDistortion.ts';
import { type RadialLens, radialLensOf } from './radialLens.ts';
import { bendRay, unbendRay } from './windshield.ts';

export type Pixel = readonly [u: number, v: number];
export type ImageSize = readonly [width: number, height: number];

/**
 * Nothing nearer than this is drawn or projected, metres: to the camera's plane, or to its centre where the lens
 * sees behind that plane.
 */
export const nearPlaneMeters = 0.1;

/** A lens made ready for many points: the limits of its validity are found once. */
export interface Lens {
  readonly model: PinholeModel | FisheyeModel | FThetaModel;
  /** True where straight lines stay straight. */
  readonly isStraight: boolean;
  /**
   * Distortion is a polynomial that fits the field of view and folds back somewhere beyond it, so that points
   * far outside would land in the picture. Pinhole: largest valid radius x/z, y/z; else: largest valid angle from
   * the axis in radians. Infinity (pinhole) or pi where it never folds.
   */
  readonly validReach: number;
  /** Trusted by its angle alone, so that it may see what lies beside or behind the camera's plane. */
  readonly isByAngle: boolean;
  /** `null` for a pinhole. */
  readonly radial: RadialLens | null;
  /** Largest angle from the axis at which the windshield does not fold; pi without one. */
  readonly windshieldReach: number;
}

const prepared = new WeakMap<CameraModel, Map<string, Lens>>();

/**
 * `null` for a model this version does not know. Remembered per model object. Where a fisheye states no largest angle,
 * the size of its picture tells whether it sees behind its plane: it does where a corner of the picture lies there.
 */
export function lensOf(model: CameraModel, imageSize?: ImageSize): Lens | null {
  if (model.kind === 'unknown') return null;
  const known = prepared.get(model) ?? new Map<string, Lens>();
  const key = model.kind === 'pinhole' || !imageSize ? '' : imageSize.join('x');
  const kept = known.get(key);
  if (kept) return kept;
  const lens = model.kind === 'pinhole' ? pinholeLens(model) : angleLens(model, imageSize);
  prepared.set(model, known.set(key, lens));
  return lens;
}

function pinholeLens(model: PinholeModel): Lens {
  return {
    model,
    isStraight: !model.windshield && model.distortion.every((value) => value === 0),
    validReach: foldOfPinhole(model.distortion),
    isByAngle: false,
    radial: null,
    windshieldReach: foldOfWindshield(model.windshield),
  };
}

function angleLens(model: FisheyeModel | FThetaModel, imageSize: ImageSize | undefined): Lens {
  const radial = radialLensOf(model);
  const base = {
    model,
    isStraight: false,
    radial,
    windshieldReach: foldOfWindshield(model.windshield),
  };
  const isStated = model.maxAngle !== undefined && model.maxAngle > 0;
  if (!imageSize) return { ...base, validReach: radial.reach, isByAngle: isStated };
  const farthest = farthestAngle(model, radial, imageSize);
  // What lies beyond the picture's corners would only draw rings round it.
  const isByAngle = isStated || farthest > Math.PI / 2;
  return { ...base, validReach: isByAngle ? Math.min(radial.reach, farthest) : radial.reach, isByAngle };
}

/** Largest angle from the axis among the picture's corners. */
function farthestAngle(
  model: FisheyeModel | FThetaModel,
  radial: RadialLens,
  [width, height]: ImageSize,
): number {
  const angles = [-0.5, width - 0.5].flatMap((u) =>
    [-0.5, height - 0.5].map((v) => {
      const [x, y] = radialPlane(model, u, v);
      return radial.angleAtDistance(Math.hypot(x, y)) ?? radial.reach;
    }),
  );
  return Math.max(...angles);
}

const onePixel = new Float64Array(2);

/**
 * Pixel of a point given in camera axes, or `null` where the point is nearer than the near plane, beyond the angle the
 * model states, the model is unknown, or its numbers give none. Otherwise the model is taken at its word outside the
 * field of view too; `isWithinReach` says where it may be trusted.
 */
export function projectPoint(model: CameraModel, point: Vec3, imageSize?: ImageSize): Pixel | null {
  const lens = lensOf(model, imageSize);
  if (lens === null || !isInFront(lens, ...point)) return null;
  projectInto(lens, point[0], point[1], point[2], onePixel, 0);
  const [u, v] = onePixel as unknown as [number, number];
  return Number.isFinite(u) && Number.isFinite(v) ? [u, v] : null;
}

/** Not cut off by the near plane, nor by the largest angle that the model itself states. */
export function isInFront(lens: Lens, x: number, y: number, z: number): boolean {
  if (!lens.isByAngle) return z >= nearPlaneMeters;
  return isBeyondNear(x, y, z) && Math.atan2(lengthOf(x, y), z) <= lens.radial!.reach;
}

/** As `Math.hypot`, which guards against overflow at several times the cost; metres never come near it. */
function lengthOf(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

function isBeyondNear(x: number, y: number, z: number): boolean {
  return x * x + y * y + z * z >= nearPlaneMeters * nearPlaneMeters;
}

const bent = new Float64Array(3);

/** Whether the point lies in front of the near plane and where the lens model can be trusted. */
export function isWithinReach(lens: Lens, x: number, y: number, z: number): boolean {
  if (lens.isByAngle ? !isBeyondNear(x, y, z) : !(z >= nearPlaneMeters)) return false;
  const { windshield } = lens.model;
  if (!windshield) return isWithinLens(lens, x, y, z);
  if (Math.atan2(lengthOf(x, y), z) > lens.windshieldReach) return false;
  bendRay(windshield, x, y, z, bent);
  return isWithinLens(lens, bent[0]!, bent[1]!, bent[2]!);
}

function isWithinLens(lens: Lens, x: number, y: number, z: number): boolean {
  const radius = lengthOf(x, y);
  return lens.radial === null ? radius <= lens.validReach * z : Math.atan2(radius, z) <= lens.validReach;
}

const inPlane = new Float64Array(2);

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
  if (!model.windshield) {
    throughLens(lens, x, y, z, out, at);
    return;
  }
  bendRay(model.windshield, x, y, z, bent);
  throughLens(lens, bent[0]!, bent[1]!, bent[2]!, out, at);
}

function throughLens(
  { model, radial, isStraight }: Lens,
  x: number,
  y: number,
  z: number,
  out: Float64Array | Float32Array,
  at: number,
): void {
  if (radial !== null) {
    const radius = lengthOf(x, y);
    const scale = radius > 0 ? radial.distanceAtAngle(Math.atan2(radius, z)) / radius : 0;
    writePixel(model, x * scale, y * scale, out, at);
    return;
  }
  if (isStraight) {
    inPlane[0] = x / z;
    inPlane[1] = y / z;
  } else distort((model as PinholeModel).distortion, x / z, y / z, inPlane);
  writePixel(model, inPlane[0]!, inPlane[1]!, out, at);
}

function writePixel(
  model: PinholeModel | FisheyeModel | FThetaModel,
  x: number,
  y: number,
  out: Float64Array | Float32Array,
  at: number,
): void {
  if (model.kind === 'f-theta') {
    const [c, d, e] = model.linear;
    out[at] = c * x + d * y + model.cx;
    out[at + 1] = e * x + y + model.cy;
  } else {
    out[at] = model.fx * x + (model.skew ?? 0) * y + model.cx;
    out[at + 1] = model.fy * y + model.cy;
  }
}

/** Place in the picture plane before `writePixel`. */
function radialPlane(
  model: PinholeModel | FisheyeModel | FThetaModel,
  u: number,
  v: number,
): readonly [number, number] {
  if (model.kind === 'f-theta') {
    const [c, d, e] = model.linear;
    const determinant = c - d * e;
    const [du, dv] = [u - model.cx, v - model.cy];
    return [(du - d * dv) / determinant, (c * dv - e * du) / determinant];
  }
  const y = (v - model.cy) / model.fy;
  return [(u - model.cx - (model.skew ?? 0) * y) / model.fx, y];
}

/**
 * The ray through a pixel: a unit vector in camera axes, such that every point along it projects to the pixel. `null`
 * where no ray within the lens's reach does, or the model is unknown.
 */
export function rayThroughPixel(model: CameraModel, [u, v]: Pixel): Vec3 | null {
  const lens = lensOf(model);
  if (lens === null) return null;
  const ray = behindWindshield(lens, radialPlane(lens.model, u, v));
  if (ray === null) return null;
  const { windshield } = lens.model;
  const outside = windshield ? unbendRay(windshield, ray) : ray;
  if (outside === null || !outside.every(Number.isFinite)) return null;
  const angle = Math.atan2(Math.hypot(outside[0], outside[1]), outside[2]);
  return angle <= lens.windshieldReach ? outside : null;
}

function behindWindshield(
  { model, radial, validReach }: Lens,
  [a, b]: readonly [number, number],
): Vec3 | null {
  if (radial === null) {
    const place = undistort((model as PinholeModel).distortion, validReach, a, b);
    if (place === null || !(Math.hypot(...place) <= validReach * (1 + 1e-9))) return null;
    const length = Math.hypot(place[0], place[1], 1);
    return [place[0] / length, place[1] / length, 1 / length];
  }
  const distance = Math.hypot(a, b);
  const angle = radial.angleAtDistance(distance);
  if (angle === null) return null;
  const sine = distance > 0 ? Math.sin(angle) / distance : 0;
  return [a * sine, b * sine, Math.cos(angle)];
}
