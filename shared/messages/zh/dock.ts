/** 评审界面的面板布局。 */
import type en from '../en/dock.ts';
import type { SameKeys } from '../shape.ts';

export default {} as const satisfies SameKeys<typeof en>;
