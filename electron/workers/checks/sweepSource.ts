/** The sweeps of an indexed delivery for the checks of one thread; what cannot be read is noted once. */
import type { Problem } from '../../../shared/base/problem.ts';
import type { SweepSource } from '../../../shared/checks/checkScene.ts';
import { createBufferPool } from '../../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../../shared/readers/clouds/readPoints.ts';
import { builtCodecs } from '../../builtPlaces.ts';
import { codecsIn } from '../../services/codecs.ts';
import type { OpenFile } from '../lotJobs.ts';

export interface NotedSweeps extends SweepSource {
  /** What was wrong with sweeps so far, each thing once. */
  problems(): readonly Problem[];
}

/** A scene is read sweep by sweep: what lies idle beyond a few of them is never asked for again. */
const idleBytes = 32 * 1024 * 1024;

export function sweepsOf(open: OpenFile, signal: AbortSignal, onFrame: () => void): NotedSweeps {
  const pool = createBufferPool(idleBytes);
  const tools = { open, pool, codecs: codecsIn(builtCodecs) };
  const noted = new Map<string, Problem>();
  return {
    async read(sweep) {
      const reading = await readPoints(sweep, tools);
      for (const problem of reading.ok ? reading.value.problems : [reading.problem]) {
        noted.set(keyOf(problem), problem);
      }
      return reading;
    },
    release: (sweep) => pool.release(sweep.interleaved.buffer),
    signal,
    onFrame,
    problems: () => [...noted.values()],
  };
}

/** Each once, by file: the same list whichever threads met them, and in whatever order. */
export function eachOnce(problems: readonly Problem[]): Problem[] {
  const byKey = new Map(problems.map((problem) => [keyOf(problem), problem]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, problem]) => problem);
}

function keyOf({ path, code, place, params }: Problem): string {
  return JSON.stringify([path, code, place ?? '', params ?? {}]);
}
