/** 定向队列：样本之外查看的单位。 */
import type en from '../en/targets.ts';
import type { SameKeys } from '../shape.ts';

export default {
  title: '定向队列',
} as const satisfies SameKeys<typeof en>;
