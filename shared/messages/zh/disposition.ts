/** 处置页面。计数、比率和缺陷沿用报告中的用语。 */
import type en from '../en/disposition.ts';
import type { SameKeys } from '../shape.ts';

export default {
  outcome: {
    met: '方案已满足。',
    'not-met': '方案不满足：',
    undecidable: '方案无法判定：',
  },
  because: {
    'not-met': '{{n}} 个{{sample}}中有 {{found}} 个{{severity}}不合格，接收数为 {{ac}}。',
    undecidable:
      '{{n}} 个{{sample}}中已发现 {{found}} 个{{severity}}不合格，另有 {{open}} 个未决，接收数为 {{ac}}。',
  },
  why: {
    unjudged: '未判',
    unsure: '存疑',
    uninspectable: '无法检查',
    disagreement: '审核员意见不一',
    'on-hold': '挂起：传感器数据',
  },
  upTo: '至多 {{most}}',
  secondLook: '复看',
  unfinished_one: '还有 {{count}} 个单位未判',
  unfinished_other: '还有 {{count}} 个单位未判',
  unfinishedText: '判定期间不显示批的当前状况，以免影响下一个判定。全部判完，或达到拒收数后即显示。',
  showStanding: '显示批的当前状况',
  signTitle: '处置',
  followsOutcome: '与方案结果一致',
  signNote: '由本设备以您的名字签署。',
  sign: '签署',
  signedEntries: '签署记录',
  entrySeq: '第 {{seq}} 条',
  replaced: '已被取代',
  handOver: '移交',
  withPictures: '含图片',
  chooseFolder: '选择文件夹',
  usualFolder: '存入本次审核的导出文件夹。',
  kinds: {
    html: '报告（HTML）',
    pdf: '报告（PDF）',
    json: '记录（JSON）',
    csv: '发现项清单（CSV）',
    estimates: '缺陷率（CSV）',
    rework: '返工清单（CSV）',
    bundle: '审核包',
  },
} satisfies SameKeys<typeof en>;
