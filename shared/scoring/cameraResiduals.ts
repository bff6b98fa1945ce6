/** The offsets of one camera, gathered picture by picture, and what they come to. */
import { noTrial, tryCalibration } from '../geometry/calibrationTrial.ts';
import type { ImageSize } from '../geometry/lens.ts';
import {
  type BoxPair,
  type BoxResidual,
  boxPairs,
  boxResiduals,
  median,
  type PictureOfFrame,
  type ResidualSummary,
  summariseResiduals,
} from './boxResiduals.ts';
import { type CalibrationVerdict, judgeCalibration } from './calibrationVerdict.ts';

export interface CameraResiduals {
  readonly summary: ResidualSummary | null;
  readonly verdict: CalibrationVerdict;
}

export interface GatheredResiduals {
  readonly residuals: BoxResidual[];
  /** With the extrinsic the other way round, where the delivered one hardly fits. */
  readonly inverted: BoxResidual[];
  /** Picture less sweep as the delivery states it and does not account for, seconds. */
  readonly stated: number[];
  width: number | null;
}

/** Below this overlap the extrinsic may be the wrong way round. */
const suspiciousIou = 0.3;

export function noResiduals(): GatheredResiduals {
  return { residuals: [], inverted: [], stated: [], width: null };
}

/** Adds one picture; `stated` as `unaccountedSeconds` says it. */
export function gatherResiduals(
  found: GatheredResiduals,
  picture: PictureOfFrame & { readonly imageSize: ImageSize },
  stated: number | null,
  pairs: readonly BoxPair[] = boxPairs(picture),
): void {
  found.width = picture.imageSize[0];
  if (stated !== null) found.stated.push(stated);
  found.residuals.push(...boxResiduals(picture, pairs));
  const soFar = summariseResiduals(found.residuals);
  if (soFar && soFar.meanIou >= suspiciousIou) return;
  const calibration = tryCalibration(picture.calibration, { ...noTrial, isInverted: true }, null);
  found.inverted.push(...boxResiduals({ ...picture, calibration, motion: null }));
}

export function judgeResiduals({ residuals, inverted, stated, width }: GatheredResiduals): CameraResiduals {
  return {
    summary: summariseResiduals(residuals),
    verdict: judgeCalibration({
      residuals,
      invertedIou: summariseResiduals(inverted)?.meanIou ?? null,
      statedSeconds: stated.length === 0 ? null : median(stated),
      imageWidth: width,
    }),
  };
}
