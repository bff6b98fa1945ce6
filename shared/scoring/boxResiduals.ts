/**
 * How far cuboids fall beside the 2D boxes of the same objects in one picture, and which way each of them would move
 * if the camera were turned, shifted, or had taken its picture at another time.
 */

import { noTrial, nudge, tryCalibration } from '../geometry/calibrationTrial.ts';
import { cuboidCorners } from '../geometry/cuboid.ts';
import type { EgoMotion } from '../geometry/egoMotion.ts';
import type { ImageCalibration } from '../geometry/imageCalibration.ts';
import type { ImageSize } from '../geometry/lens.ts';
import { multiply, transformPoint } from '../geometry/matrix.ts';
import { boundsOf, iouOfRectangles, type Ltrb } from '../geometry/polygon.ts';
import { projectCuboid } from '../geometry/projectCuboid.ts';
import { imageSizeOf, projectorOf } from '../geometry/projector.ts';
import { mayBeSeen, viewCone } from '../geometry/viewCone.ts';
import { box2dAt, type Cuboid, cuboidAt } from '../model/labelRow.ts';
import { CuboidFlag, type LabelTable, NO_LINK, NO_TRACK } from '../model/labels.ts';
import type { Mat4, Vec3 } from '../model/pose.ts';

/** Pixels: right, down. */
export type Shift = readonly [u: number, v: number];

export interface BoxResidual {
  readonly frame: number;
  /** Rows of the label table. */
  readonly cuboid: number;
  readonly box: number;
  readonly track: string | null;
  readonly id: string;
  readonly iou: number;
  /** From the box's middle to the middle of the cuboid's outline. */
  readonly offset: Shift;
  /** Diagonal of the 2D box, pixels. */
  readonly diagonal: number;
  /**
   * Both lie whole in the picture and have about the same extent, so that their middles may be compared. A box round
   * the visible part of a hidden object, or one cut by the border, has another middle.
   */
  readonly isComparable: boolean;
  /** How the outline's middle moves for a turn of the camera about its x, y, z, pixels a radian. */
  readonly perRadian: readonly [Shift, Shift, Shift];
  /** The same for a shift along its axes, pixels a metre. */
  readonly perMeter: readonly [Shift, Shift, Shift];
  /**
   * The same for a later picture, pixels a second, from the vehicle's motion and the object's own as its track has it;
   * `null` without ego poses.
   */
  readonly perSecond: Shift | null;
}

export interface PictureOfFrame {
  readonly labels: LabelTable;
  readonly frame: number;
  readonly camera: number;
  readonly calibration: ImageCalibration;
  /** Size of the decoded picture where it is known. */
  readonly imageSize?: ImageSize;
  readonly motion: EgoMotion | null;
}

/** Unlinked labels belong together from this overlap on. */
const leastOverlap = 0.25;
/** Extents may differ by this factor before middles are no longer compared. */
const mostStretch = 1.35;
const borderPixels = 2;
/** Speeds before and after a frame that differ by more are not both right, metres a second. */
const steadySpeed = 1.5;

/** A cuboid and a 2D box of one object. */
export interface BoxPair {
  readonly cuboid: number;
  readonly box: number;
  /** Bounds of the cuboid's outline, cut to the picture. */
  readonly hull: Ltrb;
  /** The outline reaches beyond the picture, or behind the camera. */
  readonly isCut: boolean;
}

/** One residual for each object that has a cuboid and a 2D box in the picture, by row of the box. */
export function boxResiduals(
  picture: PictureOfFrame,
  pairs: readonly BoxPair[] = boxPairs(picture),
): BoxResidual[] {
  return pairs.map((pair) => residualOf(picture, pair));
}

/** Whether any 2D box was drawn in the picture. */
export function hasBoxes({ labels, frame, camera }: Omit<PictureOfFrame, 'motion'>): boolean {
  const { frameStart, camera: cameras } = labels.boxes2d;
  return cameras.subarray(frameStart[frame]!, frameStart[frame + 1]!).includes(camera);
}

/** The objects of the picture that have both, by row of the box. */
export function boxPairs(
  picture: Omit<PictureOfFrame, 'motion'>,
  hulls: ReadonlyMap<number, CuboidHull> = hasBoxes(picture) ? cuboidHulls(picture) : new Map(),
): BoxPair[] {
  const { labels, frame, camera } = picture;
  const { boxes2d } = labels;
  const pairs: BoxPair[] = [];
  const taken = new Set<number>();
  for (let box = boxes2d.frameStart[frame]!; box < boxes2d.frameStart[frame + 1]!; box++) {
    if (boxes2d.camera[box] !== camera) continue;
    const row = partnerOf(labels, box, hulls, taken);
    const hull = row === null ? undefined : hulls.get(row);
    if (row === null || !hull) continue;
    taken.add(row);
    pairs.push({ cuboid: row, box, hull: hull.clipped, isCut: hull.isCut });
  }
  return pairs;
}

