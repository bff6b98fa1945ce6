/** Colours of point-wise classes: the format's own, else one of ours, and one for values nobody named. */
import { expect, test } from 'vitest';
import { classColour, pointClassRampBytes, rgbOf } from '../../../renderer/viewport/colourMaps.ts';

const none = rgbOf(0x102030);
const ramp = pointClassRampBytes(
  [
    { value: 0, name: 'noise', colour: [1, 2, 3] },
    { value: 24, name: 'flat.driveable_surface' },
    { value: 254, name: 'moving-person', colour: [30, 60, 255] },
    { value: 259, name: 'moving-other-vehicle', colour: [0, 0, 250] },
  ],
  none,
);
const texel = (code: number) => [...ramp.subarray(4 * code, 4 * code + 4)];

test('one opaque texel for each byte', () => {
  expect(ramp).toHaveLength(4 * 256);
  for (let code = 0; code < 256; code++) expect(texel(code)[3]).toBe(255);
});

test('a class has the colour the format states, else one of ours', () => {
  expect(texel(0).slice(0, 3)).toEqual(none.map((channel) => Math.round(255 * channel)));
  expect(texel(1)).toEqual([1, 2, 3, 255]);
  expect(texel(3)).toEqual([30, 60, 255, 255]);
  expect(texel(2)).toEqual([...classColour(24).map((channel) => Math.round(255 * channel)), 255]);
});

test('a value beyond a byte has a texel of its own', () => {
  expect(texel(4)).toEqual([0, 0, 250, 255]);
});

test('what has no name and no code of its own has the colour of none', () => {
  const plain = [...none.map((channel) => Math.round(255 * channel)), 255];
  for (const code of [0, 5, 200, 255]) expect(texel(code)).toEqual(plain);
});
