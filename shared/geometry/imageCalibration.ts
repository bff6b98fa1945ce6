/** The calibration of one picture: its camera's, with what the picture itself says about where it was taken from. */
import type { Calibration, Delivery, ImageRef } from '../model/delivery.ts';
import type { Mat4 } from '../model/pose.ts';

/** What projection asks for. `endFromStart` with `shutter` makes it follow the rolling shutter. */
export type ImageCalibration = Calibration & {
  /** Camera at the end of the exposure from camera at its start; `cameraFromSpace` is then that of the start. */
  readonly endFromStart?: Mat4;
};

/** `null` where the picture is not calibrated. */
export function effectiveCalibration(
  delivery: Pick<Delivery, 'calibrations'>,
  image: ImageRef,
): ImageCalibration | null {
  const calibration = delivery.calibrations[image.calibration];
  if (!calibration) return null;
  const { cameraFromSpace, endFromStart } = image;
  if (!cameraFromSpace && !endFromStart) return calibration;
  return {
    ...calibration,
    ...(cameraFromSpace ? { cameraFromSpace } : {}),
    ...(endFromStart ? { endFromStart } : {}),
  };
}
