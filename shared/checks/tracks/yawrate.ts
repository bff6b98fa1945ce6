/** YAWRATE: wheeled objects that turn faster than they can, or than their tyres hold at their speed. */
import { motionLimitsByKind } from '../../scoring/motionLimits.ts';
import { turningCounts, turningLimit } from '../../scoring/motionMeasures.ts';
import type { Check } from '../contract.ts';
import { limitsInForce } from '../settings.ts';
import { doubt, factsOf, givingWay, hasShapeHere } from './trackFacts.ts';
import { wayAround } from './trackPicture.ts';
import { tenths, wholeDegrees } from './written.ts';

export const yawRateCheck: Check = {
  id: 'YAWRATE',
  version: 1,
  looksAt: 'cuboid',
  needs: ['cuboids', 'poses', 'times', 'tracks'],
  code: 'YAW',
  quantity: { unit: 'rad/s', wrong: 'above', range: [0, Math.PI] },
  limits: { all: motionLimitsByKind.car.yawRate! },
  run(scene, sink) {
    for (const track of scene.tracks) {
      const { limits, moments } = track;
      if (!limits?.yawRate) continue;
      const { fits } = factsOf(track);
      for (const [at, moment] of moments.entries()) {
        const fit = fits[at];
        if (!fit || moment.yawRate === null || !hasShapeHere(scene, track, at)) continue;
        const speed = Math.hypot(...fit.velocity);
        // What stands still may be labelled with any small turn; what may stand still is not judged.
        if (speed - doubt(scene, track, moment, 'place', fit.velocityGain) <= turningCounts) continue;
        const pair = limitsInForce(yawRateCheck, scene.settings, 'all');
        const gripping = turningLimit(limits, speed);
        const isSlipping = gripping !== null && gripping.hard < (pair.hard ?? Number.POSITIVE_INFINITY);
        const limit = isSlipping
          ? { ...pair, hard: gripping.hard, soft: least(pair.soft, gripping.hard) }
          : pair;
        sink.measure({
          ...{ frame: moment.frame, row: moment.row, value: moment.yawRate },
          limits: givingWay(limit, doubt(scene, track, moment, 'yaw', fit.yawRateGain)),
          says: isSlipping ? 'slips' : 'is',
          params: { rate: wholeDegrees(moment.yawRate), speed: tenths(speed) },
          evidence: () => wayAround(scene, track, at),
        });
      }
    }
  },
};

const least = (soft: number | null, hard: number): number => (soft === null ? hard : Math.min(soft, hard));
