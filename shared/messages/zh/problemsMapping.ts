/** 映射文件以及按映射读取的交付可能出现的问题。 */
import type en from '../en/problemsMapping.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'mapping-not-json': '映射不是 JSON。{{path}}',
  'mapping-too-large': '映射超过 {{bytes}} 个字符，已拒绝读取。{{path}}',
  'mapping-key-unknown': '映射在 {{place}} 处写有“{{key}}”，这里没有这一项。{{path}}',
  'mapping-value-bad': '映射在 {{place}} 处的内容无法使用；应为：{{expected}}。{{path}}',
  'mapping-field-needed': '映射尚未说明在哪里找到 {{field}}。{{path}}',
  'mapped-no-label-files': '交付中没有文件符合映射给出的标注文件模式：{{patterns}}。',
  'mapped-row-unfit': '有一行没有可用的 {{field}}，已略去。{{path}}',
  'mapped-rows-left-out': '{{rows}} 行中有 {{unfit}} 行不符合映射，已略去。{{path}}',
  'mapped-rows-too-many': '交付的标注超过 {{limit}} 行；其余已略去。{{path}}',
  'mapped-pose-unfit': '有一行位姿没有可用的 {{field}}，已略去。{{path}}',
  'mapped-pose-missing': '帧 {{frame}} 没有位姿，而其标注以世界坐标给出，因此无法放到点云中。',
} satisfies SameKeys<typeof en>;
