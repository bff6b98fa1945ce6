/** What the window asks of the worker that pictures tracks: small pictures of one label in one frame. */
import type { CuboidShape } from '../../shared/geometry/cuboid.ts';
import type { ImageCalibration } from '../../shared/geometry/imageCalibration.ts';
import type { RasterColour } from '../../shared/geometry/rasterise.ts';
import type { LabelPicture } from '../../shared/geometry/rasteriseLabel.ts';
import type { ImageRef, SweepRef } from '../../shared/model/delivery.ts';
import type { DeliveryAddress } from './remoteFiles.ts';

export interface PointsPicture {
  readonly address: DeliveryAddress;
  /** Names the points around this label: a picture of another size or colour need not read the sweep again. */
  readonly key: string;
  readonly sweeps: readonly SweepRef[];
  /** In the frame's space. */
  readonly shape: CuboidShape;
  /** Points so many metres beyond its faces are kept. */
  readonly margin: number;
  /** Pictures of one width, stacked from the top of the bitmap. */
  readonly pictures: readonly LabelPicture[];
}

export interface CameraPicture {
  readonly address: DeliveryAddress;
  readonly ref: ImageRef;
  readonly calibration: ImageCalibration;
  /** In the frame's space. */
  readonly shape: CuboidShape;
  /** Pixels of the crop. */
  readonly width: number;
  readonly height: number;
  /** Pixels a line is wide. */
  readonly line: number;
  readonly isMissing: boolean;
  readonly background: RasterColour;
  readonly outline: RasterColour;
}

export type TrackOperations = {
  points: { readonly input: PointsPicture; readonly output: ImageBitmap };
  camera: { readonly input: CameraPicture; readonly output: ImageBitmap };
};
