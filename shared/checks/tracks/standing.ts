/**
 * Which tracks stand still, and by how much each of their labels is off its place. Poses that drift move everything
 * that stands alike; what moves alike is taken out, so that it is not held against the labels.
 */
import type { Vec3 } from '../../model/pose.ts';
import { median } from '../../scoring/boxResiduals.ts';
import type { CheckScene } from '../scene.ts';
import type { CheckTrack } from './sceneTracks.ts';
import { factsOf } from './trackFacts.ts';

/** Shorter tracks do not show whether they stand. */
const leastSeconds = 0.9;
const fewestMoments = 4;
/** From its first to its last third what stands does not get farther, and most of its labels are as near. Metres. */
const mostWander = 0.3;
/** Its first and its last labels lie apart by a smooth motion where no label is off the way by more than this share. */
const endMoments = 5;
const smoothShare = 0.25;
/** Fewer than so many standing things do not show what is common to them. */
const fewestStanding = 3;
/** Standard errors that the drift may be off by. */
const surely = 4;
/** Rounds of taking out in turn what frames and what tracks have in common; the first few do nearly all. */
const rounds = 4;

/** Whether the object stands in one place all along; false without poses or times, or on a short track. */
export function isAtRest(track: CheckTrack): boolean {
  const { moments, limits } = track;
  if (!limits || limits.kind === 'pedestrian' || moments.length < fewestMoments) return false;
  if (moments.some(({ place, seconds }) => !place || seconds === null)) return false;
  if (moments.at(-1)!.seconds! - moments[0]!.seconds! < leastSeconds) return false;
  const places = moments.map(({ place }) => place!);
  const third = Math.max(1, Math.floor(places.length / 3));
  if (apart(centred(places.slice(0, third)), centred(places.slice(-third))) > mostWander) return false;
  const middle = centred(places);
  if (median(places.map(([x, y]) => apart([x, y], middle))) > mostWander) return false;
  const ends = Math.min(third, endMoments);
  const moved = apart(centred(places.slice(0, ends)), centred(places.slice(-ends)));
  return moved <= mostWander || largestDeparture(track) > smoothShare * moved;
}

/** What comes to rest, or sets off, moves smoothly; labels off their place do not. */
function largestDeparture(track: CheckTrack): number {
  return factsOf(track).departures.reduce(
    (most, departure) => Math.max(most, departure ? Math.hypot(...departure.offset) : 0),
    0,
  );
}

type Place = readonly [x: number, y: number];

const apart = (a: Place, b: Place): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

export interface Standing {
  readonly track: CheckTrack;
  /** By moment: off its place over the ground, the common drift of the frame taken out; NaN where that is unknown. */
  readonly off: readonly (readonly [x: number, y: number])[];
  /** By moment: how much of it the drift may owe to labels that scatter, metres. */
  readonly driftDoubt: readonly number[];
}

/** Tracks at rest in scenes where enough of them stand to tell drift from labels. */
export function standingTracks({ tracks }: CheckScene): Standing[] {
  const resting = tracks.filter(isAtRest);
  const places = resting.map(({ moments }) => centred(moments.map(({ place }) => place!)));
  const drift = new Map<number, [number, number]>();
  for (let round = 0; round < rounds; round++) {
    const offs = resting.map((_, at) => offsets(resting[at]!, places[at]!, drift));
    for (const [at, off] of offs.entries()) {
      places[at] = [
        places[at]![0] + median(off.map(([x]) => x)),
        places[at]![1] + median(off.map(([, y]) => y)),
      ];
    }
    takeDrift(resting, places, drift);
  }
  const counts = new Map<number, number>();
  for (const { moments } of resting)
    for (const { frame } of moments) counts.set(frame, (counts.get(frame) ?? 0) + 1);
  const offs = resting.map((track, at) => offsets(track, places[at]!, drift));
  // The median of so many places, each as far off as most of them are; it has taken its own share out of each.
  const scatter = median(offs.flat().map((off) => Math.hypot(...off))) / 1.1774;
  return resting.map((track, at) => {
    const standing = track.moments.map(({ frame }) => counts.get(frame)!);
    return {
      track,
      off: offs[at]!.map((off, moment) => (standing[moment]! >= fewestStanding ? off : unknown)),
      driftDoubt: standing.map((count) => (surely * 1.2533 * scatter) / Math.sqrt(Math.max(1, count - 1))),
    };
  });
}

const unknown = [Number.NaN, Number.NaN] as const;

function centred(places: readonly Vec3[]): [number, number] {
  return [median(places.map(([x]) => x)), median(places.map(([, y]) => y))];
}

function offsets(
  { moments }: CheckTrack,
  [x, y]: readonly [number, number],
  drift: ReadonlyMap<number, readonly [number, number]>,
): [number, number][] {
  return moments.map(({ place, frame }) => {
    const [driftX, driftY] = drift.get(frame) ?? [0, 0];
    return [place![0] - x - driftX, place![1] - y - driftY];
  });
}

/** By frame, how far what stands is off its place in the middle. */
function takeDrift(
  resting: readonly CheckTrack[],
  places: readonly (readonly [number, number])[],
  drift: Map<number, [number, number]>,
): void {
  const byFrame = new Map<number, [number[], number[]]>();
  for (const [at, { moments }] of resting.entries()) {
    for (const { frame, place } of moments) {
      const known = byFrame.get(frame) ?? [[], []];
      known[0].push(place![0] - places[at]![0]);
      known[1].push(place![1] - places[at]![1]);
      byFrame.set(frame, known);
    }
  }
  for (const [frame, [x, y]] of byFrame) drift.set(frame, [median(x), median(y)]);
}
