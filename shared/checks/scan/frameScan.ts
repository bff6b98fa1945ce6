/** What the points of one frame say of its labels. */
import { type CuboidShape, createCuboidFrame, setCuboidFrame } from '../../geometry/cuboid.ts';
import { type GroundPlane, type GroundSurface, groundSurface } from '../../geometry/ground.ts';
import { visitInGrid } from '../../geometry/sweepGrid.ts';
import { type FoundCluster, findClusters } from './clusters.ts';
import type { FaceDepths } from './faceDepths.ts';
import { addRay, beginFaceFit, besideShare, createFaceFit, provenGap, seenShare } from './faceFit.ts';
import type { FramePoints, LidarEye } from './framePoints.ts';
import { createLabelPoints, gatherLabelPoints, grownMeters, type PointOwners } from './labelPoints.ts';
import { groundUnder } from './localGround.ts';
import { createDepthPicture, type DepthPicture, drawDepths, visitRays } from './rays.ts';

/** One label of the frame; a null shape has numbers that geometry cannot work with. */
export interface ScannedLabel {
  readonly shape: CuboidShape | null;
  /** Faces, ground and rays are looked at; else its points are only counted and kept from others. */
  readonly isJudged: boolean;
}

export interface LabelScan {
  readonly inside: number;
  readonly insideGrown: number;
  readonly standing: number;
  readonly shell: number;
  readonly seen: number;
  readonly beside: number;
  /** Six each, in the order of `faceNames`. */
  readonly faceGap: readonly number[];
  readonly faceOut: readonly number[];
  readonly outside: readonly number[];
  readonly aboveGround: number;
  readonly groundTilt: number;
  /** Null where rays were not looked at, or not from outside. */
  readonly faceDepths: FaceDepths | null;
}

export interface FrameScan {
  /** One a label, null without a shape. */
  readonly labels: readonly (LabelScan | null)[];
  readonly clusters: readonly FoundCluster[];
  /** Answers for a place without a label. */
  probe(shape: CuboidShape): { readonly points: number; readonly seen: number };
}

/** Buffers that go from frame to frame. One scan of a scene has its own. */
export interface ScanPool {
  readonly pictures: DepthPicture[];
  labelOf: Int32Array;
}

export function createScanPool(): ScanPool {
  return { pictures: [], labelOf: new Int32Array(0) };
}

const labelPoints = createLabelPoints();
const fit = createFaceFit();
const frameOfLabel = createCuboidFrame();
const noneOutside = new Array<number>(6).fill(0);
const unknownFaces = new Array<number>(6).fill(Number.NaN);

/** What it answers holds until the pool is used again. */
export function scanFrame(
  { grid, count, eyes }: FramePoints,
  labels: readonly ScannedLabel[],
  pool: ScanPool,
): FrameScan {
  const ground = groundSurface(grid);
  if (pool.labelOf.length < count) pool.labelOf = new Int32Array(count);
  const owners: PointOwners = { isGround: ground.flags(count).flags, label: pool.labelOf };
  owners.label.fill(0, 0, count);
  for (const [at, { shape }] of labels.entries()) {
    if (!shape) continue;
    visitInGrid(grid, shape, grownMeters, (point) => {
      owners.label[point] = at + 1;
    });
  }
  const pictures = eyes.map((eye, at) => {
    pool.pictures[at] ??= createDepthPicture();
    return drawDepths(pool.pictures[at], grid, eyePlace(eye, ground), eye.from, eye.to);
  });
  const points: FramePoints = { grid, count, eyes };
  return {
    labels: labels.map((label, at) => scanLabel(points, pictures, ground, owners, label, at + 1)),
    clusters: findClusters(
      grid,
      ground,
      owners.isGround,
      labels.flatMap(({ shape }) => shape ?? []),
      pictures[0]!.place,
    ),
    probe: (shape) => probe(points, pictures, owners, shape),
  };
}

/** Lower than this over the ground no lidar of a road vehicle stands: the points are given in the vehicle's own frame. */
const lowestEye = 1;
/** Where one stands then, above the ground, metres. */
const usualEye = 1.9;

/** The lidar's place where the format tells it, else one as on most vehicles. */
function eyePlace({ place }: LidarEye, ground: GroundSurface): LidarEye['place'] {
  const below = ground.around(place[0], place[1], 8);
  if (!below || place[2] - below.height > lowestEye) return place;
  return [place[0], place[1], below.height + usualEye];
}

/** Points may lie so far below the ground around them, metres. */
const deepestMeters = 0.25;

