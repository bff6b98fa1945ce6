/** A seeded slice of what `node test/hostile/fuzz.mjs` does for hours: no reader may throw, whatever the bytes. */
import { describe, expect, test } from 'vitest';
import { fuzzSlice } from './fuzz/slice.ts';
import { fuzzTargets } from './fuzz/targets.ts';

const targets = await fuzzTargets();

describe('bytes changed at random', () => {
  test.each(targets.map((target) => [target.name, target] as const))('%s', async (_, target) => {
    const cases = Math.max(8, Math.min(400, Math.round(60 * target.weight)));
    const { failures } = await fuzzSlice(target, 1, cases);
    expect(failures).toEqual([]);
  });
});
