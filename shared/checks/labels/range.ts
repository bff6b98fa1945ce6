/** RANGE: labels further out than the spec asks for, or than any lidar sees. */
import type { Check } from '../contract.ts';
import { rangeOf } from '../scene.ts';

/** No lidar on a vehicle returns a label's worth of points from further away, metres. */
const farthestMeters = 400;

export const rangeCheck: Check = {
  id: 'RANGE',
  version: 1,
  looksAt: 'cuboid',
  needs: ['cuboids'],
  code: 'SPEC',
  quantity: { unit: 'm', wrong: 'above', range: [-150, 50] },
  /** Metres beyond the spec's range; without one, beyond what any lidar reaches. */
  limits: { all: { soft: null, hard: 0 } },
  run(scene, sink) {
    const { maxRangeMeters } = scene.rules;
    const most = maxRangeMeters ?? farthestMeters;
    for (const row of scene.judged) {
      const range = rangeOf(scene, row);
      sink.measure({
        ...{ frame: scene.index.labels.cuboids.frame[row]!, row, value: range - most },
        says: maxRangeMeters === null ? 'implausible' : 'is',
        params: { range: Number(range.toFixed(1)), most },
      });
    }
  },
};
