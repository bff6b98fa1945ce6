/**
 * Labels as columns. A delivery may hold a million; they are stored, sent and searched as typed arrays sorted by
 * frame, never as objects. `labelRow.ts` makes the one object a screen needs.
 */
export const NO_TRACK = 0xffff_ffff;
export const NO_LINK = -1;

/** Bits of `CuboidColumns.flags`. */
export const CuboidFlag = {
  /** The vendor's file marks it as interpolated or otherwise derived, not drawn by a person. */
  derived: 1,
  /** Its numbers are unusable (NaN, size <= 0): it stays in the lot as uninspectable and is never drawn. */
  unusable: 2,
} as const;

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
  /** Label id, unique within its frame. */
  readonly id: readonly string[];
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
  readonly id: readonly string[];
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
}

/** Everything indexing gives: built on the Node side, cached as one file, sent as ranged bytes. */
export interface DeliveryIndex {
  readonly delivery: import('./delivery.ts').Delivery;
  readonly labels: LabelTable;
  readonly problems: readonly import('../base/problem.ts').Problem[];
}
