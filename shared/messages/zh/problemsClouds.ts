/** PLY 与 LAS 点云文件可能存在的问题。 */
import type en from '../en/problemsClouds.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'ply-header-missing': '点云没有 PLY 文件头，或文件头没有结束。{{path}}',
  'ply-header-bad': 'PLY 文件头在 {{place}} 无法读取：“{{line}}”。{{path}}',
  'ply-fields-missing': '点云没有带 x、y、z 的顶点。现有字段：{{fields}}。{{path}}',
  'ply-body-truncated': '点云被截断或已损坏：{{stated}} 个点中只有 {{found}} 个，已读取。{{path}}',
  'ply-line-short': '点云中有 {{lines}} 行数值不足，已略去。{{path}}',
  'ply-value-unreadable': '点云中有 {{values}} 个值不是数字，对应的点没有位置。{{path}}',

  'las-header-missing': '点云没有 LAS 文件头。{{path}}',
  'las-header-bad': 'LAS 文件头不可能成立：{{key}}。{{path}}',
  'las-format-unknown': '点云的点格式为 {{format}}，LAS 没有定义。{{path}}',
  'las-scale-bad': 'LAS 文件头中的比例或偏移无法使用：{{scale}} 和 {{offset}}。{{path}}',
  'las-body-truncated': '点云被截断：{{stated}} 个点中只有 {{found}} 个，已读取。{{path}}',
  'las-body-longer': '点云数据可容纳 {{found}} 个点，但声明 {{stated}} 个，多余部分未读取。{{path}}',
  'las-bounds-differ': '有点超出 LAS 文件头声明的范围，实际范围为 {{bounds}}。文件可能已损坏。{{path}}',
  'laz-record-missing': '压缩点云没有说明压缩方式。{{path}}',
  'laz-format-unsupported': '压缩点云的点格式 {{format}} 采用了此处不支持的方式。{{path}}',
  'laz-chunks-unknown': '压缩点云被截断或已损坏：分块表无法读取，只读取了第一块。{{path}}',
  'laz-damaged': '压缩点云在 {{place}} 处已损坏：{{stated}} 个点中可解压 {{found}} 个。{{path}}',
  'copc-levels-left-out': '点云共有 {{points}} 个点，已打开其中较粗层级的 {{shown}} 个。{{path}}',
} satisfies SameKeys<typeof en>;
