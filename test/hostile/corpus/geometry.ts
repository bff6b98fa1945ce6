/** Boxes without a size, poses that are no poses, calibrations that turn things inside out, times that fall. */
import { type NuscenesTables, nuscenesFiles, START_MICROS } from '../../support/nuscenesFixture.ts';
import {
  cars,
  kitti,
  kittiCalibration,
  kittiLine,
  type OpenlabelDocument,
  openlabelFiles,
  pandaset,
  sustech,
} from '../healthy.ts';
import { bent, type HostileCase } from './hostileCase.ts';

const LABELS = 'label/000001.json';

/** The first car of the second frame says `change` where it said `was`. */
function sized(what: string, was: string, change: string): HostileCase {
  return {
    name: `geometry: a cuboid with ${what}`,
    files: bent(sustech(), { [LABELS]: JSON.stringify(cars(6, 13)).replace(was, change) }),
    expected: [`cuboid-unusable ${LABELS}`],
    loads: { frames: 2, cuboids: 4, points: 40 },
  };
}

const sizes: readonly HostileCase[] = [
  sized('no length', '"x":4.4', '"x":0'),
  sized('a negative width', '"y":1.8', '"y":-1.8'),
  sized('an endless height', '"z":1.6', '"z":1e999'),
  sized('a height that is no number', '"z":1.6', '"z":"tall"'),
  sized('no size', '"scale":', '"scales":'),
  sized('no place', '"position":', '"positions":'),
  sized('a rotation that is null', '"z":0.1', '"z":null'),
];

function kittiRow(what: string, row: string, code: string, cuboids: number): HostileCase {
  return {
    name: `geometry: a KITTI row with ${what}`,
    files: bent(kitti(), { 'label_2/000001.txt': kittiLine + row }),
    expected: [`${code} label_2/000001.txt`],
    loads: { frames: 2, cuboids, points: 4 },
  };
}

const rows: readonly HostileCase[] = [
  kittiRow('sizes of zero', kittiLine.replace('1.50 1.80 4.20', '0 0 0'), 'cuboid-unusable', 3),
  kittiRow('NaN for a place', kittiLine.replace('20.00', 'NaN'), 'kitti-row-bad', 2),
  kittiRow('an endless place', kittiLine.replace('20.00', '1e999'), 'kitti-row-bad', 2),
  kittiRow(
    'a box without an area',
    kittiLine.replace('599.41 156.40 629.75 189.25', '600 200 500 100'),
    'box2d-unusable',
    3,
  ),
  kittiRow('a million columns', `${'1 '.repeat(1_000_000)}\n`, 'kitti-row-bad', 2),
  kittiRow('NUL bytes', `Car\0 0 0\n`, 'kitti-row-bad', 2),
];

function calibration(what: string, from: string, to: string): HostileCase {
  return {
    name: `geometry: a KITTI calibration, ${what}`,
    files: bent(kitti(), { 'calib/000001.txt': kittiCalibration.replace(from, to) }),
    expected: ['kitti-calibration-bad calib/000001.txt'],
    loads: { frames: 2, cuboids: 2, points: 4 },
  };
}

const VELO = 'Tr_velo_to_cam: 0 -1 0 0 0 0 -1 -0.08 1 0 0 -0.3';
const calibrations: readonly HostileCase[] = [
  calibration('singular', VELO, 'Tr_velo_to_cam: 0 0 0 0 0 0 0 0 0 0 0 0'),
  calibration('mirrored', VELO, 'Tr_velo_to_cam: 0 1 0 0 0 0 -1 -0.08 1 0 0 -0.3'),
  calibration('of NaN', VELO, `Tr_velo_to_cam: ${'NaN '.repeat(12)}`),
  calibration('a focal length of zero', 'P2: 700 0 600', 'P2: 0 0 600'),
  calibration('cut short', VELO, 'Tr_velo_to_cam: 0 -1 0'),
  {
    name: 'geometry: a SUSTech calibration, singular',
    files: bent(sustech(), {
      'calib/camera/front.json': JSON.stringify({
        extrinsic: new Array(16).fill(0),
        intrinsic: [500, 0, 320, 0, 500, 240, 0, 0, 1],
      }),
    }),
    expected: ['sustech-calibration-bad calib/camera/front.json'],
    loads: { frames: 2, cuboids: 4, points: 40 },
  },
  {
    name: 'geometry: a SUSTech calibration, mirrored',
    files: bent(sustech(), {
      'calib/camera/front.json': JSON.stringify({
        extrinsic: [0, 1, 0, 0.1, 0, 0, -1, 0.2, 1, 0, 0, 0.3, 0, 0, 0, 1],
        intrinsic: [500, 0, 320, 0, 500, 240, 0, 0, 1],
      }),
    }),
    expected: ['sustech-calibration-bad calib/camera/front.json'],
    loads: { frames: 2, cuboids: 4, points: 40 },
  },
  {
    name: 'geometry: a SUSTech lens without a focal length',
    files: bent(sustech(), {
      'calib/camera/front.json': JSON.stringify({
        extrinsic: [0, -1, 0, 0.1, 0, 0, -1, 0.2, 1, 0, 0, 0.3, 0, 0, 0, 1],
        intrinsic: [0, 0, 320, 0, -500, 240, 0, 0, 1],
      }),
    }),
    expected: ['sustech-calibration-bad calib/camera/front.json'],
    loads: { frames: 2, cuboids: 4, points: 40 },
  },
];

