/** 交付列表页面。 */
import type en from '../en/deliveries.ts';
import type { SameKeys } from '../shape.ts';

export default {
  open: '打开交付',
  openSample: '打开示例交付',
  openRow: '继续处理选中的交付',
  forget: '从列表中移除',
  dropInBrowser: '浏览器不会告知拖入文件夹的位置。请用“打开交付”选择该文件夹；桌面版可以直接拖入。',
  nothingTitle: '此处尚未打开过任何交付。',
  nothingText:
    '示例交付在本机生成：一段小街景，含旋转式激光雷达、多路相机以及待发现的标注缺陷。也可以打开供应商交来的文件夹，程序只读取、不改动。',
  vendor: '供应商',
  batch: '批',
  format: '格式',
  labels: '标注框',
  size: '大小',
  state: '审核',
  disposition: '处置',
  age: '已过',
  waiting: '等待',
  days_one: '{{count}} 天',
  days_other: '{{count}} 天',
  overdue: '应于 {{on}} 前完成',
  states: {
    new: '无',
    intake: '接收中',
    judging: '已判 {{judged}} / {{drawn}}',
    signed: '已签署',
  },
  waits: {
    'start-intake': '审核员：开始接收',
    'freeze-plan': '审核员：冻结抽样方案',
    judge_one: '审核员：{{count}} 个单位待判',
    judge_other: '审核员：{{count}} 个单位待判',
    sign: '审核员：签署',
    'answer-findings_one': '供应商：{{count}} 条发现项待答复',
    'answer-findings_other': '供应商：{{count}} 条发现项待答复',
    'find-delivery': '审核员：查找文件夹',
    nothing: '无',
  },
  formats: {
    'kitti-object': 'KITTI object',
    'kitti-tracking': 'KITTI 跟踪',
    'kitti-raw': 'KITTI 原始数据',
    'semantic-kitti': 'SemanticKITTI',
    argoverse2: 'Argoverse 2',
    'sustech-points': 'SUSTechPOINTS',
    openlabel: 'OpenLABEL',
    pcd: 'PCD 点云',
    bin: '裸 .bin 点云',
  },
} satisfies SameKeys<typeof en>;
