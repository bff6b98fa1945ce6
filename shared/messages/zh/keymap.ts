/** 按键方案：预设、自定义与冲突。 */
import type en from '../en/keymap.ts';
import type { SameKeys } from '../shape.ts';

export default {} as const satisfies SameKeys<typeof en>;
