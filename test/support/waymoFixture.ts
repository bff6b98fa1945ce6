/**
 * A segment in the layout of the Waymo Open Dataset, version 2, written from its published schema: a car that drives
 * past one parked box, seen by a turning laser that takes its time and by a second one that takes its picture at once.
 * Ranges are found by casting rays at the box in the world, so that nothing of the reader's arithmetic is repeated.
 */
import type { FixtureColumn, FixtureOptions } from './parquetFixture.ts';
import { parquetFixture } from './parquetFixture.ts';

export const SEGMENT = '1000_segment_made';
export const TIMES = [1_550_000_000_000_000n, 1_550_000_000_100_000n];

interface Place {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
}

/** Where the car is `seconds` after the first frame: 8 m/s ahead and turning. */
export function carAt(seconds: number): Place {
  return {
    x: 100 + 8 * seconds * Math.cos(0.5),
    y: 200 + 8 * seconds * Math.sin(0.5),
    z: 3,
    yaw: 0.5 + 0.1 * seconds,
  };
}

/** In the world. */
export const box = { x: 112, y: 203, z: 3.9, yaw: 0.9, length: 4.6, width: 1.9, height: 1.7 };

export const matrixOf = ({ x, y, z, yaw }: Place): number[] => [
  ...[Math.cos(yaw), -Math.sin(yaw), 0, x],
  ...[Math.sin(yaw), Math.cos(yaw), 0, y],
  ...[0, 0, 1, z],
  ...[0, 0, 0, 1],
];

/** A point of the world in the axes of a place. */
function into(
  { x, y, z, yaw }: Place,
  [px, py, pz]: readonly [number, number, number],
): [number, number, number] {
  const [dx, dy] = [px - x, py - y];
  return [Math.cos(yaw) * dx + Math.sin(yaw) * dy, Math.cos(yaw) * dy - Math.sin(yaw) * dx, pz - z];
}

/** Distance along a ray at which it is `inset` inside the box; 0 = it misses, or barely grazes it. */
function cast(
  origin: readonly [number, number, number],
  far: readonly [number, number, number],
  inset: number,
): number {
  const a = into(box, origin);
  const b = into(box, far);
  const half = [box.length / 2, box.width / 2, box.height / 2];
  let [enter, leave] = [0, Number.POSITIVE_INFINITY];
  for (let axis = 0; axis < 3; axis++) {
    const step = b[axis]! - a[axis]!;
    const [one, two] = [(-half[axis]! - a[axis]!) / step, (half[axis]! - a[axis]!) / step];
    enter = Math.max(enter, Math.min(one, two));
    leave = Math.min(leave, Math.max(one, two));
  }
  return leave - enter > 4 * inset ? enter + inset : 0;
}

interface Laser {
  readonly name: number;
  readonly mount: Place;
  readonly height: number;
  readonly width: number;
  /** From the lowest row up, as files state them. */
  readonly inclinations: readonly number[];
  /** Seconds from the first column to the last. */
  readonly turn: number;
}

const evenly = (count: number, min: number, max: number) =>
  Array.from({ length: count }, (_, i) => min + ((i + 0.5) / count) * (max - min));

export const lasers: Laser[] = [
  {
    name: 1,
    mount: { x: 1.4, y: 0, z: 2.1, yaw: 2.6 },
    height: 40,
    width: 600,
    inclinations: evenly(40, -0.3, 0.05).map((angle) => angle - 0.002 * Math.cos(angle * 40)),
    turn: 0.1,
  },
  {
    name: 2,
    mount: { x: 4, y: 0, z: 0.7, yaw: 0 },
    height: 30,
    width: 200,
    inclinations: evenly(30, -0.2, 0.4),
    turn: 0,
  },
];

interface Image {
  readonly values: number[];
  readonly poses: number[];
  readonly hits: number;
}

