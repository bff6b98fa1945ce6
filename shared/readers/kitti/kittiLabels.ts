/** Rows of a KITTI object label file, and the cuboid they describe in the Velodyne's space. */
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

const COLUMNS = 15;

/** Bad rows are left out and reported as `kitti-row-bad` with their line. */
export function parseKittiLabels(text: string, path: string): { labels: KittiLabel[]; problems: Problem[] } {
  const labels: KittiLabel[] = [];
  const problems: Problem[] = [];
  for (const [index, line] of linesOf(text).entries()) {
    const words = line.trim().split(/\s+/);
    if (words.length === 1 && words[0] === '') continue;
    const numbers = words.slice(1).map(Number);
    const isComplete = words.length === COLUMNS || words.length === COLUMNS + 1;
    if (!isComplete || !numbers.every(Number.isFinite)) {
      const params = { columns: words.length };
      problems.push({ code: 'kitti-row-bad', severity: 'error', path, place: `line ${index + 1}`, params });
      continue;
    }
    const [truncated, occluded, alpha, left, top, right, bottom, h, w, l, x, y, z, rotationY, score] =
      numbers as [number, number, number, number, number, number, number, number, ...number[]];
    labels.push({
      line: index + 1,
      type: words[0]!,
      truncated,
      occluded,
      alpha,
      ltrb: [left, top, right, bottom],
      size: [h, w!, l!],
      location: [x!, y!, z!],
      rotationY: rotationY!,
      score: score ?? null,
    });
  }
  return { labels, problems };
}

/** DontCare regions, and labels drawn in the image only, carry -1 sizes at -1000: they have no cuboid. */
export function hasCuboid({ type, size, location }: KittiLabel): boolean {
  const isFiller = size.every((extent) => extent === -1) && location.every((value) => value === -1000);
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
