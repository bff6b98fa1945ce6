/** 判定样本如何从批中抽取、按哪些层抽取。 */
import type en from '../en/draws.ts';
import type { SameKeys } from '../shape.ts';

export default {
  title: '抽样方式',
} as const satisfies SameKeys<typeof en>;
