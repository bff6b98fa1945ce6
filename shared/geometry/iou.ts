/**
 * Overlap of two upright cuboids (turned about z only; any tilt is left out of account), from above and in 3D.
 * One rectangle is cut by the four sides of the other (Sutherland-Hodgman) in that one's own frame, so world
 * coordinates of kilometres cost no digits. Nothing is allocated: a matching pass asks for thousands of pairs.
 *
 * A box is seven numbers from an offset on: x, y, z of the centre, length, width, height, yaw.
 */
export const boxLength = 7;

/** Overlap below this share of the smaller box is the rounding of boxes that only touch. */
const touching = 1e-12;

// Two polygons of at most eight corners: a quadrilateral gains at most one corner per cut.
const polygonX = [new Float64Array(16), new Float64Array(16)] as const;
const polygonY = [new Float64Array(16), new Float64Array(16)] as const;

/** Intersection over union of the two ground rectangles, in [0, 1]. */
export function iouFromAbove(a: ArrayLike<number>, b: ArrayLike<number>, aAt = 0, bAt = 0): number {
  const overlap = overlapArea(a, b, aAt, bAt);
  if (overlap === 0) return 0;
  const union = a[aAt + 3]! * a[aAt + 4]! + b[bAt + 3]! * b[bAt + 4]! - overlap;
  return Math.min(1, overlap / union);
}

/** Intersection over union of the two cuboids, in [0, 1]. */
export function iou3d(a: ArrayLike<number>, b: ArrayLike<number>, aAt = 0, bAt = 0): number {
  const height = overlapHeight(a, b, aAt, bAt);
  if (!(height > 0)) return 0;
  const overlap = overlapArea(a, b, aAt, bAt) * height;
  if (overlap === 0) return 0;
  const volumeA = a[aAt + 3]! * a[aAt + 4]! * a[aAt + 5]!;
  const volumeB = b[bAt + 3]! * b[bAt + 4]! * b[bAt + 5]!;
  return Math.min(1, overlap / (volumeA + volumeB - overlap));
}

/** Metres shared in z; negative where one stands above the other. */
function overlapHeight(a: ArrayLike<number>, b: ArrayLike<number>, aAt: number, bAt: number): number {
  const halfA = a[aAt + 5]! / 2;
  const halfB = b[bAt + 5]! / 2;
  const apart = Math.abs(b[bAt + 2]! - a[aAt + 2]!);
  return Math.min(halfA + halfB - apart, 2 * halfA, 2 * halfB);
}

/** Square metres shared by the ground rectangles; 0 where they do not meet, and where a number is unusable. */
export function overlapArea(a: ArrayLike<number>, b: ArrayLike<number>, aAt = 0, bAt = 0): number {
  // Always from the same one of the two, so that both orders give the same last digit.
  return comesFirst(a, b, aAt, bAt) ? overlapSeenFrom(a, b, aAt, bAt) : overlapSeenFrom(b, a, bAt, aAt);
}

function comesFirst(a: ArrayLike<number>, b: ArrayLike<number>, aAt: number, bAt: number): boolean {
  for (let k = 0; k < boxLength; k++) {
    if (a[aAt + k]! !== b[bAt + k]!) return a[aAt + k]! < b[bAt + k]!;
  }
  return true;
}

