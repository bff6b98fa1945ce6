/** Runs seeded cases of a target one after another and keeps count: of time, and of what was thrown. */
import { seededRandom } from '../../support/seededRandom.ts';
import type { FuzzTarget } from './targets.ts';

export interface FuzzFailure {
  readonly seed: number;
  readonly error: string;
}

export interface FuzzCounts {
  cases: number;
  failed: number;
  /** Longest case, milliseconds. */
  worst: number;
  worstSeed: number;
  readonly failures: FuzzFailure[];
}

/** Failures kept, each of another kind: enough to see what is wrong. */
const MOST_FAILURES = 8;

/** The time of one case. A slow one is run twice more and the quickest counts: a busy machine is not a hang. */
async function timed(target: FuzzTarget, seed: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 3 && best > 200; time++) {
    const start = performance.now();
    await target.run(seededRandom(seed));
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

export async function fuzzSlice(
  target: FuzzTarget,
  firstSeed: number,
  cases: number,
  onSeed: (seed: number) => void = () => undefined,
): Promise<FuzzCounts> {
  const counts: FuzzCounts = { cases: 0, failed: 0, worst: 0, worstSeed: firstSeed, failures: [] };
  for (let seed = firstSeed; seed < firstSeed + cases; seed++) {
    onSeed(seed);
    try {
      const took = await timed(target, seed);
      if (took > counts.worst) [counts.worst, counts.worstSeed] = [took, seed];
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      counts.failed++;
      const isNew = !counts.failures.some((failure) => failure.error === text);
      if (isNew && counts.failures.length < MOST_FAILURES) counts.failures.push({ seed, error: text });
    }
    counts.cases++;
  }
  return counts;
}
