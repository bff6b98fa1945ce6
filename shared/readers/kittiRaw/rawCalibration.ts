/**
 * The three calibration files of a day of KITTI raw recordings: `calib_cam_to_cam.txt` (lenses after rectification),
 * `calib_velo_to_cam.txt` and `calib_imu_to_velo.txt` (`R` 3x3 and `T`, row-major). The images of `_sync` drives are
 * rectified, so that the projections `P_rect_0N` with the rotation `R_rect_00` are all that is needed.
 */
import type { Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import { isRigid, multiply } from '../../geometry/matrix.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { KittiCamera } from '../kitti/kittiCalibration.ts';
import { cameraOf, padded3x3, readRows } from '../kitti/kittiCalibration.ts';

export interface RawCamera extends KittiCamera {
  readonly width?: number;
  readonly height?: number;
}

/** The files are rounded to six or seven digits; what is further off is scaled, mirrored or no rotation. */
const ROUNDING = 1e-2;

/** `R` and `T` of a file as one matrix, which the file's name reads as `toFromFrom`. Fails with `kitti-calibration-bad`. */
export function parseRigidFile(text: string, path: string): Result<Mat4> {
  const rows = readRows(text);
  const [rotation, translation] = [rows.get('R'), rows.get('T')];
  if (rotation?.length === 9 && translation?.length === 3) {
    const [x, y, z] = translation as [number, number, number];
    const matrix = padded3x3(rotation).map((value, i) => (i === 3 ? x : i === 7 ? y : i === 11 ? z : value));
    if (matrix.every(Number.isFinite) && isRigid(matrix, ROUNDING)) return done(matrix);
  }
  return failed({ code: 'kitti-calibration-bad', severity: 'error', path, params: { key: 'R' } });
}

/** Cameras by their number, 0 to 3. Fails with `kitti-calibration-bad` where none is usable. */
export function parseCameraFile(
  text: string,
  path: string,
  cameraFromVelodyne: Mat4,
): Result<ReadonlyMap<number, RawCamera>> {
  const bad = (key: string) =>
    failed({ code: 'kitti-calibration-bad', severity: 'error', path, params: { key } });
  const rows = readRows(text);
  const rotation = rows.get('R_rect_00');
  if (rotation?.length !== 9 || !isRigid(padded3x3(rotation), ROUNDING)) return bad('R_rect_00');
  const rectifiedFromVelodyne = multiply(padded3x3(rotation), cameraFromVelodyne);
  const cameras = new Map<number, RawCamera>();
  for (const number of [0, 1, 2, 3]) {
    const projection = rows.get(`P_rect_0${number}`);
    if (projection?.length !== 12 || !projection.every(Number.isFinite)) continue;
    const camera = cameraOf(projection, rectifiedFromVelodyne);
    const [width = 0, height = 0] = rows.get(`S_rect_0${number}`) ?? [];
    if (camera) cameras.set(number, { ...camera, ...(width > 0 && height > 0 ? { width, height } : {}) });
  }
  return cameras.size > 0 ? done(cameras) : bad('P_rect_02');
}
