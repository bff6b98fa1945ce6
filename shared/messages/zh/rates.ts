/** 按类别、距离、场景、代码的缺陷率，以及聚集的影响。 */
import type en from '../en/rates.ts';
import type { SameKeys } from '../shape.ts';

export default {
  title: '缺陷分布',
  compareBy: '比较方式',
  by: { class: '类别', range: '距离', scene: '场景', code: '缺陷代码' },
  restsOn:
    '依据抽样次序中的前 {{n}} 个单位：这是事先确定且已全部判完的最大部分。其后所判的不计入，因为判定在何处结束取决于所见。',
  lead: '已判单位中有缺陷的比例，以及 {{confidence}}% 置信水平下该比例可能所在的范围。竖线为全部单位，色带为其界限。',
  leadCode:
    '已判单位中带有该代码的比例，以及 {{confidence}}% 置信水平下该比例可能所在的范围。竖线为有任一缺陷的单位。',
  axis: '占单位的比例，%',
  row: '{{n}} 个中 {{found}} 个：{{rate}}（{{lower}} 至 {{upper}}）',
  rowNone: '{{n}} 个中未发现，至多 {{upper}}',
  rowWhole: '全部 {{n}} 个中 {{found}} 个：{{rate}}',
  rowWholeNone: '全部 {{n}} 个中没有',
  rowOpen: '{{row}}，未决 {{open}} 个',
  all: '全部单位：{{rate}}',
  allNone: '全部单位：至多 {{upper}}',
  noClass: '无类别',
  band: '{{from}} 至 {{to}} 米',
  beyond: '{{from}} 米以外',
  more: '另有 {{count}} 个',
  showAll: '显示全部 {{count}} 个',
  few: '浅色线所依据的单位少于 {{few}} 个。',
  many: '共比较 {{count}} 组，每组均为 {{confidence}}% 置信水平：约每二十条线有一条仅因偶然而落空。',
  standsOutNone: '考虑到比较次数后，没有任何一组与其余的差异超出偶然（Fisher 精确检验，Bonferroni 校正）。',
  standsOut: '带三角标记者：即使考虑到比较次数，与其余的差异仍超出偶然（Fisher 精确检验，Bonferroni 校正）。',
  unknown: {
    class: '这些单位没有类别。',
    range: '此记录中没有单位的距离。',
    scene: '这些单位没有场景。',
    code: '未发现缺陷，因此没有代码可显示。',
  },
  waiting: '尚不显示：只有当某一方案的单位全部判完后才给出比例，这样判定在何处结束便与所见无关。',
  withheld: {
    unfinished: '{{name}}：尚无区间，{{n}} 个中已判 {{judged}} 个。',
    'decided-early':
      '{{name}}：不给出区间。方案在至多 {{n}} 个中判定 {{judged}} 个后即作出结论；停在何处取决于所见，按固定样本量计算的界限并不成立。',
    stopped: '{{name}}：不给出区间。{{n}} 个中判定 {{judged}} 个时该批已有结论；样本停在何处取决于所见。',
    'open-unbounded': '{{name}}：不给出区间。此处按缺陷计数，而有单位未决，其中可能有任意多个缺陷。',
  },
  perHundred: '每百单位缺陷数',
  bound: {
    'finite-lot':
      '对本批 {{lot}} 个单位的精确界限（超几何分布）。线为双侧界限；“至多”以及未发现时的线为单侧界限。',
    'one-by-one': '各组为精确界限（Clopper–Pearson）。其宁宽勿窄：平均每 100 次有 96 至 98 次成立。',
    effective:
      '界限按有效单位数精确计算（Korn–Graubard）：模拟中每 100 次有 95 至 99 次成立；而在缺陷少、各层不均时，t 区间会降至 60 次。',
    'none-found': '未发现缺陷，因此无从量度离散：界限为“什么也没发现”仍有 5% 机会的最差比例。',
    'defect-counts': '缺陷计数的精确界限（Garwood），以每百单位缺陷数表示。',
    'all-judged': '全部已判定：这就是该批本身，而非估计。',
  },
  strata: '按层抽样：各层按其在该批中的份额计入，方案之外多抽的单位也计入估计。',
  missed: {
    title: '漏标目标',
    axis: '占目标的比例，%',
    lead: '在所搜索的 {{cells}} 个单元中，漏标目标占全部应标注目标的比例。',
    all: '全部单元',
    note: '同一单元的目标是一并看到的，因此界限以单元为依据：{{n}} 个目标相当于逐个查看的 {{effective}} 个。同一单元目标的相似程度至少取 {{rho}}；若高于 0.25，界限便过窄。',
    oneCell: '全部目标都在同一单元内：这些界限仅供参考。',
    leftOut_one: '{{count}} 个单元无法搜索或存疑，不计入该比例。',
    leftOut_other: '{{count}} 个单元无法搜索或存疑，不计入该比例。',
    waiting: '抽取的单元全部搜索后给出。',
  },
  clusters: {
    title: '少数场景的单位有多少价值',
    worth_one: '来自 {{count}} 个场景的 {{units}} 个{{unit}}，所含信息相当于 {{effective}} 个。',
    worth_other: '来自 {{count}} 个场景的 {{units}} 个{{unit}}，所含信息相当于 {{effective}} 个。',
    worthMeasured: '依据所见的场景间差异（设计效应 {{deff}}，一般场景为 {{predicted}}）。',
    worthPredicted:
      '按一般场景估计：同一场景内单位的相似程度为 {{rho}}，每个场景 {{perScene}} 个，设计效应 {{deff}}。',
    fine_one:
      '来自 {{count}} 个场景的 {{units}} 个{{unit}}：设计效应 {{deff}}，相当于 {{effective}} 个。场景足够，无须补救。',
    fine_other:
      '来自 {{count}} 个场景的 {{units}} 个{{unit}}：设计效应 {{deff}}，相当于 {{effective}} 个。场景足够，无须补救。',
    holds:
      '对本批而言，计数与界限仍然成立，因为单位抽自整批。减少的是它们对供应商在这些场景之外工作的说明力。',
    enough: '要与各自来自不同场景的 {{wanted}} 个说明同样多，{{units}} 个便足够。',
    enoughBeyond:
      '要与各自来自不同场景的 {{wanted}} 个说明同样多，须 {{units}} 个，而该批只有 {{lot}} 个。请以轨迹或场景为单位，或增加场景。',
    notEnough_one:
      '{{count}} 个场景的单位再多也不足以说明 {{wanted}} 个所能说明的：至多相当于 {{most}} 个。请以轨迹或场景为单位，或增加场景。',
    notEnough_other:
      '{{count}} 个场景的单位再多也不足以说明 {{wanted}} 个所能说明的：至多相当于 {{most}} 个。请以轨迹或场景为单位，或增加场景。',
    otherPlan:
      '若要在这样的场景中保持 n {{n}}、Ac {{ac}} 的风险：n {{newN}}，Ac {{newAc}}。这是另一个方案；加大 n 而沿用原 Ac 已不是 ISO 2859-1 的方案。',
    noPlan:
      '这些场景中没有方案能保持 n {{n}}、Ac {{ac}} 的风险；加大 n 而沿用原 Ac 已不是 ISO 2859-1 的方案。',
    tracks_one: '其中 {{units}} 个单位属于被抽中不止一次的 {{count}} 条轨迹：同一轨迹的框共有同一错误。',
    tracks_other: '其中 {{units}} 个单位属于被抽中不止一次的 {{count}} 条轨迹：同一轨迹的框共有同一错误。',
    severity: '级别',
    any: '任一',
    found: '不合格',
    deff: '场景的设计效应',
    effective: '相当于',
    trackDeff: '轨迹的设计效应',
    oneScene: '仅一个场景',
    notMeasured: '未发现',
    few: '在不足十个场景之间或由少数缺陷测得的设计效应只是粗略的估计。',
  },
  combined: {
    title: '按已知概率抽取的目标',
    sample: '样本',
    together: '两者合并',
    atMost: '未发现，至多 {{upper}}',
    between: '{{rate}}（{{lower}} 至 {{upper}}）',
    lead: '按已知概率抽取的目标可通过该概率进入估计（Hajek）；由人挑选的目标则绝不进入。方案只由样本判定。',
    total: '{{name}}：{{population}} 个单位中约有 {{total}} 个不合格（标准误 {{se}}，Horvitz–Thompson）。',
    otherLot: '目标与样本抽自不同的单位，因此并列显示而不合并。',
    byStrata: '样本按层抽取，因此并列显示而不合并。',
    open: '有单位未决时不作合并。',
    unfinished_one: '{{count}} 次目标抽取尚未判完，暂不计入。',
    unfinished_other: '{{count}} 次目标抽取尚未判完，暂不计入。',
  },
  csv: {
    part: '部分',
    group: '组',
    found: '发现',
    judged: '已判',
    open: '未决',
    share: '比例',
    lower: '下限',
    upper: '上限',
    rests: '依据',
    parts: {
      severity: '级别',
      class: '类别',
      range: '距离',
      scene: '场景',
      code: '缺陷代码',
      missed: '漏标目标',
    },
  },
} as const satisfies SameKeys<typeof en>;
