/** The numeric types of foxglove.PackedElementField, which are numbered unlike those of ROS. */
import type { RowField } from '../clouds/fieldRows.ts';

const TYPES = [null, ['U', 1], ['I', 1], ['U', 2], ['I', 2], ['U', 4], ['I', 4], ['F', 4], ['F', 8]] as const;

/** Null for a number that stands for no type. */
export function packedType(type: number): Pick<RowField, 'type' | 'size'> | null {
  const known = TYPES[type];
  return known ? { type: known[0], size: known[1] } : null;
}
