/** STATIC: labels of standing objects that wander, and labels out of line with the motion of the frames around. */
import type { Check, CheckSink } from '../contract.ts';
import { rounded } from '../labels/shapeOf.ts';
import type { CheckScene } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import { heightLevels } from './heightLevels.ts';
import type { CheckTrack } from './sceneTracks.ts';
import { isAtRest, type Standing, standingTracks } from './standing.ts';
import { factsOf, givingWay, hasShapeHere, noNarrower, toleranceOf } from './trackFacts.ts';
import { distanceBetween, wayAround } from './trackPicture.ts';
import { metresText } from './written.ts';

/** Beyond so many of the track's own standard deviations a label is out of line. */
const outOfLine = 4;
/** What a change of acceleration in between can make of a place, as a share of acceleration times spacing². */
const unseenShare = 0.125;
/** Over longer steps motion explains more than labels are off, seconds. */
const longestStep = 0.3;
/** Standard error of a place ahead where half a second of the way before is known, for a scatter of 1. */
const stepGain = 1.6;
/** A scatter estimated from so few labels may come out half as large again as it is. */
const jitterShare = 1.5;
/** Fewer departures do not tell how much a track scatters. */
const fewestDepartures = 6;

export const staticCheck: Check = {
  id: 'STATIC',
  version: 2,
  looksAt: 'cuboid',
  needs: ['cuboids', 'poses', 'times', 'tracks'],
  code: 'JIT',
  quantity: { unit: 'm', wrong: 'above', range: [0, 1] },
  limits: {
    all: { soft: 0.1, hard: 0.3 },
    line: { soft: 0.15, hard: 0.3 },
    jitter: { soft: 0.3, hard: 0.6 },
    height: { soft: 0.25, hard: 0.5 },
  },
  run(scene, sink) {
    for (const standing of standingTracks(scene)) measureStanding(scene, standing, sink);
    for (const track of scene.tracks) {
      if (track.limits) measureHeights(scene, track, sink);
      if (!track.limits || isAtRest(track)) continue;
      measureLine(scene, track, sink);
      measureSteps(scene, track, sink);
      measureJitter(scene, track, sink);
    }
  },
};

function measureStanding(scene: CheckScene, { track, off, driftDoubt }: Standing, sink: CheckSink): void {
  for (const [at, moment] of track.moments.entries()) {
    const value = Math.hypot(...off[at]!);
    if (Number.isNaN(value) || !hasShapeHere(scene, track, at)) continue;
    const pair = limitsInForce(staticCheck, scene.settings, 'all');
    const [x, y, z] = moment.center;
    sink.measure({
      ...{ frame: moment.frame, row: moment.row, value },
      limits: givingWay(noNarrower(pair, toleranceOf(scene, track, moment).centerMeters), driftDoubt[at]!),
      params: { meters: rounded(value) },
      evidence: () => [
        ...wayAround(scene, track, at),
        // From where it stands in the middle of all frames, drift as of this frame.
        ...distanceBetween(
          scene,
          moment.frame,
          [x - off[at]![0], y - off[at]![1], z],
          [x, y, z],
          metresText(value),
        ),
      ],
    });
  }
}

function measureLine(scene: CheckScene, track: CheckTrack, sink: CheckSink): void {
  const { departures, placeScatter } = factsOf(track);
  for (const [at, moment] of track.moments.entries()) {
    const departure = departures[at];
    if (!departure || !hasShapeHere(scene, track, at)) continue;
    const { offset, gain } = departure;
    const value = Math.hypot(...offset);
    const pair = noNarrower(
      limitsInForce(staticCheck, scene.settings, 'line'),
      toleranceOf(scene, track, moment).centerMeters,
    );
    const [x, y, z] = moment.center;
    sink.measure({
      ...{ frame: moment.frame, row: moment.row, value, limitKey: 'line', says: 'line', code: 'POS' },
      limits: givingWay(pair, outOfLine * placeScatter * gain + unseen(track, departure.spacing)),
      params: { meters: rounded(value) },
      evidence: () => [
        ...wayAround(scene, track, at),
        ...distanceBetween(
          scene,
          moment.frame,
          [x - offset[0], y - offset[1], z],
          [x, y, z],
          metresText(value),
        ),
      ],
    });
  }
}

