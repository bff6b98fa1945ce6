/** The small pictures of a track: in their turn, only while the views rest, kept within a budget, given up when unwanted. */
import { expect, test } from 'vitest';
import {
  createTrackPictures,
  type PictureWish,
} from '../../../renderer/viewport/trackPictures/trackPictures.ts';
import { createByteCache } from '../../../renderer/workers/trackCache.ts';
import { cropAround } from '../../../renderer/workers/trackCamera.ts';
import type { TrackOperations } from '../../../renderer/workers/trackProtocol.ts';
import { abortError, type WorkerChannel } from '../../../renderer/workers/workerChannel.ts';
import { ProblemError } from '../../../shared/base/problem.ts';

/** A worker whose answers the test gives, one after the other; pictures of 10 by 10 pixels. */
function scripted() {
  const calls: { readonly input: unknown; answer(): void; fail(error: Error): void }[] = [];
  const aborted: unknown[] = [];
  const closed = new Set<string>();
  const channel: WorkerChannel<TrackOperations> = {
    call: (_kind, input, settings = {}) =>
      new Promise((resolve, reject) => {
        const { key } = input as unknown as { key: string };
        settings.signal?.addEventListener('abort', () => {
          aborted.push(key);
          reject(abortError());
        });
        const bitmap = { width: 10, height: 10, close: () => closed.add(key) };
        calls.push({ input: key, answer: () => resolve(bitmap as never), fail: reject });
      }),
    giveBack: () => undefined,
    close: () => undefined,
  };
  return { calls, aborted, closed, channel };
}

const wish = (key: string): PictureWish => ({ key, kind: 'points', input: () => ({ key }) as never });
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

function made(budgetBytes = 1_000_000) {
  const worker = scripted();
  const state = { isCalm: true };
  const pictures = createTrackPictures({
    open: () => worker.channel,
    isCalm: () => state.isCalm,
    budgetBytes,
  });
  return { ...worker, state, pictures };
}

test('one after the other, the most wanted first', async () => {
  const { calls, pictures } = made();
  const heard: string[] = [];
  pictures.listen((key) => heard.push(key));
  pictures.want(['b', 'a', 'c'].map(wish));
  expect(calls.map(({ input }) => input)).toEqual(['b']);
  calls[0]!.answer();
  await settle();
  // The wishes changed their order meanwhile: what is there is not made again.
  pictures.want(['b', 'c', 'a'].map(wish));
  calls[1]!.answer();
  await settle();
  expect(calls.map(({ input }) => input)).toEqual(['b', 'a', 'c']);
  expect(heard).toEqual(['b', 'a']);
  expect(pictures.get('b')).toMatchObject({ bitmap: { width: 10 } });
  expect(pictures.get('c')).toBeUndefined();
});

test('nothing is begun while the views wait for something', async () => {
  const { calls, state, pictures } = made();
  state.isCalm = false;
  pictures.want([wish('a'), wish('b')]);
  expect(calls).toHaveLength(0);
  state.isCalm = true;
  pictures.wake();
  expect(calls).toHaveLength(1);
  state.isCalm = false;
  calls[0]!.answer();
  await settle();
  expect(calls).toHaveLength(1);
});

test('what is no longer wanted is given up, and the next track begins', async () => {
  const { calls, aborted, pictures } = made();
  pictures.want([wish('old')]);
  pictures.want([wish('new')]);
  await settle();
  expect(aborted).toEqual(['old']);
  expect(calls.map(({ input }) => input)).toEqual(['old', 'new']);
  expect(pictures.get('old')).toBeUndefined();
});

test('a picture that cannot be made is said once; where nothing is to be seen nobody is asked', async () => {
  const { calls, pictures } = made();
  const problem = { code: 'sweep-unreadable', severity: 'error', path: 'a.pcd' } as const;
  pictures.want([wish('a'), { key: 'none', kind: 'camera', input: () => null }]);
  calls[0]!.fail(new ProblemError(problem));
  await settle();
  expect(pictures.get('a')).toEqual({ problem });
  expect(pictures.get('none')).toBeNull();
  pictures.want([wish('a')]);
  expect(calls).toHaveLength(1);
});

test('the budget holds; what is on screen is never dropped; leaving frees everything', async () => {
  // Room for two pictures of 400 bytes and what an entry weighs.
  const { calls, closed, pictures } = made(1400);
  for (const [at, key] of ['a', 'b', 'c'].entries()) {
    pictures.want([wish(key)]);
    calls[at]!.answer();
    await settle();
    expect(pictures.bytes).toBeLessThanOrEqual(1400);
  }
  expect([...closed]).toEqual(['a']);
  pictures.want(['b', 'c', 'd', 'e'].map(wish));
  for (const at of [3, 4]) {
    calls[at]!.answer();
    await settle();
  }
  expect([...closed]).toEqual(['a']);
  pictures.dispose();
  expect([...closed].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(pictures.bytes).toBe(0);
});

test('the cache drops what was not asked for longest', () => {
  const dropped: number[] = [];
  const cache = createByteCache<number>(
    10,
    (value) => value,
    (value) => dropped.push(value),
  );
  cache.set('a', 4);
  cache.set('b', 5);
  cache.get('a');
  cache.set('c', 3);
  expect(dropped).toEqual([5]);
  expect(cache.bytes).toBe(7);
  cache.set('a', 2);
  expect([cache.bytes, cache.get('a'), cache.has('b')]).toEqual([5, 2, false]);
});

test('a crop shows the whole label, in the middle and with the sides of its place', () => {
  const wide = cropAround([100, 50, 200, 70], 1);
  expect(wide.width).toBeCloseTo(100 / 0.72, 6);
  expect(wide.left + wide.width / 2).toBe(150);
  expect(wide.top + wide.height / 2).toBe(60);
  const tall = cropAround([0, 0, 20, 144], 0.5);
  expect([tall.width, tall.height]).toEqual([100, 200]);
  // A speck is not blown up beyond what its pixels can show.
  expect(cropAround([5, 5, 6, 6], 1).width).toBe(24);
});
