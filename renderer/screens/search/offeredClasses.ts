/** Classes that the number keys give, in the spec's order. */
import type { QaSpec, SpecClass } from '../../../shared/audit/qaSpec.ts';

export function offeredClasses(spec: QaSpec): readonly SpecClass[] {
  return spec.classes.slice(0, 9);
}
