/** What the sweeps of a scene say of its labels, one entry a cuboid row (row - rowFrom), and of what has no label. */
import type { CuboidShape } from '../../geometry/cuboid.ts';

export interface SceneScan {
  /** Points inside, faces inclusive; -1 = not counted (unusable numbers, a sweep that cannot be read). */
  readonly inside: Int32Array;
  /** Points inside the label grown by 0.1 m. */
  readonly insideGrown: Int32Array;
  /** Of those, the ones that are not the ground's. */
  readonly standing: Int32Array;
  /**
   * Points of the object that stand out: in the 0.3 m around the label, and farther where they hang together; above the
   * ground, in no other label, and not just on a face.
   */
  readonly shell: Int32Array;
  /** Share of the rays towards the label that nothing nearer stops, 0..1; NaN = not known. */
  readonly seen: Float32Array;
  /** Share of those rays that something without a label stopped less than 2 m before it: its own object, maybe. */
  readonly beside: Float32Array;
  /**
   * Metres from each face (six a row, in the order of `faceNames`) to the nearest points behind it, taken robustly;
   * NaN where the face is not turned to the sensor, is hidden, or has too few points behind it.
   */
  readonly faceGap: Float32Array;
  /**
   * Metres by which points of no other label that hang together with those inside stand out beyond each face (six a
   * row); 0 where they do not, towards 1 where they go on like a wall or a hedge. NaN where not looked at.
   */
  readonly faceOut: Float32Array;
  /** Metres from the local ground up to the middle of the label's bottom; NaN where no ground is known there. */
  readonly aboveGround: Float32Array;
  /** Angle between the label's up and the local ground's, radians; NaN where not known. */
  readonly groundTilt: Float32Array;
  /** How deep behind each upright face rays stop: `uprightFaces * depthBins` counts a row, as in `faceDepths.ts`. */
  readonly faceDepths: Uint16Array;
  /** Points of no other label and not the ground's that lie 0.1 to 0.6 m before each face, six a row. */
  readonly outside: Uint16Array;
  readonly clusters: readonly PointCluster[];
  /** In the order of the probes that were asked for. */
  readonly probes: readonly ProbeAnswer[];
}

/** Points that belong together, stand on the ground and have no label. */
export interface PointCluster {
  /** Index into `Delivery.frames`. */
  readonly frame: number;
  /** In the frame's space: a box around the points, turned to fit them. */
  readonly box: CuboidShape;
  readonly points: number;
  /** Of its middle over the ground distance, metres. */
  readonly rangeMeters: number;
  /** The same number for the same thing, over the frames of the scene. */
  readonly thing: number;
  /** Other frames of the scene in which the same thing stands without a label. */
  readonly alsoIn: readonly number[];
}

/** A place where a track says that its object ought to be, though no label stands there. */
export interface Probe {
  /** Index into `LabelTable.tracks`. */
  readonly track: number;
  readonly frame: number;
  readonly shape: CuboidShape;
  /** Between two labels of the track, before its first or after its last. */
  readonly why: 'between' | 'before' | 'after';
}

export interface ProbeAnswer {
  /** Points inside that lie in no other label; -1 = not counted. */
  readonly points: number;
  readonly seen: number;
}
