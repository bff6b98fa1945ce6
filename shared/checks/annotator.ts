/** Who drew a label, where the vendor's attributes say so. */
import type { AttributeSet } from '../model/labels.ts';

const names = [
  'annotator',
  'annotator_id',
  'annotatorid',
  'labeler',
  'labeller',
  'worker',
  'worker_id',
  'author',
];

export function annotatorOf(attributes: AttributeSet): string | null {
  for (const [name, value] of Object.entries(attributes)) {
    if (!names.includes(name.trim().toLowerCase())) continue;
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return null;
}
