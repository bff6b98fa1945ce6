/** How a run of the checks is divided and put together again: blocks of scenes, order of findings, thinned progress. */
import { describe, expect, test } from 'vitest';
import { orderedFindings } from '../../../electron/workers/checks/orderedFindings.ts';
import { scenesOfShard } from '../../../electron/workers/checks/shards.ts';
import { eachOnce } from '../../../electron/workers/checks/sweepSource.ts';
import { createProgressThrottle } from '../../../electron/workers/progressThrottle.ts';
import type { Problem } from '../../../shared/base/problem.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import type { Progress } from '../../../shared/host/contract.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const random = seededRandom(61);

function finding(scene: string, id: number): CheckFinding {
  return {
    ...{ id: `${scene} ${id}`, check: 'DUP', version: 1, grade: 'soft', severity: 'minor', code: 'DUP' },
    ...{ owner: 'vendor', scene, frame: '', object: null, track: null, camera: null, className: null },
    ...{ annotator: null, frames: 1, firstFrame: '', lastFrame: '', limitKey: 'all', value: 1, limit: 0 },
    ...{ score: 0.5, says: 'is', params: {}, evidence: [], explained: 0 },
  };
}

describe('blocks of scenes', () => {
  test('every scene is in one block, in order, and no block is longer than its share and one scene', () => {
    for (let round = 0; round < 300; round++) {
      const lengths = Array.from({ length: random.integer(0, 30) }, () => random.integer(0, 40));
      const of = random.integer(1, 12);
      const blocks = Array.from({ length: of }, (_, at) => scenesOfShard(lengths, { index: at + 1, of }));
      const scenes = blocks.flatMap(({ from, to }) =>
        Array.from({ length: to - from }, (_, at) => from + at),
      );
      expect(scenes).toEqual([...lengths.keys()]);
      const frames = (block: readonly number[]) => block.reduce((sum, count) => sum + count, 0);
      for (const { from, to } of blocks) {
        const most = frames(lengths) / of + Math.max(0, ...lengths);
        expect(frames(lengths.slice(from, to))).toBeLessThanOrEqual(most);
      }
    }
  });
});

describe('findings in order', () => {
  test('come out in the order of the scenes, however they arrive, as soon as nothing before is missing', () => {
    for (let round = 0; round < 200; round++) {
      const scenes = Array.from({ length: random.integer(0, 12) }, (_, at) => `s${at}`);
      const own = scenes.map((scene) =>
        Array.from({ length: random.integer(0, 4) }, (_, at) => finding(scene, at)),
      );
      const isDone = scenes.map(() => false);
      const ordered = orderedFindings(scenes, (at) => (isDone[at] ? own[at]!.length : null));
      const taken: CheckFinding[] = [];
      const order = [...scenes.keys()].sort(() => random.next() - 0.5);
      for (const at of order) {
        // The mark of a scene and its findings travel apart.
        const isMarkedFirst = random.next() < 0.5;
        if (isMarkedFirst) isDone[at] = true;
        taken.push(...ordered.take());
        ordered.add(own[at]!);
        isDone[at] = true;
        taken.push(...ordered.take());
        const firstOpen = isDone.indexOf(false);
        const whole = own.slice(0, firstOpen < 0 ? own.length : firstOpen);
        expect(taken).toEqual(whole.flat());
      }
    }
  });
});

describe('progress', () => {
  test('numbers are thinned out, findings never are', () => {
    let now = 0;
    const posted: Progress[] = [];
    const throttle = createProgressThrottle(
      (progress) => posted.push(progress),
      () => now,
    );
    const all: CheckFinding[] = [];
    for (let done = 1; done <= 500; done++) {
      const findings = Array.from({ length: random.integer(0, 2) }, (_, at) => finding(`s${done}`, at));
      all.push(...findings);
      now += random.integer(0, 9);
      throttle.report({ step: 'checking', done, total: 1000, ...(findings.length ? { findings } : {}) });
    }
    throttle.flush();
    expect(posted.flatMap(({ findings }) => findings ?? [])).toEqual(all);
    expect(posted.length).toBeLessThan(60);
    const before = posted.length;
    throttle.flush();
    expect(posted.length).toBe(before);
  });

  test('the last number is always said', () => {
    const posted: Progress[] = [];
    const throttle = createProgressThrottle(
      (progress) => posted.push(progress),
      () => 5,
    );
    for (const done of [1, 2, 3]) throttle.report({ step: 'checking', done, total: 3 });
    expect(posted.map(({ done }) => done)).toEqual([1, 3]);
  });
});

test('problems stand once each, in one order', () => {
  const problem = (path: string, code: string): Problem => ({ code, severity: 'warning', path });
  const [a, b, c] = [problem('a', 'x'), problem('b', 'x'), problem('b', 'y')];
  expect(eachOnce([c!, a!, b!, a!, c!])).toEqual([a, b, c]);
});
