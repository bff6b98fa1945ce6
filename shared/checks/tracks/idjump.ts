/** IDJUMP: ids that leap to a place no motion explains, come back elsewhere after a gap, or stand twice in a frame. */

import type { Vec3 } from '../../model/pose.ts';
import { groundDistance, jumpMeters, type TrackStep } from '../../scoring/motionMeasures.ts';
import type { Check, CheckSink } from '../contract.ts';
import { rounded } from '../labels/shapeOf.ts';
import type { CheckScene } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import type { CheckTrack } from './sceneTracks.ts';
import { doubt, factsOf, givingWay } from './trackFacts.ts';
import { distanceBetween, wayAround } from './trackPicture.ts';
import { metresText, tenths } from './written.ts';

/** Where a velocity is known from half a second, its error grows by this per second of looking ahead. */
const aheadGain = 2;
/** Two boxes of one id in one place are two all the same, metres. */
const samePlace = 0.01;

export const idJumpCheck: Check = {
  id: 'IDJUMP',
  version: 1,
  looksAt: 'track',
  needs: ['cuboids', 'tracks'],
  code: 'MERGE',
  quantity: { unit: 'm', wrong: 'above', range: [0, 20] },
  limits: {
    /** Metres beyond the farthest that such an object gets. */
    all: { soft: null, hard: 0 },
    /** Metres from where the object was going: from one frame to the next, and after a gap. */
    leap: { soft: 1, hard: 3 },
    reuse: { soft: jumpMeters, hard: null },
    double: { soft: null, hard: 0 },
  },
  run(scene, sink) {
    for (const track of scene.tracks) {
      measureDoubles(scene, track, sink);
      for (const step of factsOf(track).steps) measureStep(scene, track, step, sink);
    }
  },
};

function measureStep(scene: CheckScene, track: CheckTrack, step: TrackStep, sink: CheckSink): void {
  const { at, moved, farthest, off, explained, seconds, expected } = step;
  const [before, moment] = [track.moments[at - 1]!, track.moments[at]!];
  const base = { frame: moment.frame, row: moment.row };
  sink.measure({
    ...{ ...base, value: Math.max(0, moved - farthest) },
    params: { moved: rounded(moved), farthest: rounded(farthest), seconds: tenths(seconds) },
    evidence: () => distanceBetween(scene, moment.frame, before.place!, moment.place!, metresText(moved)),
  });
  // From a lone label nothing is known of where it was going.
  if (at < 2) return;
  const isAfterGap = moment.missedBefore > 0;
  const limitKey = isAfterGap ? 'reuse' : 'leap';
  const pair = limitsInForce(idJumpCheck, scene.settings, limitKey);
  const room = doubt(scene, track, moment, 'place', Math.hypot(1, 1 + aheadGain * seconds));
  sink.measure({
    ...{ ...base, value: off, limitKey, says: limitKey, ...(isAfterGap ? { code: 'IDREUSE' } : {}) },
    limits: givingWay(pair, explained + room),
    params: { off: rounded(off), frames: moment.missedBefore },
    evidence: () => [
      ...wayAround(scene, track, at),
      ...distanceBetween(scene, moment.frame, expected, moment.place!, metresText(off)),
    ],
  });
}

function measureDoubles(scene: CheckScene, { track, doubled, moments }: CheckTrack, sink: CheckSink): void {
  const { frame, center } = scene.index.labels.cuboids;
  const placeOf = (row: number): Vec3 => [center[3 * row]!, center[3 * row + 1]!, center[3 * row + 2]!];
  for (const row of doubled) {
    const first = moments.find((moment) => moment.frame === frame[row]);
    if (!first) continue;
    const [from, to] = [placeOf(first.row), placeOf(row)];
    const apart = groundDistance(from, to);
    sink.measure({
      ...{
        frame: frame[row]!,
        row,
        track,
        value: Math.max(samePlace, apart),
        limitKey: 'double',
        says: 'double',
      },
      params: { apart: rounded(apart) },
      evidence: () => [
        { kind: 'segment', role: 'other', from: [...from], to: [...to], text: metresText(apart) },
      ],
    });
  }
}
