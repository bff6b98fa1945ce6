import type en from '../en/problemsPriors.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'priors-too-large': '先验文档超过 {{limit}} 个字符。{{path}}',
  'priors-not-json': '先验文档不是 JSON：{{reason}}。{{path}}',
  'priors-unfit': '先验文档在 {{place}} 处不符合要求：{{reason}}。{{path}}',
} as const satisfies SameKeys<typeof en>;