/** A cuboid's outline in a picture. */
export interface CuboidHull {
  /** Its bounds, cut to the picture. */
  readonly clipped: Ltrb;
  /** Bounds of all of it that lies before the camera. */
  readonly uncut: Ltrb;
  /** It reaches beyond the picture, or behind the camera. */
  readonly isCut: boolean;
}

/** Outlines of the frame's cuboids that the picture shows, by row. */
export function cuboidHulls({
  labels,
  frame,
  calibration,
  imageSize,
}: Omit<PictureOfFrame, 'motion'>): Map<number, CuboidHull> {
  const { cuboids } = labels;
  const hulls = new Map<number, CuboidHull>();
  const cone = viewCone(calibration, imageSize);
  for (let row = cuboids.frameStart[frame]!; row < cuboids.frameStart[frame + 1]!; row++) {
    if (cuboids.flags[row]! & CuboidFlag.unusable || !mayBeSeen(cone, cuboids, row)) continue;
    const projected = projectCuboid(calibration, cuboidAt(labels, row), imageSize ? { imageSize } : {});
    if (!projected?.visible || !projected.hull) continue;
    const uncut = boundsOf(projected.edges.flatMap(({ points }) => points))!;
    const isCut = uncut.some((side, at) => Math.abs(side - projected.hull![at]!) > 0.5);
    hulls.set(row, { clipped: projected.hull, uncut, isCut: isCut || projected.corners.includes(null) });
  }
  return hulls;
}

/** The cuboid a box is linked to; else that of its track; else the free one of its class that it overlaps most. */
function partnerOf(
  labels: LabelTable,
  box: number,
  hulls: ReadonlyMap<number, CuboidHull>,
  taken: ReadonlySet<number>,
): number | null {
  const { boxes2d, cuboids } = labels;
  const link = boxes2d.cuboid[box]!;
  if (link !== NO_LINK) return link;
  const track = boxes2d.track[box]!;
  const { ltrb } = box2dAt(labels, box);
  let best: number | null = null;
  let bestOverlap = leastOverlap;
  for (const [row, { clipped }] of hulls) {
    if (track !== NO_TRACK && cuboids.track[row] === track) return row;
    if (taken.has(row) || cuboids.classIndex[row] !== boxes2d.classIndex[box]) continue;
    const overlap = iouOfRectangles(clipped, ltrb);
    if (overlap > bestOverlap) [best, bestOverlap] = [row, overlap];
  }
  return best;
}

function residualOf(picture: PictureOfFrame, { cuboid: row, box, hull, isCut }: BoxPair): BoxResidual {
  const { labels, calibration, imageSize, motion } = picture;
  const cuboid = cuboidAt(labels, row);
  const { ltrb } = box2dAt(labels, box);
  const [u, v] = middleOf(hull);
  const [boxU, boxV] = middleOf(ltrb);
  const moved = movement(calibration, imageSize, cuboid);
  const turn = (axis: number): Shift =>
    moved((step) => multiply(nudge(unit(axis, step), [0, 0, 0]), calibration.cameraFromSpace), 1e-4);
  const shift = (axis: number): Shift =>
    moved((step) => multiply(nudge([0, 0, 0], unit(axis, step)), calibration.cameraFromSpace), 1e-3);
  const own = motion && ownVelocity(labels, row, motion);
  const later = (seconds: number): Mat4 => {
    const { cameraFromSpace } = tryCalibration(calibration, { ...noTrial, seconds }, motion);
    return own ? multiply(cameraFromSpace, shiftBy(own, seconds)) : cameraFromSpace;
  };
  return {
    frame: picture.frame,
    cuboid: row,
    box,
    track: cuboid.track,
    id: cuboid.id,
    iou: iouOfRectangles(hull, ltrb),
    offset: [u - boxU, v - boxV],
    diagonal: Math.hypot(ltrb[2] - ltrb[0], ltrb[3] - ltrb[1]),
    isComparable: !isCut && isInside(ltrb, imageSizeOf(calibration, imageSize)) && isAlike(hull, ltrb),
    perRadian: [turn(0), turn(1), turn(2)],
    perMeter: [shift(0), shift(1), shift(2)],
    perSecond: motion ? moved(later, 2e-3) : null,
  };
}

/**
 * How fast an object moves over the ground, in the frame's space, metres a second: from where its track stands in the
 * neighbouring frames. `null` without a track there.
 */
