/** What files say of a whole scene: the formats that say it, and the index that keeps it. */
import { expect, test } from 'vitest';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { readIndexFile, writeIndexFile } from '../../../shared/readers/indexFile.ts';
import { nuscenesFiles } from '../../support/nuscenesFixture.ts';
import { codesOf, openFiles } from '../../support/openReading.ts';

function factsOf({ delivery }: DeliveryIndex) {
  return delivery.scenes.map(({ frameStart: _start, frameCount: _count, ...facts }) => facts);
}

function kept(index: DeliveryIndex): DeliveryIndex {
  const read = readIndexFile(writeIndexFile(index));
  if (!read.ok) throw new Error(read.problem.code);
  return read.value;
}

test('nuScenes: a scene’s description is its tags, and one without has none', async () => {
  const index = await openFiles(
    nuscenesFiles({
      scenes: 3,
      change: ({ scene }) => {
        scene![0]!.description = 'Night, bus stop,  high speed ,';
        scene![1]!.description = '';
        delete scene![2]!.description;
      },
    }),
  );
  expect(factsOf(index).map(({ tags }) => tags)).toEqual([
    ['Night', 'bus stop', 'high speed'],
    undefined,
    undefined,
  ]);
  expect(codesOf(index)).toEqual(codesOf(await openFiles(nuscenesFiles({ scenes: 3 }))));
  expect(factsOf(kept(index))).toEqual(factsOf(index));
});

test('Scalabel: weather, kind of scene and time of day, where all frames of the video agree', async () => {
  const frame = (video: string, number: number, attributes: unknown) => ({
    name: `${video}-${number}.jpg`,
    videoName: video,
    frameIndex: number,
    attributes,
    labels: [{ id: '1', category: 'car', box2d: { x1: 1, y1: 2, x2: 11, y2: 8 } }],
  });
  const rain = { weather: 'rainy', scene: 'city street', timeofday: 'night' };
  const frames = [
    frame('a', 0, rain),
    frame('a', 1, { ...rain, timeofday: 'dawn/dusk' }),
    frame('b', 0, { weather: 'clear' }),
    frame('b', 1, null),
    frame('c', 0, { weather: 5, scene: '' }),
  ];
  const index = await openFiles({ 'labels.json': JSON.stringify({ frames }) });
  expect(factsOf(index)).toEqual([
    { id: 'a', weather: 'rainy', tags: ['city street'] },
    { id: 'b' },
    { id: 'c' },
  ]);
  expect(factsOf(kept(index))).toEqual(factsOf(index));
});
