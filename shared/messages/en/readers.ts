/** What the readers look for in a folder, one phrase a format. */
export default {
  lookedFor: {
    openlabel: 'ASAM OpenLABEL 1.0: a .json file whose root is "openlabel"',
    nuscenes:
      'nuScenes and its descendants: sample.json, sample_data.json and sample_annotation.json side by side',
    'sustech-points': 'SUSTechPOINTS: a folder label with .json files of "psr" objects, beside lidar',
    'kitti-object':
      'KITTI object: a folder label_2 with .txt rows of 15 or 16 columns, or calib with P2 and R0_rect',
    'kitti-tracking':
      'KITTI tracking: a folder label_02 with .txt rows of 17 or 18 columns, or velodyne with a folder a sequence',
    'kitti-raw':
      'KITTI raw: velodyne_points or image_00 to image_03 with a folder data, or tracklet_labels.xml',
    'semantic-kitti': 'SemanticKITTI: sequences with velodyne and labels of .label files',
    argoverse2:
      'Argoverse 2: annotations.feather, city_SE3_egovehicle.feather or sensors/lidar with .feather files',
    pandaset: 'PandaSet: annotations/cuboids or lidar with numbered .pkl.gz files, beside poses.json',
    waymo: 'Waymo Open Dataset 2: folders lidar_box, lidar or camera_image with a .parquet file a segment',
    xtreme1:
      'Xtreme1: folders lidar_point_cloud_0 and camera_config, or result with .json files of "objects" that have a "contour"',
    supervisely: 'Supervisely: meta.json with "projectType", beside folders with ann or annotation.json',
    segments: 'Segments.ai: a release .json with "dataset" and "samples"',
    scale: 'Scale: .json frames with "device_position" and "points", or lists of "cuboids" with "yaw"',
    cvat: 'CVAT for images or video 1.1: an .xml file whose root is "annotations"',
    coco: 'COCO: a .json file with "images", "annotations" and "categories"',
    scalabel: 'Scalabel or BDD100K: a .json list of frames with "labels" that have box2d, box3d or poly2d',
    mapped: 'a vendor’s own JSON or CSV: assay-mapping.json beside it, or a mapping that is handed in',
    ncore: 'NVIDIA NCore V4: stores .ncore4.zarr or .ncore4.zarr.itar',
    'physical-ai':
      'NVIDIA PhysicalAI-AV: clips with labels/*.egomotion.parquet and camera or lidar, or features.csv with chunk files',
    mcap: 'Recordings: .mcap files',
    pcd: 'Point clouds: .pcd files',
    ply: 'Point clouds: .ply files',
    las: 'Point clouds: .las and .laz files',
    bin: 'Point clouds: .bin files of four or five 32-bit floats a point',
  },
} as const;
