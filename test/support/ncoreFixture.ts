/**
 * A made NCore V4 sequence, written after the owner's published component layout: a vehicle that drives a curve past a
 * wall of points that stand still in the world, seen by a spinning lidar with a time for every ray.
 */
import { bloscCopied, encodedImage, floats, longs, octets, ZarrFixture } from './zarrFixture.ts';

export const START = 1_700_000_000_000_000;
export const PERIOD = 100_000;
export const SWEEPS = 3;

type Matrix = number[][];

/** World from vehicle: 10 m/s along x, turning left, a little climb. */
export function worldFromRig(time: number): Matrix {
  const seconds = (time - START) / 1e6;
  const yaw = 0.4 * seconds;
  const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
  return [
    [c, -s, 0, 10 * seconds],
    [s, c, 0, 2 * seconds],
    [0, 0, 1, 0.1 * seconds],
    [0, 0, 0, 1],
  ];
}

/** Mounted forward on the roof, turned by a quarter. */
export const rigFromLidar: Matrix = [
  [0, -1, 0, 1.5],
  [1, 0, 0, 0],
  [0, 0, 1, 2],
  [0, 0, 0, 1],
];

/** Looks ahead: camera z is the vehicle's x. */
export const rigFromCamera: Matrix = [
  [0, 0, 1, 1.7],
  [-1, 0, 0, 0.1],
  [0, -1, 0, 1.4],
  [0, 0, 0, 1],
];

export function apply(m: Matrix, [x, y, z]: readonly number[]): [number, number, number] {
  const row = (r: number[]) => r[0]! * x! + r[1]! * y! + r[2]! * z! + r[3]!;
  return [row(m[0]!), row(m[1]!), row(m[2]!)];
}

export function inverse(m: Matrix): Matrix {
  const rows = [0, 1, 2].map((i) => {
    const column = [m[0]![i]!, m[1]![i]!, m[2]![i]!];
    return [...column, -(column[0]! * m[0]![3]! + column[1]! * m[1]![3]! + column[2]! * m[2]![3]!)];
  });
  return [...rows, [0, 0, 0, 1]];
}

/** Points of the wall, in the world, in the order the lidar meets them. */
export const wall = Array.from({ length: 90 }, (_, i): [number, number, number] => [
  30 + 0.1 * i,
  -4 + 0.09 * i,
  0.5 + (i % 5) * 0.3,
]);

export const sweepEnd = (sweep: number) => START + PERIOD * (sweep + 1);

/** What makes a sequence other than usual. */
export interface SequenceOptions {
  readonly id?: string;
  readonly observations?: Readonly<Record<string, readonly unknown[]>>;
  readonly statics?: Record<string, object>;
  readonly dynamics?: Record<string, object>;
  readonly intrinsics?: object;
  readonly version?: string;
  readonly lidarFrames?: unknown;
}

const blosc = {
  config: { id: 'blosc', cname: 'lz4', clevel: 5, shuffle: 2, blocksize: 0 },
  pack: (plain: Uint8Array) => bloscCopied(plain, 4),
};

export const fThetaParameters = {
  resolution: [1920, 1080],
  shutter_type: 'ROLLING_TOP_TO_BOTTOM',
  external_distortion_parameters: {
    reference_poly: 'FORWARD',
    horizontal_poly: [0, 1.01, 0.001],
    vertical_poly: [0.0001, 0.002, 0.99],
    horizontal_poly_inverse: [0, 1, 0],
    vertical_poly_inverse: [0, 0, 1],
  },
  principal_point: [960.25, 540.5],
  reference_poly: 'ANGLE_TO_PIXELDIST',
  pixeldist_to_angle_poly: [0, 0.001, 0, 0, 0, 0],
  angle_to_pixeldist_poly: [0, 1000, 0, -12, 0, 0.5],
  max_angle: 1.1,
  linear_cde: [1.0002, 0.0001, -0.0001],
};

export const observation = (more: object = {}) => ({
  track_id: 'car-1',
  class_id: 'automobile',
  timestamp_us: sweepEnd(0),
  reference_frame_id: 'rig',
  reference_frame_timestamp_us: sweepEnd(0),
  bbox3: { centroid: [10, 2, 1], dim: [4, 2, 1.5], rot: [0.1, -0.2, 0.7] },
  source: 'GT_ANNOTATION',
  source_version: 'v7',
  ...more,
});

/** The picture of a camera frame: no real JPEG, but bytes that only this frame has. */
export const pictureOf = (end: number) => new TextEncoder().encode(`jpeg of ${end}`);

const group = (component: string, instance: string) => ({
  component_name: component,
  component_instance_name: instance,
  component_version: 'v1',
  generic_meta_data: {},
});

