/** 标尺、角度与高度，以及保留的测量。 */
import type en from '../en/measure.ts';
import type { SameKeys } from '../shape.ts';

export default {} as const satisfies SameKeys<typeof en>;
