/** FLIP: headings that step or run against the course or out of line with the frames around, and labels that lean. */
import { wrapAngle } from '../../geometry/rotation.ts';
import { median } from '../../scoring/boxResiduals.ts';
import {
  flipLimit,
  headingAgainstCourse,
  headingSteps,
  medianOf,
  turnsOffLine,
} from '../../scoring/motionMeasures.ts';
import type { Check, CheckSink } from '../contract.ts';
import type { CheckScene } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import { leaningLabels } from './lean.ts';
import type { CheckTrack } from './sceneTracks.ts';
import { isAtRest } from './standing.ts';
import { factsOf, givingWay, hasShapeHere, noNarrower, toleranceOf } from './trackFacts.ts';
import { directionFrom, wayAround } from './trackPicture.ts';
import { wholeDegrees } from './written.ts';

/** Who walks turns on the spot, but not by half a turn and back, nor backwards for long. */
const walking = { speed: 1, seconds: 0.9, stepSeconds: 0.25 };
/** Beyond so many of the track's own standard deviations a heading is out of line. */
const outOfLine = 4;
/** Standard error of a heading ahead where half a second before is known, for a scatter of 1. */
const stepGain = 1.6;
/** Over longer steps turning explains more than labels are off, seconds. */
const longestStep = 0.3;
/** What changes of turning make of a heading between two frames, rad/s²: steered, and on two feet. */
const turningChange = { wheeled: 1, walking: 3 };
/** What is as long as it is wide has no heading to speak of, unless it walks. */
const elongated = 1.3;

export const flipCheck: Check = {
  id: 'FLIP',
  version: 2,
  looksAt: 'cuboid',
  needs: ['cuboids', 'tracks'],
  code: 'FLIP',
  quantity: { unit: 'rad', wrong: 'above', range: [0, Math.PI] },
  limits: {
    all: flipLimit,
    pedestrian: { soft: flipLimit.hard, hard: null },
    line: { soft: (5 * Math.PI) / 180, hard: (15 * Math.PI) / 180 },
    lean: { soft: (3 * Math.PI) / 180, hard: (8 * Math.PI) / 180 },
  },
  run(scene, sink) {
    for (const { row, radians } of leaningLabels(scene)) {
      const frame = scene.index.labels.cuboids.frame[row]!;
      sink.measure({
        ...{ frame, row, value: radians, limitKey: 'lean', says: 'lean', code: 'TILT' },
        params: { off: wholeDegrees(radians) },
      });
    }
    for (const track of scene.tracks) {
      if (!track.limits) continue;
      if (track.limits.isWheeled) measureWheeled(scene, track, sink);
      if (track.limits.kind === 'pedestrian') measureWalking(scene, track, sink);
      if (hasHeading(track)) measureLine(scene, track, sink);
    }
  },
};

function measureWheeled(scene: CheckScene, track: CheckTrack, sink: CheckSink): void {
  const { moments } = track;
  const against = headingAgainstCourse(moments, {
    speed: moments.map(({ speed }) => speed),
    course: moments.map(({ course }) => course),
  });
  for (const [at, step] of headingSteps(moments).entries()) {
    tellFlip(scene, track, at, step, 'all', sink);
    if (against[at]! > 0) tellCourse(scene, track, at, against[at]!, 'all', sink);
  }
}

function measureWalking(scene: CheckScene, track: CheckTrack, sink: CheckSink): void {
  const { moments } = track;
  const { fits } = factsOf(track);
  const backwards = moments.map(({ yaw }, at) => {
    const velocity = fits[at]?.velocity;
    if (!velocity || Math.hypot(...velocity) <= walking.speed) return 0;
    return Math.abs(wrapAngle(yaw - Math.atan2(velocity[1], velocity[0])));
  });
  for (const [at, step] of headingSteps(moments).entries()) {
    const seconds = at === 0 ? null : secondsBetween(track, at - 1, at);
    if (seconds !== null && seconds <= walking.stepSeconds)
      tellFlip(scene, track, at, step, 'pedestrian', sink);
    if (backwards[at]! > flipLimit.hard && lasting(track, backwards, at) >= walking.seconds) {
      tellCourse(scene, track, at, backwards[at]!, 'pedestrian', sink);
    }
  }
}

/** How long the run of headings against the course around a moment goes on, seconds. */
function lasting(track: CheckTrack, backwards: readonly number[], at: number): number {
  let [from, to] = [at, at];
  while ((backwards[from - 1] ?? 0) > flipLimit.hard) from--;
  while ((backwards[to + 1] ?? 0) > flipLimit.hard) to++;
  return secondsBetween(track, from, to) ?? 0;
}

