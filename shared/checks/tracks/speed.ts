/** SPEED: objects faster over the ground than their kind can be. */
import { motionLimitsByKind } from '../../scoring/motionLimits.ts';
import type { Check } from '../contract.ts';
import { limitsInForce } from '../settings.ts';
import { doubt, givingWay } from './trackFacts.ts';
import { wayAround } from './trackPicture.ts';
import { tenths } from './written.ts';

/** Over a gap the place says where the id came back, not how fast the object was. Seconds. */
const longestSpan = 1.2;

export const speedCheck: Check = {
  id: 'SPEED',
  version: 1,
  looksAt: 'cuboid',
  needs: ['cuboids', 'poses', 'times', 'tracks'],
  code: 'POS',
  quantity: { unit: 'm/s', wrong: 'above', range: [0, 60] },
  limits: Object.fromEntries(Object.entries(motionLimitsByKind).map(([kind, { speed }]) => [kind, speed])),
  run(scene, sink) {
    for (const track of scene.tracks) {
      const { limits, moments } = track;
      if (!limits) continue;
      for (const [at, moment] of moments.entries()) {
        if (moment.speed === null) continue;
        const [before, after] = [
          moments[Math.max(0, at - 1)]!,
          moments[Math.min(moments.length - 1, at + 1)]!,
        ];
        const seconds = after.seconds! - before.seconds!;
        if (seconds > longestSpan) continue;
        // Two places make a speed, each with its own error.
        const gain = Math.SQRT2 / seconds;
        const pair = limitsInForce(speedCheck, scene.settings, limits.kind);
        sink.measure({
          ...{ frame: moment.frame, row: moment.row, value: moment.speed, limitKey: limits.kind },
          limits: givingWay(pair, doubt(scene, track, moment, 'place', gain)),
          params: { speed: tenths(moment.speed), limit: pair.soft ?? pair.hard ?? 0 },
          evidence: () => wayAround(scene, track, at),
        });
      }
    }
  },
};
