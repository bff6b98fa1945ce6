/** Evidence pictures: kept until the host has them or will never take them. */
import { expect, test } from 'vitest';
import { createPictureSender, type PutPicture } from '../../../renderer/state/pictureSender.ts';
import { createMemoryShelf } from '../../../renderer/storage/shelf.ts';

const picture = (hash: string) => ({ audit: 'a', hash, blob: new Blob([hash]) });
const never = () => {
  throw new Error('the shelf works');
};

test('a picture the host could not take is sent again, and then no more', async () => {
  const shelf = createMemoryShelf();
  const sent: string[] = [];
  let isDown = true;
  const put: PutPicture = async ({ hash }) => {
    sent.push(hash);
    return isDown ? 'unreachable' : 'stored';
  };
  const sender = createPictureSender(shelf, put, never);
  await sender.send(picture('one'));
  await sender.send(picture('two'));
  expect((await shelf.pictures('a')).map(({ hash }) => hash)).toEqual(['one', 'two']);
  await sender.sendKept('a');
  expect(sent).toEqual(['one', 'two', 'one']);

  isDown = false;
  await sender.sendKept('another audit');
  await sender.sendKept('a');
  await sender.sendKept('a');
  expect(sent).toEqual(['one', 'two', 'one', 'one', 'two']);
  expect(await shelf.pictures('a')).toEqual([]);
});

test('a picture the host will never take is not tried for ever', async () => {
  const shelf = createMemoryShelf();
  const sender = createPictureSender(shelf, async () => 'refused', never);
  await sender.send(picture('one'));
  expect(await shelf.pictures('a')).toEqual([]);
});

test('a shelf that fails does not keep the picture from being sent', async () => {
  const broken = { ...createMemoryShelf(), keepPicture: () => Promise.reject(new Error('full')) };
  let failures = 0;
  const sent: string[] = [];
  const sender = createPictureSender(
    broken,
    async ({ hash }) => {
      sent.push(hash);
      return 'stored';
    },
    () => {
      failures += 1;
    },
  );
  await sender.send(picture('one'));
  expect([sent, failures]).toEqual([['one'], 1]);
});
