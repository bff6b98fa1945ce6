/** COPY: poses copied from frame to frame while the object moves on, and ways drawn with a ruler. */

import type { Vec3 } from '../../model/pose.ts';
import type { Check, CheckSink } from '../contract.ts';
import type { CheckScene } from '../scene.ts';
import type { CheckTrack } from './sceneTracks.ts';
import { factsOf } from './trackFacts.ts';
import { wayAround } from './trackPicture.ts';
import { tenths } from './written.ts';

/** The same numbers, written with millimetres and brought into the world and back. Metres and radians. */
const sameMeters = 0.01;
const sameRadians = 0.002;
/** What moves with the vehicle to a tenth of a millimetre was copied in its space. */
const sameInSpace = 1e-4;
/** A way is drawn with a ruler where no place is off it by more, metres; and where it turns off at a corner, m/s. */
const ruled = 0.003;
const corner = 0.5;
/** Slower, a straight way is nothing special, m/s. */
const ruledSpeed = 1;

export const copyCheck: Check = {
  id: 'COPY',
  version: 1,
  looksAt: 'track',
  needs: ['cuboids', 'poses', 'times', 'tracks'],
  code: 'POS',
  quantity: { unit: 'count', wrong: 'above', range: [0, 20] },
  limits: { all: { soft: 0.5, hard: 2.5 }, ruled: { soft: 7.5, hard: null } },
  run(scene, sink) {
    for (const track of scene.tracks) {
      if (!track.limits || track.limits.kind === 'still') continue;
      const steps = stepsOf(scene, track);
      measureCopies(scene, track, steps, sink);
      measureRuled(scene, track, steps, sink);
    }
  },
};

interface Step {
  /** m/s over the ground. */
  readonly velocity: readonly [x: number, y: number];
  readonly seconds: number;
  readonly isCopied: boolean;
}

/** By moment, from the one before; null for the first and where a pose or time is missing. */
function stepsOf(scene: CheckScene, { moments }: CheckTrack): (Step | null)[] {
  const { center } = scene.index.labels.cuboids;
  const inSpace = (row: number): Vec3 => [center[3 * row]!, center[3 * row + 1]!, center[3 * row + 2]!];
  return moments.map((moment, at) => {
    const before = moments[at - 1];
    if (!before?.place || !moment.place || before.seconds === null || moment.seconds === null) return null;
    const seconds = moment.seconds - before.seconds;
    if (!(seconds > 0)) return null;
    const isTurned = Math.abs(moment.yaw - before.yaw) > sameRadians;
    const isInWorld = apart(before.place, moment.place) <= sameMeters && !isTurned;
    return {
      velocity: [
        (moment.place[0] - before.place[0]) / seconds,
        (moment.place[1] - before.place[1]) / seconds,
      ],
      seconds,
      isCopied: isInWorld || apart(inSpace(before.row), inSpace(moment.row)) <= sameInSpace,
    };
  });
}

const apart = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

const between = (a: Step, b: Step): number =>
  Math.hypot(a.velocity[0] - b.velocity[0], a.velocity[1] - b.velocity[1]);

function measureCopies(
  scene: CheckScene,
  track: CheckTrack,
  steps: readonly (Step | null)[],
  sink: CheckSink,
): void {
  for (const { from, to } of stretches(steps, ({ isCopied }) => isCopied)) {
    const value = isBroken(track, steps, from, to) ? to - from + 1 : 0;
    for (let at = from; at <= to; at++) {
      const moment = track.moments[at]!;
      sink.measure({
        ...{ frame: moment.frame, row: moment.row, value },
        params: { frames: value },
        evidence: () => wayAround(scene, track, at),
      });
    }
  }
}

/** Runs of steps that fulfil a condition, both ends inclusive. */
function stretches(steps: readonly (Step | null)[], holds: (step: Step, at: number) => boolean) {
  const found: { from: number; to: number }[] = [];
  for (const [at, step] of steps.entries()) {
    if (!step || !holds(step, at)) continue;
    const last = found.at(-1);
    if (last?.to === at - 1) last.to = at;
    else found.push({ from: at, to: at });
  }
  return found;
}

/**
 * Whether the object moves steadily right before or right after, but so much otherwise that nothing changes its motion
 * so within a frame: it is the labels that were copied. The step that catches up belongs to neither.
 */
function isBroken(track: CheckTrack, steps: readonly (Step | null)[], from: number, to: number): boolean {
  const hardest = track.limits?.acceleration?.hard;
  if (hardest === undefined) return false;
  const { placeScatter } = factsOf(track);
  return [
    [from, from - 1, from - 2],
    [to, to + 2, to + 3],
  ].some(([edge, near, far]) => {
    const [copied, one, other] = [steps[edge!]!, steps[near!] ?? null, steps[far!] ?? null];
    if (!one || !other || one.isCopied || other.isCopied) return false;
    const seconds = (one.seconds + other.seconds) / 2;
    // Of three places, each with its own error, the one in the middle counts twice.
    const change = hardest * seconds + (3 * placeScatter * Math.sqrt(6)) / seconds;
    return between(copied, one) > change && between(one, other) <= change;
  });
}

/** Stretches without the least unevenness between two corners: drawn at their ends, not in their frames. */
function measureRuled(
  scene: CheckScene,
  track: CheckTrack,
  steps: readonly (Step | null)[],
  sink: CheckSink,
): void {
  const isRuled = (step: Step, at: number): boolean => {
    const before = steps[at - 1];
    return (
      !!before &&
      Math.hypot(...step.velocity) > ruledSpeed &&
      between(before, step) * step.seconds <= 2 * ruled
    );
  };
  for (const { from, to } of stretches(steps, isRuled)) {
    // `from` is the second step of the straight line; the corner lies before the first.
    const corners = [
      [from - 2, from - 1],
      [to, to + 1],
    ].filter(([a, b]) => {
      const [one, other] = [steps[a!] ?? null, steps[b!] ?? null];
      return one && other && between(one, other) > corner;
    });
    const value = corners.length === 2 ? to - from + 2 : 0;
    const moment = track.moments[Math.floor((from + to) / 2)]!;
    sink.measure({
      ...{ frame: moment.frame, row: moment.row, value, limitKey: 'ruled', says: 'ruled', trust: 0.5 },
      params: { frames: value, speed: tenths(Math.hypot(...steps[from]!.velocity)) },
      evidence: () => wayAround(scene, track, track.moments.indexOf(moment)),
    });
  }
}
