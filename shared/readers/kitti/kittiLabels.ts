/** Rows of KITTI label files, object and tracking, and the cuboid they describe in the Velodyne's space. */
import type { Problem } from '../../base/problem.ts';
import { transformPoint } from '../../geometry/matrix.ts';
import { multiplyQuaternions, quaternionFromRotation } from '../../geometry/rotation.ts';
import type { Mat4, Quaternion, Vec3 } from '../../model/pose.ts';
import { linesOf } from '../textFile.ts';

export interface KittiLabel {
  /** Line in the file, from 1. */
  readonly line: number;
  readonly type: string;
  readonly truncated: number;
  readonly occluded: number;
  readonly alpha: number;
  /** Left, top, right, bottom, pixels, 0-based. */
  readonly ltrb: readonly [number, number, number, number];
  /** Height, width, length as the file orders them. */
  readonly size: readonly [number, number, number];
  /** Middle of the bottom face in the rectified reference camera. */
  readonly location: Vec3;
  /** About the camera's y (down); 0 = front along camera x. */
  readonly rotationY: number;
  readonly score: number | null;
}

export interface KittiRows<Label> {
  readonly labels: Label[];
  readonly problems: Problem[];
}

const COLUMNS = 15;

/** The 15 columns of a label, or 16 with a score. Null where one is missing or not a number. */
function labelOf(words: readonly string[], line: number): KittiLabel | null {
  const numbers = words.slice(1).map(Number);
  const isComplete = words.length === COLUMNS || words.length === COLUMNS + 1;
  if (!isComplete || !numbers.every(Number.isFinite)) return null;
  const [truncated, occluded, alpha, left, top, right, bottom, h, w, l, x, y, z, rotationY, score] =
    numbers as [number, number, number, number, number, number, number, number, ...number[]];
  return {
    line,
    type: words[0]!,
    truncated,
    occluded,
    alpha,
    ltrb: [left, top, right, bottom],
    size: [h, w!, l!],
    location: [x!, y!, z!],
    rotationY: rotationY!,
    score: score ?? null,
  };
}

function parseRows<Label>(
  text: string,
  path: string,
  parse: (words: readonly string[], line: number) => Label | null,
): KittiRows<Label> {
  const labels: Label[] = [];
  const problems: Problem[] = [];
  for (const [index, content] of linesOf(text).entries()) {
    const words = content.trim().split(/\s+/);
    if (words.length === 1 && words[0] === '') continue;
    const label = parse(words, index + 1);
    if (label) {
      labels.push(label);
      continue;
    }
    const params = { columns: words.length };
    problems.push({ code: 'kitti-row-bad', severity: 'error', path, place: `line ${index + 1}`, params });
  }
  return { labels, problems };
}

/** Bad rows are left out and reported as `kitti-row-bad` with their line. */
export function parseKittiLabels(text: string, path: string): KittiRows<KittiLabel> {
  return parseRows(text, path, labelOf);
}

/** A row of the tracking benchmark: frame and track before the columns of an object row. */
export interface TrackingLabel extends KittiLabel {
  /** Number of the frame, from 0. */
  readonly frame: number;
  /** -1 for DontCare, of which a frame may have many. */
  readonly track: number;
}

const WHOLE = /^-?\d{1,9}$/;

/** 17 columns, or 18 with a score; otherwise as `parseKittiLabels`. */
export function parseTrackingLabels(text: string, path: string): KittiRows<TrackingLabel> {
  return parseRows(text, path, ([frame = '', track = '', ...words], line) => {
    const label = WHOLE.test(frame) && WHOLE.test(track) ? labelOf(words, line) : null;
    return label && Number(frame) >= 0 ? { ...label, frame: Number(frame), track: Number(track) } : null;
  });
}

/** DontCare regions, and labels drawn in the image only, carry sizes of -1 at -1000 (or at -1): they have no cuboid. */
export function hasCuboid({ type, size, location }: KittiLabel): boolean {
  const isAll = (values: readonly number[], filler: number) => values.every((value) => value === filler);
  const isFiller = isAll(size, -1) && (isAll(location, -1000) || isAll(location, -1));
  return type !== 'DontCare' && !isFiller;
}

/** Quaternion of the axes a cuboid has at rotation_y 0: its front on camera x, left on camera z, up on camera -y. */
const RECTIFIED_FROM_CUBOID: Quaternion = quaternionFromRotation([1, 0, 0, 0, 0, -1, 0, 1, 0]);

/**
 * Centre, size and rotation in the Velodyne's space by the exact inverse of the calibration, so that the small tilt
 * between the sensors is kept: the well-known yaw formula alone puts points on the wrong side of faces.
 */
export function kittiCuboid(
  label: KittiLabel,
  velodyneFromRectified: Mat4,
): { center: Vec3; size: Vec3; rotation: Quaternion } {
  const [height, width, length] = label.size;
  const [x, y, z] = label.location;
  const turn: Quaternion = [0, Math.sin(label.rotationY / 2), 0, Math.cos(label.rotationY / 2)];
  const rectifiedFromCuboid = multiplyQuaternions(turn, RECTIFIED_FROM_CUBOID);
  return {
    center: transformPoint(velodyneFromRectified, [x, y - height / 2, z]),
    size: [length, width, height],
    rotation: multiplyQuaternions(quaternionFromRotation(velodyneFromRectified, 4), rectifiedFromCuboid),
  };
}

/** Without calibration a label has a size but no place: the cuboid stays in the lot as unusable. */
export function placedCuboid(
  label: KittiLabel,
  velodyneFromRectified: Mat4 | null,
): { center: Vec3; size: Vec3; rotation: Quaternion } {
  if (velodyneFromRectified) return kittiCuboid(label, velodyneFromRectified);
  const [height, width, length] = label.size;
  return {
    center: [Number.NaN, Number.NaN, Number.NaN],
    size: [length, width, height],
    rotation: [0, 0, 0, 1],
  };
}
