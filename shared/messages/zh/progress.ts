/** 耗时工作的各个步骤，由主机命名。 */
import type en from '../en/progress.ts';
import type { SameKeys } from '../shape.ts';

export default {
  working: '处理中',
  unpacking: '解压压缩包',
  listing: '列出文件',
  converting: '正在写出标注',
  indexing: '读取标注与标定',
  hashingLabels: '计算标注文件的哈希',
  hashingSensors: '计算传感器文件的哈希',
  countingPoints: '统计三维框内的点数',
  lookingAtGround: '寻找地面',
  checking: '检查标注',
  checkingDraw: '读取抽中单元的点云',
  puttingErrorsIn: '在未抽中的标注上植入错误',
  synthesising: '生成示例交付',
  exporting: '写出审核记录',
} satisfies SameKeys<typeof en>;
