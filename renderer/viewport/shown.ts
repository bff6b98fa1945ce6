/** What the views are asked to show, and what the screens around them may know about it. */
import type { Problem } from '../../shared/base/problem.ts';
import type { FaceGaps } from '../../shared/geometry/faceGaps.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import { type ColourSpans, noSpans } from './colourings.ts';
import type { CloseFace } from './views/closeView.ts';

/** A piece of space that is searched: all around for `sectors` = 1. Ranges [from, to) in metres. */
export interface ShownCell {
  readonly sectors: number;
  readonly sector: number;
  readonly fromMeters: number;
  readonly toMeters: number;
}

export interface Shown {
  readonly frame: number;
  /** Row of the cuboid under judgement, or null. */
  readonly row: number | null;
  /** Row of the 2D box under judgement, or null. */
  readonly box: number | null;
  /** Width of the tolerance shell; 0 = none is drawn. */
  readonly toleranceMeters: number;
  readonly cell: ShownCell | null;
}

/** A gap between a face and the points, drawn in the scene as evidence. */
export interface ShownGap {
  /** Row of the label it was measured on; it is drawn with that one only. */
  readonly row: number;
  /** As in `faceNames`. */
  readonly face: number;
  /** Positive: the face stands beyond the points; negative: points stand beyond the face. */
  readonly meters: number;
  readonly text: string;
}

/** A box that is no label: an object the auditor found missing. */
export interface ShownBox {
  readonly center: Vec3;
  readonly size: Vec3;
  readonly yaw: number;
  readonly isSelected: boolean;
}

/** A word beside what a layer draws: shown with its frame only, in the views it is meant for. */
export interface SceneNote {
  /** Unique among the notes of one owner. */
  readonly id: string;
  readonly frame: number;
  /** In the frame's space. */
  readonly place: Vec3;
  readonly text: string;
  readonly tone: TagTone;
  readonly anchor: TagAnchor;
  readonly views: readonly (CloseFace | 'context')[];
}

/** `over`: beyond a limit. */
export type TagTone = 'selection' | 'measure' | 'quiet' | 'missed' | 'over';
/** On which side of its place the word stands. */
export type TagAnchor =
  | 'right'
  | 'left'
  | 'above'
  | 'below'
  | 'above-right'
  | 'above-left'
  | 'below-right'
  | 'below-left';

export type PictureStatus = 'ready' | 'loading' | 'none' | 'failed';

export interface PictureFact {
  readonly status: PictureStatus;
  readonly problem: Problem | null;
  /** False where the camera is not calibrated or its lens unknown: nothing can be drawn into the picture. */
  readonly isProjectable: boolean;
  /** Of the decoded picture; null until it is there. */
  readonly size: readonly [width: number, height: number] | null;
  /** Whether the selected label shows in it. */
  readonly seesLabel: boolean;
}

/** Facts about what is on screen; changes when something happens, never per frame. */
export interface ViewportFacts {
  /** What the views really show: stays the former while the next is being read. */
  readonly shown: Shown | null;
  /** True while something asked for is not on screen yet. */
  readonly isAwaiting: boolean;
  /** Sweeps of the shown frame that could not be read. */
  readonly problems: readonly Problem[];
  readonly sweepCount: number;
  readonly pointCount: number;
  /** From what to what the numbers go that points are coloured by. */
  readonly spans: ColourSpans;
  /** Points of the drawn sweeps that lie on the ground; 0 while nobody asks. */
  readonly groundPoints: number;
  readonly gaps: FaceGaps | null;
  readonly metersPerPixel: Readonly<Record<CloseFace, number>>;
  readonly isFlipped: boolean;
  readonly pictures: Readonly<Record<string, PictureFact>>;
  readonly hoveredRow: number | null;
  /** Words beside what is drawn, of all features together. */
  readonly notes: readonly SceneNote[];
  readonly isContextLost: boolean;
}

/** Nothing on screen yet. */
export const noFacts: ViewportFacts = {
  shown: null,
  isAwaiting: true,
  problems: [],
  sweepCount: 0,
  pointCount: 0,
  spans: noSpans,
  groundPoints: 0,
  gaps: null,
  metersPerPixel: { top: 0, side: 0, end: 0 },
  isFlipped: false,
  pictures: {},
  hoveredRow: null,
  notes: [],
  isContextLost: false,
};
