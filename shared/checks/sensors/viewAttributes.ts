/** What a label's attributes say of how much of it a picture shows, whatever the vendor calls it. */
import type { AttributeSet, AttributeValue } from '../../model/labels.ts';

/** True or false where something is said; null where nothing is. */
export interface StatedView {
  readonly isHidden: boolean | null;
  readonly isTruncated: boolean | null;
}

const nothing = new Set([
  '',
  '0',
  'none',
  'no',
  'false',
  'not',
  'visible',
  'fully visible',
  'fully_visible',
  'clear',
]);
/** Less of an object may show, and its box still be compared. */
const leastVisible = 0.85;
const mostTruncated = 0.05;

export function statedView(attributes: AttributeSet): StatedView {
  let isHidden: boolean | null = null;
  let isTruncated: boolean | null = null;
  for (const [name, value] of Object.entries(attributes)) {
    const word = name.toLowerCase();
    if (word.includes('occlu')) isHidden = isHidden === true || isSome(value, 0);
    else if (word.includes('visib')) isHidden = isHidden === true || isPartlyVisible(value);
    else if (word.includes('trunc')) isTruncated = isTruncated === true || isSome(value, mostTruncated);
  }
  return { isHidden, isTruncated };
}

function isSome(value: AttributeValue, most: number): boolean {
  if (typeof value === 'number') return value > most;
  return typeof value === 'boolean' ? value : !nothing.has(String(value).trim().toLowerCase());
}

/** A share, or nuScenes' bands of a hundred (`v80-100`, or their number 4). */
function isPartlyVisible(value: AttributeValue): boolean {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value < leastVisible;
  const word = String(value).trim().toLowerCase();
  return !(word === '4' || word.endsWith('-100') || nothing.has(word) || word === 'full');
}
