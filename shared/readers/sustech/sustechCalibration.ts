/** Camera calibration of SUSTechPOINTS: `extrinsic`, 4x4 row-major, lidar to camera; `intrinsic`, 3x3; no distortion. */
import type { Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import { isRigid } from '../../geometry/matrix.ts';
import type { PinholeModel } from '../../model/camera.ts';
import type { Mat4 } from '../../model/pose.ts';
import { asNumbers, asRecord } from '../jsonValues.ts';

/** Files carry rounded matrices; a mirrored or scaled one draws cuboids where they are not. */
const RIGID_TOLERANCE = 1e-2;

export interface SustechCalibration {
  readonly model: PinholeModel;
  readonly cameraFromLidar: Mat4;
}

/** Fails with `sustech-calibration-bad`, naming the key that is missing or unusable. */
export function parseSustechCalibration(json: unknown, path: string): Result<SustechCalibration> {
  const record = asRecord(json);
  const bad = (key: string) =>
    failed({ code: 'sustech-calibration-bad', severity: 'error', path, params: { key } });
  const extrinsic = asNumbers(record?.extrinsic, 16);
  if (!extrinsic || !isRigid(extrinsic, RIGID_TOLERANCE)) return bad('extrinsic');
  const intrinsic = asNumbers(record?.intrinsic, 9);
  if (!intrinsic || !(intrinsic[0]! > 0) || !(intrinsic[4]! > 0)) return bad('intrinsic');
  const [fx, skew, cx, , fy, cy] = intrinsic as [number, number, number, number, number, number];
  return done({
    model: { kind: 'pinhole', fx, fy, cx, cy, skew, distortion: [] },
    cameraFromLidar: extrinsic,
  });
}