function overlapSeenFrom(a: ArrayLike<number>, b: ArrayLike<number>, aAt: number, bAt: number): number {
  const lengthA = a[aAt + 3]!;
  const widthA = a[aAt + 4]!;
  const lengthB = b[bAt + 3]!;
  const widthB = b[bAt + 4]!;
  const dx = b[bAt]! - a[aAt]!;
  const dy = b[bAt + 1]! - a[aAt + 1]!;
  const reach =
    (Math.sqrt(lengthA * lengthA + widthA * widthA) + Math.sqrt(lengthB * lengthB + widthB * widthB)) / 2;
  // The negated form also turns away NaN.
  if (!(dx * dx + dy * dy < reach * reach)) return 0;

  const cosA = Math.cos(a[aAt + 6]!);
  const sinA = Math.sin(a[aAt + 6]!);
  const turn = b[bAt + 6]! - a[aAt + 6]!;
  const cosTurn = Math.cos(turn);
  const sinTurn = Math.sin(turn);
  const centerX = dx * cosA + dy * sinA;
  const centerY = dy * cosA - dx * sinA;
  const forwardX = (cosTurn * lengthB) / 2;
  const forwardY = (sinTurn * lengthB) / 2;
  const leftX = (-sinTurn * widthB) / 2;
  const leftY = (cosTurn * widthB) / 2;
  const x = polygonX[0];
  const y = polygonY[0];
  x[0] = centerX + forwardX + leftX;
  y[0] = centerY + forwardY + leftY;
  x[1] = centerX - forwardX + leftX;
  y[1] = centerY - forwardY + leftY;
  x[2] = centerX - forwardX - leftX;
  y[2] = centerY - forwardY - leftY;
  x[3] = centerX + forwardX - leftX;
  y[3] = centerY + forwardY - leftY;

  let corners = cut(polygonX[0], polygonY[0], 4, polygonX[1], polygonY[1], 1, lengthA / 2);
  corners = cut(polygonX[1], polygonY[1], corners, polygonX[0], polygonY[0], -1, lengthA / 2);
  corners = cut(polygonY[0], polygonX[0], corners, polygonY[1], polygonX[1], 1, widthA / 2);
  corners = cut(polygonY[1], polygonX[1], corners, polygonY[0], polygonX[0], -1, widthA / 2);
  const area = polygonArea(corners);
  const smaller = Math.min(lengthA * widthA, lengthB * widthB);
  return area > touching * smaller ? Math.min(area, smaller) : 0;
}

/** Keeps the part of the polygon where sign * u <= limit; `v` goes along. Returns the number of corners kept. */
function cut(
  u: Float64Array,
  v: Float64Array,
  corners: number,
  outU: Float64Array,
  outV: Float64Array,
  sign: 1 | -1,
  limit: number,
): number {
  let kept = 0;
  for (let corner = 0; corner < corners; corner++) {
    const before = corner === 0 ? corners - 1 : corner - 1;
    const past = sign * u[corner]! - limit;
    const pastBefore = sign * u[before]! - limit;
    if (past > 0 !== pastBefore > 0) {
      const share = pastBefore / (pastBefore - past);
      outU[kept] = sign * limit;
      outV[kept] = v[before]! + share * (v[corner]! - v[before]!);
      kept++;
    }
    if (past <= 0) {
      outU[kept] = u[corner]!;
      outV[kept] = v[corner]!;
      kept++;
    }
  }
  return kept;
}

function polygonArea(corners: number): number {
  const x = polygonX[0];
  const y = polygonY[0];
  let twice = 0;
  for (let corner = 2; corner < corners; corner++) {
    twice +=
      (x[corner - 1]! - x[0]!) * (y[corner]! - y[0]!) - (x[corner]! - x[0]!) * (y[corner - 1]! - y[0]!);
  }
  return Math.abs(twice) / 2;
}

/** Upright box of a cuboid with any rotation: its own size, turned by its yaw alone. */
export function writeBox(
  out: Float64Array,
  at: number,
  center: ArrayLike<number>,
  size: ArrayLike<number>,
  yaw: number,
): void {
  for (let axis = 0; axis < 3; axis++) {
    out[at + axis] = center[axis]!;
    out[at + 3 + axis] = size[axis]!;
  }
  out[at + 6] = yaw;
}

/**
 * All pairs: `out[i * countB + j]` is the 3D overlap of box i of `a` with box j of `b`; boxes of seven numbers,
 * packed. Pairs too far apart to meet are turned away before any angle is taken.
 */
export function iouMatrix(
  a: Float64Array,
  countA: number,
  b: Float64Array,
  countB: number,
  out: Float64Array,
): void {
  for (let i = 0; i < countA; i++) {
    for (let j = 0; j < countB; j++) {
      out[i * countB + j] = iou3d(a, b, boxLength * i, boxLength * j);
    }
  }
}
