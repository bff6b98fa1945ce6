/** Measures by hand: from clicked points to a number with its unit and limit, and the words it is told in. */
import { type CuboidShape, faceNames } from '../../../../shared/geometry/cuboid.ts';
import {
  angleAt,
  angleFromHeading,
  distanceBetween,
  floorOf,
  type LabelParts,
  partsInLabel,
} from '../../../../shared/geometry/measures.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import { inLabel } from '../../../viewport/labelStrokes.ts';
import type { FaceFinding } from '../faceFindings.ts';
import { difference, signed } from '../numbers.ts';
import type { KeptMeasure } from '../unitDraft.ts';

/** What is measured by clicks. `heading`: a line against the label's heading; `corner`: between two ways. */
export type HandTool = 'ruler' | 'heading' | 'corner' | 'height';

export const pointsWanted: Readonly<Record<HandTool, number>> = {
  ruler: 2,
  heading: 2,
  corner: 3,
  height: 1,
};

export interface MeasureContext {
  /** Id of the frame the points lie in. */
  readonly frame: string;
  readonly label: CuboidShape | null;
  /** Largest difference of heading the spec allows, radians. */
  readonly yawLimit: number | null;
}

/** The measure of the clicked points; null where they tell nothing (twice the same place, no label to hold against). */
export function measureOf(
  tool: Exclude<HandTool, 'height'>,
  points: readonly Vec3[],
  { frame, label, yawLimit }: MeasureContext,
): KeptMeasure | null {
  const [first, second, third] = points;
  if (!first || !second) return null;
  if (tool === 'ruler') {
    return kept('ruler', distanceBetween(first, second), null, 'm', frame, [first, second]);
  }
  if (tool === 'heading') {
    const angle = label && angleFromHeading(first, second, label.rotation);
    return angle === null ? null : kept('heading-angle', angle, yawLimit, 'rad', frame, [first, second]);
  }
  const angle = third ? angleAt(second, first, third) : null;
  return angle === null ? null : kept('angle', angle, null, 'rad', frame, [first, second, third!]);
}

/** Of a point above the ground under it; negative below. */
export function heightMeasure(point: Vec3, ground: number, frame: string): KeptMeasure {
  return kept('ground-height', point[2] - ground, null, 'm', frame, [point, [point[0], point[1], ground]]);
}

/** Of the label's floor above the ground; negative where it is sunk into it. */
export function floorMeasure(label: CuboidShape, ground: number, frame: string): KeptMeasure {
  const floor = floorOf(label);
  return kept('bottom-to-ground', floor[2] - ground, null, 'm', frame, [floor, [floor[0], floor[1], ground]]);
}

/** From a face inwards to its nearest point, drawn from the face's middle. */
export function gapMeasure(
  label: CuboidShape,
  { at, face, meters, limitMeters }: FaceFinding,
  frame: string,
) {
  const sign = at % 2 === 0 ? 1 : -1;
  const along = (inwards: number): Vec3 => {
    const place: [number, number, number] = [0, 0, 0];
    place[at >> 1] = sign * (label.size[at >> 1]! / 2 - inwards);
    return inLabel(label, ...place);
  };
  return kept(`${face}-gap`, meters, limitMeters, 'm', frame, [along(0), along(meters)]);
}

function kept(
  quantity: string,
  value: number,
  limit: number | null,
  unit: KeptMeasure['unit'],
  frame: string,
  points: readonly Vec3[],
): KeptMeasure {
  return {
    quantity,
    value: fine(value),
    limit: limit === null ? null : fine(limit),
    unit,
    place: { frame, points: points.map(([x, y, z]) => [fine(x), fine(y), fine(z)]) },
  };
}

/** Tenths of a millimetre, and of a milliradian: finer than any sensor here. */
function fine(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

/** The number with its unit: metres with two digits, angles in degrees with one. */
export function valueText({ value, unit }: Pick<KeptMeasure, 'value' | 'unit'>): string {
  if (unit === 'm') return `${signed(value, 2)} m`;
  if (unit === 'rad') return `${signed((value * 180) / Math.PI, 1)}°`;
  return unit === 'px' ? `${signed(value, 1)} px` : signed(value, 0);
}

/** True where the value is beyond its limit, whichever way. */
export function isOverLimit({ value, limit }: Pick<KeptMeasure, 'value' | 'limit'>): boolean {
  return limit !== null && Math.abs(value) > limit;
}

/** How far the two ends of a ruler are apart along the label's own axes; null for anything else. */
export function partsOf(measure: KeptMeasure, label: CuboidShape | null): LabelParts | null {
  const [from, to] = measure.place?.points ?? [];
  return measure.quantity === 'ruler' && from && to && label ? partsInLabel(from, to, label.rotation) : null;
}

export function partsText({ along, across, up }: LabelParts): Readonly<Record<keyof LabelParts, string>> {
  return { along: difference(along, 2), across: difference(across, 2), up: difference(up, 2) };
}

/** Quantities with a name in the catalogue; a record from elsewhere may hold others. */
export const namedQuantities: ReadonlySet<string> = new Set([
  'ruler',
  'angle',
  'heading-angle',
  'ground-height',
  'bottom-to-ground',
  ...faceNames.map((face) => `${face}-gap`),
]);
