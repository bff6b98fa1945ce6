/**
 * What the window and its decode workers say to each other. Every call carries an id and a priority, is answered
 * once, and may be aborted; buffers travel by transfer. Expected trouble is a Problem, as everywhere.
 */
import type { Problem } from '../../shared/base/problem.ts';
import type { CuboidShape } from '../../shared/geometry/cuboid.ts';
import type { FaceGaps } from '../../shared/geometry/faceGaps.ts';
import type { ImageCalibration } from '../../shared/geometry/imageCalibration.ts';
import type { PointHit, Ray } from '../../shared/geometry/ray.ts';
import type { ImageRef, SweepRef } from '../../shared/model/delivery.ts';
import type { Mat4 } from '../../shared/model/pose.ts';
import type { Sweep } from '../../shared/model/sweep.ts';
import type { Arrival } from '../../shared/readers/arrival.ts';
import type { DeliveryAddress } from './remoteFiles.ts';

/** Name of an operation -> what goes in and what comes out. */
export type Operations = Record<string, { readonly input: unknown; readonly output: unknown }>;

/** Lower runs sooner. */
export const Priority = { now: 0, next: 1, soon: 2, later: 3 } as const;

export type ToWorker =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly operation: string;
      readonly priority: number;
      readonly input: unknown;
    }
  | { readonly kind: 'abort'; readonly id: number }
  /** A buffer that the window is done with; the worker's pool takes it back. */
  | { readonly kind: 'return'; readonly buffer: ArrayBuffer };

export type FromWorker =
  | { readonly id: number; readonly kind: 'output'; readonly output: unknown }
  | { readonly id: number; readonly kind: 'problem'; readonly problem: Problem }
  | { readonly id: number; readonly kind: 'aborted' }
  /** A bug in the worker: the sentence of the thrown error, thrown again on the other side. */
  | { readonly id: number; readonly kind: 'bug'; readonly message: string };

/** Ten numbers a cuboid: centre, size, quaternion, in the frame's space. */
export const memberLength = 10;

export interface LoadSweep {
  /** The caller's own name for this sweep; queries name it again, `release` forgets it. */
  readonly key: string;
  readonly address: DeliveryAddress;
  readonly ref: SweepRef;
  /** Values of the delivery's point classes, in its order. */
  readonly classValues: readonly number[];
  /** Labelled cuboids of the frame, `memberLength` numbers each, and one code (1..255) for each. */
  readonly members: Float64Array;
  readonly memberCodes: Uint8Array;
  /** And one code (1..255) for the object that each is. */
  readonly instanceCodes: Uint8Array;
}

/** A sweep of more points than this is uploaded and drawn in parts of so many. */
export const pointsAPart = 500_000;

export interface LoadedSweep {
  readonly sweep: Sweep;
  /** One byte a point: the code of the labelled cuboid it lies in, 0 = none. */
  readonly membership: Uint8Array<ArrayBuffer>;
  /** The same with the code of the object. */
  readonly instances: Uint8Array<ArrayBuffer>;
  /** One byte a point: its class as `pointClassCodes` has it; null where the sweep has none. */
  readonly pointClasses: Uint8Array<ArrayBuffer> | null;
  /** Heights in the frame's space below which 2 % and 98 % of the points lie; the colour map spans them. */
  readonly heightRange: readonly [number, number];
  /** Intensity below which 98 % of the points lie. */
  readonly intensityTop: number;
  /** Least and largest ring number; null where the points have none. */
  readonly ringSpan: readonly [number, number] | null;
  /** Least and largest time within the sweep, seconds; null where the points have none. */
  readonly timeSpan: readonly [number, number] | null;
  readonly problems: readonly Problem[];
}

/** Classes beyond so many share the colour of points without a name: their code has one byte. */
export const mostPointClasses = 255;

/** By value of a point-wise class file: its place in the delivery's list, from 1; 0 = a value without a name. */
export function pointClassCodes(values: readonly number[]): ReadonlyMap<number, number> {
  return new Map(values.slice(0, mostPointClasses).map((value, at) => [value, at + 1]));
}