function tables(
  what: string,
  change: (tables: NuscenesTables) => void,
  expected: string,
  loads: HostileCase['loads'] = { frames: 3, cuboids: 6, points: 24 },
): HostileCase {
  return {
    name: `geometry: nuScenes, ${what}`,
    files: nuscenesFiles({ change }),
    expected: [expected],
    loads,
  };
}

const row = (tables: NuscenesTables, table: string, at = 0) => tables[table]![at]!;
const LABEL_TABLE = 'v1.0-mini/sample_annotation.json';

const nuscenes: readonly HostileCase[] = [
  tables(
    'a size of zero',
    (all) => (row(all, 'sample_annotation').size = [0, 0, 0]),
    `cuboid-unusable ${LABEL_TABLE}`,
  ),
  tables(
    'a negative size',
    (all) => (row(all, 'sample_annotation').size = [-1, 2, 3]),
    `cuboid-unusable ${LABEL_TABLE}`,
  ),
  tables(
    'a rotation of zeros',
    (all) => (row(all, 'sample_annotation').rotation = [0, 0, 0, 0]),
    `cuboid-unusable ${LABEL_TABLE}`,
  ),
  tables(
    'a place of nulls',
    (all) => (row(all, 'sample_annotation').translation = [null, null, null]),
    `table-value-unusable ${LABEL_TABLE}`,
  ),
  tables(
    'an ego pose of zeros',
    (all) => (row(all, 'ego_pose').rotation = [0, 0, 0, 0]),
    'nuscenes-poses-missing v1.0-mini/ego_pose.json',
  ),
  tables(
    'an ego pose that is a text',
    (all) => (row(all, 'ego_pose').translation = 'here'),
    'table-value-unusable v1.0-mini/ego_pose.json',
  ),
  tables(
    'a mounting of zeros',
    (all) => (row(all, 'calibrated_sensor', 1).rotation = [0, 0, 0, 0]),
    'nuscenes-camera-uncalibrated v1.0-mini/calibrated_sensor.json',
  ),
  tables(
    'intrinsics of zeros',
    (all) =>
      (row(all, 'calibrated_sensor', 1).camera_intrinsic = [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ]),
    'nuscenes-camera-uncalibrated v1.0-mini/calibrated_sensor.json',
  ),
  tables(
    'samples that follow each other in a ring',
    (all) => (row(all, 'sample', 2).next = row(all, 'sample').token),
    'nuscenes-chain-turns v1.0-mini/sample.json',
  ),
  tables(
    'a sample that follows itself',
    (all) => (row(all, 'sample').next = row(all, 'sample').token),
    'nuscenes-chain-turns v1.0-mini/sample.json',
  ),
  tables(
    'labels that follow each other in a ring',
    (all) => {
      const labels = all.sample_annotation!;
      labels[4]!.next = labels[0]!.token;
      labels[0]!.prev = labels[4]!.token;
    },
    `nuscenes-chain-turns ${LABEL_TABLE}`,
  ),
  tables(
    'a label that follows itself',
    (all) => {
      row(all, 'sample_annotation').next = row(all, 'sample_annotation').token;
      row(all, 'sample_annotation').prev = row(all, 'sample_annotation').token;
    },
    `nuscenes-chain-turns ${LABEL_TABLE}`,
  ),
  tables(
    'a label of a sample that does not exist',
    (all) => (row(all, 'sample_annotation').sample_token = 'f'.repeat(32)),
    `nuscenes-reference-missing ${LABEL_TABLE}`,
    { frames: 3, cuboids: 5, points: 24 },
  ),
  tables(
    'a label of an object that does not exist',
    (all) => (row(all, 'sample_annotation').instance_token = 'f'.repeat(32)),
    `nuscenes-reference-missing ${LABEL_TABLE}`,
  ),
  tables(
    'samples whose time falls',
    (all) => (row(all, 'sample', 1).timestamp = START_MICROS - 5_000_000),
    'nuscenes-chain-turns v1.0-mini/sample.json',
  ),
  tables(
    'a negative time',
    (all) => (row(all, 'sample', 2).timestamp = -1),
    'nuscenes-chain-turns v1.0-mini/sample.json',
  ),
  tables(
    'a time of 10^30',
    (all) => (row(all, 'sample', 2).timestamp = 1e30),
    'table-value-unusable v1.0-mini/sample.json',
  ),
  tables(
    'two samples at one time',
    (all) => (row(all, 'sample', 1).timestamp = START_MICROS),
    'nuscenes-chain-turns v1.0-mini/sample.json',
  ),
];

