/** 耗时工作的各个步骤，由主机命名。 */
import type en from '../en/progress.ts';
import type { SameKeys } from '../shape.ts';

export default {
  working: '处理中',
} satisfies SameKeys<typeof en>;
