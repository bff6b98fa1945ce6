/** 审核员画的框与供应商标注框的差异。 */
import type en from '../en/correct.ts';
import type { SameKeys } from '../shape.ts';

export default {} as const satisfies SameKeys<typeof en>;
