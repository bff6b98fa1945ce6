import { defineConfig } from 'vitest/config';

const patience = { environment: 'node', testTimeout: 60_000, hookTimeout: 60_000 } as const;
/** Rooms whose code is pure: a worker keeps what it has loaded from one file of tests to the next. */
const pure = [
  'audit',
  'checks',
  'compute',
  'geometry',
  'ledger',
  'messages',
  'readers',
  'report',
  'sampling',
  'scoring',
  'synth',
  'writers',
].map((room) => `test/unit/${room}/**/*.test.ts`);

// Unit, contract and architecture suites run in plain Node; the browser suites are Playwright's.
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...patience, name: 'pure', include: pure, isolate: false } },
      {
        test: {
          ...patience,
          name: 'machine',
          include: ['test/{unit,contract,architecture,hostile}/**/*.test.ts'],
          exclude: pure,
        },
      },
    ],
  },
});