export function ncoreStore(options: SequenceOptions = {}): ZarrFixture {
  const id = options.id ?? 'seq-a';
  const last = sweepEnd(SWEEPS) + PERIOD;
  const times = Array.from({ length: 2 * SWEEPS + 6 }, (_, i) => START - PERIOD / 2 + (i * PERIOD) / 2);
  const store = new ZarrFixture().group('', {
    sequence_id: id,
    sequence_timestamp_interval_us: { start: START, stop: last },
    generic_meta_data: {},
    version: options.version ?? 'v4',
    component_group_name: '',
  });
  store.group('poses/default', group('poses', 'default'));
  store.group('poses/default/static_poses', {
    "('top', 'rig')": { pose: rigFromLidar, dtype: 'float32' },
    "('front', 'rig')": { pose: rigFromCamera, dtype: 'float32' },
    ...options.statics,
  });
  store.group('poses/default/dynamic_poses', {
    "('rig', 'world')": { poses: times.map(worldFromRig), timestamps_us: times, dtype: 'float64' },
    ...options.dynamics,
  });
  store.group('intrinsics/default', group('intrinsics', 'default'));
  store.group('intrinsics/default/cameras/front', {
    camera_model_type: 'ftheta',
    camera_model_parameters: fThetaParameters,
    ...options.intrinsics,
  });
  addLidar(store, options);
  addCamera(store);
  for (const [instance, observations] of Object.entries(
    options.observations ?? { default: [observation()] },
  )) {
    store.group(`cuboids/${instance}`, group('cuboids', instance));
    store.group(`cuboids/${instance}/cuboids`, { cuboid_track_observations: observations });
  }
  addCloud(store);
  return store;
}

function addLidar(store: ZarrFixture, { lidarFrames }: SequenceOptions): void {
  const frames = Array.from({ length: SWEEPS }, (_, sweep) => [sweepEnd(sweep) - PERIOD, sweepEnd(sweep)]);
  store.group('lidars/top', group('lidars', 'top'));
  store.group('lidars/top/frames', { frames_timestamps_us: lidarFrames ?? frames });
  for (const [start, end] of frames as [number, number][]) {
    const key = `lidars/top/frames/${end}`;
    const rays = wall.map((point, i) => {
      const time = start + Math.round(((i + 0.5) / wall.length) * (end - start));
      const [x, y, z] = apply(inverse(rigFromLidar), apply(inverse(worldFromRig(time)), point));
      const distance = Math.hypot(x, y, z);
      return { time, distance, direction: [x / distance, y / distance, z / distance] };
    });
    store.group(key).group(`${key}/ray_bundle`, { n_rays: rays.length });
    const directions = rays.flatMap(({ direction }) => direction);
    store.array(`${key}/ray_bundle/direction`, {
      ...floats([rays.length, 3], directions),
      compressor: blosc,
    });
    store.array(`${key}/ray_bundle/timestamp_us`, longs(rays.map(({ time }) => time)));
    store.group(`${key}/ray_bundle_returns`, { n_returns: 2 });
    // A second return that only every tenth ray has, twice as far.
    const second = rays.map(({ distance }, i) => (i % 10 === 0 ? 2 * distance : Number.NaN));
    const distances = [...rays.map(({ distance }) => distance), ...second];
    store.array(`${key}/ray_bundle_returns/distance_m`, floats([2, rays.length], distances));
    store.array(
      `${key}/ray_bundle_returns/intensity`,
      floats(
        [2, rays.length],
        distances.map((value, i) => (Number.isNaN(value) ? value : (i % 90) / 100)),
      ),
    );
    store.array(
      `${key}/ray_bundle_returns_valid_mask_packed`,
      octets(packBits(distances.map((d) => !Number.isNaN(d)))),
    );
  }
}

function packBits(bits: readonly boolean[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  for (const [i, bit] of bits.entries()) if (bit) bytes[i >> 3]! |= 0x80 >> (i % 8);
  return bytes;
}

export const SHUTTER = 30_000;

function addCamera(store: ZarrFixture): void {
  const ends = Array.from({ length: SWEEPS }, (_, sweep) => sweepEnd(sweep) + 10_000);
  store.group('cameras/front', group('cameras', 'front'));
  store.group('cameras/front/frames', { frames_timestamps_us: ends.map((end) => [end - SHUTTER, end]) });
  for (const end of ends) {
    store.group(`cameras/front/frames/${end}`);
    store.array(`cameras/front/frames/${end}/image`, encodedImage(pictureOf(end), 'jpeg'));
  }
}

/** One cloud given in the world, taken at the end of the second sweep. */
function addCloud(store: ZarrFixture): void {
  store.group('point_clouds/map', {
    ...group('point_clouds', 'map'),
    coordinate_unit: 'METERS',
    attribute_schemas: {},
  });
  store.array('point_clouds/map/pc_timestamps_us', longs([sweepEnd(1)]));
  store.group('point_clouds/map/pcs/0', { reference_frame_id: 'world', generic_meta_data: {} });
  store.array('point_clouds/map/pcs/0/xyz', floats([wall.length, 3], wall.flat()));
}
