/** SIZEVAR: sizes that change along the track of a rigid object. */

import { cuboidAt } from '../../model/labelRow.ts';
import { medianOf, sizeDeviations } from '../../scoring/motionMeasures.ts';
import type { Check, LimitPair } from '../contract.ts';
import { rounded } from '../labels/shapeOf.ts';
import { hasShape } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import { givingWay, toleranceOf } from './trackFacts.ts';
import { expectedBox } from './trackPicture.ts';

/** Two sizes do not say which of them is meant. */
const fewestLabels = 3;
/** Files that keep centimetres. */
const roundingMeters = 0.01;
const shipped = { soft: 0.05, hard: 0.2 };
const axes = ['length', 'width', 'height'] as const;

export const sizeVarCheck: Check = {
  id: 'SIZEVAR',
  version: 1,
  looksAt: 'cuboid',
  needs: ['cuboids', 'tracks'],
  code: 'DIM',
  quantity: { unit: 'm', wrong: 'above', range: [0, 0.6] },
  limits: { all: shipped },
  run(scene, sink) {
    for (const track of scene.tracks) {
      const moments = track.moments.filter(({ row }) => hasShape(scene, row));
      if (!track.limits?.isRigid || moments.length < fewestLabels) continue;
      const usual = medianOf(moments.map(({ size }) => size));
      const tolerance = toleranceOf(scene, track, moments[0]!).sizeMeters;
      const pair = limitsInForce(sizeVarCheck, scene.settings, 'all');
      for (const [at, { axis, off, limit }] of sizeDeviations(moments, tolerance).entries()) {
        const moment = moments[at]!;
        sink.measure({
          ...{ frame: moment.frame, row: moment.row, value: off, says: axes[axis] },
          limits: givingWay(scaled(limit, pair), roundingMeters),
          params: { off: rounded(off), size: rounded(moment.size[axis]), usual: rounded(usual[axis]) },
          evidence: () => {
            const { center, rotation } = cuboidAt(scene.index.labels, moment.row);
            return expectedBox({ center, rotation, size: usual });
          },
        });
      }
    }
  },
};

/** The object's own limits, as much wider or narrower as the check is set. */
function scaled(own: { readonly soft: number; readonly hard: number }, { soft, hard }: LimitPair): LimitPair {
  return {
    soft: soft === null ? null : (own.soft * soft) / shipped.soft,
    hard: hard === null ? null : (own.hard * hard) / shipped.hard,
  };
}
