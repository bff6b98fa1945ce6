/** Strata and their keys in a person's words. */
import type { StrataKey } from '../../../shared/audit/drawRule.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { specClass } from '../../../shared/audit/specLookup.ts';
import { unknownValue } from '../../../shared/audit/strata.ts';
import type { Translate } from '../../../shared/messages/translate.ts';

const attributeMark = 'attribute:';

/** `range band`, `attribute: colour`. */
export function keyWord(key: StrataKey, t: Translate): string {
  return isAttribute(key)
    ? t('draws.attribute', { name: key.slice(attributeMark.length) })
    : t(`draws.keys.${key}`);
}

export function isAttribute(key: StrataKey): boolean {
  return key.startsWith(attributeMark);
}

/** A stratum's name part by part: classes by the spec's titles, what nobody stated in words, the rest as it is. */
export function stratumWords(
  name: string,
  keys: readonly StrataKey[],
  spec: QaSpec,
  t: Translate,
  language: 'en' | 'zh',
): string {
  const parts = name.split('/');
  // A value that holds the separator itself cannot be told apart any more.
  if (parts.length !== keys.length) return name;
  return parts
    .map((part, at) => {
      if (part === unknownValue) return t('draws.unknown');
      return keys[at] === 'class' ? (specClass(spec, part)?.title[language] ?? part) : part;
    })
    .join(' · ');
}
