/** The readers of clouds and what makes clouds for them, for a benchmark. */
import { bundled, root } from '../bundle.mjs';

export { root };

const modules = [
  'shared/readers/clouds/readPoints.ts',
  'shared/readers/clouds/bufferPool.ts',
  'test/support/pcdFixture.ts',
  'test/support/plyFixture.ts',
  'test/support/lasFixture.ts',
  'test/support/mcapFixture.ts',
  'test/support/seededRandom.ts',
];

export const loadProject = () => bundled(modules);
