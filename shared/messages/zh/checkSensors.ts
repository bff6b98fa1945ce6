import type en from '../en/checkSensors.ts';
import type { SameKeys } from '../shape.ts';

export default {} as const satisfies SameKeys<typeof en>;
