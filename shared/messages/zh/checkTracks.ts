import type en from '../en/checkTracks.ts';
import type { SameKeys } from '../shape.ts';

export default {} as const satisfies SameKeys<typeof en>;
