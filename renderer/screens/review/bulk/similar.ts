/** Which drawn units are like the one shown: what the grid puts on one page. */
import type { DrawnUnit } from '../../../../shared/audit/events.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import type { LocatedUnit, UnitLocator } from '../locateUnit.ts';
import { type Oddness, oddnessOf } from './oddness.ts';

export const likenesses = ['scene', 'everywhere', 'attributes', 'size'] as const;
export type Likeness = (typeof likenesses)[number];

/** Of similar size: no side differs by more than this share. */
const similarShare = 0.15;

export interface SimilarUnit {
  /** Position in the order of presentation. */
  readonly at: number;
  readonly unit: DrawnUnit;
  readonly located: LocatedUnit & { readonly row: number };
  readonly oddness: Oddness;
}

/**
 * Drawn units of the class of the one at `at` that `isOpen` lets in, the odd ones first and equal ones as they are
 * presented. `scene`: of its scene; `everywhere`: of the whole sample; `attributes`: with the vendor's very same
 * attributes; `size`: of about its size. Empty where the unit is no cuboid. What cannot be read is left out.
 */
export function similarUnits(
  index: DeliveryIndex,
  locator: UnitLocator,
  units: readonly DrawnUnit[],
  at: number,
  likeness: Likeness,
  isOpen: (unit: DrawnUnit) => boolean,
): SimilarUnit[] {
  const { cuboids } = index.labels;
  const shown = units[at]!;
  const own = rowed(locator.locate(shown));
  if (!own) return [];
  const fits = (unit: DrawnUnit, row: number): boolean => {
    switch (likeness) {
      case 'scene':
        return unit.scene === shown.scene;
      case 'everywhere':
        return true;
      case 'attributes':
        return cuboids.attributes[row] === cuboids.attributes[own.row];
      case 'size':
        return isSimilarSize(cuboids.size, row, own.row);
    }
  };
  const found = units.flatMap((unit, place) => {
    if (unit.className !== shown.className || unit.kind !== shown.kind) return [];
    if (!unit.isInspectable || !isOpen(unit)) return [];
    const located = rowed(locator.locate(unit));
    return located && fits(unit, located.row) ? [{ at: place, unit, located }] : [];
  });
  const oddness = oddnessOf(
    index.labels,
    found.map(({ located }) => located.row),
  );
  return found
    .map((one, place) => ({ ...one, oddness: oddness[place]! }))
    .sort((a, b) => b.oddness.score - a.oddness.score || a.at - b.at);
}

function rowed(located: LocatedUnit | null): (LocatedUnit & { readonly row: number }) | null {
  return located?.row == null ? null : { ...located, row: located.row };
}

function isSimilarSize(size: Float64Array, row: number, other: number): boolean {
  return [0, 1, 2].every((axis) => {
    const ratio = size[3 * row + axis]! / size[3 * other + axis]!;
    return Math.abs(Math.log(ratio)) <= Math.log1p(similarShare);
  });
}
