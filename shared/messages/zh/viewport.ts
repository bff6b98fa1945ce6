/** 点云与图像视图中的用语。 */
import type en from '../en/viewport.ts';
import type { SameKeys } from '../shape.ts';

export default {
  context: '全景',
  scale: '{{scale}} / 像素',
  tolerance: '公差 ±{{meters}} m',
  faces: {
    top: '俯视',
    topFlipped: '俯视，航向朝右',
    side: '右侧视',
    sideFlipped: '左侧视',
    end: '后视',
    endFlipped: '前视',
  },
  commands: {
    colouring: '切换点着色',
    pointsOnPictures: '图上叠加激光点',
    rings: '距离环',
    larger: '点变大',
    smaller: '点变小',
    merge: '叠加相邻扫描',
    radar: '雷达回波',
    shapes: '多边形、折线等形状',
    compare: '与其他标注对比',
  },
  merged_other: '前后各叠加 {{count}} 帧',
  merged_one: '前后各叠加 {{count}} 帧',
  compared: '虚线：{{name}}',
  colouring: {
    segments: '点类别',
    height: '高度',
    intensity: '强度',
    distance: '距离',
    class: '类别',
    plain: '单色',
  },
  empty: {
    reading: '正在读取点云…',
    readingNext: '正在读取下一个…',
    readingImage: '正在读取图像…',
    noSweep: '本帧没有点云。',
    sweepUnreadable: '本帧点云无法读取。',
    noCuboid: '该单位没有三维标注框。',
    unusable: '该标注的数值不可用，无法绘制。',
    noCamera: '没有相机能看到该标注。',
    noImage: '本帧没有该相机的图像。',
    imageUnreadable: '图像无法读取。',
    notCalibrated: '该相机未标定，无法在图中绘制。',
    contextLost: '图形驱动已停止，视图会自动恢复。',
  },
} as const satisfies SameKeys<typeof en>;
