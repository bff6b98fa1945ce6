/** Writes a scene's labels as ASAM OpenLABEL 1.0: coordinate systems, streams, objects, frames. */
import { quaternionFromRotation } from '../../geometry/rotation.ts';
import type { Mat4 } from '../../model/pose.ts';
import { type CameraSpec, LIDAR_NAME, LIDAR_POSITION } from '../camera/rig.ts';
import { cos, roundTo, sin } from '../portableMath.ts';
import type { Placement } from '../world/motion.ts';
import { type MadeLabel, written } from './label.ts';

const ODOM = 'odom';
const VEHICLE = 'vehicle-iso8855';

/** Whole nanoseconds since 1970 as seconds with nine decimals: exact, where a double would not be. */
export function secondsText(nanos: bigint): string {
  return `${nanos / 1_000_000_000n}.${String(nanos % 1_000_000_000n).padStart(9, '0')}`;
}

export interface SensorFile {
  readonly sensor: string;
  /** Relative to the delivery's root. */
  readonly uri: string;
  readonly nanos: bigint;
}

interface ObjectLife {
  readonly name: string;
  readonly type: string;
  readonly frames: number[];
}

/** Collects a scene frame by frame; the frames are kept as text, which is all that grows with the scene. */
export class OpenLabelScene {
  readonly #scene: string;
  readonly #cameras: readonly CameraSpec[];
  readonly #frames: string[] = [];
  readonly #objects = new Map<number, ObjectLife>();

  constructor(scene: string, cameras: readonly CameraSpec[]) {
    this.#scene = scene;
    this.#cameras = cameras;
  }

  /** Frames in order, from 0. `classOf` gives the name under which an object is delivered. */
  addFrame(
    ego: Placement,
    nanos: bigint,
    files: readonly SensorFile[],
    labels: readonly MadeLabel[],
    classOf: (label: MadeLabel) => string,
  ): void {
    const frame = this.#frames.length;
    for (const label of labels) {
      const type = classOf(label);
      const life = this.#objects.get(label.object);
      if (life) life.frames.push(frame);
      else this.#objects.set(label.object, { name: `${type}-${label.object}`, type, frames: [frame] });
    }
    const streams = Object.fromEntries(
      files.map(({ sensor, uri, nanos: at }) => [
        sensor,
        { uri, stream_properties: { sync: { timestamp: secondsText(at) } } },
      ]),
    );
    const body = {
      frame_properties: {
        timestamp: secondsText(nanos),
        streams,
        transforms: {
          [`${VEHICLE}_to_${ODOM}`]: { src: VEHICLE, dst: ODOM, transform_src_to_dst: poseOf(ego) },
        },
      },
      objects: Object.fromEntries(
        labels.map((label) => [String(label.object), { object_data: objectData(label) }]),
      ),
    };
    this.#frames.push(JSON.stringify(body));
  }

  /** The finished file. */
  encode(): Uint8Array {
    const sensors = [LIDAR_NAME, ...this.#cameras.map((camera) => camera.name)];
    const head = JSON.stringify({
      metadata: {
        schema_version: '1.0.0',
        name: this.#scene,
        comment: 'Made by assay synth: nothing in it is real.',
      },
      coordinate_systems: coordinateSystems(this.#cameras, sensors),
      streams: streams(this.#scene, this.#cameras),
      objects: objectsJson(this.#objects),
      frame_intervals:
        this.#frames.length > 0 ? [{ frame_start: 0, frame_end: this.#frames.length - 1 }] : [],
    });
    const frames = this.#frames.map((text, frame) => `"${frame}":${text}`).join(',\n');
    return new TextEncoder().encode(`{"openlabel":${head.slice(0, -1)},"frames":{\n${frames}\n}}}\n`);
  }
}

function objectData(label: MadeLabel) {
  const { center, rotation, size } = written(label.box);
  const cuboid = {
    name: 'shape3D',
    val: [...center, ...rotation, ...size],
    coordinate_system: LIDAR_NAME,
    attributes: {
      num: [{ name: 'interior_points', val: label.points }],
      text: [
        { name: 'activity', val: label.activity },
        { name: 'occlusion', val: label.occlusion },
      ],
    },
  };
  const bbox = label.boxes2d.map(({ camera, ltrb: [left, top, right, bottom], visibility, isTruncated }) => ({
    name: 'shape2D',
    val: [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top].map((value) =>
      roundTo(value, 3),
    ),
    coordinate_system: camera,
    attributes: {
      num: [{ name: 'visibility', val: visibility }],
      boolean: [{ name: 'truncated', val: isTruncated }],
    },
  }));
  return bbox.length > 0 ? { cuboid: [cuboid], bbox } : { cuboid: [cuboid] };
}

function objectsJson(objects: ReadonlyMap<number, ObjectLife>) {
  const sorted = [...objects].sort(([a], [b]) => a - b);
  return Object.fromEntries(
    sorted.map(([id, { name, type, frames }]) => [
      String(id),
      { name, type, frame_intervals: intervals(frames) },
    ]),
  );
}

/** Runs of consecutive frames, both ends included. */
function intervals(frames: readonly number[]): { frame_start: number; frame_end: number }[] {
  const runs: { frame_start: number; frame_end: number }[] = [];
  for (const frame of frames) {
    const last = runs.at(-1);
    if (last && last.frame_end === frame - 1) last.frame_end = frame;
    else runs.push({ frame_start: frame, frame_end: frame });
  }
  return runs;
}

function coordinateSystems(cameras: readonly CameraSpec[], sensors: readonly string[]) {
  const still = { quaternion: [0, 0, 0, 1], translation: [...LIDAR_POSITION] };
  return {
    [ODOM]: { type: 'scene_cs', parent: '', children: [VEHICLE] },
    [VEHICLE]: { type: 'local_cs', parent: ODOM, children: sensors },
    [LIDAR_NAME]: { type: 'sensor_cs', parent: VEHICLE, children: [], pose_wrt_parent: still },
    ...Object.fromEntries(
      cameras.map((camera) => [
        camera.name,
        {
          type: 'sensor_cs',
          parent: VEHICLE,
          children: [],
          pose_wrt_parent: poseOfMatrix(camera.vehicleFromCamera),
        },
      ]),
    ),
  };
}

function streams(scene: string, cameras: readonly CameraSpec[]) {
  const folder = (sensor: string) => `sensors/${scene}/${sensor}`;
  return {
    [LIDAR_NAME]: { type: 'lidar', uri: folder(LIDAR_NAME), description: 'Spinning lidar on the roof' },
    ...Object.fromEntries(
      cameras.map(({ name, model, width, height }) => [
        name,
        {
          type: 'camera',
          uri: folder(name),
          stream_properties: {
            intrinsics_pinhole: {
              width_px: width,
              height_px: height,
              camera_matrix: [model.fx, 0, model.cx, 0, 0, model.fy, model.cy, 0, 0, 0, 1, 0],
              distortion_coeffs: model.distortion.length > 0 ? [...model.distortion] : [0, 0, 0, 0, 0],
            },
          },
        },
      ]),
    ),
  };
}

function poseOf({ x, y, z, yaw }: Placement) {
  return {
    quaternion: [0, 0, roundTo(sin(yaw / 2), 9), roundTo(cos(yaw / 2), 9)],
    translation: [roundTo(x, 4), roundTo(y, 4), roundTo(z, 4)],
  };
}

function poseOfMatrix(m: Mat4) {
  return {
    quaternion: quaternionFromRotation(m, 4).map((value) => roundTo(value, 9)),
    translation: [m[3]!, m[7]!, m[11]!],
  };
}
