/** STATIC: labels of standing objects that wander, and labels out of line with the motion of the frames around. */
import type { Check, CheckSink } from '../contract.ts';
import { rounded } from '../labels/shapeOf.ts';
import { type CheckScene, hasShape } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import type { CheckTrack } from './sceneTracks.ts';
import { isAtRest, type Standing, standingTracks } from './standing.ts';
import { factsOf, givingWay, noNarrower, toleranceOf } from './trackFacts.ts';
import { distanceBetween, wayAround } from './trackPicture.ts';
import { metresText } from './written.ts';

/** Beyond so many of the track's own standard deviations a label is out of line. */
const outOfLine = 4;
/** What a change of acceleration in between can make of a place, as a share of acceleration times spacing². */
const unseenShare = 0.125;
/** Fewer departures do not tell how much a track scatters. */
const fewestDepartures = 6;

export const staticCheck: Check = {
  id: 'STATIC',
  version: 1,
  looksAt: 'cuboid',
  needs: ['cuboids', 'poses', 'times', 'tracks'],
  code: 'JIT',
  quantity: { unit: 'm', wrong: 'above', range: [0, 1] },
  limits: {
    all: { soft: 0.1, hard: 0.3 },
    line: { soft: 0.15, hard: 0.3 },
    jitter: { soft: 0.25, hard: 0.5 },
  },
  run(scene, sink) {
    for (const standing of standingTracks(scene)) measureStanding(scene, standing, sink);
    for (const track of scene.tracks) {
      if (!track.limits || isAtRest(track)) continue;
      measureLine(scene, track, sink);
      measureJitter(scene, track, sink);
    }
  },
};

function measureStanding(scene: CheckScene, { track, off }: Standing, sink: CheckSink): void {
  for (const [at, moment] of track.moments.entries()) {
    const value = Math.hypot(...off[at]!);
    if (Number.isNaN(value) || !hasShape(scene, moment.row)) continue;
    const pair = limitsInForce(staticCheck, scene.settings, 'all');
    const [x, y, z] = moment.center;
    sink.measure({
      ...{ frame: moment.frame, row: moment.row, value },
      limits: noNarrower(pair, toleranceOf(scene, track, moment).centerMeters),
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
    if (!departure || !hasShape(scene, moment.row)) continue;
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

const unseen = ({ limits }: CheckTrack, spacing: number): number =>
  unseenShare * (limits?.acceleration?.soft ?? 0) * spacing ** 2;

/** Once a track: how far most of its labels stand from a smooth way. */
function measureJitter(scene: CheckScene, track: CheckTrack, sink: CheckSink): void {
  const { departures, placeScatter } = factsOf(track);
  const known = departures.flatMap((departure, at) => {
    const isGood = departure !== null && hasShape(scene, track.moments[at]!.row);
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
      noNarrower(pair, 1.25 * toleranceOf(scene, track, moment).centerMeters),
      unseen(track, worst.spacing),
    ),
    params: { meters: rounded(value), labels: known.length },
    evidence: () => wayAround(scene, track, worst.at),
  });
}
