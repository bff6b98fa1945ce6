/** A verdict in signs and words, as cards and lists say it. */
import type { UnitVerdict } from '../../../shared/audit/state.ts';
import type { MarkKind } from '../../ui/Mark.tsx';

const marks: Readonly<Record<UnitVerdict['verdict'], MarkKind>> = {
  accept: 'accept',
  reject: 'reject',
  unsure: 'unsure',
  'sensor-limited': 'hold',
  uninspectable: 'unsure',
};

export function markOf(verdict: UnitVerdict['verdict']): MarkKind {
  return marks[verdict];
}
