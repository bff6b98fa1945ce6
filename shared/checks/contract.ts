/**
 * What an automatic check is. A check looks at one scene, measures something of every subject it knows, and tells the
 * sink; the sink holds the limits, keeps the histogram and makes the findings. Findings are proposals: none of them is
 * a defect until a person says so.
 */
import type { CheckId, Need } from './checkIds.ts';
import type { Evidence } from './evidence.ts';
import type { CheckScene } from './scene.ts';

/** Beyond `soft` a look is worth while, beyond `hard` it is hardly ever right. Null = there is no such limit. */
export interface LimitPair {
  readonly soft: number | null;
  readonly hard: number | null;
}

export type Unit = 'm' | 'm/s' | 'm/s2' | 'rad' | 'rad/s' | 's' | 'px' | 'share' | 'ratio' | 'count' | 'none';

/** What a check measures: the axis of its histogram. */
export interface Quantity {
  readonly unit: Unit;
  /** On which side of its limits a value is a finding. Limits themselves are still right. */
  readonly wrong: 'above' | 'below';
  /** Where the histogram begins and ends; what lies outside is counted in its end bins. */
  readonly range: readonly [low: number, high: number];
}

export type FindingSeverity = 'critical' | 'major' | 'minor';

export interface Check {
  readonly id: CheckId;
  /** Raised whenever the same labels would give other findings. */
  readonly version: number;
  readonly looksAt: 'cuboid' | 'track' | 'frame' | 'box2d' | 'camera' | 'scene' | 'delivery';
  readonly needs: readonly Need[];
  /** Defect of the QA spec that a confirmed finding is proposed as. */
  readonly code: string;
  readonly quantity: Quantity;
  /** By key: `all`, or what the limits depend on (a motion kind, a class, an axis). */
  readonly limits: Readonly<Record<string, LimitPair>>;
  /** Measures one scene. */
  run(scene: CheckScene, sink: CheckSink): void;
  /** For what only the whole delivery shows: called once with everything that `tally` counted. */
  conclude?(totals: ReadonlyMap<string, number>, sink: ConclusionSink): void;
}

/** One measured subject. */
export interface Measured {
  /** Index into `Delivery.frames`. */
  readonly frame: number;
  /** Row of the cuboid, where there is one. */
  readonly row?: number;
  /** Row of the 2D box, where that is meant. */
  readonly box2d?: number;
  /** Index into `Delivery.cameras`. */
  readonly camera?: number;
  /** Index into `LabelTable.tracks`; the row's own unless told. */
  readonly track?: number;
  /** Tells apart what is no label (an object that has none): the same word in the next frame is the same subject. */
  readonly subject?: string;
  readonly value: number;
  /** Which of the check's limits hold; `all` unless told. */
  readonly limitKey?: string;
  /** In place of the limits of that key, where they depend on the object itself. */
  readonly limits?: LimitPair;
  /** Which sentence tells it: key below `checkKinds.<id>.says`; `is` unless told. */
  readonly says?: string;
  /** Numbers and words of the sentence, in the units that it names. */
  readonly params?: Readonly<Record<string, number | string>>;
  readonly evidence?: () => readonly Evidence[];
  /** Takes the place of the check's own. */
  readonly code?: string;
  /** How far the measurement can be trusted, 0..1; scales the score. */
  readonly trust?: number;
  /** Whose error it is: the labels', or the data's own (calibration, time, pose). */
  readonly owner?: 'vendor' | 'data';
  /** Findings that this one explains: they are told once, here. */
  readonly explains?: Explained;
}

/** Which findings of the same scene go up in a systematic one. */
export interface Explained {
  readonly checks: readonly CheckId[];
  /** Index into `Delivery.cameras`; absent = whatever the camera. */
  readonly camera?: number;
  /** First and last frame, index into `Delivery.frames`; absent = the whole scene. */
  readonly frames?: readonly [number, number];
  /** Checks whose findings go up whatever their frame: a spread over a whole track has no frame of its own. */
  readonly anywhere?: readonly CheckId[];
}

export interface CheckSink {
  /** Counts the value into its histogram and makes a finding of it where it lies beyond its limits. */
  measure(measured: Measured): void;
  /** Adds to a number of the whole delivery, for `conclude`. Whole numbers only: shards must add up exactly. */
  tally(key: string, count?: number): void;
}

export interface ConclusionSink {
  measure(measured: Pick<Measured, 'value' | 'limitKey' | 'limits' | 'says' | 'params'>): void;
}
