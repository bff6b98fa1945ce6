/** 记录表以及 nuScenes 结构交付的问题。 */
import type en from '../en/problemsNuscenes.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'table-missing': '缺少表 {{path}}。',
  'table-damaged': '该表从 {{place}} 起不是 JSON；之前的 {{rows}} 行已读取。{{path}}',
  'table-truncated': '该表在 {{place}} 处中断；之前的 {{rows}} 行已读取。{{path}}',
  'table-too-deep': '该表中有一个值嵌套过深；之前的 {{rows}} 行已读取。{{path}} {{place}}',
  'table-not-a-list': '该表不是记录列表。{{path}} {{place}}',
  'table-row-too-large': '该表有一行超过 {{bytes}} 字节；之前的行已读取。{{path}} {{place}}',
  'table-row-unusable': '该表有 {{count}} 个条目不是记录，已略去。{{path}}，首个位于 {{place}}',
  'table-value-unusable': '字段 "{{field}}" 在 {{count}} 行中的值类型不对。{{path}}，首个位于 {{place}}',
  'table-field-repeated':
    '字段 "{{field}}" 在 {{count}} 行中出现两次；取最后一个。{{path}}，首个位于 {{place}}',
  'nuscenes-token-missing': '{{count}} 行没有 token，已略去。{{path}}，首个位于 {{place}}',
  'nuscenes-token-repeated': '{{count}} 行的 token 与其他行重复，已略去。{{path}}，首个位于 {{place}}',
  'nuscenes-reference-missing': '{{count}} 行的 "{{field}}" 所指在各表中不存在。{{path}}，首个位于 {{place}}',
  'nuscenes-chain-open': '{{count}} 行的 "{{field}}" 指向不存在的行。{{path}}，首个位于 {{place}}',
  'nuscenes-chain-turns':
    '{{count}} 行的 "{{field}}" 在其链中没有沿时间前进，链可能首尾相接。{{path}}，首个位于 {{place}}',
  'nuscenes-fields-left-out':
    '结构中没有的字段 "{{field}}" 已为 200000 行保留，另有 {{count}} 行略去。{{path}}',
  'nuscenes-camera-uncalibrated':
    '相机 {{field}} 有 {{count}} 份标定缺少可用的内参或安装位姿，因此不向其投影。{{path}}',
  'nuscenes-poses-missing':
    '{{channel}} 的 {{total}} 次读数中有 {{count}} 次没有可用位姿，无法放置。{{path}}',
  'nuscenes-file-missing': '表中所列的 {{channel}} 文件不存在：{{path}}',
  'nuscenes-files-missing':
    '{{channel}} 的 {{total}} 个文件中有 {{count}} 个不存在，首个为 {{first}}。{{path}}',
  'nuscenes-versions-several':
    '该文件夹含 {{count}} 套表（{{versions}}）。全部已读取；场景名带有所属表的名称，两套共有的内容会出现两次。',
  'nuscenes-between-too-many': '标注帧之间的长方体将超过 {{limit}} 个，因此未生成。',
} satisfies SameKeys<typeof en>;
