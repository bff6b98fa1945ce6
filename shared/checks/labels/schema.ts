/**
 * SCHEMA: labels that break the form of the delivery: numbers nobody can use, classes and attributes outside the spec,
 * one id for two labels, pictures' boxes that are none, files and frames that are not there.
 */
import type { Check } from '../contract.ts';
import { schemaOfBoxes } from './schemaBoxes.ts';
import { schemaOfCuboids } from './schemaCuboids.ts';
import { concludeFiles, schemaOfFiles } from './schemaFiles.ts';
import { schemaOfFrames } from './schemaFrames.ts';

export const schemaCheck: Check = {
  id: 'SCHEMA',
  version: 1,
  looksAt: 'cuboid',
  needs: [],
  code: 'SPEC',
  quantity: { unit: 'count', wrong: 'above', range: [0, 60] },
  limits: {
    /** Breaches of the form; none is allowed. */
    all: { soft: null, hard: 0 },
    /** Classes outside the spec that one object alone has, where the spec takes all classes. */
    rare: { soft: 0, hard: null },
    /** Labels that a frame without any would have, by those before and after it. */
    empty: { soft: 1, hard: null },
    /** Frames without a sweep in a scene that has some. */
    sweeps: { soft: 0, hard: null },
    /** Percent of a box that lies outside its picture. */
    outside: { soft: 50, hard: 95 },
  },
  run(scene, sink) {
    schemaOfCuboids(scene, sink);
    schemaOfBoxes(scene, sink);
    schemaOfFrames(scene, sink);
    schemaOfFiles(scene, sink);
  },
  conclude: concludeFiles,
};
