/** 标尺、角度与高度，以及保留的测量。 */
import type en from '../en/measure.ts';
import type { SameKeys } from '../shape.ts';

export default {
  title: '测量',
  tool: {
    ruler: '标尺',
    angle: '角度',
    height: '高度',
    ray: '射线',
    floor: '框底离地',
    gap: '框面到点',
  },
  hint: {
    ruler: '标尺：点选第 {{at}} 点，共 {{of}} 点',
    heading: '与航向的夹角：点选第 {{at}} 点，共 {{of}} 点',
    corner: '夹角：点选第 {{at}} 点，共 {{of}} 点，第二点为顶点',
    height: '离地高度：点选一个点',
    ray: '射线：点选像素或点，各视图同时标出',
  },
  noPoint: '光标下没有点。',
  noGround: '附近点太少，无法判断地面。',
  rayEmpty: '该像素后方没有点，射线以虚线绘出。',
  rayAt: '首个点距相机 {{depth}} m，偏离射线 {{centimeters}} cm',
  pointAt: '该点距传感器 {{depth}} m，已在看得到它的图像中标出',
  quantity: {
    ruler: '长度',
    angle: '夹角',
    'heading-angle': '与航向的夹角',
    'ground-height': '离地高度',
    'bottom-to-ground': '框底离地',
    'front-gap': '前面到点',
    'rear-gap': '后面到点',
    'left-gap': '左面到点',
    'right-gap': '右面到点',
    'top-gap': '顶面到点',
    'bottom-gap': '底面到点',
  },
  limit: '限值 {{limit}}',
  parts: '纵向 {{along}} · 横向 {{across}} · 竖向 {{up}} m',
  remove: '移除：{{name}}',
  commands: {
    ruler: '标尺',
    angle: '角度：先对航向，再量三点夹角',
    height: '量一个点的离地高度',
    ray: '像素后方的射线，并在各图像中标出该点',
    pointBack: '撤回最后点选的点',
    floor: '测量框底离地高度',
    gap: '测量最松的面到点的距离',
    forget: '移除该单位的全部测量',
  },
} as const satisfies SameKeys<typeof en>;
