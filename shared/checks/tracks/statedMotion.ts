/** What a label's attributes say of its motion, whatever the vendor calls it. */
import type { AttributeSet } from '../../model/labels.ts';
import { motionOfWord, type StatedMotion } from '../../scoring/motionWords.ts';

/** The first word of a value, of a list or of a name that is true; null where nothing is said. */
export function statedMotion(attributes: AttributeSet): StatedMotion | null {
  for (const [name, value] of Object.entries(attributes)) {
    const words = value === true ? [name] : Array.isArray(value) ? value : [value];
    for (const word of words) {
      const said = motionOfWord(word);
      if (said !== null) return said;
    }
  }
  return null;
}
