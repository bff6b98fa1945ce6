/**
 * PROJ: the outline of a cuboid in a picture against the 2D box of the same object, seen through the camera's real lens.
 * Says which of the two is off where that can be told, whether the box is linked to the wrong cuboid, and which of them
 * has no partner where the delivery otherwise gives one.
 */
import type { Check } from '../contract.ts';
import { limitsInForce } from '../settings.ts';
import { measureFits } from './projFits.ts';
import { measurePartners } from './projPartners.ts';

export const projCheck: Check = {
  id: 'PROJ',
  version: 1,
  looksAt: 'box2d',
  needs: ['cuboids', 'cameras', 'boxes2d'],
  code: 'BOX2D',
  quantity: { unit: 'share', wrong: 'below', range: [0, 1] },
  limits: {
    /** Overlap of outline and box. */
    all: { soft: 0.6, hard: 0.3 },
    /** The same after what is usual for the same object in the frames around. */
    steady: { soft: 0.7, hard: 0.45 },
    /** Share of the box within the outline, where boxes show what is visible of an object. */
    within: { soft: 0.5, hard: 0.2 },
    /** 1 where an object has both labels, 0 where one of them is missing. */
    absent: { soft: 0.5, hard: null },
  },
  run(scene, sink) {
    measureFits(scene, limitsInForce(projCheck, scene.settings, 'all'), sink);
    measurePartners(scene, sink);
  },
};
