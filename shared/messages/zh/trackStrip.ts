/** 目标随时间：小图与曲线。 */
import type en from '../en/trackStrip.ts';
import type { SameKeys } from '../shape.ts';

export default {} as const satisfies SameKeys<typeof en>;
