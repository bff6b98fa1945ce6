/** Puts NCore's cuboids into label tables: one for each instance and maker, the best of them judged. */
import type { LabelSource } from '../../model/labels.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { LabelTableBuilder } from '../labelTableBuilder.ts';
import type { NcoreObservation } from './ncoreCuboids.ts';
import { movedCuboid, parseObservation } from './ncoreCuboids.ts';
import type { NcoreComponents, NcoreCuboids } from './ncoreSequence.ts';
import { fileOfStore } from './ncoreStores.ts';
import { nearestByTime } from './nearest.ts';

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
  readonly trackPrefix: string;
}

/** Half the period of a 10 Hz lidar, microseconds: a label further away belongs to no frame. */
const FARTHEST = 50_000;

interface Source {
  readonly name: string;
  readonly kind: LabelSource['kind'];
  readonly rank: number;
  readonly component: NcoreCuboids;
  readonly observations: NcoreObservation[];
}

/** By instance and by maker: a person's and a program's labels of one instance are two opinions. */
function sourcesOf(components: NcoreComponents, builder: DeliveryBuilder): Source[] {
  const sources = new Map<string, Source>();
  for (const component of components.cuboids) {
    const { path } = component.store.store;
    let bad = 0;
    for (const [position, value] of component.observations.entries()) {
      const observation = parseObservation(value, position);
      if (!observation) {
        bad++;
        continue;
      }
      const { kind, rank } = observation;
      const name = kind === 'model' ? `${component.name} (autolabel)` : component.name;
      const known = sources.get(name);
      if (known) known.observations.push(observation);
      else sources.set(name, { name, kind, rank, component, observations: [observation] });
    }
    if (bad > 0) {
      const params = { instance: component.name, count: bad };
      builder.problems.add({ code: 'ncore-cuboid-bad', severity: 'error', path, params });
    }
  }
  return [...sources.values()].sort((a, b) => b.rank - a.rank);
}

export function addCuboidSources(
  components: NcoreComponents,
  builder: DeliveryBuilder,
  target: CuboidTarget,
): void {
  for (const [i, source] of sourcesOf(components, builder).entries()) {
    if (i === 0) builder.nameSource(source.name, source.kind);
    const labels = i === 0 ? builder.labels : builder.otherLabels(source.name, source.kind);
    addObservations(source, labels, components, builder, target);
  }
}

function addObservations(
  source: Source,
  labels: LabelTableBuilder,
  { poses }: NcoreComponents,
  builder: DeliveryBuilder,
  { frames, space, trackPrefix }: CuboidTarget,
): void {
  const { path } = fileOfStore(source.component.store);
  const byEnd = new Map(frames.map((frame) => [frame.end, frame]));
  let outside = 0;
  let unplaced = 0;
  for (const observation of source.observations) {
    const frame = byEnd.get(observation.frameTime) ?? frameAt(frames, observation.time);
    if (!frame) {
      outside++;
      continue;
    }
    const { frame: reference, frameTime, track, className, size, attributes, position } = observation;
    const spaceFromReference = poses.between(space, frame.end, reference, frameTime);
    if (!spaceFromReference) {
      unplaced++;
      continue;
    }
    labels.addCuboid({
      frame: frame.frame,
      id: track || `row-${position}`,
      className,
      track: track ? trackPrefix + track : null,
      attributes,
      path,
      place: `cuboid_track_observations/${position}`,
      ...movedCuboid(observation, spaceFromReference),
      size,
    });
  }
  const tell = (code: string, count: number) => {
    if (count === 0) return;
    builder.problems.add({ code, severity: 'warning', path, params: { source: source.name, count } });
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
