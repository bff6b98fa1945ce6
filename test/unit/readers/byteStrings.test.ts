/** Strings kept as bytes read back as they were, whatever letters they have, from either end. */
import { expect, test } from 'vitest';
import { ByteStrings, toByteStrings } from '../../../shared/readers/byteStrings.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const awkward = ['', 'car', '', '行人/三轮车', 'ü', '🚗', '\u{feff}mark', 'a\u0000b', ' ', ''];

function expectSame(strings: readonly string[]): void {
  const bytes = toByteStrings(strings);
  expect(bytes.length).toBe(strings.length);
  expect([...bytes]).toEqual(strings);
  for (let index = -strings.length - 2; index < strings.length + 2; index++) {
    expect(bytes.at(index), `at ${index}`).toBe(strings.at(index));
  }
}

test('empty strings, letters of several bytes and byte order marks come back', () => {
  expectSame([]);
  expectSame(['']);
  expectSame(awkward);
});

test('any strings come back, through every growth of the text', () => {
  const { integer } = seededRandom(11);
  for (let round = 0; round < 40; round++) {
    const strings = Array.from({ length: integer(0, 30) }, () =>
      awkward[integer(0, awkward.length - 1)]!.repeat(integer(0, 40)),
    );
    expectSame(strings);
  }
});

test('bytes take what the text takes, and bytes that are there already are handed on', () => {
  const bytes = toByteStrings(awkward);
  expect(bytes.text.length).toBe(new TextEncoder().encode(awkward.join('')).length);
  expect([...bytes.ends].at(-1)).toBe(bytes.text.length);
  expect(toByteStrings(bytes)).toBe(bytes);
  expect([...toByteStrings(new ByteStrings(bytes.text, bytes.ends.subarray(0, 4)))]).toEqual(
    awkward.slice(0, 4),
  );
});
