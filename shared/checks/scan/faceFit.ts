/**
 * How far the faces of a label stand off what was seen of its object, and how much of the label was seen at all. A gap
 * counts where rays of the lidar went through it: what nobody looked at may well be full.
 */
import type { Vec3 } from '../../model/pose.ts';
import { addDepth, createFaceDepths, type FaceDepths } from './faceDepths.ts';
import type { LabelPoints } from './labelPoints.ts';
import type { MetRay } from './rays.ts';

/** A return nearer than the label by more than this stopped the ray on its way, metres. */
const beforeMeters = 0.3;
/** What stopped a ray nearer to the label than this may be the label's own object, metres. */
const besideMeters = 2;
/** Rays that a share of them is told from. */
const fewestRays = 4;
/** Points inside that a gap is told from. */
const fewestPoints = 10;
/** The nearest of the points to a face are stray up to this share. */
const strayShare = 0.01;
const nearestTaken = 3;
/** Rays that must have gone through a gap. */
const fewestThrough = 4;
/** The middle of a face, as a share of its half extents; upwards the part where objects have their body. */
const middleShare = 0.6;
const bodyLow = 0.7;
const bodyHigh = 0.1;
const bodyShare = 0.2;
/** A return is this uncertain along its ray, metres. */
const noiseMeters = 0.03;
/** A gap is hidden where more than this share of the rays towards it were stopped before. */
const hiddenShare = 0.2;
/** Smaller gaps need no ray to prove them, metres. */
const sureMeters = 0.05;

export interface FaceFit {
  rays: number;
  blocked: number;
  /** Of those, the ones that were stopped by something without a label right before this one. */
  beside: number;
  readonly gap: Float64Array;
  readonly through: Uint32Array;
  readonly stopped: Uint32Array;
  /** The deepest that three rays reached into each gap. */
  readonly reached: Float64Array;
  readonly half: Float64Array;
  /** Where rays stop behind each upright face. */
  readonly depths: FaceDepths;
}

export function createFaceFit(): FaceFit {
  return {
    ...{ rays: 0, blocked: 0, beside: 0, gap: new Float64Array(5), through: new Uint32Array(5) },
    ...{ stopped: new Uint32Array(5), reached: new Float64Array(15), half: new Float64Array(3) },
    depths: createFaceDepths(),
  };
}

/** Begins with what the points say: the gap behind each face but the bottom, Infinity where they are too few. */
export function beginFaceFit(fit: FaceFit, size: Vec3, points: LabelPoints): void {
  fit.rays = 0;
  fit.blocked = 0;
  fit.beside = 0;
  fit.through.fill(0);
  fit.stopped.fill(0);
  fit.reached.fill(0);
  fit.depths.fill(0);
  for (let axis = 0; axis < 3; axis++) fit.half[axis] = size[axis]! / 2;
  const isBody = hasBody(size[2] / 2, points);
  for (let face = 0; face < 5; face++) {
    fit.gap[face] = isBody ? gapBehind(face, size[face >> 1]! / 2, points) : Number.POSITIVE_INFINITY;
  }
}

/** Whether enough of the points lie where objects have their body: of one that shows its roof alone nothing is known. */
function hasBody(half: number, { object, objectCount }: LabelPoints): boolean {
  let body = 0;
  for (let at = 0; at < objectCount; at++) {
    if (object[3 * at + 2]! < bodyHigh * half) body++;
  }
  return body >= bodyShare * objectCount;
}

let distances = new Float32Array(0);

function gapBehind(face: number, half: number, { object, objectCount }: LabelPoints): number {
  if (objectCount < fewestPoints) return Number.POSITIVE_INFINITY;
  if (distances.length < objectCount) distances = new Float32Array(2 * objectCount);
  const axis = face >> 1;
  const sign = face % 2 === 0 ? 1 : -1;
  for (let at = 0; at < objectCount; at++) distances[at] = half - sign * object[3 * at + axis]!;
  const stray = Math.floor(strayShare * objectCount);
  // Few are taken of many: one pass that keeps the nearest costs less than sorting all.
  const kept = Math.min(objectCount, stray + nearestTaken);
  const nearest = distances.subarray(0, objectCount);
  selectNearest(nearest, kept);
  let sum = 0;
  for (let at = stray; at < kept; at++) sum += nearest[at]!;
  return sum / (kept - stray);
}