/** Points of one sweep as a camera sees them: u, v, metres from the camera plane; only those inside the image. */
export interface ProjectedPoints {
  readonly points: Float32Array<ArrayBuffer>;
  readonly count: number;
}

/** A picture in the pixels that point colours are taken from. */
export interface PicturePixels {
  /** RGBA rows, top first. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** Of the picture as it is stored, which its calibration speaks of. */
  readonly full: readonly [width: number, height: number];
}

export type SweepOperations = {
  load: { readonly input: LoadSweep; readonly output: LoadedSweep };
  release: { readonly input: { readonly key: string }; readonly output: null };
  /** Indices of the points inside the shape grown by `margin` metres, ascending. */
  near: {
    readonly input: { readonly key: string; readonly shape: CuboidShape; readonly margin: number };
    readonly output: Uint32Array<ArrayBuffer>;
  };
  /** Places of the points inside the shape grown by `margin` metres: along, across, up from its centre, own axes. */
  around: {
    readonly input: { readonly key: string; readonly shape: CuboidShape; readonly margin: number };
    readonly output: Float32Array<ArrayBuffer>;
  };
  /** Points inside each of the members (`memberLength` numbers each). */
  counts: {
    readonly input: { readonly key: string; readonly members: Float64Array };
    readonly output: Uint32Array<ArrayBuffer>;
  };
  gaps: {
    readonly input: { readonly key: string; readonly shape: CuboidShape; readonly reach: number };
    readonly output: FaceGaps;
  };
  /** First point along a ray; the place is in the frame's space. */
  pick: {
    readonly input: {
      readonly key: string;
      readonly ray: Ray;
      readonly radius: number;
      readonly slope: number;
      readonly farthest: number;
    };
    readonly output: (PointHit & { readonly place: readonly [number, number, number] }) | null;
  };
  project: {
    readonly input: {
      readonly key: string;
      readonly calibration: ImageCalibration;
      readonly width: number;
      readonly height: number;
    };
    readonly output: ProjectedPoints;
  };
  /** One byte a point: 1 = it lies on the ground; and how many do. */
  groundFlags: {
    readonly input: { readonly key: string };
    readonly output: { readonly flags: Uint8Array<ArrayBuffer>; readonly count: number };
  };
  /** Four bytes a point: the colour of the pixel that sees it, alpha 255 where no picture does. By key. */
  paint: {
    readonly input: {
      readonly keys: readonly string[];
      readonly pictures: readonly (PicturePixels & { readonly calibration: ImageCalibration })[];
    };
    readonly output: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  };
  /** Height of the ground around a place: the lowest tenth of the points within `radius`; null where there are too few. */
  ground: {
    readonly input: { readonly key: string; readonly x: number; readonly y: number; readonly radius: number };
    readonly output: number | null;
  };
};

export interface DecodedImage {
  readonly bitmap: ImageBitmap;
  readonly width: number;
  readonly height: number;
}

/** Edge scores of one picture under each move of its camera: new camera axes from the calibration's. */
export interface AlignedPicture {
  readonly scores: readonly number[];
  /** Depth edges that fell into the picture. */
  readonly edges: number;
}

export type AlignOperations = {
  align: {
    readonly input: {
      readonly address: DeliveryAddress;
      readonly sweeps: readonly SweepRef[];
      readonly image: ImageRef;
      readonly calibration: ImageCalibration;
      readonly moves: readonly Mat4[];
    };
    readonly output: AlignedPicture;
  };
};

export type ImageOperations = {
  decode: {
    readonly input: { readonly address: DeliveryAddress; readonly ref: ImageRef };
    readonly output: DecodedImage;
  };
  /** The same picture as bytes, made smaller so that neither side is longer than `longest`. */
  pixels: {
    readonly input: { readonly address: DeliveryAddress; readonly ref: ImageRef; readonly longest: number };
    readonly output: PicturePixels;
  };
};

export type IndexOperations = {
  /** The bytes of an index file, read whole and found sound. */
  read: {
    readonly input: { readonly address: string };
    readonly output: { readonly bytes: Uint8Array<ArrayBuffer>; readonly arrival: Arrival };
  };
};
