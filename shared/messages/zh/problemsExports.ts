/** OpenLABEL 文档和各标注工具导出文件中的问题。 */
import type en from '../en/problemsExports.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'openlabel-elements': '文件中还有 {{count}} 个 {{kind}}（{{types}}），它们不是帧的标注。{{path}}',
  'openlabel-frame-properties': '帧中还写有 {{names}}，不予显示，仍保留在文件中。{{path}}',
  'openlabel-objects-bare': '{{objects}} 个对象（{{classes}}）在所有帧中既无几何也无属性。{{path}}',
  'openlabel-parent-missing': '坐标系 {{system}} 的父坐标系 {{parent}} 不存在。{{path}}',
  'openlabel-systems-cyclic': '坐标系互为父级：{{systems}}。{{path}}',
  'openlabel-intervals-differ': '帧区间中有 {{missing}} 帧并不存在，另有 {{outside}} 帧在区间之外。{{path}}',
  'openlabel-object-outside': '对象 {{object}} 出现在自身帧区间之外的 {{frames}} 帧中。{{path}}',
  'openlabel-pointers-differ': '对象 {{object}} 的指针与其数据不符（{{names}}），已按数据读取。{{path}}',

  'entry-bad': '有一项没有可用的“{{key}}”，已略去（{{place}}）。{{path}}',
  'calibration-bad': '相机 {{camera}} 的标定没有可用的“{{key}}”，因此不在其图像上绘制。{{path}}',
  'named-file-missing': '标注提到的 {{uri}} 既不在交付中，也不在传感器文件夹中。{{path}}',
  'sensor-files-absent': '标注提到的 {{files}} 个图像和点云都不在此处。请指定传感器数据文件夹。',
  'address-outside': '标注提到的 {{uri}} 在交付之外，未打开。{{path}}',
  'reference-missing': '有一项引用了不存在的 {{reference}}（{{place}}）。{{path}}',
  'entries-aside': '有 {{count}} 项（{{kind}}）不是帧的标注，仍保留在文件中。{{path}}',
  'json-key-twice': '键“{{key}}”在同一记录中出现两次（{{place}}），只读取了最后一个。{{path}}',
  'xml-broken': '文件不是可读取的 XML：{{reason}}。{{path}}',
  'points-left-out': '点列表中有 {{points}} 项没有坐标，已略去。{{path}}',
  'predictions-without-frame': '预测中有 {{frames}} 帧不在交付中。{{path}}',
} satisfies SameKeys<typeof en>;