function scan(laser: Laser, at: number): Image {
  const values: number[] = [];
  const poses: number[] = [];
  let hits = 0;
  for (let row = 0; row < laser.height; row++) {
    for (let column = 0; column < laser.width; column++) {
      const car = carAt(at + laser.turn * (column / laser.width - 0.5));
      // Seen from above the image starts behind the car and runs clockwise; its middle is straight ahead.
      const bearing = Math.PI - (2 * Math.PI * (column + 0.5)) / laser.width;
      const rise = laser.inclinations[laser.height - 1 - row]!;
      const yaw = car.yaw + bearing;
      const { mount } = laser;
      const origin: [number, number, number] = [
        car.x + Math.cos(car.yaw) * mount.x - Math.sin(car.yaw) * mount.y,
        car.y + Math.sin(car.yaw) * mount.x + Math.cos(car.yaw) * mount.y,
        car.z + mount.z,
      ];
      const far: [number, number, number] = [
        origin[0] + Math.cos(yaw) * Math.cos(rise),
        origin[1] + Math.sin(yaw) * Math.cos(rise),
        origin[2] + Math.sin(rise),
      ];
      const range = cast(origin, far, 0.02);
      if (range > 0) hits++;
      values.push(range > 0 ? range : -1, range > 0 ? row / 8 : 0, 0, 0);
      poses.push(0, 0, car.yaw, car.x, car.y, car.z);
    }
  }
  return { values, poses, hits };
}

const seconds = (frame: number) => Number(TIMES[frame]! - TIMES[0]!) / 1e6;
export const scans = lasers.map((laser) => TIMES.map((_, frame) => scan(laser, seconds(frame))));
/** Returns on the box in each frame, of both lasers. */
export const hitsOf = (frame: number) => scans.reduce((sum, ofLaser) => sum + ofLaser[frame]!.hits, 0);

const text = (name: string, values: readonly (string | null)[]): FixtureColumn => ({
  name,
  type: 'text',
  values,
  isDictionary: true,
});
const long = (name: string, values: readonly (bigint | null)[]): FixtureColumn => ({
  name,
  type: 'int64',
  values,
});
const whole = (name: string, values: readonly number[]): FixtureColumn => ({ name, type: 'int32', values });
const double = (name: string, values: readonly (number | null)[]): FixtureColumn => ({
  name,
  type: 'double',
  values,
});
const list = (
  name: string,
  type: 'float' | 'double' | 'int32',
  values: readonly (readonly number[])[],
): FixtureColumn => ({
  name,
  type,
  values,
  isList: true,
});
const bytes = (name: string, values: readonly Uint8Array[]): FixtureColumn => ({
  name,
  type: 'bytes',
  values,
});

const segmentKey = (rows: number) => text('key.segment_context_name', new Array(rows).fill(SEGMENT));
const vector = (prefix: string, rows: readonly (readonly number[])[]) =>
  ['x', 'y', 'z'].flatMap((axis, at) =>
    rows[0]!.length > at
      ? [
          double(
            `${prefix}.${axis}`,
            rows.map((row) => row[at]!),
          ),
        ]
      : [],
  );

/** The box in the car's axes at a frame, `ahead` seconds later. */
export function boxAt(frame: number, ahead = 0): { center: [number, number, number]; yaw: number } {
  const car = carAt(seconds(frame) + ahead);
  return { center: into(car, [box.x, box.y, box.z]), yaw: box.yaw - car.yaw };
}

export const lens = {
  f_u: 2000,
  f_v: 2010,
  c_u: 960.5,
  c_v: 640.5,
  k1: 0.05,
  k2: -0.3,
  p1: 0.001,
  p2: -0.002,
  k3: 0.1,
};
export const cameraMount: Place = { x: 1.5, y: 0.1, z: 2, yaw: -0.2 };
/** Trigger and end of the readout, after the frame's time; seconds. */
export const shutterTimes = { trigger: 0.02, shutter: 0.004, done: 0.06 };
export const picture = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3);

