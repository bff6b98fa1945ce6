/** Which cameras see a label, and which sees it best: the crop an auditor looks at first. */
import type { CuboidShape } from '../../shared/geometry/cuboid.ts';
import { effectiveCalibration, type ImageCalibration } from '../../shared/geometry/imageCalibration.ts';
import { boundsOf, type Ltrb } from '../../shared/geometry/polygon.ts';
import { projectCuboid } from '../../shared/geometry/projectCuboid.ts';
import type { Calibration, Delivery, Frame } from '../../shared/model/delivery.ts';

export interface CameraSight {
  /** Index into `Frame.images`. */
  readonly image: number;
  /** Index into `Delivery.cameras`. */
  readonly camera: number;
  /** The label's bounds in the picture, cut to it. */
  readonly hull: Ltrb;
  /** Share of the label's projected extent that lies in the picture, 0..1. */
  readonly share: number;
}

/** The size the calibration states, or twice the principal point where it states none. */
export function pictureSize(calibration: Calibration): readonly [number, number] | null {
  if (calibration.width !== undefined && calibration.height !== undefined) {
    return [calibration.width, calibration.height];
  }
  if (calibration.model.kind === 'unknown') return null;
  return [Math.round(2 * calibration.model.cx) + 1, Math.round(2 * calibration.model.cy) + 1];
}

/**
 * Cameras of the frame that see the cuboid, best first: by its area in the picture times the square of the share
 * that is not cut off, since a large half object tells less than a smaller whole one.
 */
export function rankCameras(delivery: Delivery, frame: Frame, cuboid: CuboidShape): CameraSight[] {
  const sights = frame.images.flatMap((ref, image) => {
    const calibration = effectiveCalibration(delivery, ref);
    const sight = calibration ? sightOf(calibration, cuboid) : null;
    return sight ? [{ image, camera: ref.camera, ...sight }] : [];
  });
  const worth = ({ hull, share }: CameraSight): number => areaOf(hull) * share * share;
  return sights.sort((a, b) => worth(b) - worth(a));
}

function sightOf(calibration: ImageCalibration, cuboid: CuboidShape): { hull: Ltrb; share: number } | null {
  const size = pictureSize(calibration);
  const projected = projectCuboid(calibration, cuboid, size ? { imageSize: size } : {});
  if (!projected?.visible || !projected.hull) return null;
  const uncut = boundsOf(projected.edges.flatMap(({ points }) => points));
  const share = uncut && areaOf(uncut) > 0 ? Math.min(1, areaOf(projected.hull) / areaOf(uncut)) : 1;
  return areaOf(projected.hull) >= 4 ? { hull: projected.hull, share } : null;
}

function areaOf([left, top, right, bottom]: Ltrb): number {
  return (right - left) * (bottom - top);
}
