/** 两位审核员意见不一：并列两方判定并裁定。 */
import type en from '../en/adjudicate.ts';
import type { SameKeys } from '../shape.ts';

export default {} as const satisfies SameKeys<typeof en>;