const size = [box.length, box.width, box.height];

function tables(): Record<string, readonly FixtureColumn[]> {
  const perSweep = lasers.flatMap((laser, at) =>
    TIMES.map((time, frame) => ({ laser, time, image: scans[at]![frame]! })),
  );
  const rigid = (place: Place) => matrixOf(place);
  const boxes = TIMES.map((_, frame) => boxAt(frame));
  const moved = TIMES.map((_, frame) => boxAt(frame, 0.04));
  const imageTimes = TIMES.map((time) => Number(time) / 1e6 + 0.03);
  const speed = [8 * Math.cos(0.5), 8 * Math.sin(0.5), 0];
  return {
    vehicle_pose: [
      segmentKey(2),
      long('key.frame_timestamp_micros', TIMES),
      // Single precision, as in the files that are about, although the schema says double.
      list(
        '[VehiclePoseComponent].world_from_vehicle.transform',
        'float',
        TIMES.map((_, frame) => rigid(carAt(seconds(frame)))),
      ),
    ],
    lidar: [
      segmentKey(perSweep.length),
      long(
        'key.frame_timestamp_micros',
        perSweep.map(({ time }) => time),
      ),
      whole(
        'key.laser_name',
        perSweep.map(({ laser }) => laser.name),
      ),
      list(
        '[LiDARComponent].range_image_return1.values',
        'float',
        perSweep.map(({ image }) => image.values),
      ),
      list(
        '[LiDARComponent].range_image_return1.shape',
        'int32',
        perSweep.map(({ laser }) => [laser.height, laser.width, 4]),
      ),
    ],
    lidar_calibration: [
      segmentKey(2),
      whole(
        'key.laser_name',
        lasers.map(({ name }) => name),
      ),
      list(
        '[LiDARCalibrationComponent].extrinsic.transform',
        'double',
        lasers.map(({ mount }) => rigid(mount)),
      ),
      double('[LiDARCalibrationComponent].beam_inclination.min', [-0.3, -0.2]),
      double('[LiDARCalibrationComponent].beam_inclination.max', [0.05, 0.4]),
      {
        ...list('[LiDARCalibrationComponent].beam_inclination.values', 'double', [[]]),
        values: [lasers[0]!.inclinations, null],
      },
    ],
    lidar_pose: [
      segmentKey(2),
      long('key.frame_timestamp_micros', TIMES),
      whole('key.laser_name', [1, 1]),
      list(
        '[LiDARPoseComponent].range_image_return1.values',
        'float',
        TIMES.map((_, frame) => scans[0]![frame]!.poses),
      ),
      list(
        '[LiDARPoseComponent].range_image_return1.shape',
        'int32',
        TIMES.map(() => [lasers[0]!.height, lasers[0]!.width, 6]),
      ),
    ],
    lidar_box: [
      segmentKey(2),
      long('key.frame_timestamp_micros', TIMES),
      text('key.laser_object_id', ['obj-a', 'obj-a']),
      ...vector(
        '[LiDARBoxComponent].box.center',
        boxes.map(({ center }) => center),
      ),
      ...vector('[LiDARBoxComponent].box.size', [size, size]),
      double(
        '[LiDARBoxComponent].box.heading',
        boxes.map(({ yaw }) => yaw),
      ),
      whole('[LiDARBoxComponent].type', [1, 1]),
      long(
        '[LiDARBoxComponent].num_lidar_points_in_box',
        TIMES.map((_, frame) => BigInt(hitsOf(frame))),
      ),
      long('[LiDARBoxComponent].num_top_lidar_points_in_box', [5n, 6n]),
      double('[LiDARBoxComponent].speed.x', [0, null]),
    ],
    lidar_camera_synced_box: [
      segmentKey(2),
      long('key.frame_timestamp_micros', TIMES),
      text('key.laser_object_id', ['obj-a', 'obj-a']),
      ...vector(
        '[LiDARCameraSyncedBoxComponent].camera_synced_box.center',
        moved.map(({ center }) => center),
      ),
      ...vector('[LiDARCameraSyncedBoxComponent].camera_synced_box.size', [size, size]),
      double(
        '[LiDARCameraSyncedBoxComponent].camera_synced_box.heading',
        moved.map(({ yaw }) => yaw),
      ),
      whole('[LiDARCameraSyncedBoxComponent].most_visible_camera_name', [1, 1]),
    ],
    camera_box: [
      segmentKey(1),
      long('key.frame_timestamp_micros', [TIMES[1]!]),
      text('key.camera_name', ['1']),
      text('key.camera_object_id', ['cam-7']),
      ...vector('[CameraBoxComponent].box.center', [[400, 300]]),
      ...vector('[CameraBoxComponent].box.size', [[100, 60]]),
      whole('[CameraBoxComponent].type', [1]),
    ],
    camera_to_lidar_box_association: [
      segmentKey(1),
      long('key.frame_timestamp_micros', [TIMES[1]!]),
      whole('key.camera_name', [1]),
      text('key.camera_object_id', ['cam-7']),
      text('key.laser_object_id', ['obj-a']),
    ],
    projected_lidar_box: [
      segmentKey(1),
      long('key.frame_timestamp_micros', [TIMES[1]!]),
      whole('key.camera_name', [1]),
      text('key.laser_object_id', ['obj-a']),
      ...vector('[ProjectedLiDARBoxComponent].box.center', [[410, 300]]),
      ...vector('[ProjectedLiDARBoxComponent].box.size', [[100, 60]]),
      whole('[ProjectedLiDARBoxComponent].type', [1]),
    ],
    camera_calibration: [
      segmentKey(1),
      whole('key.camera_name', [1]),
      ...Object.entries(lens).map(([name, value]) =>
        double(`[CameraCalibrationComponent].intrinsic.${name}`, [value]),
      ),
      list('[CameraCalibrationComponent].extrinsic.transform', 'double', [rigid(cameraMount)]),
      whole('[CameraCalibrationComponent].width', [1920]),
      whole('[CameraCalibrationComponent].height', [1280]),
      whole('[CameraCalibrationComponent].rolling_shutter_direction', [4]),
    ],
    camera_image: [
      segmentKey(2),
      long('key.frame_timestamp_micros', TIMES),
      whole('key.camera_name', [1, 1]),
      bytes('[CameraImageComponent].image', [picture, Uint8Array.of(...picture, 9)]),
      list(
        '[CameraImageComponent].pose.transform',
        'double',
        TIMES.map((_, frame) => rigid(carAt(seconds(frame) + 0.03))),
      ),
      double('[CameraImageComponent].pose_timestamp', imageTimes),
      ...vector('[CameraImageComponent].velocity.linear_velocity', [speed, speed]),
      ...vector('[CameraImageComponent].velocity.angular_velocity', [
        [0, 0, 0.1],
        [0, 0, 0.1],
      ]),
      double(
        '[CameraImageComponent].rolling_shutter_params.shutter',
        TIMES.map(() => shutterTimes.shutter),
      ),
      double(
        '[CameraImageComponent].rolling_shutter_params.camera_trigger_time',
        TIMES.map((time) => Number(time) / 1e6 + shutterTimes.trigger),
      ),
      double(
        '[CameraImageComponent].rolling_shutter_params.camera_readout_done_time',
        TIMES.map((time) => Number(time) / 1e6 + shutterTimes.done),
      ),
    ],
  };
}

/** The segment's files by path, below `training`. */
export function waymoSegment(
  options: FixtureOptions = { rowsPerPage: 1, hasPageIndex: true },
): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(tables()).map(([tag, columns]) => [
      `training/${tag}/${SEGMENT}.parquet`,
      parquetFixture(columns, options),
    ]),
  );
}
