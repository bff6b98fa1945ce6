/** 为什么不能加入定向队列，或不能植入错误。 */
import type en from '../en/problemsTargets.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'target-queued-twice': '{{target}} 已在定向队列中。',
  'target-chance-odd': '只有抽取得到的目标才带有入样概率，而且必须全部带有。',
  'target-unknown': '{{target}} 不在定向队列中。',
  'target-in-sample': '{{target}} 在样本中，应在样本中判定；其判定在这里同样有效。',
  'target-judged': '{{target}} 已经判定，保留在定向队列中。',
  'target-drawn': '{{target}} 是按已知概率抽取的，必须留在队列中，否则估计会有偏差。',
  'targets-file-too-large': '文件过大，不是目标清单。',
  'targets-file-unreadable':
    '这不是目标清单：{{place}} 不符合要求。需要“source”（“check” 或 “model”）和“targets”，其中每一项都有“unit”和“reason”。',
  'targets-too-many': '一次 {{count}} 个目标，超过清单可容纳的 {{most}} 个。',
  'target-units-unknown': '有 {{count}} 个单位不在此交付中，已略去：{{units}}。',
  'weights-file-too-large': '文件过大，不是权重清单。',
  'weights-file-unreadable':
    '这不是权重清单：{{place}} 不符合要求。CSV 需要 unit 和 weight 两列，权重须为大于 0 的数。',
  'weights-match-none': '文件没有提到批中的任何单位，因此不会有任何单位更容易被抽到。',
  'weights-not-for-unit': '此批的单位是整帧或整个场景。请以文件给出权重。',
  'seeds-need-lead': '只有组长或经理可以植入错误供审核员发现。',
  'seed-twice': '同一个植入错误被列出了两次。',
  'seed-in-sample': '{{unit}} 在样本中。只能在样本以外的标注上植入错误。',
  'seed-unknown': '没有名为 {{seed}} 的植入错误。',
  'seeds-need-cuboids': '只能在三维框上植入错误，而本批的单元是另一种。',
  'seeds-not-possible':
    '样本之外没有适合植入错误的标注：点数太少、规范中没有容差，或者已没有未被抽中的标注。',
  'seed-judged': '您已经判定过 {{seed}}。',
} as const satisfies SameKeys<typeof en>;
