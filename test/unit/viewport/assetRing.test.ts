/** The ring of prefetched frames: what it loads, keeps, frees, and what the plan asks of it. */
import { expect, test } from 'vitest';
import { type Asset, createAssetRing, type Wish } from '../../../renderer/viewport/assets/assetRing.ts';
import { type PlannedAsset, planAssets, type Stop } from '../../../renderer/viewport/prefetchPlan.ts';
import { ProblemError } from '../../../shared/base/problem.ts';
import { makeIndex } from '../audit/makeIndex.ts';

function bench(budget: number) {
  const log: string[] = [];
  const gates = new Map<string, { resolve: (asset: Asset) => void; reject: (error: unknown) => void }>();
  const ring = createAssetRing(budget, (key) => log.push(`ready ${key}`));
  const wish = (key: string, isPinned = false): Wish => ({
    key,
    isPinned,
    load(signal) {
      log.push(`load ${key}`);
      signal.addEventListener('abort', () => log.push(`abort ${key}`));
      return new Promise((resolve, reject) => gates.set(key, { resolve, reject }));
    },
  });
  const arrive = async (key: string, bytes = 1): Promise<void> => {
    gates.get(key)!.resolve({ bytes, dispose: () => log.push(`free ${key}`) });
    await new Promise((resolve) => setImmediate(resolve));
  };
  const fail = async (key: string, error: unknown): Promise<void> => {
    gates.get(key)!.reject(error);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { ring, wish, arrive, fail, log };
}

test('what is wanted is loaded once; what no longer is goes where there is no room for it', async () => {
  const { ring, wish, arrive, log } = bench(2);
  ring.want([wish('a', true), wish('b')]);
  ring.want([wish('a', true), wish('b')]);
  expect(log).toEqual(['load a', 'load b']);
  await arrive('a');
  expect(ring.get('a')?.bytes).toBe(1);
  ring.want([wish('c', true)]);
  expect(ring.status('a')).toBe('ready');
  await arrive('c', 5);
  expect(log.slice(2)).toEqual(['ready a', 'abort b', 'load c', 'free a', 'ready c']);
  expect(ring.status('a')).toBe('absent');
  // What arrives after nobody wants it is freed at once.
  await arrive('b');
  expect(log.at(-1)).toBe('free b');
  expect(ring.bytes).toBe(5);
});

test('what is no longer wanted stays while there is room, the longest unwanted goes first', async () => {
  const { ring, wish, arrive, fail, log } = bench(10);
  for (const key of ['a', 'b', 'c']) {
    ring.want([wish(key, true)]);
    await arrive(key, 4);
  }
  expect(log).toContain('free a');
  expect(ring.status('b')).toBe('ready');
  // Back to one that stayed: nothing is loaded again.
  ring.want([wish('b', true)]);
  expect(log.filter((line) => line === 'load b').length).toBe(1);
  ring.want([wish('d', true)]);
  await fail('d', new ProblemError({ code: 'image-undecodable', severity: 'error', path: 'd' }));
  ring.want([wish('e', true)]);
  ring.want([wish('d', true)]);
  expect(log.filter((line) => line === 'load d').length).toBe(2);
  expect(ring.bytes).toBeLessThanOrEqual(10);
});

test('the budget stops at what is pinned', async () => {
  const { ring, wish, arrive, log } = bench(10);
  const wishes = [wish('now', true), wish('next'), wish('later')];
  ring.want(wishes);
  await arrive('now', 12);
  expect(ring.status('now')).toBe('ready');
  expect(ring.status('next')).toBe('absent');
  expect(ring.status('later')).toBe('absent');
  expect(log).toContain('abort next');
  expect(ring.bytes).toBe(12);
});

test('a failure is kept as its problem and told to those who wait', async () => {
  const { ring, wish, fail, log } = bench(10);
  ring.want([wish('a', true)]);
  const waiting = ring.whenReady('a');
  const problem = { code: 'sensor-file-missing', severity: 'error', path: 'a.pcd' } as const;
  await fail('a', new ProblemError(problem));
  expect(await waiting).toBeNull();
  expect(ring.status('a')).toBe('failed');
  expect(ring.problem('a')).toEqual(problem);
  expect(log).toContain('ready a');
  ring.want([wish('a', true)]);
  expect(log.filter((line) => line === 'load a').length).toBe(1);
});

test('clearing frees everything', async () => {
  const { ring, wish, arrive, log } = bench(10);
  ring.want([wish('a', true), wish('b', true)]);
  await arrive('a');
  ring.clear();
  expect(log).toContain('free a');
  expect(log).toContain('abort b');
  expect(ring.bytes).toBe(0);
});

const index = makeIndex({ scenes: 1, framesPerScene: 9 });
const stop = (frame: number): Stop => ({ frame, row: index.labels.cuboids.frameStart[frame]!, images: [0] });

test('the plan pins what is on screen and orders the rest by what comes next', () => {
  const plan = planAssets(index, stop(2), [stop(2), stop(3), stop(5), stop(6), stop(7)], [stop(1)], [8], {
    mergedSweeps: 0,
    showRadar: true,
    hiddenLidars: [],
    hideGround: false,
    colouring: 'height',
    mergeFollowsLabel: false,
  });
  const frameOf = (asset: PlannedAsset): number => (asset.kind === 'sweep' ? asset.cloud.frame : asset.frame);
  const names = plan.map((asset) => `${asset.kind} ${frameOf(asset)}`);
  expect(names.slice(0, 3)).toEqual(['sweep 2', 'label 2', 'image 2']);
  expect(plan.filter(({ isPinned }) => isPinned).map(frameOf)).toEqual([2, 2, 2]);
  expect(names.indexOf('sweep 3')).toBeLessThan(names.indexOf('sweep 5'));
  expect(names.indexOf('sweep 6')).toBeLessThan(names.indexOf('sweep 1'));
  expect(names.indexOf('sweep 1')).toBeLessThan(names.indexOf('sweep 8'));
  // Three frames ahead are enough, and nothing is asked for twice.
  expect(names).not.toContain('sweep 7');
  expect(new Set(names).size).toBe(names.length);
  for (const [at, asset] of plan.entries())
    if (at > 0) expect(asset.priority).toBeGreaterThanOrEqual(plan[at - 1]!.priority);
});
