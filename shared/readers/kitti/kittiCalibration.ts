/**
 * The calibration file of a KITTI object frame: P0..P3 (3x4), R0_rect (3x3), Tr_velo_to_cam (3x4), row-major. The
 * tracking benchmark's spellings (`R_rect`, `Tr_velo_cam`, no colon) are accepted too.
 */
import type { Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import { invert, multiply } from '../../geometry/matrix.ts';
import type { PinholeModel } from '../../model/camera.ts';
import type { Mat4 } from '../../model/pose.ts';
import { linesOf } from '../textFile.ts';

export interface KittiCamera {
  readonly model: PinholeModel;
  readonly cameraFromVelodyne: Mat4;
}

export interface KittiCalibration {
  /** Back from the rectified reference camera, in which labels are written. */
  readonly velodyneFromRectified: Mat4;
  /** The colour cameras that have a projection: `image_2`, `image_3`. */
  readonly cameras: ReadonlyMap<string, KittiCamera>;
}

function padded3x3(m: readonly number[]): Mat4 {
  const [a, b, c, d, e, f, g, h, i] = m as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return [a, b, c, 0, d, e, f, 0, g, h, i, 0, 0, 0, 0, 1];
}

function padded3x4(m: readonly number[]): Mat4 {
  return [...m, 0, 0, 0, 1];
}

function readRows(text: string): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (const line of linesOf(text)) {
    const [key, ...words] = line.trim().split(/[\s:]+/);
    if (key) rows.set(key, words.filter((word) => word !== '').map(Number));
  }
  return rows;
}

/**
 * P = K [I | t]: the fourth column holds the camera's offset from the reference camera, so it moves the points
 * (t = inverse(K) p) and K alone is the lens. Null when K cannot be inverted.
 */
function cameraOf(projection: readonly number[], rectifiedFromVelodyne: Mat4): KittiCamera | null {
  const [fx, skew, cx, px, , fy, cy, py, , , , pz] = projection as readonly number[] & { length: 12 };
  const lens = padded3x3([0, 1, 2, 4, 5, 6, 8, 9, 10].map((i) => projection[i]!));
  const inverse = invert(lens);
  if (!inverse) return null;
  const offset = [0, 1, 2].map(
    (row) => inverse[4 * row]! * px! + inverse[4 * row + 1]! * py! + inverse[4 * row + 2]! * pz!,
  );
  const cameraFromRectified: Mat4 = [
    1,
    0,
    0,
    offset[0]!,
    0,
    1,
    0,
    offset[1]!,
    0,
    0,
    1,
    offset[2]!,
    0,
    0,
    0,
    1,
  ];
  return {
    model: { kind: 'pinhole', fx: fx!, fy: fy!, cx: cx!, cy: cy!, skew: skew!, distortion: [] },
    cameraFromVelodyne: multiply(cameraFromRectified, rectifiedFromVelodyne),
  };
}

const PROJECTIONS = [
  ['P2', 'image_2'],
  ['P3', 'image_3'],
] as const;

/** Fails with `kitti-calibration-bad`, naming the row that is missing or not numbers. */
export function parseKittiCalibration(text: string, path: string): Result<KittiCalibration> {
  const rows = readRows(text);
  const find = (names: readonly string[], length: number) => {
    const row = names.map((name) => rows.get(name)).find((found) => found !== undefined);
    return row?.length === length && row.every(Number.isFinite) ? row : null;
  };
  const bad = (key: string) =>
    failed({ code: 'kitti-calibration-bad', severity: 'error', path, params: { key } });
  const rectification = find(['R0_rect', 'R_rect'], 9);
  if (!rectification) return bad('R0_rect');
  const velodyne = find(['Tr_velo_to_cam', 'Tr_velo_cam'], 12);
  if (!velodyne) return bad('Tr_velo_to_cam');
  const rectifiedFromVelodyne = multiply(padded3x3(rectification), padded3x4(velodyne));
  const velodyneFromRectified = invert(rectifiedFromVelodyne);
  if (!velodyneFromRectified) return bad('Tr_velo_to_cam');
  const cameras = new Map<string, KittiCamera>();
  for (const [key, name] of PROJECTIONS) {
    const projection = find([key], 12);
    const camera = projection && cameraOf(projection, rectifiedFromVelodyne);
    if (camera) cameras.set(name, camera);
  }
  return cameras.has('image_2') ? done({ velodyneFromRectified, cameras }) : bad('P2');
}
