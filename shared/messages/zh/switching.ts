/** 转移规则台账：下一批检验多严、为什么。 */
import type en from '../en/switching.ts';
import type { SameKeys } from '../shape.ts';

export default {
  title: '转移规则',
} as const satisfies SameKeys<typeof en>;
