/** 交付文件可能存在的问题，以及查找帧时的问题。 */
import type en from '../en/problemsReaders.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'format-unknown':
    '此处（{{files}} 个文件）没有 Assay 能读取的格式。已查找：{{lookedFor}}。自有格式可用映射说明。{{path}}',
  'problems-omitted': '另有 {{count}} 个“{{code}}”类问题未列出。',
  'frame-unknown': '此交付中没有帧 {{frame}}。',
  'frame-ambiguous': '有 {{count}} 个帧对应 {{frame}}，例如 {{candidates}}。请写出完整帧号。',

  'text-too-large': '文件超过 {{bytes}} 字节，无法一次读入。{{path}}',
  'json-broken': '不是有效的 JSON：读取停在 {{place}}。{{path}}',

  'label-source-frames-unmatched':
    '标注“{{name}}”的 {{total}} 帧中有 {{frames}} 帧不在本批次中，其标注未载入。',
  'label-source-frames-by-place':
    '标注“{{name}}”的 {{total}} 帧中有 {{frames}} 帧的编号与时间均无法对应，已按其在同名、等长场景中的位置配对。',
  'label-source-unknown': '本批次中没有名为“{{name}}”的标注。现有：{{names}}。',
  'cloud-encoding-unknown': '此处点云的编码（{{encoding}}）本版本无法读取。{{path}}',
  'image-encoding-unknown': '本版本无法读取以 {{encoding}} 承载的图像。{{path}}',
  'codec-missing': 'Assay 自身的一个部件无法加载：{{path}}。请重新安装。',
  'cloud-too-large': '内存不足，无法打开此点云。{{path}}',
  'pcd-header-missing': '点云没有 PCD 文件头：开头找不到 DATA 行。{{path}}',
  'pcd-header-bad': 'PCD 文件头中 {{key}} 为“{{value}}”，无法读取（{{place}}）。{{path}}',
  'pcd-fields-missing': '点云缺少 x、y、z。现有字段：{{fields}}。{{path}}',
  'pcd-size-mismatch': 'PCD 文件头声明 {{points}} 个点，而宽乘高为 {{grid}}。{{path}}',
  'pcd-body-truncated': '点云被截断：{{stated}} 个点中只有 {{found}} 个，已读取。{{path}}',
  'pcd-body-longer': '点云数据多于声明的 {{stated}} 个点，多余部分未读取。{{path}}',
  'pcd-line-short': '点云中有 {{lines}} 行数值不足，已略去。{{path}}',
  'pcd-value-unreadable': '点云中有 {{values}} 个值不是数字，对应的点没有位置。{{path}}',
  'pcd-compressed-sizes':
    '压缩点云无法解压：声明 {{compressed}} 字节，实有 {{found}} 字节，应解压为 {{raw}} 字节。{{path}}',
  'pcd-compressed-damaged': '压缩点云已损坏：{{points}} 个点中可解压 {{found}} 个。{{path}}',
  'bin-tail-partial':
    '点云在一个点的中间结束：最后一个完整行（{{rowBytes}} 字节）之后还有 {{bytes}} 字节。{{path}}',

  'index-foreign': '不是 Assay 的索引文件。{{path}}',
  'index-newer':
    '索引由更新版本的 Assay 写成（格式 {{version}}，此处支持 {{known}}）。请重新读取交付。{{path}}',
  'index-damaged': '索引已损坏（{{part}}）。请重新读取交付。{{path}}',

  'sensor-data-absent': '{{frames}} 个帧没有点云。请指定传感器数据文件夹。{{path}}',
  'frame-times-falling': '场景“{{scene}}”中有 {{frames}} 帧不晚于其前一帧，首个为 {{frame}}。',
  'frame-without-sweep': '帧 {{frame}} 没有点云。{{path}}',
  'sweep-without-frame': '没有任何帧对应此点云。{{path}}',
  'sensor-hash-differs':
    '帧 {{frame}} 按名称或时间配到了此文件，但 {{source}} 为 {{name}} 给出的内容不同：SHA-256 应为 {{stated}}…，实为 {{found}}…。{{path}}',
  'checksum-line-bad': '校验和清单中有 {{lines}} 行不是 SHA-256 加文件名，首处在 {{place}}。{{path}}',
  'checksum-contradictory': '{{name}} 有两个不同的校验和，均未采用。{{path}}',
  'checksums-too-large': '校验和清单总计超过 {{limit}} 字节，此清单及其后的清单未读取。{{path}}',
  'image-missing': '帧 {{frame}} 缺少 {{camera}} 的图像。{{path}}',
  'labels-missing': '帧 {{frame}} 没有标注文件。{{path}}',
  'calibration-missing': '帧 {{frame}} 没有标定，其长方体无法放入点云。{{path}}',
  'camera-uncalibrated': '相机 {{camera}} 没有标定，无法在其图像上绘制。{{path}}',
  'camera-model-unknown': '相机 {{camera}} 的镜头模型（{{model}}）不受支持，无法在其图像上绘制。{{path}}',
  'cameras-too-many': '相机超过 {{limit}} 个，其余的合并为一个。',
  'classes-too-many': '类别超过 {{limit}} 个，其余的合并为一个。{{path}}',

  'cuboid-unusable': '长方体 {{id}}（{{class}}）没有可用的位置或尺寸（{{size}}）。{{path}} {{place}}',
  'box2d-unusable': '二维框 {{id}}（{{class}}）没有面积：{{ltrb}}。{{path}} {{place}}',
  'label-id-duplicate': '标注 {{id}}（{{class}}）在同一帧中重复，此处称为 {{given}}。{{path}} {{place}}',

  'kitti-row-bad': '标注行有 {{columns}} 列，或含有非数字内容（{{place}}）。{{path}}',
  'kitti-calibration-bad': '标定文件没有可用的 {{key}} 行。{{path}}',

  'sustech-labels-bad': '标注文件不是对象列表。{{path}}',
  'sustech-object-bad': '{{place}} 处的对象没有 "psr"，已略去。{{path}}',
  'sustech-calibration-bad': '标定文件没有可用的 "{{key}}"。{{path}}',

  'openlabel-version': '文件的模式版本为“{{version}}”，已按 {{known}} 读取。{{path}}',
  'openlabel-old-spelling': '文件使用了旧名称，已识别：{{keys}}。{{path}}',
  'openlabel-frame-bad': '有一帧不是整数键下的记录，已略去（{{place}}）。{{path}}',
  'openlabel-transform-bad': '有一个变换不是旋转加平移，已略去（{{place}}）。{{path}}',
  'openlabel-pose-missing': '文件没有说明 {{from}} 在 {{to}} 中的位姿，已将两者视为相同。{{path}}',
  'openlabel-space-unrelated': '{{from}} 与 {{to}} 之间没有联系，其中的内容无法放入点云。{{path}}',
  'openlabel-lens-bad': '相机 {{camera}} 的镜头参数无法使用。{{path}}',
  'openlabel-video': '{{camera}} 的图像在视频中（{{uri}}），该视频不在此处或格式无法读取。{{path}}',
  'openlabel-shift-bad': '{{stream}} 的帧偏移不是整数，已按与标注相同的帧号处理。{{path}}',
  'openlabel-shift-unused': '{{stream}} 的帧偏移 {{shift}} 无法应用：没有文件带有它给出的帧号。{{path}}',
  'openlabel-checksum-unknown': '{{stream}} 的校验和不是 SHA-256，未用于查找文件。{{path}}',
  'openlabel-object-undeclared': '对象 {{object}} 出现在帧中但不在对象列表里，因此没有类别。{{path}}',
  'openlabel-value-bad': '{{object}} 的 {{kind}} “{{name}}”数值个数或内容不对。{{path}} {{place}}',
  'openlabel-cuboid-empty': '类别 {{class}} 的长方体“{{name}}”为空。{{path}} {{place}}',
  'openlabel-placeholders': '类别 {{class}} 的 {{cuboids}} 个长方体只是占位，不是标注。{{path}}',
  'openlabel-static-too-many': '适用于所有帧的标注将超过 {{limit}} 个，其余已略去。{{path}}',
} satisfies SameKeys<typeof en>;
