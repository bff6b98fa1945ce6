/** ACCEL: places that would need more acceleration than such an object has, fitted over a second. */
import { motionLimitsByKind } from '../../scoring/motionLimits.ts';
import type { Check } from '../contract.ts';
import { limitsInForce } from '../settings.ts';
import { doubt, factsOf, givingWay, hasShapeHere } from './trackFacts.ts';
import { wayAround } from './trackPicture.ts';
import { tenths } from './written.ts';

export const accelCheck: Check = {
  id: 'ACCEL',
  version: 1,
  looksAt: 'cuboid',
  needs: ['cuboids', 'poses', 'times', 'tracks'],
  code: 'JIT',
  quantity: { unit: 'm/s2', wrong: 'above', range: [0, 30] },
  limits: Object.fromEntries(
    Object.entries(motionLimitsByKind).flatMap(([kind, { acceleration }]) =>
      acceleration ? [[kind, acceleration]] : [],
    ),
  ),
  run(scene, sink) {
    for (const track of scene.tracks) {
      if (!track.limits?.acceleration) continue;
      const { fits } = factsOf(track);
      for (const [at, moment] of track.moments.entries()) {
        const fit = fits[at];
        if (!fit || moment.acceleration === null || !hasShapeHere(scene, track, at)) continue;
        const pair = limitsInForce(accelCheck, scene.settings, track.limits.kind);
        sink.measure({
          ...{ frame: moment.frame, row: moment.row, value: moment.acceleration },
          limitKey: track.limits.kind,
          limits: givingWay(pair, doubt(scene, track, moment, 'place', fit.accelerationGain)),
          params: { acceleration: tenths(moment.acceleration), limit: pair.soft ?? pair.hard ?? 0 },
          evidence: () => wayAround(scene, track, at),
        });
      }
    }
  },
};
