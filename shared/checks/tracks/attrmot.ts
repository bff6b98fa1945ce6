/** ATTRMOT: attributes that say "moving" of what stands, or "parked" of what moves. */

import type { StatedMotion } from '../../scoring/motionWords.ts';
import type { Check } from '../contract.ts';
import type { CheckScene } from '../scene.ts';
import type { CheckTrack } from './sceneTracks.ts';
import { statedMotion } from './statedMotion.ts';
import { doubt, factsOf } from './trackFacts.ts';
import { wayAround } from './trackPicture.ts';
import { tenths } from './written.ts';

/** What is slower stands; what is faster moves; what is faster still cannot be a late change of the attribute. m/s. */
const standing = 0.2;
const moving = 1;
const fast = 3;

export const attrMotCheck: Check = {
  id: 'ATTRMOT',
  version: 1,
  looksAt: 'cuboid',
  needs: ['cuboids', 'poses', 'times', 'tracks', 'motion-attributes'],
  code: 'ATTR',
  quantity: { unit: 's', wrong: 'above', range: [0, 10] },
  limits: { moving: { soft: 1, hard: null }, still: { soft: 1, hard: null }, fast: { soft: 0, hard: null } },
  run(scene, sink) {
    for (const track of scene.tracks) {
      const told = track.moments.map((_, at) => contradiction(scene, track, at));
      for (const [at, moment] of track.moments.entries()) {
        const contrary = told[at];
        if (contrary === undefined) continue;
        const speed = factsOf(track).fits[at]!.velocity;
        const value = contrary === null ? 0 : lasting(track, told, at);
        const isFast = contrary === 'fast';
        sink.measure({
          ...{ frame: moment.frame, row: moment.row, value, limitKey: contrary ?? 'still' },
          says: contrary === 'moving' ? 'moving' : 'still',
          params: { speed: tenths(Math.hypot(...speed)), seconds: tenths(value) },
          trust: isFast ? 1 : 0.9,
          evidence: () => wayAround(scene, track, at),
        });
      }
    }
  },
};

type Contrary = StatedMotion | 'fast';

/** What is stated against the motion of a moment; null where it agrees, undefined where nothing is known or said. */
function contradiction(scene: CheckScene, track: CheckTrack, at: number): Contrary | null | undefined {
  const moment = track.moments[at]!;
  const { attributeSets, cuboids } = scene.index.labels;
  const stated = statedMotion(attributeSets[cuboids.attributes[moment.row]!]!);
  const fit = factsOf(track).fits[at];
  if (stated === null || !fit) return undefined;
  const speed = Math.hypot(...fit.velocity);
  if (stated === 'moving') return speed < standing ? 'moving' : null;
  const surely = speed - doubt(scene, track, moment, 'place', fit.velocityGain);
  if (surely > fast) return 'fast';
  return surely > moving ? 'still' : null;
}

/** How long the same contradiction goes on around a moment, half a frame on either side, seconds. */
function lasting(
  { moments }: CheckTrack,
  told: readonly (Contrary | null | undefined)[],
  at: number,
): number {
  const isSame = (k: number): boolean =>
    (told[k] === 'moving') === (told[at] === 'moving') && Boolean(told[k]);
  let [from, to] = [at, at];
  while (isSame(from - 1)) from--;
  while (isSame(to + 1)) to++;
  const time = (k: number): number => moments[Math.max(0, Math.min(moments.length - 1, k))]!.seconds!;
  return (time(to) + time(to + 1) - time(from) - time(from - 1)) / 2;
}
