/**
 * From camera axes to pixels for one picture: its lens, and the camera's motion under a rolling shutter where both
 * the motion and the direction of reading are known.
 */
import type { Vec3 } from '../model/pose.ts';
import type { ImageCalibration } from './imageCalibration.ts';
import {
  type ImageSize,
  isInFront,
  isWithinReach,
  type Lens,
  lensOf,
  type Pixel,
  projectInto,
} from './lens.ts';
import { identityMatrix } from './matrix.ts';
import { cameraMotion, shareOfExposure, solveShutter } from './shutter.ts';

export type ProjectableCalibration = Pick<ImageCalibration, 'model' | 'cameraFromSpace'> &
  Partial<Pick<ImageCalibration, 'width' | 'height' | 'shutter' | 'endFromStart'>>;

export interface Projector {
  readonly lens: Lens;
  /** Straight lines stay straight in the picture. */
  readonly isStraight: boolean;
  /** What is in front is decided by z alone, so that a segment can be cut at the near plane before it is sampled. */
  readonly isCutByPlane: boolean;
  /**
   * Writes u, v to `out` from `at` on. False where the point is not in front or the model cannot be trusted; `out` is
   * then not to be read. No allocation.
   */
  project(x: number, y: number, z: number, out: Float64Array | Float32Array, at: number): boolean;
  /** The same, with the model taken at its word outside the field of view. */
  pixelOf(point: Vec3): Pixel | null;
}

/** Size of the picture: the decoded one before what the calibration states. */
export function imageSizeOf(
  calibration: Pick<ProjectableCalibration, 'width' | 'height'>,
  imageSize?: ImageSize,
): ImageSize | undefined {
  if (imageSize) return imageSize;
  const { width, height } = calibration;
  return width === undefined || height === undefined ? undefined : [width, height];
}

/** `null` where the camera's model is unknown: nothing can be said then. */
export function projectorOf(calibration: ProjectableCalibration, imageSize?: ImageSize): Projector | null {
  const size = imageSizeOf(calibration, imageSize);
  const lens = lensOf(calibration.model, size);
  if (lens === null) return null;
  const { shutter, endFromStart } = calibration;
  const isStill = !endFromStart || endFromStart.every((value, at) => value === identityMatrix[at]);
  return shutter && size && !isStill
    ? rollingProjector(lens, size, { ...calibration, shutter, endFromStart })
    : stillProjector(lens);
}

function stillProjector(lens: Lens): Projector {
  return {
    lens,
    isStraight: lens.isStraight,
    isCutByPlane: !lens.isByAngle,
    project(x, y, z, out, at) {
      if (!isWithinReach(lens, x, y, z)) return false;
      projectInto(lens, x, y, z, out, at);
      return true;
    },
    pixelOf: ([x, y, z]) => (isInFront(lens, x, y, z) ? finitePixel(lens, x, y, z) : null),
  };
}

function rollingProjector(
  lens: Lens,
  size: ImageSize,
  { shutter, endFromStart }: Required<Pick<ImageCalibration, 'shutter' | 'endFromStart'>>,
): Projector {
  const motion = cameraMotion(endFromStart);
  const moved = new Float64Array(3);
  const pixel = new Float64Array(2);
  /** Leaves in `moved` where the point stands when it is read. False where it is not in front then. */
  function settle(x: number, y: number, z: number): boolean {
    const share = solveShutter((at) => {
      motion.move(at, x, y, z, moved);
      if (!isInFront(lens, moved[0]!, moved[1]!, moved[2]!)) return Number.NaN;
      projectInto(lens, moved[0]!, moved[1]!, moved[2]!, pixel, 0);
      return shareOfExposure(shutter, size, pixel[0]!, pixel[1]!);
    });
    motion.move(share, x, y, z, moved);
    return !Number.isNaN(share);
  }
  return {
    lens,
    isStraight: false,
    isCutByPlane: false,
    project(x, y, z, out, at) {
      if (!settle(x, y, z) || !isWithinReach(lens, moved[0]!, moved[1]!, moved[2]!)) return false;
      projectInto(lens, moved[0]!, moved[1]!, moved[2]!, out, at);
      return true;
    },
    pixelOf: ([x, y, z]) => (settle(x, y, z) ? finitePixel(lens, moved[0]!, moved[1]!, moved[2]!) : null),
  };
}

const onePixel = new Float64Array(2);

function finitePixel(lens: Lens, x: number, y: number, z: number): Pixel | null {
  projectInto(lens, x, y, z, onePixel, 0);
  const [u, v] = onePixel as unknown as [number, number];
  return Number.isFinite(u) && Number.isFinite(v) ? [u, v] : null;
}
