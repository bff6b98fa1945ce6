/** 判定样本如何从批中抽取、按哪些层抽取。 */
import type en from '../en/draws.ts';
import type { SameKeys } from '../shape.ts';

export default {
  title: '抽样方式',
  design: '抽样类型',
  designs: {
    simple: '逐个随机抽取',
    stratified: '分层抽取',
    systematic: '沿录制过程等距抽取',
  },
  designText: {
    simple: '批中每个单位的机会相同。少见的种类可能很少抽到，甚至抽不到。',
    stratified: '抽取顺序的每一段都按比例包含各层；少见的种类有最少数量。',
    systematic: '按场景和时间排序，从随机起点开始每隔 k 个抽一个。',
  },
  effect: {
    simple: '计数与接收数完全符合曲线所示。',
    stratified:
      '各严重度判定同一顺序的前 n 个单位，其中每一层都占应有的份额。不合格单位数的波动与简单随机抽样大致相同，各层差异大时更小，因此曲线近似成立；比率按层加权。',
    systematic:
      '间隔为 {{step}} 个单位。每个场景从头到尾都被覆盖，计数近似符合曲线所示。若错误恰好按该间隔重复出现，则可能全部漏掉或每次都遇到；估计的波动也只是近似值。',
    systematicWhole: '每个单位都要判定，因此没有选择的余地。',
  },
  strata: '分层依据',
  strataHint: '最多四项',
  keys: {
    class: '类别',
    range: '距离段',
    points: '点数',
    visibility: '可见度',
    scene: '场景',
    tag: '场景标签',
    camera: '相机',
    weather: '天气',
    annotator: '标注员',
    'track-length': '轨迹长度',
  },
  attribute: '属性：{{name}}',
  otherAttribute: '某个属性…',
  notStated: '本次交付未说明：{{keys}}。',
  list: '、',
  minimum: '每层至少',
  minimumHint: '个单位；不足时全部抽取',
  table: {
    title: '层',
    stratum: '层',
    population: '批中数量',
    drawn: '抽取',
    chance: '机会',
    total: '全部层',
    all: '全部',
    more_one: '还有 {{count}} 层',
    more_other: '还有 {{count}} 层',
    fewer: '收起',
  },
  unknown: '未说明',
  added_one:
    '在方案的 {{n}} 个之外多抽 {{count}} 个单位，补给数量过少的层。它只用于估计，绝不计入方案的判定。',
  added_other:
    '在方案的 {{n}} 个之外多抽 {{count}} 个单位，补给数量过少的层。它们只用于估计，绝不计入方案的判定。',
  warning: {
    notDrawn_one: '有 {{count}} 层（批中 {{units}} 个单位）完全没有抽到：对它一无所知。',
    notDrawn_other: '有 {{count}} 层（批中 {{units}} 个单位）完全没有抽到：对它们一无所知。',
    single_one: '有 {{count}} 层在样本中只有一个单位，无法计算层内的波动。请至少抽 2 个，或分得粗一些。',
    single_other: '有 {{count}} 层在样本中只有一个单位，无法计算层内的波动。请至少抽 2 个，或分得粗一些。',
    manyAdded: '每层最少数量超过了方案本身：大部分判定只用于估计。请分得粗一些或降低最少数量。',
  },
} as const satisfies SameKeys<typeof en>;
