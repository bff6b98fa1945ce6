/** 植入错误：了解审核员能否发现。 */
import type en from '../en/seeds.ts';
import type { SameKeys } from '../shape.ts';

export default {
  title: '植入错误',
} as const satisfies SameKeys<typeof en>;
