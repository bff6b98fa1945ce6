/** Objects of a picture that have both labels, and which of them show whole: neither hidden nor cut. */
import type { ImageSize } from '../../geometry/lens.ts';
import type { Ltrb } from '../../geometry/polygon.ts';
import { NO_TRACK } from '../../model/labels.ts';
import type { CheckScene } from '../scene.ts';
import { type CameraView, partnerRow } from './cameraViews.ts';
import { statedView } from './viewAttributes.ts';

/** One object of one picture that has both labels. */
export interface FitPair {
  readonly view: CameraView;
  readonly box: number;
  readonly row: number;
  readonly ltrb: Ltrb;
  readonly outline: Ltrb;
  /** Bounds of the whole outline, held to the picture: some draw what the border cuts like this. */
  readonly held: Ltrb;
  readonly className: string;
  readonly object: string;
  /** Neither hidden nor cut by the picture's border. */
  readonly isWhole: boolean;
}

/** Smaller boxes are drawn to a share of their size that says nothing, pixels. */
const leastPixels = 20;
/** So much of an outline may lie behind nearer ones. */
const mostCovered = 0.15;
/** So much of the lidar's rays must reach it. */
const leastSeen = 0.75;
/** A side so near to the picture's border is cut by it, pixels. */
const borderPixels = 3;

export function boxOf({ index }: CheckScene, box: number): Ltrb {
  const { ltrb } = index.labels.boxes2d;
  return [ltrb[4 * box]!, ltrb[4 * box + 1]!, ltrb[4 * box + 2]!, ltrb[4 * box + 3]!];
}

export function isLarge([left, top, right, bottom]: Ltrb): boolean {
  return right - left >= leastPixels && bottom - top >= leastPixels;
}

export function isAtBorder(
  [left, top, right, bottom]: Ltrb,
  { imageSize: [width, height] }: CameraView,
): boolean {
  return (
    left <= borderPixels ||
    top <= borderPixels ||
    right >= width - 1 - borderPixels ||
    bottom >= height - 1 - borderPixels
  );
}

/** Whether a box is of a whole object, by its own attributes and place. */
export function isWholeBox(scene: CheckScene, view: CameraView, box: number): boolean {
  const { attributeSets, boxes2d } = scene.index.labels;
  const stated = statedView(attributeSets[boxes2d.attributes[box]!]!);
  const ltrb = boxOf(scene, box);
  if (!ltrb.every(Number.isFinite) || !isLarge(ltrb) || isAtBorder(ltrb, view)) return false;
  return stated.isHidden !== true && stated.isTruncated !== true;
}

/** Whether a cuboid shows whole: by its attributes, the lidar's rays, and what stands before it in the picture. */
export function isWholeCuboid(scene: CheckScene, view: CameraView, row: number): boolean {
  const hull = view.hulls.get(row);
  if (!hull || hull.isCut || !isLarge(hull.clipped) || !scene.isJudged(row)) return false;
  const { attributeSets, cuboids } = scene.index.labels;
  if (statedView(attributeSets[cuboids.attributes[row]!]!).isHidden === true) return false;
  const seen = scene.scan?.seen[row - scene.rowFrom] ?? Number.NaN;
  return !(seen < leastSeen) && coveredShare(scene, view, row) <= mostCovered;
}

/** Objects of the picture with both labels and a box that is large enough, by row of the box. */
export function fitPairs(scene: CheckScene, view: CameraView): FitPair[] {
  const { classes, cuboids, tracks } = scene.index.labels;
  return view.boxes.flatMap((box) => {
    const row = partnerRow(scene, box);
    const hull = row < 0 ? undefined : view.hulls.get(row);
    // Some draw on beyond the border: what the picture shows is what can be compared.
    const ltrb = heldTo(view.imageSize, boxOf(scene, box));
    if (!hull || !scene.isJudged(row) || !ltrb.every(Number.isFinite) || !isLarge(ltrb)) return [];
    const track = cuboids.track[row]!;
    const object = track === NO_TRACK ? `row ${row}` : tracks[track]!;
    const className = classes[cuboids.classIndex[row]!]!;
    const isWhole = isWholeBox(scene, view, box) && isWholeCuboid(scene, view, row);
    const held = heldTo(view.imageSize, hull.uncut);
    return [{ view, box, row, ltrb, outline: hull.clipped, held, className, object, isWhole }];
  });
}

function heldTo([width, height]: ImageSize, [left, top, right, bottom]: Ltrb): Ltrb {
  const across = (u: number): number => Math.min(width - 0.5, Math.max(-0.5, u));
  const down = (v: number): number => Math.min(height - 0.5, Math.max(-0.5, v));
  return [across(left), down(top), across(right), down(bottom)];
}

/** Share of a cuboid's outline that outlines of nearer ones cover, at most. */
function coveredShare(scene: CheckScene, view: CameraView, row: number): number {
  const own = view.hulls.get(row)!.clipped;
  const distance = distanceOf(scene, view, row);
  let covered = 0;
  for (const [other, { clipped }] of view.hulls) {
    if (other === row || distanceOf(scene, view, other) >= distance) continue;
    const width = Math.min(own[2], clipped[2]) - Math.max(own[0], clipped[0]);
    const height = Math.min(own[3], clipped[3]) - Math.max(own[1], clipped[1]);
    if (width > 0 && height > 0) covered += width * height;
  }
  return covered / ((own[2] - own[0]) * (own[3] - own[1]));
}

function distanceOf({ index }: CheckScene, { calibration }: CameraView, row: number): number {
  const { center } = index.labels.cuboids;
  const m = calibration.cameraFromSpace;
  const [x, y, z] = [center[3 * row]!, center[3 * row + 1]!, center[3 * row + 2]!];
  return Math.hypot(
    m[0]! * x + m[1]! * y + m[2]! * z + m[3]!,
    m[4]! * x + m[5]! * y + m[6]! * z + m[7]!,
    m[8]! * x + m[9]! * y + m[10]! * z + m[11]!,
  );
}
