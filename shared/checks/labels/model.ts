/**
 * MODEL: where a second source (a program, or another vendor) disagrees with the judged labels. Every disagreement is
 * ranked by how far the source can be believed here, and by range and safety zone.
 */
import type { Check } from '../contract.ts';
import { calibrated } from './confidence.ts';
import { headingOf } from './heading.ts';
import { measureClasses, measureGhosts } from './modelLabels.ts';
import { measureMissing } from './modelMissing.ts';
import { measureShapes } from './modelShape.ts';
import { secondOpinions } from './secondOpinion.ts';

export const modelCheck: Check = {
  id: 'MODEL',
  version: 1,
  looksAt: 'cuboid',
  needs: ['second-source'],
  code: 'MISS',
  quantity: { unit: 'ratio', wrong: 'above', range: [0, 4] },
  limits: {
    /** How far an object that only the source has can be believed, 0..1. */
    missing: { soft: 0.6, hard: 0.9 },
    /** Share of such labels that the source finds, where it finds this one never. */
    ghost: { soft: 0.8, hard: 0.95 },
    otherClass: { soft: 0.6, hard: 0.9 },
    /** Times what is tolerated and what is usual between the two. */
    place: { soft: 1.5, hard: 3 },
    size: { soft: 1.5, hard: 3 },
    heading: { soft: 1.5, hard: 3 },
    /** Share of two boxes that is not shared. */
    box: { soft: 0.5, hard: 0.75 },
  },
  run(scene, sink) {
    const heading = headingOf(scene.frames);
    for (const opinion of secondOpinions(scene)) {
      const belief = calibrated(opinion);
      measureMissing(scene, sink, opinion, belief, heading);
      measureGhosts(scene, sink, opinion, heading);
      measureClasses(scene, sink, opinion, belief);
      measureShapes(scene, sink, opinion);
    }
  },
};