function tree(
  what: string,
  change: (document: OpenlabelDocument['openlabel']) => void,
  code: string,
  points = 40,
  cuboids = 2,
): HostileCase {
  return {
    name: `geometry: OpenLABEL, ${what}`,
    files: openlabelFiles(({ openlabel }) => change(openlabel)),
    expected: [code === 'frame-times-falling' ? `${code} ` : `${code} drive.json`],
    loads: { frames: 2, cuboids, points },
  };
}

const trees: readonly HostileCase[] = [
  tree(
    'systems that are parents of each other',
    ({ coordinate_systems: systems }) => (systems.odom.parent = 'CAM'),
    'openlabel-systems-cyclic',
  ),
  tree(
    'a system that is its own parent',
    ({ coordinate_systems: systems }) => (systems.LIDAR.parent = 'LIDAR'),
    'openlabel-systems-cyclic',
  ),
  tree(
    'a parent that does not exist',
    ({ coordinate_systems: systems }) => (systems.LIDAR.parent = 'gone'),
    'openlabel-parent-missing',
  ),
  tree(
    'a parent called __proto__',
    ({ coordinate_systems: systems }) => (systems.LIDAR.parent = '__proto__'),
    'openlabel-parent-missing',
  ),
  tree(
    'a quaternion of zeros',
    ({ coordinate_systems: systems }) => (systems.LIDAR.pose_wrt_parent.quaternion = [0, 0, 0, 0]),
    'openlabel-transform-bad',
  ),
  tree(
    'a pose of texts',
    ({ coordinate_systems: systems }) => (systems.LIDAR.pose_wrt_parent.translation = ['x'] as never),
    'openlabel-transform-bad',
  ),
  tree(
    'a lens of zeros',
    ({ streams }) => (streams.CAM.stream_properties.intrinsics_pinhole.camera_matrix = new Array(9).fill(0)),
    'openlabel-lens-bad',
  ),
  tree(
    'a cuboid of no size',
    ({ frames }) => (frames[1].objects['1'].object_data.cuboid[0]!.val = [1, 2, 3, 0, 0, 0, 1, 0, 0, 0]),
    'cuboid-unusable',
  ),
  tree(
    'a cuboid with a quaternion of zeros',
    ({ frames }) => (frames[1].objects['1'].object_data.cuboid[0]!.val = [1, 2, 3, 0, 0, 0, 0, 4, 2, 1]),
    'cuboid-unusable',
  ),
  tree(
    'a cuboid in a system that does not exist',
    ({ frames }) => (frames[1].objects['1'].object_data.cuboid[0]!.coordinate_system = 'gone'),
    'openlabel-space-unrelated',
  ),
  tree('times that fall', ({ frames }) => (frames[1].frame_properties.timestamp = 5), 'frame-times-falling'),
];

const poses: readonly HostileCase[] = [
  {
    name: 'geometry: PandaSet, a pose of zeros',
    files: bent(pandaset(), {
      '002/lidar/poses.json': (pandaset()['002/lidar/poses.json'] as string).replace(
        /(.*)"w":[^,]*(.*)"z":[^}]*\}\}\]$/,
        '$1"w":0$2"z":0}}]',
      ),
    }),
    expected: ['pandaset-pose-missing '],
    loads: { frames: 2, cuboids: 6, points: 6 },
  },
  {
    name: 'geometry: PandaSet, fewer poses than sweeps',
    files: bent(pandaset(), { '002/lidar/poses.json': '[]' }),
    expected: ['pandaset-pose-missing '],
    loads: { frames: 2, cuboids: 6, points: 6 },
  },
];

export const geometryCases: readonly HostileCase[] = [
  ...sizes,
  ...rows,
  ...calibrations,
  ...nuscenes,
  ...trees,
  ...poses,
];
