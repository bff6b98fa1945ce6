/** The tracks of a scene with their motion in the world. */
import type { DeliveryIndex } from '../../model/labels.ts';
import { NO_TRACK } from '../../model/labels.ts';
import { type MotionLimits, motionLimits } from '../../scoring/motionLimits.ts';
import { type TrackMoment, trackSeries } from '../../scoring/trackSeries.ts';
import type { CheckClass } from '../rules.ts';

export interface CheckTrack {
  /** Index into `LabelTable.tracks`. */
  readonly track: number;
  /** The class most of its labels have. */
  readonly kind: CheckClass;
  /** Null where nothing is known of how such a thing moves. */
  readonly limits: MotionLimits | null;
  /** One a frame, in order of time. Places and headings are the world's where the frames have poses. */
  readonly moments: readonly TrackMoment[];
  /** Rows beyond the first of a frame: the same id twice in one instant. */
  readonly doubled: readonly number[];
}

/** Of the judged rows, ascending, those that belong to a track. */
export function sceneTracks(
  index: DeliveryIndex,
  judged: readonly number[],
  classes: readonly CheckClass[],
): CheckTrack[] {
  const { track, frame, classIndex } = index.labels.cuboids;
  const byTrack = new Map<number, { rows: number[]; doubled: number[] }>();
  for (const row of judged) {
    const of = track[row]!;
    if (of === NO_TRACK) continue;
    const known = byTrack.get(of);
    if (!known) byTrack.set(of, { rows: [row], doubled: [] });
    else if (frame[known.rows.at(-1)!] === frame[row]) known.doubled.push(row);
    else known.rows.push(row);
  }
  return [...byTrack].map(([of, { rows, doubled }]) => {
    const kind = classes[commonest(rows.map((row) => classIndex[row]!))]!;
    const moments = trackSeries(index, rows);
    return { track: of, kind, limits: motionLimits(kind.name), moments, doubled };
  });
}

/** The value that stands most often; of several the one that comes first. */
function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
