/** Frames made scene by scene answer exactly as an array of them would, and each scene is made once while it is kept. */
import { describe, expect, test } from 'vitest';
import type { Frame, Scene } from '../../../shared/model/delivery.ts';
import { LazyFrames, sceneOfFrame } from '../../../shared/readers/lazyFrames.ts';
import { type SeededRandom, seededRandom } from '../../support/seededRandom.ts';

function scenesOf(counts: readonly number[]): Scene[] {
  let frameStart = 0;
  return counts.map((frameCount, at) => {
    const scene = { id: `scene ${at}`, frameStart, frameCount };
    frameStart += frameCount;
    return scene;
  });
}

const frameOf = (scene: number, index: number): Frame => ({
  id: `${scene}/${index}`,
  scene,
  index,
  timestampNanos: null,
  space: 'lidar',
  sweeps: [],
  images: [],
});

/** The list, the array it stands for, and the scenes in the order they were made. */
function made(counts: readonly number[]) {
  const scenes = scenesOf(counts);
  const makings: number[] = [];
  const framesOf = (scene: number): Frame[] =>
    Array.from({ length: counts[scene]! }, (_, index) => frameOf(scene, index));
  const lazy = new LazyFrames(scenes, (scene) => {
    makings.push(scene);
    return framesOf(scene);
  });
  return { lazy, plain: scenes.flatMap((_, scene) => framesOf(scene)), makings, scenes };
}

const someCounts = ({ integer }: SeededRandom): number[] =>
  Array.from({ length: integer(0, 14) }, () => integer(0, 6));

/** Reads the first frame of a scene. */
const touch = ({ lazy, scenes }: ReturnType<typeof made>, ...order: readonly number[]): void => {
  for (const scene of order) lazy.at(scenes[scene]!.frameStart);
};

test('answers as an array does, empty scenes and none at all included', () => {
  const random = seededRandom(31);
  for (let round = 0; round < 60; round++) {
    const counts = round === 0 ? [] : someCounts(random);
    const { lazy, plain } = made(counts);
    const { length } = plain;
    expect(lazy.length, `${counts}`).toBe(length);
    expect([...lazy]).toEqual(plain);
    expect([...lazy.entries()]).toEqual([...plain.entries()]);
    for (let index = -length - 2; index < length + 2; index++)
      expect(lazy.at(index)).toEqual(plain.at(index));
    const name = ({ id }: Frame, at: number) => `${id} at ${at}`;
    expect(lazy.map(name)).toEqual(plain.map(name));
    const some = ({ id }: Frame, at: number) => (at % 3 === 0 ? id : at % 3 === 1 ? [] : [id, at]);
    expect(lazy.flatMap<string | number>(some)).toEqual(plain.flatMap<string | number>(some));
    const odd = ({ index }: Frame, at: number) => (index + at) % 2 === 1;
    expect(lazy.filter(odd)).toEqual(plain.filter(odd));
    expect(lazy.slice()).toEqual(plain.slice());
    for (let tries = 0; tries < 12; tries++) {
      const [start, end] = [random.integer(-length - 3, length + 3), random.integer(-length - 3, length + 3)];
      expect(lazy.slice(start, end), `slice ${start} ${end} of ${length}`).toEqual(plain.slice(start, end));
      expect(lazy.slice(start)).toEqual(plain.slice(start));
    }
  }
});

test('the scene of a frame is the one a search from the front finds', () => {
  const random = seededRandom(32);
  for (let round = 0; round < 60; round++) {
    const scenes = scenesOf([...someCounts(random), 1]);
    const last = scenes.at(-1)!;
    for (let frame = 0; frame <= last.frameStart; frame++) {
      const slow = scenes.findIndex(
        ({ frameStart, frameCount }) => frame >= frameStart && frame < frameStart + frameCount,
      );
      expect(sceneOfFrame(scenes, frame), `frame ${frame} of ${JSON.stringify(scenes)}`).toBe(slow);
    }
  }
});

describe('what is kept', () => {
  test('a scene is made when one of its frames is asked for, and once for a whole walk', () => {
    const list = made([3, 2, 4, 1, 5, 2, 3, 1, 2, 6, 1, 2]);
    expect(list.makings).toEqual([]);
    expect(list.lazy.at(3)).toBe(list.lazy.at(3));
    expect(list.makings).toEqual([1]);
    expect(list.lazy.at(list.lazy.length)).toBeUndefined();
    expect(list.makings).toEqual([1]);
    const walked = made([3, 2, 4, 1, 5, 2, 3, 1, 2, 6, 1, 2]);
    for (const _ of walked.lazy.entries());
    expect(walked.makings).toEqual([...walked.scenes.keys()]);
  });

  test('eight scenes stay; of more, the one nobody has asked for the longest leaves', () => {
    const list = made(Array.from({ length: 10 }, () => 2));
    touch(list, 0, 1, 2, 3, 4, 5, 6, 7);
    touch(list, 7, 6, 5, 4, 3, 2, 1, 0);
    expect(list.makings).toHaveLength(8);
    // Scene 7 is now the least recently used one.
    touch(list, 8, 0, 1, 2, 3, 4, 5, 6);
    expect(list.makings).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    touch(list, 7);
    expect(list.makings.at(-1)).toBe(7);
    touch(list, 0);
    expect(list.makings).toHaveLength(10);
    touch(list, 8);
    expect(list.makings).toHaveLength(11);
  });
});
