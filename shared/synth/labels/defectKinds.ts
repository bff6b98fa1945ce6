/** The kinds of fault that can be put into labels, and the record that is kept of each. */
import type { ClassName } from '../world/actor.ts';
import type { WrittenCuboid } from './label.ts';

export const DEFECT_KINDS = [
  'missing',
  'ghost',
  'wrong-class',
  'shifted',
  'resized',
  'turned',
  'empty',
] as const;
export type DefectKind = (typeof DEFECT_KINDS)[number];

/** Either the share of labels to spoil, 0..1, or how many faults of each kind to put into the whole delivery. */
export type DefectSpec = number | Readonly<Partial<Record<DefectKind, number>>>;

/** By how much; metres and radians in the object's own axes. */
export type DefectAmount =
  | { readonly axis: 'x' | 'y' | 'z'; readonly meters: number }
  | { readonly radians: number }
  | { readonly meters: number }
  | { readonly className: ClassName; readonly trueClass: ClassName };

/** One label that is wrong in one frame. Rows of one fault share `fault`. */
export interface DefectRecord {
  readonly fault: number;
  readonly kind: DefectKind;
  readonly scene: string;
  readonly frame: number;
  /** Id of the object in the label file. */
  readonly object: string;
  readonly className: ClassName;
  readonly amount: DefectAmount | null;
  /** What the delivery says; null for a missing label. */
  readonly delivered: WrittenCuboid | null;
  /** What is true; null for a ghost. */
  readonly truth: WrittenCuboid | null;
}
