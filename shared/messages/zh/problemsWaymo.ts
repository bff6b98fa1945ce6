/** 采用 Waymo Open Dataset 结构的交付可能存在的问题。 */
import type en from '../en/problemsWaymo.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'waymo-pose-bad': '车辆的一个位姿无法使用（{{place}}）。{{path}}',
  'waymo-camera-bad': '{{camera}} 的标定无法使用，因此不会在其图像中绘制任何内容。{{path}}',
  'waymo-rows-stray': '有 {{rows}} 行不属于任何帧或相机，已略去。{{path}}',
  'waymo-range-image-bad': '激光 {{laser}} 的距离图像与其声明的形状不符。{{path}}',
  'waymo-laser-uncalibrated': '激光 {{laser}} 没有可用的标定，因此其点没有位置。{{path}}',
  'waymo-pixel-poses-bad': '激光 {{laser}} 的逐像素位姿无法使用；其点按同一时刻显示。{{path}}',
  'image-cell-empty': '{{column}} 列（{{place}}）中没有图像。{{path}}',
} satisfies SameKeys<typeof en>;