function ownVelocity({ cuboids }: LabelTable, row: number, { neighbours }: EgoMotion): Vec3 | null {
  const track = cuboids.track[row]!;
  const centerOf = (at: number): Vec3 => [
    cuboids.center[3 * at]!,
    cuboids.center[3 * at + 1]!,
    cuboids.center[3 * at + 2]!,
  ];
  const [x, y, z] = centerOf(row);
  const velocities = neighbours.flatMap(({ frame, seconds, hereFromThere }): Vec3[] => {
    if (track === NO_TRACK) return [];
    for (let other = cuboids.frameStart[frame]!; other < cuboids.frameStart[frame + 1]!; other++) {
      if (cuboids.track[other] !== track) continue;
      const there = transformPoint(hereFromThere, centerOf(other));
      return [[(there[0] - x) / seconds, (there[1] - y) / seconds, (there[2] - z) / seconds]];
    }
    return [];
  });
  // A label that jumps has no speed to go by.
  const [first, last] = [velocities[0], velocities.at(-1)];
  if (!first || !last || Math.hypot(...first.map((value, axis) => value - last[axis]!)) > steadySpeed)
    return null;
  const mean = (axis: 0 | 1 | 2): number =>
    velocities.reduce((sum, velocity) => sum + velocity[axis], 0) / velocities.length;
  return [mean(0), mean(1), mean(2)];
}

function shiftBy([x, y, z]: Vec3, by: number): Mat4 {
  return [1, 0, 0, by * x, 0, 1, 0, by * y, 0, 0, 1, by * z, 0, 0, 0, 1];
}

/** Central difference of the middle of the projected corners. */
function movement(calibration: ImageCalibration, imageSize: ImageSize | undefined, cuboid: Cuboid) {
  const projector = projectorOf(calibration, imageSize)!;
  const corners = cuboidCorners(cuboid);
  const middle = (cameraFromSpace: Mat4): Shift | null => {
    const pixels: number[] = [];
    for (let at = 0; at < 24; at += 3) {
      const corner: Vec3 = [corners[at]!, corners[at + 1]!, corners[at + 2]!];
      const pixel = projector.pixelOf(transformPoint(cameraFromSpace, corner));
      if (pixel) pixels.push(...pixel);
    }
    const bounds = boundsOf(pixels);
    return bounds && middleOf(bounds);
  };
  return (cameraAt: (step: number) => Mat4, step: number): Shift => {
    const [more, less] = [middle(cameraAt(step)), middle(cameraAt(-step))];
    if (!more || !less) return [0, 0];
    return [(more[0] - less[0]) / (2 * step), (more[1] - less[1]) / (2 * step)];
  };
}

function unit(axis: number, length: number): Vec3 {
  return [axis === 0 ? length : 0, axis === 1 ? length : 0, axis === 2 ? length : 0];
}

function middleOf([left, top, right, bottom]: Ltrb): Shift {
  return [(left + right) / 2, (top + bottom) / 2];
}

function isInside([left, top, right, bottom]: Ltrb, size: ImageSize | undefined): boolean {
  if (!size) return true;
  const isFree = left > borderPixels && top > borderPixels;
  return isFree && right < size[0] - 1 - borderPixels && bottom < size[1] - 1 - borderPixels;
}

function isAlike(a: Ltrb, b: Ltrb): boolean {
  const widths = (a[2] - a[0]) / (b[2] - b[0]);
  const heights = (a[3] - a[1]) / (b[3] - b[1]);
  return [widths, heights].every((ratio) => ratio < mostStretch && ratio > 1 / mostStretch);
}

/** What a camera's residuals come to; `null` where there are none. */
export interface ResidualSummary {
  readonly count: number;
  readonly meanIou: number;
  /** Mean over the comparable ones; `null` where there are none. */
  readonly meanOffset: Shift | null;
  /** Median distance of the middles over the comparable ones, pixels. */
  readonly medianDistance: number | null;
}

export function summariseResiduals(residuals: readonly BoxResidual[]): ResidualSummary | null {
  if (residuals.length === 0) return null;
  const comparable = residuals.filter(({ isComparable }) => isComparable);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    count: residuals.length,
    meanIou: mean(residuals.map(({ iou }) => iou)),
    meanOffset:
      comparable.length === 0
        ? null
        : [mean(comparable.map(({ offset }) => offset[0])), mean(comparable.map(({ offset }) => offset[1]))],
    medianDistance:
      comparable.length === 0 ? null : median(comparable.map(({ offset }) => Math.hypot(...offset))),
  };
}

/** NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
