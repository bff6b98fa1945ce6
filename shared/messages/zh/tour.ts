/** 新手引导。 */
import type en from '../en/tour.ts';
import type { SameKeys } from '../shape.ts';

export default {
  commands: { take: '开始新手引导' },
} as const satisfies SameKeys<typeof en>;
