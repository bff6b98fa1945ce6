/** Waymo's cameras: lenses from their calibration, and for each picture where the car was while its shutter ran. */
import { invertRigid, multiply } from '../../geometry/matrix.ts';
import type { PinholeModel } from '../../model/camera.ts';
import type { Calibration, Exposure, ImageRef, ShutterDirection } from '../../model/delivery.ts';
import type { Mat4, Vec3 } from '../../model/pose.ts';
import { nanosOf } from '../timestamps.ts';
import type { WaymoRows } from './waymoTable.ts';

const NAMES = ['UNKNOWN', 'FRONT', 'FRONT_LEFT', 'FRONT_RIGHT', 'SIDE_LEFT', 'SIDE_RIGHT'];

/** Files name cameras by number or by name; both become the name. */
export function cameraName(key: string): string {
  return /^\d{1,2}$/.test(key) ? (NAMES[Number(key)] ?? `CAMERA_${key}`) : key;
}

const SHUTTERS: Readonly<Record<number, ShutterDirection>> = {
  1: 'top-bottom',
  2: 'left-right',
  3: 'bottom-top',
  4: 'right-left',
};

/** Waymo counts pixels from the corner of the first one, the model from its centre. */
export const PIXEL_CENTRE = 0.5;

/** OpenCV's axes from Waymo's camera axes: x forward, y left, z up. */
const opencvFromCamera: Mat4 = [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1];

export interface WaymoCamera {
  readonly model: PinholeModel;
  /** OpenCV's camera axes from the vehicle. */
  readonly cameraFromVehicle: Mat4;
  readonly size: Pick<Calibration, 'width' | 'height'>;
  readonly shutter: ShutterDirection | undefined;
}

export const cameraColumns = [
  ...['f_u', 'f_v', 'c_u', 'c_v', 'k1', 'k2', 'p1', 'p2', 'k3'].map((name) => `intrinsic.${name}`),
  ...['extrinsic.transform', 'width', 'height', 'rolling_shutter_direction'],
];

/** Null where the row has no usable lens or place. */
export function cameraOf(rows: WaymoRows, row: number): WaymoCamera | null {
  const intrinsic = (name: string) => rows.number(`intrinsic.${name}`, row);
  const [fx, fy] = [intrinsic('f_u'), intrinsic('f_v')];
  const [cx, cy] = [intrinsic('c_u') - PIXEL_CENTRE, intrinsic('c_v') - PIXEL_CENTRE];
  const distortion = ['k1', 'k2', 'p1', 'p2', 'k3'].map(intrinsic);
  const vehicleFromCamera = rows.pose('extrinsic.transform', row);
  const isUsable = fx > 0 && fy > 0 && [cx, cy, ...distortion].every(Number.isFinite);
  if (!isUsable || !vehicleFromCamera) return null;
  const [width, height] = [rows.number('width', row), rows.number('height', row)];
  return {
    model: { kind: 'pinhole', fx, fy, cx, cy, distortion },
    cameraFromVehicle: multiply(opencvFromCamera, invertRigid(vehicleFromCamera)),
    size: width > 0 && height > 0 ? { width, height } : {},
    shutter: SHUTTERS[rows.number('rolling_shutter_direction', row)],
  };
}

const timing = 'rolling_shutter_params';

/** All columns of a picture but the picture. */
export const imageColumns = [
  ...['pose.transform', 'pose_timestamp'],
  ...['x', 'y', 'z'].flatMap((axis) => [
    `velocity.linear_velocity.${axis}`,
    `velocity.angular_velocity.${axis}`,
  ]),
  ...['shutter', 'camera_trigger_time', 'camera_readout_done_time'].map((name) => `${timing}.${name}`),
];

/** The column that holds the encoded picture. */
export const IMAGE = 'image';

/** World from the vehicle `seconds` after `pose`, at constant velocities that are given in the world's axes. */
function extrapolated(pose: Mat4, linear: Vec3, angular: Vec3, seconds: number): Mat4 {
  const speed = Math.hypot(...angular);
  const turn = speed * seconds;
  const [x, y, z] = speed > 0 ? angular.map((value) => value / speed) : [0, 0, 0];
  const [s, c, v] = [Math.sin(turn), Math.cos(turn), 1 - Math.cos(turn)];
  const rotation: Mat4 = [
    ...[c + x! * x! * v, x! * y! * v - z! * s, x! * z! * v + y! * s, 0],
    ...[y! * x! * v + z! * s, c + y! * y! * v, y! * z! * v - x! * s, 0],
    ...[z! * x! * v - y! * s, z! * y! * v + x! * s, c + z! * z! * v, 0],
    ...[0, 0, 0, 1],
  ];
  const turned = multiply(rotation, [
    ...[pose[0]!, pose[1]!, pose[2]!, 0],
    ...[pose[4]!, pose[5]!, pose[6]!, 0],
    ...[pose[8]!, pose[9]!, pose[10]!, 0],
    ...[0, 0, 0, 1],
  ]);
  const place = (row: number, axis: number) => pose[4 * row + 3]! + linear[axis]! * seconds;
  return turned.map((value, at) => (at % 4 === 3 && at < 12 ? place((at - 3) / 4, (at - 3) / 4) : value));
}

export type ImageTiming = Pick<ImageRef, 'timestampNanos' | 'cameraFromSpace' | 'exposure' | 'endFromStart'>;

/**
 * When and from where a picture was taken. Rows are exposed one after another, each for `shutter` seconds between the
 * trigger and the end of the readout; the first and the last are taken at the middle of theirs.
 */
export function imageTiming(
  rows: WaymoRows,
  row: number,
  camera: WaymoCamera | null,
  worldFromVehicle: Mat4 | null,
): ImageTiming {
  const taken = rows.number('pose_timestamp', row);
  const timestampNanos = taken > 0 ? nanosOf(taken) : null;
  const imagePose = rows.pose('pose.transform', row);
  if (!camera || !worldFromVehicle || !imagePose) return { timestampNanos };
  const cameraAt = (pose: Mat4) =>
    multiply(camera.cameraFromVehicle, multiply(invertRigid(pose), worldFromVehicle));
  const time = (name: string) => rows.number(`${timing}.${name}`, row);
  const [start, end] = [
    time('camera_trigger_time') + time('shutter') / 2,
    time('camera_readout_done_time') - time('shutter') / 2,
  ];
  if (!(start > 0 && end > start)) return { timestampNanos, cameraFromSpace: cameraAt(imagePose) };
  const exposure: Exposure = { startNanos: nanosOf(start)!, endNanos: nanosOf(end)! };
  const velocity = (kind: string): Vec3 => [
    rows.number(`velocity.${kind}.x`, row),
    rows.number(`velocity.${kind}.y`, row),
    rows.number(`velocity.${kind}.z`, row),
  ];
  const [linear, angular] = [velocity('linear_velocity'), velocity('angular_velocity')];
  if (!(taken > 0) || ![...linear, ...angular].every(Number.isFinite)) {
    return { timestampNanos, exposure, cameraFromSpace: cameraAt(imagePose) };
  }
  const [first, last] = [start, end].map((at) =>
    cameraAt(extrapolated(imagePose, linear, angular, at - taken)),
  );
  return {
    timestampNanos,
    exposure,
    cameraFromSpace: first!,
    endFromStart: multiply(last!, invertRigid(first!)),
  };
}
