/** The lab and the measures on it, for a benchmark. */
import { bundled, root } from '../bundle.mjs';

export { root };

const modules = [
  'test/support/checkLab.ts',
  'test/support/diskFolder.ts',
  'shared/synth/lidar/effects.ts',
  'test/bench/checks/measure.ts',
  'test/bench/checks/score.ts',
  'test/bench/checks/figures.ts',
  'test/bench/checks/speed.ts',
];

export const loadProject = () => bundled(modules);
