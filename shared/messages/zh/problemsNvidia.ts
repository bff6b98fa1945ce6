/** NVIDIA 各格式可能存在的问题：zarr 存储、NCore 序列、PhysicalAI-AV 片段及其视频。 */
import type en from '../en/problemsNvidia.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'xz-broken': '{{place}} 处的 XZ 压缩内容已损坏（{{reason}}）。{{path}}',
  'cbor-broken': '{{place}} 处的 CBOR 内容在第 {{byte}} 字节处损坏。{{path}}',
  'itar-broken': '带索引的归档（.itar）没有可用的索引：{{reason}}。{{path}}',
  'itar-record-bad': '归档索引中的 {{record}} 超出归档范围或重复，已略去。{{path}}',
  'zarr-version-unknown': '该存储为 zarr 第 3 版；可读取的是第 2 版。{{path}}',
  'zarr-record-too-large': '{{place}} 有 {{bytes}} 字节，超过允许的 {{limit}} 字节。{{path}}',
  'zarr-array-bad': '无法读取 {{place}} 处的 zarr 数组：{{reason}}。{{path}}',

  'ncore-version-unknown': '该存储的 NCore 版本为“{{version}}”；可读取的是 v4。{{path}}',
  'ncore-store-missing': '序列列出了存储 {{store}}，但此处没有。{{path}}',
  'ncore-component-twice': '{{component}} 存在于多个存储中，使用第一个。{{path}}',
  'ncore-pose-bad': '位姿 {{place}} 不是刚体变换或时间未按顺序，已略去。{{path}}',
  'ncore-pose-missing': '没有位姿能在 {{frame}} 的全部时间内将其与车辆联系起来，因此无法精确放置。{{path}}',
  'ncore-lens-unknown': '相机 {{camera}} 的镜头模型（“{{model}}”）此版本无法读取。{{path}}',
  'ncore-frame-times-bad': '{{sensor}} 有 {{count}} 帧没有可用的起止时间，已略去。{{path}}',
  'ncore-cuboid-bad': '{{instance}} 有 {{count}} 条观测缺少框、参考系或时间，已略去。{{path}}',
  'ncore-cuboids-outside': '{{source}} 有 {{count}} 个三维框不在任何帧的时间内，已略去。{{path}}',
  'ncore-cuboids-unplaced':
    '{{source}} 有 {{count}} 个三维框所在的参考系没有位姿与车辆相连，已略去。{{path}}',
  'ncore-array-missing': '{{place}} 处没有可用的数组。{{path}}',
  'ncore-array-length': '{{place}} 处的数组有 {{count}} 个值，应为 {{expected}} 个。{{path}}',
  'ncore-rays-unplaced': '{{count}} 条射线的测量时刻没有位姿，已略去（{{place}}）。{{path}}',

  'physical-ai-chunk-closed': '该分块是归档，此处无法查看归档内容。{{path}}',
  'physical-ai-columns-missing': '表中缺少列 {{columns}}。{{path}}',
  'physical-ai-egomotion-missing':
    '片段 {{clip}} 没有自车运动数据：无法得知车辆如何移动，各点按同一时刻放置。',
  'physical-ai-extrinsics-missing': '片段 {{clip}} 没有传感器外参，传感器在车辆上的位置未知。',
  'physical-ai-poses-bad': '有 {{count}} 行不是位姿或时间未按顺序，已略去。{{path}}',
  'physical-ai-times-bad': '有 {{count}} 次读数没有可用的起止时间，已略去。{{path}}',
  'physical-ai-times-missing': '相机 {{camera}} 有视频但没有各帧时间，因此不显示。{{path}}',
  'draco-broken': '无法解码{{place}}中的 Draco 点云。{{path}}',
  'draco-times-missing': '{{place}}中的点云没有逐点时间，全部按转圈结束时刻放置。{{path}}',
  'draco-points-unplaced': '{{count}} 个点的测量时刻没有位姿，已略去（{{place}}）。{{path}}',

  'mp4-broken': '无法读取视频：{{reason}}。{{path}}',
  'mp4-codec-unknown': '无法读取此类视频（“{{codec}}”）。{{path}}',
  'mp4-fragmented': '视频为分片格式，无法读取。{{path}}',
  'video-codec-unsupported': '本机无法解码 {{codec}} 类视频。{{path}}',
  'video-frame-missing': '视频共 {{frames}} 帧，没有第 {{frame}} 帧。{{path}}',
  'video-truncated': '视频在第 {{frame}} 帧之前结束。{{path}}',
  'video-undecodable': '无法解码视频的第 {{frame}} 帧。{{path}}',
} satisfies SameKeys<typeof en>;
