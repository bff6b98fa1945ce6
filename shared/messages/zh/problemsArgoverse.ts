/** Arrow 文件与 Argoverse 2 日志可能存在的问题。 */
import type en from '../en/problemsArgoverse.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'arrow-damaged': 'Arrow 文件已损坏或被截断（{{part}}）。{{path}}',
  'arrow-too-large': '内存不足，无法读取此表。{{path}}',
  'arrow-feather-old': '这是 Feather 第 1 版文件，无法读取；可读取第 2 版。{{path}}',
  'arrow-big-endian': 'Arrow 文件按大端字节序写成，无法读取。{{path}}',
  'arrow-type-unknown': '列 {{column}} 的类型为 {{type}}，无法读取。{{path}}',
  'feather-fields-missing': '点云没有数值型的 x、y、z。现有列：{{fields}}。{{path}}',

  'argoverse-columns-missing': '表中缺少列 {{columns}}。{{path}}',
  'argoverse-labels-absent': '日志 {{scene}} 没有标注，与测试集相同。',
  'argoverse-poses-absent': '日志 {{scene}} 没有可用的 {{name}}，无法得知车辆如何移动。{{path}}',
  'argoverse-pose-bad': '表中有 {{rows}} 行不是带时间的位姿，已略去。{{path}}',
  'argoverse-pose-missing': '日志 {{scene}} 的位姿未覆盖其中 {{frames}} 帧，这些帧在世界中没有位置。',
  'argoverse-row-bad': '标注没有时间，已略去（{{place}}）。{{path}}',
} satisfies SameKeys<typeof en>;
