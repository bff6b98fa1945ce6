/** 序贯与二次抽样方案在判定过程中及之后的显示。 */
import type en from '../en/sequential.ts';
import type { SameKeys } from '../shape.ts';

export default {
  title: '方案进程',
} as const satisfies SameKeys<typeof en>;
