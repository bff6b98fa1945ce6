/** What the automatic checks say, in the reader's language: the command line, the screens and the report say the same. */
import type { CheckId } from '../checks/checkIds.ts';
import type { Unit } from '../checks/contract.ts';
import type { CheckFinding } from '../checks/finding.ts';
import type { Translate } from '../messages/translate.ts';

export function checkTitle(id: CheckId, t: Translate): string {
  return t(`checkKinds.${id}.title`);
}

/** What the check looks at and why it matters, in a sentence or two. */
export function checkMeaning(id: CheckId, t: Translate): string {
  return t(`checkKinds.${id}.means`);
}

export function findingSentence(
  { check, says, params }: Pick<CheckFinding, 'check' | 'says' | 'params'>,
  t: Translate,
): string {
  return t(`checkKinds.${check}.says.${says}`, params);
}

const decimals: Readonly<Record<Unit, number>> = {
  m: 2,
  'm/s': 1,
  'm/s2': 1,
  rad: 0,
  'rad/s': 0,
  s: 3,
  px: 0,
  share: 0,
  ratio: 2,
  count: 0,
  none: 2,
};

/** A measured value with its unit; angles in degrees, shares in percent, as people judge them. */
export function shownQuantity(value: number, unit: Unit): string {
  const isAngle = unit === 'rad' || unit === 'rad/s';
  const number = isAngle ? (value * 180) / Math.PI : unit === 'share' ? 100 * value : value;
  const text = number.toFixed(decimals[unit]);
  const signs: Partial<Record<Unit, string>> = { rad: '°', 'rad/s': '°/s', share: ' %', 'm/s2': ' m/s²' };
  const plain = unit === 'ratio' || unit === 'count' || unit === 'none' ? '' : ` ${unit}`;
  return `${text}${signs[unit] ?? plain}`;
}
