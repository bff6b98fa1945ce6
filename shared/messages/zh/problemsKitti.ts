/** KITTI 系列（目标检测之外）及逐点类别可能存在的问题。 */
import type en from '../en/problemsKitti.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'kitti-sequence-uncalibrated': '序列 {{scene}} 没有标定，其长方体无法放入点云。',
  'kitti-oxts-bad': '有 {{rows}} 行定位数据无法读取，对应的帧在世界中没有位置。{{path}}',
  'kitti-imu-unplaced':
    '行程 {{scene}} 有定位数据，但没有说明其安装位置的 calib_imu_to_velo.txt，无法得知速度。',
  'kitti-times-falling': '有 {{frames}} 帧的时间不晚于前一帧，首个为 {{frame}}。{{path}}',
  'kitti-tracklets-bad': '轨迹文件无法读取（{{reason}}）。{{path}}',
  'kitti-tracklet-bad': '此轨迹没有起始帧，已略去（{{place}}）。{{path}}',
  'kitti-tracklets-count': '文件声明 {{stated}} 条轨迹，实有 {{found}} 条。{{path}}',

  'semantic-label-unmatched': '没有任何扫描对应这些标注。{{path}}',
  'semantic-poses-bad': '有 {{rows}} 行不是位姿，对应的扫描在世界中没有位置。{{path}}',

  'point-classes-count': '文件包含 {{found}} 个点的类别，而点云有 {{points}} 个点。{{path}}',
  'point-classes-bad': '逐点类别无法读取。{{path}}',
} satisfies SameKeys<typeof en>;
