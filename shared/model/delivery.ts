/**
 * The canonical delivery: what every reader makes of a vendor's folder, whatever its format. Coordinates are
 * right-handed metres and radians; a matrix `aFromB` is 16 numbers, row-major, and maps column vectors of B to A.
 * Time is whole nanoseconds as a decimal string, since 3.2e17 does not fit a double.
 */
import type { CameraModel } from './camera.ts';
import type { Mat4 } from './pose.ts';

export const formatIds = [
  'kitti-object',
  'kitti-tracking',
  'kitti-raw',
  'semantic-kitti',
  'nuscenes',
  'argoverse2',
  'pandaset',
  'waymo',
  'physical-ai',
  'ncore',
  'openlabel',
  'sustech-points',
  'xtreme1',
  'supervisely',
  'segments',
  'scale',
  'cvat',
  'coco',
  'scalabel',
  'mapped',
  'pcd',
  'bin',
  'ply',
  'las',
  'mcap',
] as const;
export type FormatId = (typeof formatIds)[number];

/** Which read-only root a file lies in: the vendor's delivery, or the client's own sensor data beside it. */
export type RootName = 'delivery' | 'sensors';

export interface FileRef {
  readonly root: RootName;
  readonly path: string;
}

export interface Sensor {
  readonly name: string;
}

/** What the vendor's files say a scene shows, in their words; absent where they say nothing. */
export interface SceneFacts {
  readonly tags?: readonly string[];
  /** Where the files name it as such. */
  readonly weather?: string;
}

/** One continuous recording. Its frames are [frameStart, frameStart + frameCount) of `Delivery.frames`. */
export interface Scene extends SceneFacts {
  readonly id: string;
  readonly frameStart: number;
  readonly frameCount: number;
}

/**
 * How a carrier holds points. `bin4`: float32 x,y,z,intensity; `bin5`: the same and ring; `las`: LAS, LAZ and COPC;
 * `feather`: Arrow columns; `pandas`: a gzipped pickle of a data frame; `range-image`: Waymo's; `draco`: a Parquet
 * cell; `radar-table`: Parquet rows of one scan; `ray-bundle`: NCore's; `mcap`: one message of a recording;
 * `json-points`: a list inside a JSON document.
 */
export const sweepEncodings = [
  'pcd',
  'bin4',
  'bin5',
  'ply',
  'las',
  'feather',
  'pandas',
  'range-image',
  'draco',
  'radar-table',
  'ray-bundle',
  'mcap',
  'json-points',
] as const;
export type SweepEncoding = (typeof sweepEncodings)[number];

/** How a carrier holds a picture: an image file as it is, or an encoded image within something larger. */
export const imageEncodings = ['file', 'parquet', 'mp4', 'zarr', 'mcap'] as const;
export type ImageEncoding = (typeof imageEncodings)[number];

/** Which part of a carrier that holds many is meant. What is needed depends on the encoding. */
export interface CarrierPart {
  /** Row of a table, frame of a film, index of a message, from 0. */
  readonly row?: number;
  /** Name within the carrier: a topic, a component, a JSON pointer. */
  readonly name?: string;
  /** Only points whose `field` holds `equals`: two lidars that share one file. */
  readonly only?: { readonly field: string; readonly equals: number };
}

/** A class for every point of a sweep, in the order of its points. Values index `Delivery.pointClasses` by `value`. */
export interface PointClassRef extends FileRef {
  /** `uint32`: SemanticKITTI, the class in the low half and the instance in the high one. */
  readonly encoding: 'uint8' | 'uint16' | 'uint32' | 'npz' | 'pandas';
}

/** Where the points of one frame are. */
export interface SweepRef extends FileRef {
  readonly lidar: string;
  readonly encoding: SweepEncoding;
  /** Absent = the whole file. */
  readonly part?: CarrierPart;
  /** Further files the points cannot be made without (poses, calibration), in the order the encoding names. */
  readonly companions?: readonly FileRef[];
  /** Places the file's points in the frame's space; absent = they are there already. */
  readonly spaceFromPoints?: Mat4;
  /** When the sweep was taken, where that is not the frame's own time. */
  readonly timestampNanos?: string;
  readonly classes?: PointClassRef;
}

/** When the shutter was open: first and last row (or column) of the picture. */
export interface Exposure {
  readonly startNanos: string;
  readonly endNanos: string;
}

export interface ImageRef extends FileRef {
  /** Index into `Delivery.cameras`. */
  readonly camera: number;
  /** Index into `Delivery.calibrations`; -1 = not calibrated, so nothing can be projected. */
  readonly calibration: number;
  readonly timestampNanos: string | null;
  /** Absent = an image file as it is. */
  readonly encoding?: ImageEncoding;
  readonly part?: CarrierPart;
  /** Takes the place of the calibration's own: where the vehicle moved between the sweep and the picture. */
  readonly cameraFromSpace?: Mat4;
  readonly exposure?: Exposure;
  /** Camera at the end of the exposure from camera at its start: the motion a rolling shutter sees. */
  readonly endFromStart?: Mat4;
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
  /** Which way a rolling shutter reads the picture; absent = all at once. */
  readonly shutter?: ShutterDirection;
}

export const shutterDirections = ['top-bottom', 'bottom-top', 'left-right', 'right-left'] as const;
export type ShutterDirection = (typeof shutterDirections)[number];

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
  /** Radar returns of this instant, as clouds. */
  readonly radars?: readonly SweepRef[];
  /** Sweeps after the previous frame and before this one, already placed in this frame's space, in time order. */
  readonly between?: readonly SweepRef[];
  /** True where nobody labelled this instant: the frame only shows what lies between two that were. */
  readonly isBetween?: boolean;
  /** World (or odometry) from the frame's space, where the delivery has poses; without it speeds do not exist. */
  readonly worldFromSpace?: Mat4;
}

/**
 * The frames of a delivery. An array is one; a large delivery's list makes a scene's frames when one of them is asked
 * for, so walk it in order, and ask `Delivery.frameIds` where only ids are wanted.
 */
export interface FrameList extends Iterable<Frame> {
  readonly length: number;
  at(index: number): Frame | undefined;
  entries(): Iterable<[number, Frame]>;
  map<Value>(make: (frame: Frame, index: number) => Value): Value[];
  flatMap<Value>(make: (frame: Frame, index: number) => Value | readonly Value[]): Value[];
  filter(test: (frame: Frame, index: number) => boolean): Frame[];
  slice(start?: number, end?: number): Frame[];
}

/** Many strings by position. An array is one; a large index decodes each when it is asked for. */
export type StringColumn = Iterable<string> & Pick<readonly string[], 'length' | 'at'>;

/** What a value of a point-wise class file means. */
export interface PointClass {
  readonly value: number;
  readonly name: string;
  /** sRGB 0..255, where the format states one. */
  readonly colour?: readonly [red: number, green: number, blue: number];
}

export interface Delivery {
  readonly format: FormatId;
  readonly scenes: readonly Scene[];
  readonly frames: FrameList;
  /** `Frame.id` of every frame, in order. */
  readonly frameIds: StringColumn;
  readonly lidars: readonly Sensor[];
  readonly radars?: readonly Sensor[];
  readonly pointClasses?: readonly PointClass[];
  readonly cameras: readonly Sensor[];
  readonly calibrations: readonly Calibration[];
  /** Files that hold labels (not sensor data): what is hashed before the draw. */
  readonly labelFiles: readonly string[];
}
