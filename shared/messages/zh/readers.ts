/** 各读取器在文件夹中寻找什么。 */
import type en from '../en/readers.ts';
import type { SameKeys } from '../shape.ts';

export default {
  lookedFor: {
    openlabel: 'ASAM OpenLABEL 1.0：根键为 "openlabel" 的 .json 文件',
    nuscenes: 'nuScenes 及其衍生格式：同一文件夹中的 sample.json、sample_data.json 和 sample_annotation.json',
    'sustech-points': 'SUSTechPOINTS：lidar 旁的 label 文件夹，内有含 "psr" 对象的 .json 文件',
    'kitti-object':
      'KITTI 目标检测：label_2 文件夹，内有每行 15 或 16 列的 .txt 文件；或含 P2 与 R0_rect 的 calib 文件夹',
    'kitti-tracking':
      'KITTI 跟踪：label_02 文件夹，内有每行 17 或 18 列的 .txt 文件；或 velodyne 下每个序列一个文件夹',
    'kitti-raw':
      'KITTI 原始数据：含 data 文件夹的 velodyne_points 或 image_00 至 image_03，或 tracklet_labels.xml',
    'semantic-kitti': 'SemanticKITTI：序列文件夹，内有 velodyne 与含 .label 文件的 labels',
    argoverse2:
      'Argoverse 2：annotations.feather、city_SE3_egovehicle.feather，或含 .feather 文件的 sensors/lidar',
    pandaset: 'PandaSet：annotations/cuboids 或 lidar 中按编号命名的 .pkl.gz 文件，旁有 poses.json',
    waymo: 'Waymo Open Dataset 2：文件夹 lidar_box、lidar 或 camera_image，内有按片段命名的 .parquet 文件',
    xtreme1: 'Xtreme1：文件夹 lidar_point_cloud_0 和 camera_config，或 result 中含 "contour" 的 .json 文件',
    supervisely: 'Supervisely：含 "projectType" 的 meta.json，旁边有 ann 文件夹或 annotation.json',
    segments: 'Segments.ai：含 "dataset" 和 "samples" 的发布 .json 文件',
    scale: 'Scale：含 "device_position" 和 "points" 的 .json 帧，或含 "yaw" 的 "cuboids" 列表',
    cvat: 'CVAT 图像或视频 1.1：根元素为 "annotations" 的 .xml 文件',
    coco: 'COCO：含 "images"、"annotations" 和 "categories" 的 .json 文件',
    scalabel: 'Scalabel 或 BDD100K：.json 帧列表，其 "labels" 含 box2d、box3d 或 poly2d',
    mapped: '供应方自有的 JSON 或 CSV：旁边有 assay-mapping.json，或另行给出映射',
    ncore: 'NVIDIA NCore V4：.ncore4.zarr 或 .ncore4.zarr.itar 存储',
    'physical-ai':
      'NVIDIA PhysicalAI-AV：含 labels/*.egomotion.parquet 及 camera 或 lidar 的片段，或 features.csv 与分块文件',
    mcap: '录制文件：.mcap 文件',
    pcd: '点云：.pcd 文件',
    ply: '点云：.ply 文件',
    las: '点云：.las 与 .laz 文件',
    bin: '点云：每点四个或五个 32 位浮点数的 .bin 文件',
  },
} satisfies SameKeys<typeof en>;
