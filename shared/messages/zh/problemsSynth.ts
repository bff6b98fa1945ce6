/** 无法生成合成交付的原因。 */
import type en from '../en/problemsSynth.ts';
import type { SameKeys } from '../shape.ts';

export default {
  'synth-option-out-of-range': '{{name}} 为 {{value}}；应在 {{low}} 与 {{high}} 之间。',
} as const satisfies SameKeys<typeof en>;