/** A step off the way of the frames before: of a stretch of labels that are off, its two ends. */
function measureSteps(scene: CheckScene, track: CheckTrack, sink: CheckSink): void {
  const { steps, placeScatter } = factsOf(track);
  for (const { at, off, explained, expected, seconds } of steps) {
    const moment = track.moments[at]!;
    if (at < 2 || seconds > longestStep || !hasShapeHere(scene, track, at)) continue;
    const pair = noNarrower(
      limitsInForce(staticCheck, scene.settings, 'line'),
      toleranceOf(scene, track, moment).centerMeters,
    );
    sink.measure({
      ...{ frame: moment.frame, row: moment.row, value: off, limitKey: 'line', says: 'step', code: 'POS' },
      limits: givingWay(pair, outOfLine * placeScatter * stepGain + explained),
      params: { meters: rounded(off) },
      evidence: () => [
        ...wayAround(scene, track, at),
        ...distanceBetween(scene, moment.frame, expected, moment.center, metresText(off)),
      ],
    });
  }
}

const unseen = ({ limits }: CheckTrack, spacing: number): number =>
  unseenShare * (limits?.acceleration?.soft ?? 0) * spacing ** 2;

/** Once a track: how far most of its labels stand from a smooth way. */
function measureJitter(scene: CheckScene, track: CheckTrack, sink: CheckSink): void {
  const { departures, placeScatter } = factsOf(track);
  const known = departures.flatMap((departure, at) => {
    const isGood = departure !== null && hasShapeHere(scene, track, at);
    return isGood ? [{ at, spacing: departure.spacing, away: Math.hypot(...departure.offset) }] : [];
  });
  if (known.length < fewestDepartures) return;
  const worst = known.reduce((a, b) => (b.away > a.away ? b : a));
  const moment = track.moments[worst.at]!;
  // Two standard deviations, as a tolerance is.
  const value = 2 * placeScatter;
  const pair = limitsInForce(staticCheck, scene.settings, 'jitter');
  sink.measure({
    ...{ frame: moment.frame, row: moment.row, value, limitKey: 'jitter', says: 'jitter' },
    limits: givingWay(
      noNarrower(pair, jitterShare * toleranceOf(scene, track, moment).centerMeters),
      unseen(track, worst.spacing),
    ),
    params: { meters: rounded(value), labels: known.length },
    evidence: () => wayAround(scene, track, worst.at),
  });
}

/** Labels on another level than most of their track: too high or too low for a while. */
function measureHeights(scene: CheckScene, track: CheckTrack, sink: CheckSink): void {
  const pair = limitsInForce(staticCheck, scene.settings, 'height');
  if (pair.soft === null) return;
  const { scan, rowFrom } = scene;
  const levels = heightLevels(track.moments, pair.soft, outOfLine, ({ row }) =>
    scan ? scan.aboveGround[row - rowFrom]! : Number.NaN,
  );
  if (!levels) return;
  for (const [at, moment] of track.moments.entries()) {
    const off = levels.off[at]!;
    if (!hasShapeHere(scene, track, at)) continue;
    const [x, y, z] = moment.center;
    sink.measure({
      ...{ frame: moment.frame, row: moment.row, value: Math.abs(off), limitKey: 'height', code: 'POS' },
      limits: noNarrower(pair, toleranceOf(scene, track, moment).centerMeters),
      ...{ says: off < 0 ? 'lower' : 'higher', params: { meters: rounded(Math.abs(off)) } },
      evidence: () =>
        distanceBetween(scene, moment.frame, [x, y, z - off], [x, y, z], metresText(Math.abs(off))),
    });
  }
}
