/** A row of the labels as geometry takes it. */
import type { CuboidShape } from '../../geometry/cuboid.ts';
import { cuboidAt } from '../../model/labelRow.ts';
import type { Evidence } from '../evidence.ts';
import type { CheckScene } from '../scene.ts';

export function shapeOf({ index }: Pick<CheckScene, 'index'>, row: number): CuboidShape {
  return cuboidAt(index.labels, row);
}

export function boxEvidence(
  { center, size, rotation }: CuboidShape,
  role: Extract<Evidence, { kind: 'box' }>['role'],
): Evidence {
  return { kind: 'box', role, center: [...center], size: [...size], rotation: [...rotation] };
}

/** Two digits after the point, as sentences tell metres and shares. */
export function rounded(value: number): number {
  return Number(value.toFixed(2));
}
