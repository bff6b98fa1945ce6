/** Which frames of a track are kept ready beside the one on screen. */
import type { TrackMoment } from '../../../shared/scoring/trackSeries.ts';

/** Kept ready the way the auditor goes: a held key must not outrun what is read. */
const framesOnward = 4;

/**
 * Indices of frames, most wanted first: several of them the way the last step went, one back; one each way where
 * the frame `before` was no neighbour of this track's.
 */
export function framesBeside(
  series: readonly Pick<TrackMoment, 'frame'>[],
  frame: number,
  before: number | null,
): number[] {
  const placeOf = (wanted: number): number => series.findIndex((moment) => moment.frame === wanted);
  const place = placeOf(frame);
  if (place === -1) return [];
  const from = before === null ? -1 : placeOf(before);
  const isGoing = from !== -1 && Math.abs(from - place) === 1;
  const way = isGoing && from > place ? -1 : 1;
  const steps = Array.from({ length: isGoing ? framesOnward : 1 }, (_, at) => way * (at + 1));
  return [...steps, -way].flatMap((step) => series[place + step]?.frame ?? []);
}
