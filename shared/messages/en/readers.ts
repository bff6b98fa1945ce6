/** What the readers look for in a folder, one phrase a format. */
export default {
  lookedFor: {
    openlabel: 'ASAM OpenLABEL 1.0: a .json file whose root is "openlabel"',
    'sustech-points': 'SUSTechPOINTS: a folder label with .json files of "psr" objects, beside lidar',
    'kitti-object':
      'KITTI object: a folder label_2 with .txt rows of 15 or 16 columns, or calib with P2 and R0_rect',
    pcd: 'Point clouds: .pcd files',
    bin: 'Point clouds: .bin files of four or five 32-bit floats a point',
  },
} as const;
