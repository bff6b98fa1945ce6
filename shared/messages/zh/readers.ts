/** 各读取器在文件夹中寻找什么。 */
import type en from '../en/readers.ts';
import type { SameKeys } from '../shape.ts';

export default {
  lookedFor: {
    openlabel: 'ASAM OpenLABEL 1.0：根键为 "openlabel" 的 .json 文件',
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
    pcd: '点云：.pcd 文件',
    bin: '点云：每点四个或五个 32 位浮点数的 .bin 文件',
  },
} satisfies SameKeys<typeof en>;
