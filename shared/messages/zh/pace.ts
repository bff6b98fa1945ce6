/** 节奏、休息与期间的变化。 */
import type en from '../en/pace.ts';
import type { SameKeys } from '../shape.ts';

export default {} as const satisfies SameKeys<typeof en>;
