/** 序贯与二次抽样方案在判定过程中及之后的显示。 */
import type en from '../en/sequential.ts';
import type { SameKeys } from '../shape.ts';

export default {
  title: '方案进程',
  request: {
    'go-on': '继续判定。',
    'second-sample': '第一样本已判完：请继续判定第二样本。',
    'look-again': '方案要求的单位均已判定，但未决单位使方案无法作出结论：请复看这些单位。',
    'first-enough': '停止：方案凭第一样本已作出结论，无需第二样本。',
    stop: '停止：方案已作出结论。',
  },
  judgedSoFar: '已判 {{judged}} / {{asked}}',
  judgedSoFarAtMost: '已判 {{judged}}，至多 {{asked}}',
  order: '单位按抽取顺序跨场景出现。序贯方案按此顺序逐个读取；只有顺序随机，其风险才成立。',
  orderDouble: '第一样本按场景出现；如需第二样本，亦按场景出现。',
  afterStop: '仍可继续判定，但方案不再要求，也不会改变结论。',
  beyond: '此单位超出方案要求的范围，判定它不会改变结论。',
  ofAtMost: '第 {{at}} 个，至多 {{total}} 个',
  placeBeyond: '第 {{at}} 个，超出所要求的 {{total}} 个',
  progressAtMost: '/ 至多 {{drawn}}',
  beyondMark: '方案未要求',
  standingLines: '{{judged}} 个中 {{defective}} 个 · {{accept}} 个则接收，{{reject}} 个则不接收',
  standingNoAccept: '{{judged}} 个中 {{defective}} 个 · 尚不能接收，{{reject}} 个则不接收',
  units: {
    atMost: '至多 {{n}}',
    two: '{{n1}} + {{n2}}',
  },
  limit: {
    accept: 'd ≤ {{slope}} n − {{hAccept}}',
    reject: 'd ≥ {{slope}} n + {{hReject}}',
    first: '{{ac1}} / {{re1}}',
    both: '合计 {{ac2}} / {{re2}}',
  },
  note: {
    decidedAt: '在第 {{at}} 个单位作出结论（至多 {{n}} 个）',
    atEnd: '在末尾第 {{n}} 个单位按中线作出结论',
    onFirst: '凭第一样本作出结论',
    onBoth: '凭两个样本作出结论',
    first: '正在判定第一样本',
    second: '正在判定第二样本',
    waits: '未决单位使其无法作出结论',
    running: '尚未触及任何界线',
    gap: '接收，但放宽检验到此为止',
    defects: '按缺陷逐个计数',
  },
  recount: '规则与路径（供复算）',
  chart: {
    title: '{{severity}}，{{sample}}：判定路径',
    xLabel: '按抽取顺序已判单位数',
    yLabel: '不合格单位数',
    accept: '接收',
    reject: '不接收',
    goOn: '继续',
    end: '止于 {{n}}',
    decided: '第 {{at}} 个单位：{{outcome}}',
    open: '虚线路径：未决单位全部按不合格计。',
    stageTitle: '{{severity}}，{{sample}}：两个样本',
    first: '第一样本，{{n}}',
    second: '两个样本合计，{{n}}',
    notNeeded: '无需判定',
    notYet: '尚未判定',
  },
  text: {
    lines:
      '在计入的前 n 个单位中不合格数为 d：d ≤ {{slope}} n − {{hAccept}} 时接收，d ≥ {{slope}} n + {{hReject}} 时不接收，否则继续下一个。到 n = {{end}} 时，d ≤ {{slope}} n 则接收，否则不接收。',
    terms: '设定：不合格率 {{p0}} 被拒的风险为 {{alpha}}，不合格率 {{p1}} 通过的风险为 {{beta}}。',
    wider: '两条线的截距均为独立单位时的 {{designEffect}} 倍。',
    stages:
      '第一样本 {{n1}} 个：不超过 {{ac1}} 个则接收，达到 {{re1}} 个则不接收，否则再判 {{n2}} 个；合计不超过 {{ac2}} 个则接收。',
    path: '路径（按抽取顺序的位次）：不合格 {{bad}}；未决 {{open}}；挂起 {{held}}；前 {{read}} 个单位中其余均合格。',
    none: '无',
    decision: '结论：{{outcome}}，在第 {{at}} 位，计入 {{n}} 个，其中不合格 {{bad}} 个。',
    undecided: '尚无结论：计入 {{n}} 个，其中不合格 {{bad}} 个，未决 {{open}} 个。',
    notReached: '第 {{at}} 位以后的单位方案未要求，此处不计。',
  },
  because: {
    decided:
      '{{judged}} 个{{sample}}中{{severity}}不合格 {{found}} 个：在第 {{at}} 个作出结论（至多 {{n}} 个）。',
    open: '至多 {{n}} 个{{sample}}中的 {{judged}} 个里，目前{{severity}}不合格 {{found}} 个，{{open}} 个未决。',
  },
  stoppedByPlan: '由方案提前终止：在整个样本判定完之前已作出结论，因此不给出固定样本量的区间。',
} as const satisfies SameKeys<typeof en>;
