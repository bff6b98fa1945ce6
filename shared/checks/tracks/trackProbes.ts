/**
 * Places where a track says that its object ought to be though no label stands there: between two labels, before the
 * first and after the last. What the sweeps say of them tells a gap from an object that was hidden or gone.
 */
import type { Vec3 } from '../../model/pose.ts';
import { expectedPlace, jumpMeters, medianOf } from '../../scoring/motionMeasures.ts';
import type { TrackMoment } from '../../scoring/trackSeries.ts';
import type { Probe } from '../scan/sceneScan.ts';
import type { CheckScene } from '../scene.ts';
import { labelledReach } from './labelledReach.ts';
import type { CheckTrack } from './sceneTracks.ts';
import { factsOf } from './trackFacts.ts';
import { boxSeenFrom } from './trackPicture.ts';

/** Longer gaps are not bridged: too much may have happened. Seconds. */
const longestGap = 3;
/** How far a track is followed beyond its ends, and in how many frames at most. */
const beyondSeconds = 1.1;
const mostBeyond = 5;
/** A single label says nothing of motion; two do not say it well. */
const fewestMoments = 3;
/** So much of the bottom is left out, so that the ground does not count as the object. */
const groundMeters = 0.2;
/** Nearer to the edge of what is labelled than this share of it, an end is no surprise. */
const wellInside = 0.85;

/** A few for each track, in its order of time. Needs poses and times; none without. */
export function trackProbes(scene: CheckScene): Probe[] {
  const reach = labelledReach(scene);
  return scene.tracks.flatMap((track) => [
    ...beyond(scene, track, reach, 'before'),
    ...between(scene, track),
    ...beyond(scene, track, reach, 'after'),
  ]);
}

function between(scene: CheckScene, track: CheckTrack): Probe[] {
  const { moments } = track;
  const size = medianOf(moments.map((moment) => moment.size));
  return moments.flatMap((moment, at) => {
    const before = moments[at - 1];
    if (!before || moment.missedBefore === 0 || !isTimed(before) || !isTimed(moment)) return [];
    if (moment.seconds - before.seconds > longestGap || !isOnItsWay(track, at)) return [];
    return labelledFrames(scene, before.frame + 1, moment.frame).flatMap((frame): Probe[] => {
      const seconds = secondsAt(scene, track, frame);
      const share = (seconds - before.seconds) / (moment.seconds - before.seconds);
      if (!(share > 0 && share < 1)) return [];
      const onward = expectedPlace(moments.slice(0, at), at - 1, seconds - before.seconds);
      const backward = expectedPlace(moments.slice(at), 0, seconds - moment.seconds);
      // Near either end its own motion is the better guess; in the middle both count.
      const center = mixed(onward, backward, share * share * (3 - 2 * share));
      const yaw = before.yaw + share * (moment.yaw - before.yaw);
      return probeAt(scene, track, frame, center, yaw, size, 'between');
    });
  });
}

/** Whether the object comes back where it was going; elsewhere it may be another one. */
function isOnItsWay(track: CheckTrack, at: number): boolean {
  const step = factsOf(track).steps.find((one) => one.at === at);
  return !step || step.off <= jumpMeters + step.explained;
}

function beyond(scene: CheckScene, track: CheckTrack, reach: number, why: 'before' | 'after'): Probe[] {
  const { moments } = track;
  if (moments.length < fewestMoments) return [];
  const at = why === 'before' ? 0 : moments.length - 1;
  const end = moments[at]!;
  if (!isTimed(end)) return [];
  const sceneEnd = scene.scene.frameStart + scene.scene.frameCount;
  const frames =
    why === 'before'
      ? labelledFrames(scene, scene.scene.frameStart, end.frame).slice(-mostBeyond)
      : labelledFrames(scene, end.frame + 1, sceneEnd).slice(0, mostBeyond);
  const size = medianOf(moments.map((moment) => moment.size));
  return frames.flatMap((frame): Probe[] => {
    const seconds = secondsAt(scene, track, frame) - end.seconds;
    if (!(Math.abs(seconds) <= beyondSeconds)) return [];
    const center = expectedPlace(moments, at, seconds);
    return probeAt(scene, track, frame, center, end.yaw, size, why).filter(({ shape }) => {
      const [x, y] = shape.center;
      return Math.hypot(x, y) <= wellInside * reach && !scene.rules.isIgnored(x, y);
    });
  });
}

function probeAt(
  scene: CheckScene,
  { track }: CheckTrack,
  frame: number,
  [x, y, z]: Vec3,
  yaw: number,
  [length, width, height]: Vec3,
  why: Probe['why'],
): Probe[] {
  const cut = Math.min(groundMeters, height / 4);
  const shape = boxSeenFrom(scene, frame, [x, y, z + cut / 2], yaw, [length, width, height - cut]);
  return shape ? [{ track, frame, shape, why }] : [];
}

type Timed = TrackMoment & { readonly seconds: number; readonly place: Vec3 };

const isTimed = (moment: TrackMoment): moment is Timed => moment.seconds !== null && moment.place !== null;

/** Frames from one (inclusive) to another (exclusive) that somebody labelled. */
export function labelledFrames({ scene, frames }: CheckScene, from: number, to: number): number[] {
  const found: number[] = [];
  for (let frame = from; frame < to; frame++) {
    if (!frames[frame - scene.frameStart]!.isBetween) found.push(frame);
  }
  return found;
}

/** Time of a frame on the track's own clock, seconds; NaN where it has none. */
function secondsAt({ scene, seconds }: CheckScene, { moments }: CheckTrack, frame: number): number {
  const known = moments.find((moment) => moment.seconds !== null);
  if (!known) return Number.NaN;
  const start = seconds[known.frame - scene.frameStart]! - known.seconds!;
  return seconds[frame - scene.frameStart]! - start;
}

function mixed(a: Vec3, b: Vec3, share: number): Vec3 {
  const at = (axis: 0 | 1 | 2): number => a[axis] + share * (b[axis] - a[axis]);
  return [at(0), at(1), at(2)];
}