/** Brings the `count` smallest to the front, ascending. */
function selectNearest(values: Float32Array, count: number): void {
  if (count > 64) {
    values.sort();
    return;
  }
  const head = values.subarray(0, count).sort();
  for (let at = count; at < values.length; at++) {
    const value = values[at]!;
    if (value >= head[count - 1]!) continue;
    let place = count - 1;
    while (place > 0 && head[place - 1]! > value) {
      head[place] = head[place - 1]!;
      place--;
    }
    head[place] = value;
  }
}

/**
 * Takes in one ray that meets the label; `isUnlabelled`: whether a point stands there without a label, `mayBeOwn`: or
 * in this one.
 */
export function addRay(
  fit: FaceFit,
  ray: Readonly<MetRay>,
  isUnlabelled: (point: number) => boolean,
  mayBeOwn: (point: number) => boolean,
): void {
  fit.rays++;
  addDepth(fit.depths, fit.half, ray, mayBeOwn);
  const before = (ray.enter - ray.stop) * ray.scale;
  if (before > beforeMeters) {
    fit.blocked++;
    if (before < besideMeters && isUnlabelled(ray.point)) fit.beside++;
  }
  for (let face = 0; face < 5; face++) {
    const gap = fit.gap[face]!;
    if (gap >= sureMeters && gap < Number.POSITIVE_INFINITY) lookThroughGap(fit, face, gap, ray);
  }
}

/** Part of the ray that is looked at: from `first` to `last` along it. */
let first = 0;
let last = 0;

/** Leaves of the part what has `low <= from + step * t <= high`; false where that is nothing. */
function clip(from: number, step: number, low: number, high: number): boolean {
  if (Math.abs(step) < 1e-12) return from >= low && from <= high;
  const one = (low - from) / step;
  const other = (high - from) / step;
  first = Math.max(first, Math.min(one, other));
  last = Math.min(last, Math.max(one, other));
  return first < last;
}

/**
 * Takes in how deep the ray got behind a face, where it would pass through the gap there: through the middle of the
 * face, since one that slips along an edge proves nothing, and not high up, where bonnets and windows let rays pass.
 */
function lookThroughGap(fit: FaceFit, face: number, gap: number, ray: Readonly<MetRay>): void {
  const { half, through, stopped, reached } = fit;
  const axis = face >> 1;
  const sign = face % 2 === 0 ? 1 : -1;
  const from = half[axis]! - sign * ray.from[axis]!;
  const step = -sign * ray.way[axis]!;
  first = ray.enter;
  last = ray.leave;
  if (!clip(from, step, 0, gap)) return;
  for (let other = 0; other < 3; other++) {
    if (other === axis) continue;
    const [low, high] = other === 2 ? [-bodyLow, bodyHigh] : [-middleShare, middleShare];
    if (!clip(ray.from[other]!, ray.way[other]!, low * half[other]!, high * half[other]!)) return;
  }
  const end = Math.min(last, ray.stop - noiseMeters / ray.scale);
  if (end <= first) {
    stopped[face]!++;
    return;
  }
  through[face]!++;
  const deepest = Math.max(from + step * first, from + step * end);
  const at = 3 * face;
  if (deepest > reached[at]!) {
    reached[at + 2] = reached[at + 1]!;
    reached[at + 1] = reached[at]!;
    reached[at] = deepest;
  } else if (deepest > reached[at + 1]!) {
    reached[at + 2] = reached[at + 1]!;
    reached[at + 1] = deepest;
  } else if (deepest > reached[at + 2]!) reached[at + 2] = deepest;
}

/** Share of the rays that nothing stopped before the label; NaN where there are too few. */
export function seenShare({ rays, blocked }: FaceFit): number {
  return rays < fewestRays ? Number.NaN : 1 - blocked / rays;
}

/** Share of the rays that something without a label stopped right before this one; NaN where there are too few. */
export function besideShare({ rays, beside }: FaceFit): number {
  return rays < fewestRays ? Number.NaN : beside / rays;
}

/** The gap behind a face that is proven; NaN where it is hidden, turned away, or there are too few points. */
export function provenGap({ gap, through, stopped, reached }: FaceFit, face: number): number {
  const found = gap[face]!;
  if (found === Number.POSITIVE_INFINITY) return Number.NaN;
  if (found < sureMeters) return Math.max(0, found);
  const rays = through[face]! + stopped[face]!;
  if (through[face]! < fewestThrough || stopped[face]! > hiddenShare * rays) return Number.NaN;
  return reached[3 * face + 2]!;
}
