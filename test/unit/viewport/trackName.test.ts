/** Names of tracks as people read them. */
import { expect, test } from 'vitest';
import { trackName } from '../../../renderer/viewport/trackName.ts';

test.each([
  ['17', '17'],
  ['scene-0001/17', '17'],
  ['batch/scene-0001/car 3', 'car 3'],
  ['', ''],
  ['scene/', ''],
  ['6b89da9bf1f84fd6a5fbe1c3b236f809', '6b89da9b…'],
  ['scene-0061/6B89DA9BF1F84FD6A5FBE1C3B236F809', '6B89DA9B…'],
  ['fa0a1f4e-9c3e-4b1e-8a57-3d5b6a1d9f10', 'fa0a1f4e…'],
  // Neither long enough for a token, nor of its letters.
  ['deadbeef', 'deadbeef'],
  ['0123456789abcdef0123456', '0123456789abcdef0123456'],
  ['pedestrian-at-the-second-crossing', 'pedestrian-at-the-second-crossing'],
])('%s is read as %s', (track, read) => {
  expect(trackName(track)).toBe(read);
});
