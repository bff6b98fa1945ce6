import { defineConfig } from 'vitest/config';

// Unit, contract and architecture suites run in plain Node; the browser suites are Playwright's.
export default defineConfig({
  test: {
    include: ['test/{unit,contract,architecture,hostile}/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