function scanLabel(
  { grid }: FramePoints,
  pictures: readonly DepthPicture[],
  ground: GroundSurface,
  owners: PointOwners,
  { shape, isJudged }: ScannedLabel,
  self: number,
): LabelScan | null {
  if (!shape) return null;
  setCuboidFrame(frameOfLabel, shape);
  const plane = isJudged ? groundUnder(ground, frameOfLabel) : null;
  gatherLabelPoints(labelPoints, grid, shape, self, owners, heightOver(plane));
  const { inside, insideGrown, standing, shell } = labelPoints;
  const counts = { inside, insideGrown, standing, shell };
  if (!isJudged) {
    const unknown = { seen: Number.NaN, beside: Number.NaN, aboveGround: Number.NaN, groundTilt: Number.NaN };
    return {
      ...counts,
      ...unknown,
      faceGap: unknownFaces,
      faceOut: unknownFaces,
      outside: noneOutside,
      faceDepths: null,
    };
  }
  beginFaceFit(fit, shape.size, labelPoints);
  const isSeen = castRays(pictures, shape, owners, self);
  // Points deeper than the ground say that what was taken for ground is the top of something.
  const isGround = plane !== null && labelPoints.lowest > -deepestMeters;
  return {
    ...counts,
    seen: isSeen ? seenShare(fit) : Number.NaN,
    beside: isSeen ? besideShare(fit) : Number.NaN,
    faceGap: Array.from({ length: 6 }, (_, face) => (face === 5 ? Number.NaN : provenGap(fit, face))),
    faceOut: Array.from(labelPoints.out),
    outside: Array.from(labelPoints.outside),
    aboveGround: isGround ? bottomHeight() - plane.height : Number.NaN,
    groundTilt: isGround && plane.hasSlope ? tiltAgainst(plane) : Number.NaN,
    faceDepths: isSeen ? fit.depths.slice() : null,
  };
}

/** Height of the middle of the label's bottom. */
function bottomHeight(): number {
  return frameOfLabel[2]! - frameOfLabel[5]! * frameOfLabel[14]!;
}

/** Angle between the label's up and the ground's. */
function tiltAgainst({ slope }: GroundPlane): number {
  const length = Math.hypot(slope[0], slope[1], 1);
  const [upX, upY, upZ] = [frameOfLabel[8]!, frameOfLabel[11]!, frameOfLabel[14]!];
  const cosine = (upZ - slope[0] * upX - slope[1] * upY) / length;
  return Math.acos(Math.max(-1, Math.min(1, cosine)));
}

/** Height over the ground of a place in the label's own axes; over its bottom where the ground is not known. */
function heightOver(plane: GroundPlane | null): (along: number, across: number, up: number) => number {
  const f = frameOfLabel;
  if (!plane) return (_along, _across, up) => up + f[5]!;
  const [sx, sy] = plane.slope;
  const perAlong = f[12]! - sx * f[6]! - sy * f[9]!;
  const perAcross = f[13]! - sx * f[7]! - sy * f[10]!;
  const perUp = f[14]! - sx * f[8]! - sy * f[11]!;
  const middle = f[2]! - plane.height;
  return (along, across, up) => middle + perAlong * along + perAcross * across + perUp * up;
}

/** Of a place without a label no point is its own. */
const nobody = -1;
/** The label's lowest part is left out: rays at the ground before it are not stopped by anything. */
const skirtShare = 0.15;

/** Takes the rays of all lidars into `fit`; false where one of them stands in the label. */
function castRays(
  pictures: readonly DepthPicture[],
  shape: CuboidShape,
  { isGround, label }: PointOwners,
  self: number,
): boolean {
  const [length, width, height] = shape.size;
  const skirt = skirtShare * height;
  const { rotation, center } = shape;
  const f = frameOfLabel;
  const raised: CuboidShape = {
    rotation,
    size: [length, width, height - skirt],
    center: [
      center[0] + (skirt / 2) * f[8]!,
      center[1] + (skirt / 2) * f[11]!,
      center[2] + (skirt / 2) * f[14]!,
    ],
  };
  fit.half[2] = raised.size[2] / 2;
  const isUnlabelled = (point: number): boolean => isGround[point] === 0 && label[point] === 0;
  const mayBeOwn = (point: number): boolean =>
    isGround[point] === 0 && (label[point] === 0 || label[point] === self);
  let isOutside = true;
  for (const picture of pictures) {
    isOutside = visitRays(picture, raised, (ray) => addRay(fit, ray, isUnlabelled, mayBeOwn)) && isOutside;
  }
  return isOutside;
}

function probe(
  { grid }: FramePoints,
  pictures: readonly DepthPicture[],
  owners: PointOwners,
  shape: CuboidShape,
): { points: number; seen: number } {
  let points = 0;
  visitInGrid(grid, shape, 0, (point) => {
    if (owners.label[point] === 0) points++;
  });
  setCuboidFrame(frameOfLabel, shape);
  labelPoints.objectCount = 0;
  beginFaceFit(fit, shape.size, labelPoints);
  return { points, seen: castRays(pictures, shape, owners, nobody) ? seenShare(fit) : Number.NaN };
}
