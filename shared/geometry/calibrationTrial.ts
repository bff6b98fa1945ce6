/** A calibration tried out: another time, the extrinsic the other way round, a small turn or shift. Nothing is kept. */
import type { Mat4, Vec3 } from '../model/pose.ts';
import type { EgoMotion } from './egoMotion.ts';
import type { ImageCalibration } from './imageCalibration.ts';
import { invert, matrixFromPose, multiply } from './matrix.ts';

export interface CalibrationTrial {
  /** The picture is taken to be this much later than the delivery says. */
  readonly seconds: number;
  readonly isInverted: boolean;
  /** About the camera's own x (down), y (right), z (clockwise), radians. */
  readonly rotation: Vec3;
  /** Along the camera's own axes, metres. */
  readonly translation: Vec3;
}

export const noTrial: CalibrationTrial = {
  seconds: 0,
  isInverted: false,
  rotation: [0, 0, 0],
  translation: [0, 0, 0],
};

/** Without `motion` the time plays no part. A singular extrinsic has no inverse and stays as it is. */
export function tryCalibration(
  calibration: ImageCalibration,
  trial: CalibrationTrial,
  motion: EgoMotion | null,
): ImageCalibration {
  const given = calibration.cameraFromSpace;
  const stated = trial.isInverted ? (invert(given) ?? given) : given;
  const later = motion && trial.seconds !== 0 ? multiply(stated, motion.laterFromNow(trial.seconds)) : stated;
  return { ...calibration, cameraFromSpace: multiply(nudge(trial.rotation, trial.translation), later) };
}

/** The camera's axes after a turn by a rotation vector and a shift, from those before. */
export function nudge(rotation: Vec3, translation: Vec3): Mat4 {
  const angle = Math.hypot(...rotation);
  const scale = angle > 0 ? Math.sin(angle / 2) / angle : 0;
  const [x, y, z] = rotation;
  return matrixFromPose([x * scale, y * scale, z * scale, Math.cos(angle / 2)], translation);
}
