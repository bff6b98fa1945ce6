/** pickle 数据表以及由其组成的 PandaSet 序列可能存在的问题。 */
import type en from '../en/problemsPandaset.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'gzip-broken': '文件无法解压：不完整或已损坏。{{path}}',
  'gzip-too-large': '文件解压后超过 {{bytes}} 字节，已拒绝。{{path}}',
  'pickle-broken': 'pickle 数据表已损坏：读取停在 {{place}}。{{path}}',
  'pickle-too-large': 'pickle 数据表所需步骤超出任何正常数据表，已在 {{place}} 处拒绝。{{path}}',
  'pickle-global-refused':
    '文件要求使用“{{name}}”，数据表并不需要它，已拒绝。其中没有任何内容被执行。{{path}}',
  'pandaset-table-bad': '数据表不是记录列表。{{path}}',
  'pandaset-row-bad': '数据表中的一项（{{place}}）不是记录，已略去。{{path}}',
  'pandaset-columns-missing': '数据表缺少 {{columns}} 列。{{path}}',
  'pandaset-classes-differ': '此帧有 {{points}} 个点，却有 {{classes}} 个点类别，因此无法显示类别。{{path}}',
  'pandaset-pose-missing': '帧 {{frame}} 没有可用的激光雷达位姿；其点云和长方体保留在世界坐标系中。{{path}}',
  'pandaset-calibration-bad': '标定缺少可用的 fx、fy、cx 或 cy。{{path}}',
  'pickle-layout-unknown': '文件中没有此处已知结构的数据表（{{part}}）。{{path}}',
} satisfies SameKeys<typeof en>;
