/** What the spec says about one label: its class there, its limits, and its required attributes. */
import type { QaSpec, SpecClass } from '../../../shared/audit/qaSpec.ts';
import { type CuboidLimits, cuboidLimits, specClass } from '../../../shared/audit/specLookup.ts';
import type { Cuboid } from '../../../shared/model/labelRow.ts';
import type { AttributeSet, AttributeValue } from '../../../shared/model/labels.ts';

/** Ground-plane distance of the centre from the origin of the frame's space, metres. */
export function rangeOf({ center }: Pick<Cuboid, 'center'>): number {
  return Math.hypot(center[0], center[1]);
}

export function limitsOf(spec: QaSpec, label: Cuboid, pointsInside: number | null): CuboidLimits | null {
  return cuboidLimits(spec, label.className, rangeOf(label), label.size, pointsInside);
}

export type AttributeState = 'given' | 'missing' | 'not-allowed' | 'extra';

export interface AttributeRow {
  readonly name: string;
  readonly value: string | null;
  readonly state: AttributeState;
}

/** Required attributes first, in the spec's order, then what else the vendor gave. */
export function attributeRows(specEntry: SpecClass | null, attributes: AttributeSet): AttributeRow[] {
  const required = specEntry?.requiredAttributes ?? [];
  const rows = required.map(({ name, values }): AttributeRow => {
    const given = attributes[name];
    if (given === undefined || given === null || given === '') return { name, value: null, state: 'missing' };
    const value = attributeText(given);
    const isAllowed = values === undefined || values.length === 0 || values.includes(value);
    return { name, value, state: isAllowed ? 'given' : 'not-allowed' };
  });
  const names = new Set(required.map(({ name }) => name));
  const extra = Object.entries(attributes)
    .filter(([name]) => !names.has(name))
    .map(([name, value]): AttributeRow => ({ name, value: attributeText(value), state: 'extra' }));
  return [...rows, ...extra];
}

export function classOf(spec: QaSpec, className: string): SpecClass | null {
  return specClass(spec, className);
}

export function attributeText(value: AttributeValue): string {
  if (Array.isArray(value)) return value.map(attributeText).join(', ');
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000);
  return String(value ?? '');
}
