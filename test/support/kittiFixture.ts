/** Writes the text files of KITTI's benchmarks and recordings for tests. */

/** Axes turned by exactly 90 degrees, sensors 0.3 m apart: what the formulas give can be worked out by hand. */
export const VELODYNE_TO_CAMERA = '0 -1 0 0 0 0 -1 -0.08 1 0 0 -0.3';
/** The inertial unit stands 0.8 m behind and 0.9 m below the Velodyne, its axes alike. */
export const IMU_TO_VELODYNE = '1 0 0 -0.8 0 1 0 0 0 0 1 -0.9';

const PROJECTIONS = [
  'P0: 700 0 600 0 0 700 180 0 0 0 1 0',
  'P1: 700 0 600 -380 0 700 180 0 0 0 1 0',
  'P2: 700 0 600 45 0 700 180 -0.35 0 0 1 0.005',
  'P3: 700 0 600 -340 0 700 180 2 0 0 1 0.003',
];

/** The tracking benchmark's spellings: colons after the projections only. */
export const trackingCalibration = [
  ...PROJECTIONS,
  'R_rect 1 0 0 0 1 0 0 0 1',
  `Tr_velo_cam ${VELODYNE_TO_CAMERA}`,
  `Tr_imu_velo ${IMU_TO_VELODYNE}`,
  '',
].join('\n');

export const odometryCalibration = [...PROJECTIONS, `Tr: ${VELODYNE_TO_CAMERA}`, ''].join('\n');

export interface OxtsFixture {
  readonly latitude: number;
  readonly longitude: number;
  readonly altitude?: number;
  readonly yaw?: number;
}

/** A row of 30 values. */
export function oxtsRow({ latitude, longitude, altitude = 110, yaw = 0 }: OxtsFixture): string {
  return [latitude, longitude, altitude, 0, 0, yaw, ...new Array<number>(24).fill(0)].join(' ');
}

/** The three calibration files of a day of raw recordings. */
export const dayCalibration: Record<string, string> = {
  'calib_cam_to_cam.txt': [
    'calib_time: 09-Jan-2012 13:57:47',
    'corner_dist: 9.950000e-02',
    ...PROJECTIONS.flatMap((line, number) => [
      `S_0${number}: 1.392000e+03 5.120000e+02`,
      `K_0${number}: 9.8e+02 0 6.9e+02 0 9.8e+02 2.4e+02 0 0 1`,
      `D_0${number}: -3.7e-01 2.0e-01 1.3e-03 4.7e-04 -7.1e-02`,
      `S_rect_0${number}: 1.242000e+03 3.750000e+02`,
      `R_rect_0${number}: ${number === 0 ? '1 0 0 0 1 0 0 0 1' : '0 1 0 -1 0 0 0 0 1'}`,
      `P_rect_0${number}:${line.slice(3)}`,
    ]),
    '',
  ].join('\n'),
  'calib_velo_to_cam.txt':
    'calib_time: 15-Mar-2012 11:37:16\nR: 0 -1 0 0 0 -1 1 0 0\nT: 0 -0.08 -0.3\ndelta_f: 0 0\n',
  'calib_imu_to_velo.txt': 'calib_time: 25-May-2012 16:47:16\nR: 1 0 0 0 1 0 0 0 1\nT: -0.8 0 -0.9\n',
};

export interface PoseFixture {
  readonly tx: number;
  readonly ty: number;
  readonly tz: number;
  readonly rz: number;
  readonly state?: number;
}

export interface TrackletFixture {
  readonly type: string;
  readonly h: number;
  readonly w: number;
  readonly l: number;
  readonly first: number;
  readonly poses: readonly PoseFixture[];
}

/** `tracklet_labels.xml` as boost's archive writes it. */
export function trackletFile(tracklets: readonly TrackletFixture[], count = tracklets.length): string {
  const pose = ({ tx, ty, tz, rz, state = 2 }: PoseFixture) =>
    `<item class_id="3"><tx>${tx}</tx><ty>${ty}</ty><tz>${tz}</tz><rx>0</rx><ry>0</ry><rz>${rz}</rz>` +
    `<state>${state}</state><occlusion>0</occlusion><occlusion_kf>1</occlusion_kf><truncation>0</truncation>` +
    `<amt_occlusion>0.0</amt_occlusion></item>`;
  const items = tracklets.map(
    ({ type, h, w, l, first, poses }) =>
      `<item class_id="1" version="1"><objectType>${type}</objectType><h>${h}</h><w>${w}</w><l>${l}</l>` +
      `<first_frame>${first}</first_frame><poses class_id="2"><count>${poses.length}</count>` +
      `<item_version>2</item_version>${poses.map(pose).join('\n')}</poses><finished>1</finished></item>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>',
    '<!DOCTYPE boost_serialization>',
    '<boost_serialization signature="serialization::archive" version="9">',
    `<tracklets class_id="0"><count>${count}</count><item_version>1</item_version>`,
    ...items,
    '</tracklets>',
    '</boost_serialization>',
  ].join('\n');
}

/** A cloud of as many points as given rows of x, y, z and reflectance. */
export function bareCloud(...rows: readonly (readonly [number, number, number, number])[]): Uint8Array {
  return new Uint8Array(Float32Array.from(rows.flat()).buffer);
}