function secondsBetween({ moments }: CheckTrack, from: number, to: number): number | null {
  const [start, end] = [moments[from]!.seconds, moments[to]!.seconds];
  return start === null || end === null ? null : end - start;
}

function tellFlip(
  scene: CheckScene,
  track: CheckTrack,
  at: number,
  step: number,
  limitKey: string,
  sink: CheckSink,
): void {
  if (at === 0) return;
  const { moments } = track;
  const turned = flippedSide(moments, at, step);
  const moment = moments[turned]!;
  sink.measure({
    ...{ frame: moment.frame, row: moment.row, value: step, limitKey },
    params: { step: wholeDegrees(step) },
    evidence: () => directionFrom(scene, moment, moment.yaw + Math.PI),
  });
}

/**
 * Of the two moments of a step, the one whose heading the rest of the track contradicts: of a single label that is
 * turned, both steps are told of that label.
 */
function flippedSide(moments: CheckTrack['moments'], at: number, step: number): number {
  if (step <= flipLimit.soft) return at;
  const agreeing = (side: number): number =>
    moments.filter(({ yaw }) => Math.abs(wrapAngle(yaw - moments[side]!.yaw)) <= flipLimit.soft).length;
  return agreeing(at - 1) < agreeing(at) ? at - 1 : at;
}

function tellCourse(
  scene: CheckScene,
  track: CheckTrack,
  at: number,
  off: number,
  limitKey: string,
  sink: CheckSink,
): void {
  const moment = track.moments[at]!;
  sink.measure({
    ...{ frame: moment.frame, row: moment.row, value: off, limitKey, says: 'course' },
    params: { off: wholeDegrees(off) },
    evidence: () => [
      ...wayAround(scene, track, at),
      ...directionFrom(scene, moment, moment.course ?? moment.yaw),
    ],
  });
}

function hasHeading({ limits, moments }: CheckTrack): boolean {
  const [length, width] = medianOf(moments.map(({ size }) => size));
  return limits?.kind === 'pedestrian' || Math.max(length / width, width / length) >= elongated;
}

/** Headings against those of the frames around: of what stands, against all of them. */
function measureLine(scene: CheckScene, track: CheckTrack, sink: CheckSink): void {
  const { moments } = track;
  const { departures, yawScatter } = factsOf(track);
  const change = track.limits?.kind === 'pedestrian' ? turningChange.walking : turningChange.wheeled;
  const resting = isAtRest(track) ? middleAxis(moments.map(({ yaw }) => yaw)) : null;
  const restScatter =
    resting === null ? 0 : median(moments.map(({ yaw }) => foldedAngle(yaw - resting))) / 0.6745;
  const turns = turnsOffLine(moments);
  for (const [at, moment] of moments.entries()) {
    if (!hasShapeHere(scene, track, at)) continue;
    const pair = noNarrower(
      limitsInForce(flipCheck, scene.settings, 'line'),
      toleranceOf(scene, track, moment).yawRadians,
    );
    const tell = (off: number, due: number, room: number): void =>
      sink.measure({
        ...{ frame: moment.frame, row: moment.row, value: Math.abs(off), limitKey: 'line' },
        ...{ says: 'line', code: 'YAW', limits: givingWay(pair, room) },
        params: { off: wholeDegrees(Math.abs(off)) },
        evidence: () => directionFrom(scene, moment, due),
      });
    if (resting !== null) {
      tell(foldedAngle(moment.yaw - resting), resting, outOfLine * restScatter);
      continue;
    }
    const departure = departures[at];
    if (departure) {
      const unseen = change * departure.spacing ** 2;
      tell(departure.yaw, moment.yaw - departure.yaw, outOfLine * yawScatter * departure.gain + unseen);
    }
    const [turn, seconds] = [turns[at] ?? null, at === 0 ? null : secondsBetween(track, at - 1, at)];
    if (turn === null || seconds === null || seconds > longestStep) continue;
    tell(turn, moments[at - 1]!.yaw, outOfLine * yawScatter * stepGain + change * seconds ** 2);
  }
}

/** Between two axes, 0 to a quarter turn. */
function foldedAngle(radians: number): number {
  const off = Math.abs(wrapAngle(radians));
  return Math.min(off, Math.PI - off);
}

/** The axis in the middle of many headings, flips taken out. */
function middleAxis(yaws: readonly number[]): number {
  const sines = yaws.reduce((sum, yaw) => sum + Math.sin(2 * yaw), 0);
  const cosines = yaws.reduce((sum, yaw) => sum + Math.cos(2 * yaw), 0);
  const mean = Math.atan2(sines, cosines) / 2;
  return mean + median(yaws.map((yaw) => wrapAngle(2 * (yaw - mean)) / 2));
}
