/** 新手导览。 */
import type en from '../en/tour.ts';
import type { SameKeys } from '../shape.ts';

export default {} as const satisfies SameKeys<typeof en>;
