/** 点、图像与叠加的显示方式。 */
import type en from '../en/view.ts';
import type { SameKeys } from '../shape.ts';

export default {} as const satisfies SameKeys<typeof en>;
