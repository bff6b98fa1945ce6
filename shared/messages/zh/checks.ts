import type en from '../en/checks.ts';
import type { SameKeys } from '../shape.ts';

export default { title: '自动检查' } as const satisfies SameKeys<typeof en>;
