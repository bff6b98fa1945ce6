/**
 * The canonical delivery: what every reader makes of a vendor's folder, whatever its format. Coordinates are
 * right-handed metres and radians; a matrix `aFromB` is 16 numbers, row-major, and maps column vectors of B to A.
 * Time is whole nanoseconds as a decimal string, since 3.2e17 does not fit a double.
 */
import type { CameraModel } from './camera.ts';
import type { Mat4 } from './pose.ts';

export type FormatId = 'kitti-object' | 'sustech-points' | 'openlabel' | 'pcd' | 'bin';

/** Which read-only root a file lies in: the vendor's delivery, or the client's own sensor data beside it. */
export type RootName = 'delivery' | 'sensors';

export interface FileRef {
  readonly root: RootName;
  readonly path: string;
}

export interface Sensor {
  readonly name: string;
}

/** One continuous recording. Its frames are [frameStart, frameStart + frameCount) of `Delivery.frames`. */
export interface Scene {
  readonly id: string;
  readonly frameStart: number;
  readonly frameCount: number;
}

export type SweepEncoding = 'pcd' | 'bin4' | 'bin5';

/** Where the points of one frame are. `bin4`: float32 x,y,z,intensity; `bin5`: the same and ring. */
export interface SweepRef extends FileRef {
  readonly lidar: string;
  readonly encoding: SweepEncoding;
  /** Places the file's points in the frame's space; absent = they are there already. */
  readonly spaceFromPoints?: Mat4;
}

export interface ImageRef extends FileRef {
  /** Index into `Delivery.cameras`. */
  readonly camera: number;
  /** Index into `Delivery.calibrations`; -1 = not calibrated, so nothing can be projected. */
  readonly calibration: number;
  readonly timestampNanos: string | null;
}

/** A lens and where it stands. Formats with one calibration per frame simply hold many. */
export interface Calibration {
  readonly camera: number;
  readonly model: CameraModel;
  /** OpenCV camera axes (x right, y down, z forward) from the space of the frame's points. */
  readonly cameraFromSpace: Mat4;
  /** Image size the calibration states; absent = take the decoded image's own. */
  readonly width?: number;
  readonly height?: number;
}

/** One instant of a scene. */
export interface Frame {
  /** Unique in the delivery, stable over re-reading: what `assay frames` lists and unit ids are built from. */
  readonly id: string;
  readonly scene: number;
  /** Position within the scene, from 0. */
  readonly index: number;
  readonly timestampNanos: string | null;
  /** Name of the space its points and cuboids are given in: `lidar`, or the vehicle frame's own name. */
  readonly space: string;
  readonly sweeps: readonly SweepRef[];
  readonly images: readonly ImageRef[];
  /** World (or odometry) from the frame's space, where the delivery has poses; without it speeds do not exist. */
  readonly worldFromSpace?: Mat4;
}

export interface Delivery {
  readonly format: FormatId;
  readonly scenes: readonly Scene[];
  readonly frames: readonly Frame[];
  readonly lidars: readonly Sensor[];
  readonly cameras: readonly Sensor[];
  readonly calibrations: readonly Calibration[];
  /** Files that hold labels (not sensor data): what is hashed before the draw. */
  readonly labelFiles: readonly string[];
}
