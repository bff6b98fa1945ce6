/**
 * The calibration file of a KITTI object frame or tracking sequence: P0..P3 (3x4), R0_rect (3x3), Tr_velo_to_cam (3x4),
 * row-major; the tracking benchmark spells `R_rect`, `Tr_velo_cam` and `Tr_imu_velo` without a colon. The odometry
 * benchmark's has only P0..P3 and `Tr`.
 */
import type { Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import { invert, isRigid, multiply } from '../../geometry/matrix.ts';
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
  /** The cameras that have a projection, by number: `image_0` and `image_1` are grey, `image_2` and `image_3` colour. */
  readonly cameras: ReadonlyMap<string, KittiCamera>;
  /** Null where the file does not place the inertial unit. */
  readonly velodyneFromImu: Mat4 | null;
}

/** A rotation of the files is rounded to six or seven digits; what is further off is scaled, mirrored or no rotation. */
const ROUNDING = 1e-2;

export function padded3x3(m: readonly number[]): Mat4 {
  return [...m.slice(0, 3), 0, ...m.slice(3, 6), 0, ...m.slice(6, 9), 0, 0, 0, 0, 1];
}

export function padded3x4(m: readonly number[]): Mat4 {
  return [...m, 0, 0, 0, 1];
}

/** Numbers by the word before them. The colon after it may be missing. */
export function readRows(text: string): Map<string, number[]> {
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
export function cameraOf(projection: readonly number[], rectifiedFromVelodyne: Mat4): KittiCamera | null {
  const [fx, skew, cx, px, , fy, cy, py, , , , pz] = projection as readonly number[] & { length: 12 };
  const lens = padded3x3([0, 1, 2, 4, 5, 6, 8, 9, 10].map((i) => projection[i]!));
  const inverse = invert(lens);
  if (!inverse) return null;
  const offset = [0, 1, 2].map(
    (row) => inverse[4 * row]! * px! + inverse[4 * row + 1]! * py! + inverse[4 * row + 2]! * pz!,
  );
  const [x, y, z] = offset as [number, number, number];
  const cameraFromRectified: Mat4 = [...[1, 0, 0, x], ...[0, 1, 0, y], ...[0, 0, 1, z], ...[0, 0, 0, 1]];
  return {
    model: { kind: 'pinhole', fx: fx!, fy: fy!, cx: cx!, cy: cy!, skew: skew!, distortion: [] },
    cameraFromVelodyne: multiply(cameraFromRectified, rectifiedFromVelodyne),
  };
}

const CAMERAS = [0, 1, 2, 3];

type Find = (names: readonly string[], length: number) => number[] | null;

/** Answers a row that has as many finite numbers as it must. */
function finder(text: string): Find {
  const rows = readRows(text);
  return (names, length) => {
    const row = names.map((name) => rows.get(name)).find((found) => found !== undefined);
    return row?.length === length && row.every(Number.isFinite) ? row : null;
  };
}

function camerasOf(find: Find, rectifiedFromVelodyne: Mat4): Map<string, KittiCamera> {
  const cameras = new Map<string, KittiCamera>();
  for (const number of CAMERAS) {
    const projection = find([`P${number}`], 12);
    const camera = projection && cameraOf(projection, rectifiedFromVelodyne);
    if (camera) cameras.set(`image_${number}`, camera);
  }
  return cameras;
}

function rigid(m: Mat4 | null): Mat4 | null {
  return m && isRigid(m, ROUNDING) ? m : null;
}

/** Fails with `kitti-calibration-bad`, naming the row that is missing, not numbers, or no rotation with a translation. */
export function parseKittiCalibration(text: string, path: string): Result<KittiCalibration> {
  const find = finder(text);
  const bad = (key: string) =>
    failed({ code: 'kitti-calibration-bad', severity: 'error', path, params: { key } });
  const rectification = find(['R0_rect', 'R_rect'], 9);
  const rectifiedFromCamera = rigid(rectification && padded3x3(rectification));
  if (!rectifiedFromCamera) return bad('R0_rect');
  const velodyne = find(['Tr_velo_to_cam', 'Tr_velo_cam'], 12);
  const cameraFromVelodyne = rigid(velodyne && padded3x4(velodyne));
  if (!cameraFromVelodyne) return bad('Tr_velo_to_cam');
  const calibration = calibrationOf(find, multiply(rectifiedFromCamera, cameraFromVelodyne));
  return calibration?.cameras.has('image_2') ? done(calibration) : bad('P2');
}

/**
 * The odometry benchmark's file (also SemanticKITTI's): `Tr` already leads to the rectified camera, and the projections
 * may be missing. Fails as `parseKittiCalibration` does.
 */
export function parseOdometryCalibration(text: string, path: string): Result<KittiCalibration> {
  const find = finder(text);
  const row = find(['Tr', 'Tr_velo_to_cam', 'Tr_velo_cam'], 12);
  const rectifiedFromVelodyne = rigid(row && padded3x4(row));
  const calibration = rectifiedFromVelodyne && calibrationOf(find, rectifiedFromVelodyne);
  if (calibration) return done(calibration);
  return failed({ code: 'kitti-calibration-bad', severity: 'error', path, params: { key: 'Tr' } });
}

function calibrationOf(find: Find, rectifiedFromVelodyne: Mat4): KittiCalibration | null {
  const velodyneFromRectified = invert(rectifiedFromVelodyne);
  if (!velodyneFromRectified) return null;
  const imu = find(['Tr_imu_to_velo', 'Tr_imu_velo'], 12);
  const velodyneFromImu = rigid(imu && padded3x4(imu));
  return { velodyneFromRectified, cameras: camerasOf(find, rectifiedFromVelodyne), velodyneFromImu };
}
