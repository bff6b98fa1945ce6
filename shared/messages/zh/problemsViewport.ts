/** 传感器数据显示过程中的问题。 */
import type en from '../en/problemsViewport.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'sensor-file-missing': '{{path}} 不存在。该单位作为无法检查保留在样本中。',
  'sensor-file-unreachable': '无法获取 {{path}}（状态 {{status}}）。请确认 Assay 仍在运行且文件夹仍存在。',
  'image-undecodable': '{{path}} 不是可解码的图像。',
  'image-too-large':
    '{{path}} 声明为 {{width}} x {{height}} 像素，超过可解码的 {{megapixels}} 百万像素上限，未打开。',
  'sweep-pose-unusable': '{{path}} 的位姿不可逆，无法放置其点云。',
  'sweep-not-loaded': '本帧点云尚未载入。',
} as const satisfies SameKeys<typeof en>;
