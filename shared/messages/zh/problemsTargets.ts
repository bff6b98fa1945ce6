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
  'seeds-need-lead': '只有组长或经理可以植入错误供审核员发现。',
  'seed-twice': '同一个植入错误被列出了两次。',
  'seed-in-sample': '{{unit}} 在样本中。只能在样本以外的标注上植入错误。',
  'seed-unknown': '没有名为 {{seed}} 的植入错误。',
  'seeds-need-cuboids': '只能在三维框上植入错误，而本批的单元是另一种。',
  'seeds-not-possible':
    '样本之外没有适合植入错误的标注：点数太少、规范中没有容差，或者已没有未被抽中的标注。',
  'seed-judged': '您已经判定过 {{seed}}。',
} as const satisfies SameKeys<typeof en>;
