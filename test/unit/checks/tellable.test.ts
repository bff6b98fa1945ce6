/** What overflowed on hostile labels stays a document, and is drawn only where it can be. */
import { expect, test } from 'vitest';
import type { Evidence } from '../../../shared/checks/evidence.ts';
import { finiteOrLargest, isDrawable, tellableParams } from '../../../shared/checks/tellable.ts';

const { MAX_VALUE, NaN: none, POSITIVE_INFINITY: endless } = Number;

test('an infinite value is the largest number, anything else itself', () => {
  expect([endless, -endless, 0, -3.5, 1e300].map(finiteOrLargest)).toEqual([
    MAX_VALUE,
    -MAX_VALUE,
    0,
    -3.5,
    1e300,
  ]);
  expect(finiteOrLargest(none)).toBeNaN();
});

test('numbers of a sentence that are none are told by a sign', () => {
  const told = tellableParams({ meters: endless, below: -endless, unknown: none, frames: 3, other: 'car 7' });
  expect(told).toEqual({ meters: '∞', below: '−∞', unknown: '–', frames: 3, other: 'car 7' });
});

test('evidence is drawn only where every one of its numbers is one', () => {
  const pieces: [Evidence, boolean][] = [
    [{ kind: 'segment', role: 'gap', from: [0, 0, 0], to: [1, 2, 3], text: '3.7 m' }, true],
    [{ kind: 'segment', role: 'gap', from: [0, 0, 0], to: [1, endless, 3] }, false],
    [{ kind: 'box', role: 'expected', center: [0, 0, 0], size: [4, 2, 1], rotation: [0, 0, none, 1] }, false],
    [
      {
        kind: 'path',
        role: 'path',
        points: [
          [0, 0, 0],
          [1, 1, none],
        ],
      },
      false,
    ],
    [{ kind: 'rectangle', role: 'other', camera: 0, ltrb: [0, 1, 2, -endless] }, false],
    [{ kind: 'rectangle', role: 'other', camera: 0, ltrb: [0, 1, 2, 3] }, true],
  ];
  expect(pieces.map(([piece]) => isDrawable(piece))).toEqual(pieces.map(([, expected]) => expected));
});
