/** Puts NVIDIA's cuboids into label tables: one for each source of labels, the best of them judged. */
import type { LabelSource } from '../../model/labels.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { LabelTableBuilder } from '../labelTableBuilder.ts';
import type { NcoreObservation } from './ncoreCuboids.ts';
import { movedCuboid } from './ncoreCuboids.ts';
import { nearestByTime } from './nearest.ts';
import type { PoseGraph } from './poseGraph.ts';

/** An instant of the sequence: its index in the delivery, and when its sweep began and ended, microseconds. */
export interface FrameTime {
  readonly frame: number;
  readonly start: number;
  readonly end: number;
}

export interface CuboidTarget {
  /** Frames of the sequence in order of time. */
  readonly frames: readonly FrameTime[];
  readonly space: string;
  readonly poses: PoseGraph;
  readonly trackPrefix: string;
}

export interface CuboidSource {
  readonly name: string;
  readonly kind: LabelSource['kind'];
  /** The highest is judged. */
  readonly rank: number;
  /** File the labels stand in. */
  readonly path: string;
  readonly observations: readonly NcoreObservation[];
}

/** Half the period of a 10 Hz lidar, microseconds: a label further away belongs to no frame. */
const FARTHEST = 50_000;

export function addCuboidSources(
  sources: readonly CuboidSource[],
  builder: DeliveryBuilder,
  target: CuboidTarget,
): void {
  for (const [i, source] of [...sources].sort((a, b) => b.rank - a.rank).entries()) {
    if (i === 0) builder.nameSource(source.name, source.kind);
    const labels = i === 0 ? builder.labels : builder.otherLabels(source.name, source.kind);
    addObservations(source, labels, builder, target);
  }
}

function addObservations(
  { name, path, observations }: CuboidSource,
  labels: LabelTableBuilder,
  builder: DeliveryBuilder,
  { frames, space, poses, trackPrefix }: CuboidTarget,
): void {
  const byEnd = new Map(frames.map((frame) => [frame.end, frame]));
  let outside = 0;
  let unplaced = 0;
  for (const observation of observations) {
    const frame = byEnd.get(observation.frameTime) ?? frameAt(frames, observation.time);
    if (!frame) {
      outside++;
      continue;
    }
    const { frame: reference, frameTime, track, className, size, attributes, place } = observation;
    const spaceFromReference = poses.between(space, frame.end, reference, frameTime);
    if (!spaceFromReference) {
      unplaced++;
      continue;
    }
    labels.addCuboid({
      frame: frame.frame,
      id: track || place,
      className,
      track: track ? trackPrefix + track : null,
      attributes,
      path,
      place,
      ...movedCuboid(observation, spaceFromReference),
      size,
    });
  }
  const tell = (code: string, count: number) => {
    if (count === 0) return;
    builder.problems.add({ code, severity: 'warning', path, params: { source: name, count } });
  };
  tell('ncore-cuboids-outside', outside);
  tell('ncore-cuboids-unplaced', unplaced);
}

/** The frame whose sweep was under way at that time, else the nearest. */
function frameAt(frames: readonly FrameTime[], time: number): FrameTime | null {
  const next = nearestByTime(frames, ({ end }) => end, time, Number.POSITIVE_INFINITY);
  for (const i of [next, next + 1]) {
    const frame = frames[i];
    if (frame && frame.start <= time && time <= frame.end) return frame;
  }
  const near = nearestByTime(frames, ({ end }) => end, time, FARTHEST);
  return frames[near] ?? null;
}
