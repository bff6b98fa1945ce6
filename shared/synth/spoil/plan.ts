/** What is asked of the spoiler, what it needs to know of the agreement, and the record it keeps of each fault. */
import type { DeliveryIndex } from '../../model/labels.ts';
import type { Quaternion, Vec3 } from '../../model/pose.ts';
import type { GroundMap } from './groundMap.ts';
import type { SpoilKind, SpoilSize } from './kinds.ts';

/** How faults of a box are spread in time; the three shares add up to 1. */
export interface SpoilSpans {
  readonly frame: number;
  readonly stretch: number;
  readonly whole: number;
}

export const usualSpans: SpoilSpans = { frame: 0.25, stretch: 0.25, whole: 0.5 };

export interface SpoilPlan {
  /** Whole number from 0 to 2^32 - 1. */
  readonly seed: number;
  /** The share of objects (tracks of a scene, single labels where there are none) to spoil, or faults of each kind. */
  readonly amount: number | Readonly<Partial<Record<SpoilKind, number>>>;
  /** Which kinds a share is spread over; without effect where faults are counted. */
  readonly kinds: 'all' | readonly SpoilKind[];
  readonly sizes: SpoilSize | 'both';
  /** Whether one object may have several faults at once. */
  readonly isMixed: boolean;
  readonly spans: SpoilSpans;
}

/** What the spoiler asks of the agreement; the rules of the automatic checks fit. */
export interface SpoilRules {
  classOf(vendorName: string): {
    /** The agreement's own name: two vendor classes of one name are no mistake for each other. */
    readonly name: string;
    readonly typicalSize: Vec3 | null;
    readonly requiredAttributes: readonly { readonly name: string }[];
  };
  /** False for regions that are no object. */
  isObject(vendorName: string): boolean;
  /** Classes that the agreement does not list are judged as well: a class nobody knows is then no fault. */
  readonly takesUnlisted: boolean;
  readonly maxRangeMeters: number | null;
  /** Metres and radians; null where the agreement says nothing of the class. `points` null = not counted. */
  tolerance(
    className: string,
    rangeMeters: number,
    size: Vec3,
    points: number | null,
  ): {
    readonly centerMeters: number;
    /** Along length, width, height. */
    readonly sizeMeters: Vec3;
    readonly yawRadians: number;
  } | null;
  /** Below so many points geometry is not judged, so it is not spoiled either. */
  readonly leastPoints: number;
}

export interface SpoilTools {
  readonly rules: SpoilRules;
  /** Lidar points inside each cuboid row, negative = not counted; absent = nobody counted. */
  readonly points?: ArrayLike<number>;
  /**
   * What has to hold the faults. Absent or `memory`: everything. `openlabel`: no number that is none, one class for
   * the life of an object. `openlabel-beside`: the same, and the data stays that of the delivery it is laid beside.
   */
  readonly holder?: 'memory' | 'openlabel' | 'openlabel-beside';
  /** What the sweep of a frame shows of the ground; absent = places are chosen by the labels alone. */
  readonly ground?: (frame: number) => GroundMap | null;
}

export interface SpoilCuboid {
  readonly center: Vec3;
  readonly size: Vec3;
  readonly rotation: Quaternion;
}

/** A cuboid in the frame's space, or left, top, right, bottom in pixels. */
export type SpoilShape = SpoilCuboid | { readonly ltrb: readonly number[] };

/** By how much, in words of the kind: metres, radians, degrees, names. */
export type SpoilAmount = Readonly<Record<string, string | number | boolean | null>>;

/** One label that is wrong in one frame, or one frame of a camera or of the path. Records of one fault share `fault`. */
export interface SpoilRecord {
  readonly fault: number;
  readonly kind: SpoilKind;
  readonly size: SpoilSize;
  /** How many times what is tolerated the label is off; null where nothing is. */
  readonly timesTolerance: number | null;
  readonly scene: string;
  /** Id of the frame. */
  readonly frame: string;
  /** Id of the label in its frame; of the label that is not there where it was taken out. Null for faults of the data. */
  readonly object: string | null;
  /** As delivered. */
  readonly track: string | null;
  /** As delivered. */
  readonly class: string | null;
  readonly camera: string | null;
  readonly amount: SpoilAmount | null;
  /** What the spoiled delivery says; null for a label taken out. */
  readonly delivered: SpoilShape | null;
  /** What is true; null for a label put in. */
  readonly truth: SpoilShape | null;
  /** Lidar points inside the true cuboid; null where nobody counted or there is none. */
  readonly points: number | null;
  /** Row of the label in the spoiled delivery's columns of its sort; null where it is not there. */
  readonly row: number | null;
}

/** Why faults of a kind were not made: the delivery has nothing to make them of, or nothing that lends itself to it. */
export const leftReasons = [
  'no-tracks',
  'no-cameras',
  'no-boxes2d',
  'no-links',
  'no-poses',
  'no-times',
  'no-motion-words',
  'no-range-limit',
  'no-other-class',
  'not-in-format',
  'not-beside',
  'nothing-fits',
] as const;
export type LeftReason = (typeof leftReasons)[number];

/** A kind that was asked for and not made, or not as often as asked. */
export interface SpoilLeft {
  readonly kind: SpoilKind;
  readonly why: LeftReason;
  /** Faults that were asked for and are not there. */
  readonly count: number;
}

export interface Spoiled {
  readonly index: DeliveryIndex;
  readonly truth: readonly SpoilRecord[];
  readonly left: readonly SpoilLeft[];
}
