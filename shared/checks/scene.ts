/**
 * One scene as the checks see it: its frames, the rows of its labels, what their classes mean, its tracks with their
 * motion, and what its sweeps say. Nothing of it outlives the scene, so memory does not grow with the delivery.
 */
import type { Frame, Scene } from '../model/delivery.ts';
import { CuboidFlag, type DeliveryIndex } from '../model/labels.ts';
import type { PriorsDocument } from './priors.ts';
import type { CheckClass, CheckRules } from './rules.ts';
import type { SceneScan } from './scan/sceneScan.ts';
import type { CheckSettings } from './settings.ts';
import { type CheckTrack, sceneTracks } from './tracks/sceneTracks.ts';

/** What a run of the checks is told besides the delivery. */
export interface CheckContext {
  readonly rules: CheckRules;
  readonly settings: CheckSettings;
  readonly priors: PriorsDocument;
}

export interface CheckScene extends CheckContext {
  readonly index: DeliveryIndex;
  readonly scene: Scene;
  /** Its frames; `frames[k]` is frame `scene.frameStart + k` of the delivery. */
  readonly frames: readonly Frame[];
  /** Rows of its cuboids: [rowFrom, rowTo). */
  readonly rowFrom: number;
  readonly rowTo: number;
  /** By class index of the label table. */
  readonly classes: readonly CheckClass[];
  /** Seconds of each frame since the scene's first one with a time; NaN without. */
  readonly seconds: Float64Array;
  /** Rows that are labels of objects, usable, drawn for a labelled frame, and of a class that is judged. */
  readonly judged: readonly number[];
  readonly isJudged: (row: number) => boolean;
  readonly tracks: readonly CheckTrack[];
  /** Null where the scene has no sweeps, or none could be read. */
  readonly scan: SceneScan | null;
}

/** Everything that the labels alone say; `scan` is laid in later by `withScan`. */
export function sceneOfLabels(index: DeliveryIndex, at: number, context: CheckContext): CheckScene {
  const { delivery, labels } = index;
  const scene = delivery.scenes[at]!;
  const frameEnd = scene.frameStart + scene.frameCount;
  const frames = delivery.frames.slice(scene.frameStart, frameEnd);
  const { frameStart, classIndex, flags } = labels.cuboids;
  const [rowFrom, rowTo] = [frameStart[scene.frameStart]!, frameStart[frameEnd]!];
  const classes = labels.classes.map((name) => context.rules.classOf(name));
  const isTaken = labels.classes.map(
    (name, place) =>
      context.rules.isObject(name) && (classes[place]!.isListed || context.rules.takesUnlisted),
  );
  const unfit = CuboidFlag.unusable | CuboidFlag.interpolated;
  const isJudged = (row: number): boolean => (flags[row]! & unfit) === 0 && isTaken[classIndex[row]!]!;
  const judged: number[] = [];
  for (let row = rowFrom; row < rowTo; row++) if (isJudged(row)) judged.push(row);
  const seconds = secondsOf(frames);
  const tracks = sceneTracks(index, judged, classes);
  return {
    ...context,
    ...{ index, scene, frames, rowFrom, rowTo, classes, seconds, judged, isJudged, tracks },
    scan: null,
  };
}

export function withScan(scene: CheckScene, scan: SceneScan | null): CheckScene {
  return { ...scene, scan };
}

/** Whole nanoseconds since 1970 do not fit a double; their differences do. */
function secondsOf(frames: readonly Frame[]): Float64Array {
  const first = frames.find(({ timestampNanos }) => timestampNanos !== null)?.timestampNanos;
  return Float64Array.from(frames, ({ timestampNanos }) =>
    timestampNanos === null || first === undefined || first === null
      ? Number.NaN
      : Number(BigInt(timestampNanos) - BigInt(first)) / 1e9,
  );
}

/** Lidar points inside the label, or null where they were not counted. */
export function pointsOf(scene: CheckScene, row: number): number | null {
  const counted = scene.scan?.inside[row - scene.rowFrom] ?? -1;
  return counted < 0 ? null : counted;
}

/** Ground distance of a label's centre from the origin of its frame's space, metres. */
export function rangeOf({ index }: CheckScene, row: number): number {
  const { center } = index.labels.cuboids;
  return Math.hypot(center[3 * row]!, center[3 * row + 1]!);
}

/** Whether shape and place of the label can be judged: enough points, or nobody counted them. */
export function hasShape(scene: CheckScene, row: number): boolean {
  const points = pointsOf(scene, row);
  return points === null || points >= scene.rules.leastPoints;
}

export function classOfRow(scene: CheckScene, row: number): CheckClass {
  return scene.classes[scene.index.labels.cuboids.classIndex[row]!]!;
}
