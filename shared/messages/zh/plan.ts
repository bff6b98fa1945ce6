/** 抽样方案对自身的说明。 */
import type en from '../en/plan.ts';
import type { SameKeys } from '../shape.ts';

export default {
  limits: {
    usual:
      '抽取 {{n}} 个，最多允许 {{ac}} 个不合格：不合格率为 {{rate}}% 的批，100 次中仍有 {{times}} 次通过；不合格率为 {{ltpd}}% 的批，100 次中仍有 10 次通过。',
    zero: '抽取 {{n}} 个，不允许有不合格：即使一个都没发现，批中仍可能有多达 {{upper}}% 不合格（95% 置信度）；不合格率为 {{ltpd}}% 的过程，100 次中仍有 10 次通过。',
    perHundred:
      '抽取 {{n}} 个，最多允许 {{ac}} 个缺陷：每百单位缺陷数为 {{ltpd}} 的产品，100 次中仍有 10 次通过。',
    full: '全部 {{n}} 个单位都检验：发现的不合格单位不超过 {{ac}} 个时该批通过。检验遗漏的问题仍会留在批中。',
  },
  notes: {
    arrow: '字码 {{from}} 的格子是箭头：整体采用字码 {{to}} 的方案。',
    fullInspection: '方案要求 {{n}} 个单位，而批量为 {{lot}}：逐个全检。',
    perHundredUnits: 'AQL {{aql}} 计的是每百单位缺陷数，而非不合格单位数。',
    singleSource: '此表的数据只来自一份转录，请与您手中的标准文本核对。',
    unsureCell: '各转录本对此格不一致：另一份给出 n {{n}}、Ac {{ac}}、Re {{re}}。请与您手中的标准文本核对。',
    sequentialOrder: '必须按抽取时的随机顺序逐个判定：换成任何其他顺序，本方案的风险都不再成立。',
    notIso: '本方案零缺陷接收，不属于 ISO 2859-1 的方案。',
  },
} as const satisfies SameKeys<typeof en>;
