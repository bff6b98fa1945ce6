/** 录制文件可能存在的问题。 */
import type en from '../en/problemsMcap.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'mcap-not-indexed': '录制文件在任何完整内容之前就被截断，或其写法没有索引。{{path}}',
  'mcap-cut-off': '录制文件被截断或从未正常关闭：已读取其中完整的部分，结尾缺失。{{path}}',
  'mcap-damaged': '录制文件已损坏：部分内容不在索引所指的位置。{{path}}',
  'mcap-no-sensors': '录制文件中没有可读取的点云或压缩图像。{{path}}',
  'mcap-encoding-unknown': '话题 {{topic}} 的消息采用了此处不支持的编码（{{encoding}}）。{{path}}',
  'mcap-messages-bad': '话题 {{topic}} 有 {{messages}} 条消息与其声明不符，已略去。{{path}}',
  'mcap-message-bad': '消息 {{place}} 与其声明不符。{{path}}',
  'mcap-message-missing': '录制文件中没有消息 {{place}}。{{path}}',
  'mcap-picture-format': '话题 {{topic}} 的图像格式（{{format}}）此处无法显示。{{path}}',
  'mcap-cloud-fields': '点云 {{place}} 的点中没有 x、y、z。现有字段：{{fields}}。{{path}}',
  'mcap-cloud-short': '点云 {{place}} 提前结束：{{stated}} 个点中只有 {{found}} 个。{{path}}',
  'mcap-transforms-unusable': '{{transforms}} 条变换不是有效的旋转与平移，已略去。{{path}}',
  'mcap-frame-two-parents': '坐标系 {{frame}} 同时挂在两个父坐标系下，采用最先出现的一个。{{path}}',
  'mcap-transform-missing': '没有从 {{from}} 到 {{to}} 的变换，两者无法放到同一位置关系中。{{path}}',
} satisfies SameKeys<typeof en>;
