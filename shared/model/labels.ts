/**
 * Labels as columns. A delivery may hold a million; they are stored, sent and searched as typed arrays sorted by
 * frame, never as objects. `labelRow.ts` makes the one object a screen needs.
 */
import type { StringColumn } from './delivery.ts';

export const NO_TRACK = 0xffff_ffff;
export const NO_LINK = -1;

/** Bits of `CuboidColumns.flags`. */
export const CuboidFlag = {
  /** The vendor's file marks it as interpolated or otherwise derived, not drawn by a person. */
  derived: 1,
  /** Its numbers are unusable (NaN, size <= 0): it stays in the lot as uninspectable and is never drawn. */
  unusable: 2,
  /** In no file of the vendor's: made by interpolation for a frame that nobody labelled. Never part of a lot. */
  interpolated: 4,
} as const;

/** Stands in `CuboidColumns.statedPoints` where the vendor states no count. */
export const NOT_STATED = -1;

export interface CuboidColumns {
  readonly count: number;
  /** Index into Delivery.frames, ascending. */
  readonly frame: Uint32Array;
  /** Row range of frame f: [frameStart[f], frameStart[f + 1]). Length frames + 1. */
  readonly frameStart: Uint32Array;
  /** Index into LabelTable.classes. */
  readonly classIndex: Uint16Array;
  /** Index into LabelTable.tracks, or NO_TRACK. */
  readonly track: Uint32Array;
  /** Geometric centre x, y, z in the frame's space, metres. */
  readonly center: Float64Array;
  /** Length, width, height along the cuboid's own x, y, z, metres. */
  readonly size: Float64Array;
  /** Quaternion x, y, z, w: frame's space from the cuboid's own axes. */
  readonly rotation: Float64Array;
  /** Index into LabelTable.attributeSets. */
  readonly attributes: Uint32Array;
  readonly flags: Uint8Array;
  /** Lidar points inside as the vendor's file states them, or NOT_STATED. */
  readonly statedPoints: Int32Array;
  /** Label id, unique within its frame. */
  readonly id: StringColumn;
}

export interface Box2dColumns {
  readonly count: number;
  readonly frame: Uint32Array;
  readonly frameStart: Uint32Array;
  /** Index into Delivery.cameras. */
  readonly camera: Uint16Array;
  readonly classIndex: Uint16Array;
  readonly track: Uint32Array;
  /** Left, top, right, bottom in pixels. */
  readonly ltrb: Float64Array;
  /** Row of the cuboid that the same object has in this frame, or NO_LINK. */
  readonly cuboid: Int32Array;
  readonly attributes: Uint32Array;
  readonly id: StringColumn;
}

/** Labels that are neither cuboids nor boxes. They are shown and counted; the unit of a lot they are not. */
export interface ShapeLabel {
  readonly frame: number;
  readonly id: string;
  readonly className: string;
  readonly track: string | null;
  readonly kind: 'points' | 'polyline' | 'polygon' | 'rotated-box' | 'ellipse' | 'mask' | 'mesh' | 'other';
  /** Index into Delivery.cameras, coordinates then pixels u, v; null = x, y, z in the frame's space, metres. */
  readonly camera: number | null;
  /** Coordinates one after another; a mesh: its vertices. Empty where the shape is not made of points. */
  readonly coordinates: readonly number[];
  readonly attributes: AttributeSet;
}

export type AttributeValue = string | number | boolean | null | readonly AttributeValue[];
export type AttributeSet = Readonly<Record<string, AttributeValue>>;

export interface LabelTable {
  readonly classes: readonly string[];
  /** Track ids as the vendor wrote them, unique within the delivery (`scene/track` where they restart per scene). */
  readonly tracks: readonly string[];
  /** Deduplicated; entry 0 is the empty set. */
  readonly attributeSets: readonly AttributeSet[];
  readonly cuboids: CuboidColumns;
  readonly boxes2d: Box2dColumns;
  /** In ascending order of frame. */
  readonly shapes: readonly ShapeLabel[];
}

/** Who made a set of labels: the vendor, a program, or the vendor in an earlier version. */
export const labelSourceKinds = ['vendor', 'model', 'earlier'] as const;

export interface LabelSource {
  /** Unique in the delivery. */
  readonly name: string;
  readonly kind: (typeof labelSourceKinds)[number];
}

/** Another opinion about the same frames: shown beside the judged labels, never judged. */
export interface OtherLabels extends LabelSource {
  readonly labels: LabelTable;
}

/** Everything indexing gives: built on the Node side, cached as one file, sent as ranged bytes. */
export interface DeliveryIndex {
  readonly delivery: import('./delivery.ts').Delivery;
  /** The labels that are judged, and who made them. */
  readonly labels: LabelTable;
  readonly source: LabelSource;
  readonly others: readonly OtherLabels[];
  readonly problems: readonly import('../base/problem.ts').Problem[];
}
