/** 抽样方案设计器：按承诺选择方案、比较方案及其代价。 */
import type en from '../en/designer.ts';
import type { SameKeys } from '../shape.ts';

export default {
  title: '选择方案',
} as const satisfies SameKeys<typeof en>;
