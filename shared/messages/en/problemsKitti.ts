/** What can be wrong with the KITTI family beyond the object benchmark, and with the classes of points. */
export default {
  'kitti-sequence-uncalibrated':
    'Sequence {{scene}} has no calibration, so its cuboids have no place among the points.',
  'kitti-oxts-bad':
    '{{rows}} rows of positions cannot be read; their frames have no place in the world. {{path}}',
  'kitti-imu-unplaced':
    'Drive {{scene}} has positions, but no calib_imu_to_velo.txt that says where they were taken; speeds are not known.',
  'kitti-times-falling':
    '{{frames}} frames are not later than the one before them, the first of them {{frame}}. {{path}}',
  'kitti-tracklets-bad': 'The tracklets cannot be read ({{reason}}). {{path}}',
  'kitti-tracklet-bad': 'The tracklet has no first frame and was left out ({{place}}). {{path}}',
  'kitti-tracklets-count': 'The file states {{stated}} tracklets and holds {{found}}. {{path}}',

  'semantic-label-unmatched': 'No scan belongs to these labels. {{path}}',
  'semantic-poses-bad': '{{rows}} lines are no pose; their scans have no place in the world. {{path}}',

  'point-classes-count': 'The file has classes for {{found}} points, but the cloud has {{points}}. {{path}}',
  'point-classes-bad': 'The classes of the points cannot be read. {{path}}',
} as const;
